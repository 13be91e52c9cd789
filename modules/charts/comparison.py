"""Comparison: medians or rates of arms side by side, one group a readout, on an axis from 0."""

from modules.charts.axis import at_month, listed, value_ticks
from modules.charts.chart import Bar, BarGroup, Chart, ComparisonPlot, Table
from modules.charts.sources import cautions, source_rows
from modules.charts.theme import Slot, slots
from modules.core.errors import UnknownPath
from modules.core.evidence import Evidence, Readout, Trial
from modules.core.figures import Comparison
from modules.core.paths import find, readout_at
from modules.core.quantity import interval_text, number, text

NO_INTERVAL = "interval not published"


def comparison(request: Comparison, evidence: Evidence) -> Chart:
    used = [readout_at(evidence, path) for path in request.readouts]
    unit = _unit(request.readouts, [readout for _, readout in used])
    several = len({trial.id for trial, _ in used}) > 1
    groups = tuple(_group(evidence, trial, readout, several) for trial, readout in used)
    plot = _plot(groups, unit)
    return Chart(
        title=request.title,
        caption=request.caption,
        alt=_alt(groups, unit),
        table=Table(
            ("Readout", "Arm", "Months" if unit == "months" else "Percent"),
            tuple((group.heading, bar.label, bar.text) for group in groups for bar in group.bars),
            "; ".join(dict.fromkeys(f"{trial.name}, {readout.cut.label}" for trial, readout in used)),
            differences(plot),
        ),
        notes=cautions(used),
        sources=source_rows(used),
        plot=plot,
    )


def _unit(paths: tuple[str, ...], readouts: list[Readout]) -> str:
    """Estimates, or landmark rates where a readout has no estimate; one unit for the whole chart."""
    units: dict[str, str] = {}
    for path, readout in zip(paths, readouts, strict=True):
        found: set[str] = {e.unit for e in readout.estimates}
        found = found or ({"percent"} if readout.landmarks else set())
        if not found:
            raise UnknownPath(path, f'readout "{readout.id}" has neither a median nor a rate to compare')
        units |= dict.fromkeys(found, path)
    if len(units) > 1:
        raise UnknownPath(paths[-1], f"one chart compares one unit, not {listed(tuple(sorted(units)))}")
    return next(iter(units))


def _group(evidence: Evidence, trial: Trial, readout: Readout, several: bool) -> BarGroup:
    path = f"{trial.id}.{readout.id}"
    looks = slots(trial)
    bars = []
    for arm in trial.arms:
        if any(estimate.arm == arm.id for estimate in readout.estimates):
            bars.append(_bar(evidence, f"{path}.{arm.id}", arm.short, looks[arm.id]))
        if readout.estimates:
            continue
        for rate in sorted((r for r in readout.landmarks if r.arm == arm.id), key=lambda r: r.month):
            at = f"{path}.{arm.id}.at-{number(rate.month)}"
            bars.append(_bar(evidence, at, f"{arm.short} at {at_month(rate.month)}", looks[arm.id]))
    heading = f"{trial.name}: {readout.detail}" if several else readout.detail[:1].upper() + readout.detail[1:]
    return BarGroup(heading, tuple(bars), _difference(evidence, path, readout))


def _bar(evidence: Evidence, path: str, label: str, slot: Slot) -> Bar:
    quantity = find(evidence, path)
    interval = interval_text(quantity)
    reached = not quantity.not_reached
    body = f"{text(quantity)} ({interval or NO_INTERVAL})" if reached or interval else text(quantity)
    return Bar(label, slot, quantity.value, quantity.ci, body, path)


def _difference(evidence: Evidence, path: str, readout: Readout) -> str | None:
    """The source's own difference where it printed one, else ours, labelled calculated."""
    label = "published" if readout.difference else "calculated"
    field = "published-difference" if readout.difference else "difference"
    try:
        quantity = find(evidence, f"{path}.{field}")
    except UnknownPath:
        return None
    return f"Difference {text(quantity, 'estimate')}, {label}"


def differences(plot: ComparisonPlot) -> tuple[str, ...]:
    """As sentences: they belong to no arm."""
    return tuple(f"{g.heading}: {g.footer[:1].lower()}{g.footer[1:]}" for g in plot.groups if g.footer)


def _plot(groups: tuple[BarGroup, ...], unit: str) -> ComparisonPlot:
    """Percent axes never run past 100."""
    bars = [bar for group in groups for bar in group.bars]
    intervals = [bar.ci for bar in bars if bar.ci]
    ends = [*(bar.value for bar in bars), *(ci.low for ci in intervals), *(ci.high for ci in intervals)]
    ticks = value_ticks(max((end for end in ends if end is not None), default=1.0))
    if unit == "percent" and ticks[-1] > 100:
        ticks = (0, 25, 50, 75, 100)
    return ComparisonPlot(groups, "Months" if unit == "months" else "Percent of patients", ticks, ticks[-1])


def _alt(groups: tuple[BarGroup, ...], unit: str) -> str:
    what = "medians in months" if unit == "months" else "rates in percent"
    said = "; ".join(f"{g.heading}: {listed(tuple(f'{b.label} {b.text}' for b in g.bars))}" for g in groups)
    return f"Comparison of {what}. {said}."
