"""Timeline: first presentations, publications and approvals in date order."""

from calendar import month_name
from collections.abc import Collection
from dataclasses import replace

from modules.charts.chart import Chart, Moment, SourceRow, Table, TimelinePlot
from modules.charts.sources import event_row
from modules.core.errors import UnknownPath
from modules.core.evidence import Evidence, Trial
from modules.core.figures import Timeline

KIND_WORDS = {"readout": "Readout", "publication": "Publication", "approval": "Approval"}


def timeline(request: Timeline, evidence: Evidence) -> Chart:
    found: list[tuple[Moment, SourceRow]] = []
    for trial_id in request.trials:
        trial = evidence.trials.get(trial_id)
        if trial is None:
            raise UnknownPath(trial_id, f'no trial has the id "{trial_id}"')
        found += _moments(trial)
    if not found:
        raise UnknownPath(request.trials[0], "none of these trials has a dated readout, publication or approval")
    found.sort(key=lambda pair: pair[0].date)
    moments = tuple(moment for moment, _ in found)
    return Chart(
        title=request.title,
        caption=request.caption,
        alt=_alt(moments),
        table=Table(
            ("Date", "Kind", "Trial", "What happened"),
            tuple((m.shown, KIND_WORDS[m.kind], m.trial, m.text) for m in moments),
            f"Dated events, {moments[0].shown} to {moments[-1].shown}",
        ),
        notes=(),
        sources=tuple(dict.fromkeys(row for _, row in found)),
        plot=TimelinePlot(moments),
    )


def narrowed(chart: Chart, kinds: Collection[str], trials: Collection[str]) -> Chart | None:
    """Only events of these kinds and trials; None when there are none."""
    if not isinstance(chart.plot, TimelinePlot):
        return chart
    kept = tuple(m for m in chart.plot.moments if m.kind in kinds and m.trial in trials)
    return replace(chart, plot=TimelinePlot(kept), alt=_alt(kept)) if kept else None


def _moments(trial: Trial) -> list[tuple[Moment, SourceRow]]:
    found = []
    for event in trial.milestones:
        moment = Moment(event.date, _day(event.date), event.kind, trial.name, event.text)
        found.append((moment, event_row(event.source, event.confidence, f"{trial.name}: {event.text}")))
    for approval in trial.approvals:
        day, said = approval.date.isoformat(), f"{approval.regulator}: {approval.text}"
        moment = Moment(day, _day(day), "approval", trial.name, said)
        found.append((moment, event_row(approval.source, approval.confidence, f"{trial.name}: {said}")))
    return found


def _day(date: str) -> str:
    """`2 June 2025`, `June 2025` or `2025`, as precise as it was published."""
    year, *rest = date.split("-")
    names = [month_name[int(rest[0])]] if rest else []
    return " ".join([*(str(int(day)) for day in rest[1:]), *names, year])


def _alt(moments: tuple[Moment, ...]) -> str:
    counts = [(word.lower(), sum(1 for m in moments if m.kind == kind)) for kind, word in KIND_WORDS.items()]
    said = ", ".join(f"{n} {word}{'' if n == 1 else 's'}" for word, n in counts if n)
    first, last = moments[0], moments[-1]
    ends = f"First: {first.shown}, {first.trial}; last: {last.shown}, {last.trial}."
    return f"Timeline of {said} in date order. {ends}"
