"""The gap between two survival curves or rates at a month; what is calculated: NNT and restricted mean."""

from collections.abc import Callable

from modules.charts.axis import at_month, more_or_fewer
from modules.charts.chart import Gap, Published
from modules.charts.shown import Shown
from modules.core.effect import Effect, Interval, rate_difference
from modules.core.errors import UnknownPath
from modules.core.evidence import Readout
from modules.core.paths import contrast, landmark_gap
from modules.core.quantity import number, text
from modules.core.restricted_mean import horizon_of, mean_difference

RECONSTRUCTED = "read from the reconstructed curve"


def gap_at(shown: Shown, month: float) -> Gap:
    """From the published rates where both arms have one at that month, else read from the curves and said."""
    for readout in shown.readouts:
        if gap := _published_gap(shown, readout, month):
            return gap
    if gap := _gap_of_curves(shown, month):
        return gap
    path = f"{shown.trial.id}.{shown.drawn.id}.gain-at-{number(month)}"
    raise UnknownPath(path, f'readout "{shown.drawn.id}" has no rate for both arms at {number(month)} months')


def calculated(shown: Shown, month: float | None) -> tuple[Published, ...]:
    """The number needed to treat at the month of the gap, and the difference of restricted means."""
    rows = [] if month is None else [_needed(shown, month)]
    return tuple(row for row in (*rows, _restricted(shown)) if row)


def _published_gap(shown: Shown, readout: Readout, month: float) -> Gap | None:
    effect = landmark_gap(shown.trial, readout, month)
    arms = contrast(shown.trial, readout)
    if effect is None or arms is None:
        return None
    rates = {rate.arm: rate.percent for rate in readout.landmarks if rate.month == month}
    detail = f"{shown.free} at {at_month(month)}{_bounds(effect)}, calculated"
    return _marked(month, (rates[arms[0]], rates[arms[1]]), (_per_100(effect.value), detail))


def _gap_of_curves(shown: Shown, month: float) -> Gap | None:
    levels = [_level(shown, arm, month) for arm in shown.pair or ()]
    if len(levels) != 2 or levels[0] is None or levels[1] is None:
        return None
    (treated, first), (control, second) = levels[0], levels[1]
    effect = rate_difference(treated, control, treated_ci=first, control_ci=second)
    detail = f"{shown.free} at {at_month(month)}{_bounds(effect)}, {RECONSTRUCTED}"
    return _marked(month, (treated, control), (f"About {_per_100(effect.value)}", detail))


def _level(shown: Shown, arm: str, month: float) -> tuple[float, Interval | None] | None:
    """The height of the step curve at a month, and its limits; None outside the published figure."""
    curve = shown.curve(arm)
    if curve is None or not curve.months[0] <= month <= curve.months[-1]:
        return None
    at = max(index for index, start in enumerate(curve.months) if start <= month)
    return curve.percent[at], Interval(curve.low[at], curve.high[at]) if curve.low else None


def _marked(month: float, ends: tuple[float, float], said: tuple[str, str]) -> Gap:
    return Gap(month, min(ends), max(ends), *said)


def _per_100(value: float) -> str:
    points = _whole(abs(value))
    return more_or_fewer(points, 0 if points == "0" else value)


def _bounds(effect: Effect) -> str:
    ci = effect.ci
    return "" if ci is None else f" ({number(ci.level)}% CI {_both_ways(effect, _whole)})"


def _both_ways(effect: Effect, shown_as: Callable[[float], str]) -> str:
    """`3 to 19`, counted the way of the difference; `3 fewer to 19 more` where the interval includes none."""
    ends = (effect.ci.low, effect.ci.high) if effect.ci else (None, None)
    low, high = ends[0] or 0.0, ends[1] or 0.0
    if low < 0 < high:
        return f"{shown_as(-low)} fewer to {shown_as(high)} more"
    return " to ".join(shown_as(end) for end in sorted((abs(low), abs(high))))


def _whole(points: float) -> str:
    """As many people as make sense of 100; one decimal where a whole number would say none."""
    whole = number(points, 0)
    return number(float(number(points, 1))) if whole == "0" else whole


def _needed(shown: Shown, month: float) -> Published | None:
    """By the path's own rule. Where the interval forbids a number it says why."""
    found = ((readout, landmark_gap(shown.trial, readout, month)) for readout in shown.readouts)
    readout, gap = next(((r, e) for r, e in found if e), (shown.drawn, None))
    if gap is None:
        return None
    needed = shown.figure(readout, f"nnt-at-{number(month)}")
    if needed is None:
        crosses = gap.ci is not None and 0 in gap.ci
        return Published("No number needed to treat", None, "the interval includes no difference") if crosses else None
    purpose = "treat" if gap.value > 0 else "harm"
    without = "" if needed.ci else " (no interval: the rates have none)"
    return Published(f"Number needed to {purpose} at {at_month(month)}", None, f"{text(needed, 'estimate')}{without}")


def _restricted(shown: Shown) -> Published | None:
    """Treated minus control up to the last month at which every arm drawn still has enough patients."""
    treated, control = (shown.curve(arm) for arm in shown.pair or ("", ""))
    horizon = horizon_of(shown.drawn.curves)
    if treated is None or control is None or horizon is None:
        return None
    effect = mean_difference(treated, control, horizon)
    size = _tenth(abs(effect.value))
    way = "difference" if size == "0" else f"{'more' if effect.value > 0 else 'fewer'} {shown.free}"
    told = f"{size} {'month' if size == '1' else 'months'} {way}"
    unsure = "no interval: read from the figure"
    if effect.ci is not None:
        unsure = f"approximate {number(effect.ci.level)}% CI {_both_ways(effect, _tenth)}"
    return Published(f"Restricted mean (RMST) to {number(horizon)} months", None, f"{told} ({unsure}), from the curve")


def _tenth(months: float) -> str:
    return number(float(number(months, 1)))
