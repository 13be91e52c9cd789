"""Adverse events: two arms of one trial back to back, one row an event and grade, in percent of patients."""

from dataclasses import dataclass

from modules.charts.axis import value_ticks
from modules.charts.chart import AdversePlot, AdverseRow, Bar, Chart, Table
from modules.charts.sources import cautions, merged_rows
from modules.charts.theme import slots
from modules.core.alike import event_of, odd_event
from modules.core.effect import difference
from modules.core.errors import UnknownPath
from modules.core.evidence import Estimate, Evidence, Grade, Readout, Trial
from modules.core.figures import AdverseEvents
from modules.core.paths import contrast, find, readout_at
from modules.core.quantity import interval_text, number, text

SEVERITY: tuple[Grade | None, ...] = ("any", None, "serious", "3", "3-4", "3+", "NYHA III-IV", "4", "5")
"""The order of one event's rows, from all of its patients to the worst off."""
GRADE_WORDS: dict[Grade | None, str] = {
    "any": "any grade",
    None: "",
    "serious": "classed as serious",
    "3": "grade 3",
    "3-4": "grade 3 or 4",
    "3+": "grade 3 or higher",
    "NYHA III-IV": "NYHA class III or IV",
    "4": "grade 4",
    "5": "fatal (grade 5)",
}
Arms = tuple[str, str]
"""The arm on the left, and the one on the right."""


@dataclass(frozen=True, slots=True)
class _Found:
    event: str
    grade: Grade | None
    gap: float
    row: AdverseRow


def adverse_events(request: AdverseEvents, evidence: Evidence) -> Chart:
    used = [readout_at(evidence, path) for path in request.readouts]
    trial, readouts = used[0][0], [readout for _, readout in used]
    if odd := odd_event(used):
        raise UnknownPath(request.readouts[odd[0]], f"this readout cannot stand among adverse events: {odd[1]}")
    arms = _arms(trial, readouts[0])
    usual = readouts[0].population
    found = [_row(evidence, trial, readout, (arms, usual)) for readout in readouts]
    plot = _plot(_ordered(found, by_size=request.order == "difference"))
    return Chart(
        title=request.title,
        caption=request.caption,
        alt=_alt(plot),
        table=_table(plot, f"{trial.name}, {'; '.join(dict.fromkeys(r.cut.label for r in readouts))}"),
        notes=cautions(used),
        sources=merged_rows(used),
        plot=plot,
    )


def _arms(trial: Trial, readout: Readout) -> Arms:
    """Control on the left; where nobody is the control, the order of the trial file."""
    if arms := contrast(trial, readout):
        return arms[1], arms[0]
    shown = [arm.id for arm in trial.arms if any(e.arm == arm.id for e in readout.estimates)]
    return shown[0], shown[1]


def _row(evidence: Evidence, trial: Trial, readout: Readout, how: tuple[Arms, str]) -> _Found:
    """A population other than the usual one is named with the event."""
    (left, right), usual = how
    rates = {estimate.arm: estimate for estimate in readout.estimates}
    bars = [_bar(evidence, trial, readout, arm) for arm in (left, right)]
    gap = _gap(rates[right], rates[left])
    event = f"{event_of(readout)} ({readout.population})" if readout.population != usual else event_of(readout)
    severe = readout.grade in ("3", "3-4", "3+", "4", "5", "NYHA III-IV")
    row = AdverseRow(event, GRADE_WORDS[readout.grade], severe, bars[0], bars[1], _more(gap))
    return _Found(event, readout.grade, gap, row)


def _bar(evidence: Evidence, trial: Trial, readout: Readout, arm_id: str) -> Bar:
    quantity = find(evidence, f"{trial.id}.{readout.id}.{arm_id}")
    interval = interval_text(quantity)
    arm = trial.arm(arm_id)
    label, look = arm.short if arm else arm_id, slots(trial)[arm_id]
    return Bar(label, look, quantity.value, quantity.ci, text(quantity) + (f" ({interval})" if interval else ""))


def _gap(right: Estimate, left: Estimate) -> float:
    return difference(right.value or 0.0, left.value or 0.0)


def _more(gap: float) -> str:
    """From the left arm to the right one, with the decimals of the two rates."""
    if gap == 0:
        return "no difference"
    return f"{number(abs(gap))} {'more' if gap > 0 else 'fewer'} per 100"


def _ordered(found: list[_Found], *, by_size: bool) -> list[_Found]:
    """The grades of one event stay together; events by their largest difference, or as they were listed."""
    listed = list(dict.fromkeys(each.event for each in found))
    largest = {event: max(abs(each.gap) for each in found if each.event == event) for event in listed}
    if by_size:
        listed.sort(key=lambda event: -largest[event])
    return sorted(found, key=lambda each: (listed.index(each.event), SEVERITY.index(each.grade)))


def _plot(found: list[_Found]) -> AdversePlot:
    rows = tuple(each.row for each in found)
    bars = [bar for row in rows for bar in (row.left, row.right)]
    ends = [bar.ci.high if bar.ci and bar.ci.high is not None else bar.value or 0.0 for bar in bars]
    ticks = value_ticks(max(ends) or 1.0)
    if ticks[-1] > 100:
        ticks = (0, 25, 50, 75, 100)
    left, right = ((bar.label, bar.slot) for bar in (rows[0].left, rows[0].right))
    return AdversePlot(left, right, rows, ticks, ticks[-1])


def _table(plot: AdversePlot, caption: str) -> Table:
    """The difference reads from left to right: how many more or fewer of 100 patients in the right arm."""
    columns = ("Adverse event", "Grade", plot.left[0], plot.right[0], f"Difference with {plot.right[0]}, calculated")
    rows = ((r.event, r.grade or "not stated", r.left.text, r.right.text, r.difference) for r in plot.rows)
    return Table(columns, tuple(rows), caption)


def _alt(plot: AdversePlot) -> str:
    said = "; ".join(f"{name(row)} {row.left.text} and {row.right.text}, {row.difference}" for row in plot.rows)
    return (
        f"Adverse events in percent of patients, {plot.left[0]} on the left and {plot.right[0]} on the right. {said}."
    )


def name(row: AdverseRow) -> str:
    """`Neutropenia, grade 3 or higher`."""
    return f"{row.event}, {row.grade}" if row.grade else row.event
