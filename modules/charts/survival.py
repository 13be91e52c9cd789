"""Survival: published step curves with numbers at risk, landmark rates or medians as points; no curve is made up."""

from modules.charts.axis import at_month, month_ticks
from modules.charts.chart import Chart, Line, MedianPoint, Published, RatePoint, SurvivalPlot
from modules.charts.fidelity import fidelity_notes
from modules.charts.shown import Shown
from modules.charts.sources import cautions, source_rows
from modules.charts.survival_gap import calculated, gap_at
from modules.charts.survival_words import alt_text, table_of
from modules.charts.theme import slots
from modules.core.drawn import drawn_readout, published_readout
from modules.core.evidence import Curve, Evidence
from modules.core.figures import Survival
from modules.core.paths import find
from modules.core.quantity import Quantity, interval_text, number, text

ONLY_MEDIANS = "Published medians, drawn as points: no curve is made up from them."


def survival(request: Survival, evidence: Evidence) -> Chart:
    shown = _shown(request, evidence)
    plot = _plot(shown, request.month)
    readouts = list(dict.fromkeys([shown.drawn.id, shown.published.id]))
    used = [(shown.trial, readout) for readout in shown.trial.readouts if readout.id in readouts]
    used.sort(key=lambda pair: readouts.index(pair[1].id))
    return Chart(
        title=request.title,
        caption=request.caption,
        alt=alt_text(shown, plot),
        table=table_of(shown, plot),
        notes=(
            *fidelity_notes(shown.trial, shown.drawn, shown.published),
            *((ONLY_MEDIANS,) if plot.medians else ()),
            *cautions(used),
        ),
        sources=source_rows(used),
        plot=plot,
    )


def _shown(request: Survival, evidence: Evidence) -> Shown:
    trial, drawn = drawn_readout(request, evidence)
    return Shown(evidence, trial, drawn, published_readout(trial, drawn), slots(trial))


def _plot(shown: Shown, month: float | None) -> SurvivalPlot:
    curves = {curve.arm: curve for curve in shown.drawn.curves}
    lines = tuple(_line(shown, curves[arm]) for arm in shown.arms if arm in curves)
    points = () if lines else _points(shown)
    end = max([m for line in lines for m in line.months] + [p.month for p in points], default=0) or _last(shown)
    medians = () if lines or points else _medians(shown, end)
    origin_of_time = " since randomisation" if shown.trial.design.randomised else ""
    return SurvivalPlot(
        lines=lines,
        points=points,
        medians=medians,
        gap=None if month is None else gap_at(shown, month),
        published=tuple(row for row in _published(shown) if not (medians and row.slot)),
        rates=_rates(shown),
        calculated=calculated(shown, month),
        ticks=month_ticks(end),
        end=end,
        x_name=f"Months{origin_of_time}",
        y_name=f"Median: 50% {shown.free}" if medians else f"Percent {shown.free}",
    )


def _line(shown: Shown, curve: Curve) -> Line:
    return Line(
        label=shown.short(curve.arm),
        slot=shown.looks[curve.arm],
        months=curve.months,
        percent=curve.percent,
        at_risk=curve.at_risk,
        low=curve.low,
        high=curve.high,
        events_by=curve.events_by,
        censored_by=curve.censored_by,
    )


def _points(shown: Shown) -> tuple[RatePoint, ...]:
    found = []
    rates = {(rate.arm, rate.month): rate for rate in shown.drawn.landmarks}
    for arm, month in sorted(rates, key=lambda key: (shown.arms.index(key[0]), key[1])):
        quantity = shown.rate(shown.drawn, rates[arm, month])
        percent = rates[arm, month].percent
        look = shown.looks[arm]
        path = f"{shown.trial.id}.{shown.drawn.id}.{arm}.at-{number(month)}"
        found.append(RatePoint(shown.short(arm), look, month, percent, quantity.ci, text(quantity, "estimate"), path))
    return tuple(found)


def _medians(shown: Shown, end: float) -> tuple[MedianPoint, ...]:
    found = []
    for arm in shown.arms:
        if median := shown.figure(shown.drawn, f"{arm}.median"):
            beyond = _beyond(median, end)
            path, look, name = f"{shown.trial.id}.{shown.drawn.id}.{arm}", shown.looks[arm], shown.short(arm)
            found.append(MedianPoint(name, look, median.value, median.ci, beyond, _median(median), path))
    return tuple(found)


def _beyond(median: Quantity, end: float) -> float | None:
    """An open arrow at the edge of the axis: wherever else it stood, it would read as a month."""
    open_ended = median.ci is not None and median.ci.high is None
    return end if median.not_reached or open_ended else None


def _last(shown: Shown) -> float:
    """Where an axis of medians ends: past every value and limit, and past the follow-up of a median not reached."""
    medians = [e for e in shown.drawn.estimates if e.unit == "months"]
    ends = [end for e in medians for end in (e.value, *(e.ci or ())) if end is not None]
    if any(e.value is None for e in medians):
        ends += [shown.drawn.cut.follow_up_months or 0.0]
    return float(round(max(ends) * 1.08 + 1))


def _median(quantity: Quantity) -> str:
    """A median that was not reached may still have a lower limit."""
    limits = interval_text(quantity) if quantity.not_reached else ""
    return f"not reached ({limits})" if limits else text(quantity, "estimate")


def _rates(shown: Shown) -> tuple[Published, ...]:
    """Landmark rates that are not to be read off the picture: beside a curve all of them, else those with a limit."""
    rows = []
    for readout in shown.readouts:
        for rate in readout.landmarks:
            quantity = shown.rate(readout, rate)
            if rate.arm in shown.arms and (shown.drawn.curves or quantity.ci):
                label = f"{shown.short(rate.arm)}, {at_month(rate.month)}"
                rows.append(Published(label, shown.looks[rate.arm], text(quantity, "estimate")))
    return tuple(dict.fromkeys(rows))


def _published(shown: Shown) -> tuple[Published, ...]:
    """Medians and ratio as printed by the source, for the arms on the chart; nothing is read from a curve."""
    rows = []
    for arm in shown.arms:
        median = shown.figure(shown.published, f"{arm}.median")
        if median is not None:
            rows.append(Published(shown.short(arm), shown.looks[arm], _median(median)))
    ratio = shown.published.ratio
    about_these = ratio is not None and ratio.value is not None and len(shown.arms) == 2
    if about_these and ratio and {ratio.treated, ratio.control} <= {*shown.arms, None}:
        quantity = find(shown.evidence, f"{shown.trial.id}.{shown.published.id}.ratio")
        rows.append(Published((quantity.name or "ratio").capitalize(), None, _bare(quantity)))
    return tuple(rows)


def _bare(quantity: Quantity) -> str:
    return text(quantity, "estimate").removeprefix(f"{quantity.name} ")
