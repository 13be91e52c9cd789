"""Data cuts: one endpoint of one trial as it matured, oldest cut first."""

from dataclasses import replace

from modules.charts.chart import Chart, ComparisonPlot, CutsPlot, ForestPlot, Table
from modules.charts.comparison import comparison, differences
from modules.charts.forest import forest
from modules.charts.sources import cautions, source_rows
from modules.core.alike import odd_cut
from modules.core.errors import UnknownPath
from modules.core.evidence import ENDPOINT_NAMES, Evidence, Readout, Trial
from modules.core.figures import Comparison, Cuts, Forest
from modules.core.paths import contrast, readout_at
from modules.core.quantity import number

NOT_FOUND = "not found"


def cuts(request: Cuts, evidence: Evidence) -> Chart:
    used = [readout_at(evidence, path) for path in request.readouts]
    trial, readouts = used[0][0], [readout for _, readout in used]
    if odd := odd_cut(used):
        raise UnknownPath(request.readouts[odd[0]], f"this readout cannot stand among data cuts: {odd[1]}")
    told = [_told(trial, readout) for readout in readouts]
    plot = _forest(request, evidence, told) if request.measure == "ratio" else _comparison(request, evidence, told)
    names = tuple(readout.cut.label for readout in readouts)
    return Chart(
        title=request.title,
        caption=request.caption,
        alt=_alt(trial, readouts[0], names, _said(plot)),
        table=_table(trial, readouts, plot),
        notes=cautions(used),
        sources=source_rows(used),
        plot=CutsPlot(names, plot),
    )


def _told(trial: Trial, readout: Readout) -> str:
    """Follow-up and events, where they were published."""
    follow_up = f"median follow-up {_follow_up(readout)}" if readout.cut.follow_up_months is not None else ""
    events = _events(trial, readout)
    return "; ".join(filter(None, (follow_up, f"events {events}" if events else "")))


def _follow_up(readout: Readout) -> str:
    months = readout.cut.follow_up_months
    return NOT_FOUND if months is None else f"{number(months)} months"


def _events(trial: Trial, readout: Readout) -> str:
    """Treated arm first, as in the ratio."""
    arms, counts = contrast(trial, readout), readout.ratio.events if readout.ratio else {}
    return " v ".join(number(counts[arm]) for arm in arms) if arms and set(arms) <= set(counts) else ""


def _forest(request: Cuts, evidence: Evidence, told: list[str]) -> ForestPlot:
    plot = forest(Forest(title=request.title, readouts=request.readouts), evidence).plot
    assert isinstance(plot, ForestPlot)  # noqa: S101  a forest request gives a forest
    labels = [readout_at(evidence, path)[1].cut.label for path in request.readouts]
    rows = zip(plot.rows, labels, told, strict=True)
    return replace(plot, rows=tuple(replace(row, label=_capital(label), detail=said) for row, label, said in rows))


def _comparison(request: Cuts, evidence: Evidence, told: list[str]) -> ComparisonPlot:
    plot = comparison(Comparison(title=request.title, readouts=request.readouts), evidence).plot
    assert isinstance(plot, ComparisonPlot)  # noqa: S101  a comparison request gives a comparison
    labels = [readout_at(evidence, path)[1].cut.label for path in request.readouts]
    groups = zip(plot.groups, labels, told, strict=True)
    named = (replace(group, heading=f"{_capital(label)}{f'; {t}' if t else ''}") for group, label, t in groups)
    return replace(plot, groups=tuple(named))


def _capital(label: str) -> str:
    return label[:1].upper() + label[1:]


def _said(plot: ForestPlot | ComparisonPlot) -> list[str]:
    if isinstance(plot, ForestPlot):
        return [row.text for row in plot.rows]
    return ["; ".join(f"{bar.label} {bar.text}" for bar in group.bars) for group in plot.groups]


def _table(trial: Trial, readouts: list[Readout], plot: ForestPlot | ComparisonPlot) -> Table:
    arms = [trial.arm(arm) for arm in contrast(trial, readouts[0]) or ()]
    order = " v ".join(arm.short for arm in arms if arm)
    measured = plot.heading if isinstance(plot, ForestPlot) else plot.axis
    columns = ("Data cut", "Median follow-up", f"Events ({order})" if order else "Events", measured)
    rows = (
        (readout.cut.label, _follow_up(readout), _events(trial, readout) or NOT_FOUND, said)
        for readout, said in zip(readouts, _said(plot), strict=True)
    )
    caption = f"{trial.name}, {ENDPOINT_NAMES[readouts[0].endpoint].lower()} by data cut"
    also = differences(plot) if isinstance(plot, ComparisonPlot) else ()
    return Table(columns, tuple(rows), caption, also)


def _alt(trial: Trial, readout: Readout, names: tuple[str, ...], said: list[str]) -> str:
    what = ENDPOINT_NAMES[readout.endpoint].lower()
    rows = "; ".join(f"{cut}: {words}" for cut, words in zip(names, said, strict=True))
    return f"{what.capitalize()} in {trial.name} at {len(names)} data cuts, the oldest first. {rows}."
