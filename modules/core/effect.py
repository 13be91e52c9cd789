"""Effects computed from estimates: differences, absolute gain, NNT, relative reduction. All are labelled calculated."""

import math
from dataclasses import dataclass

Z95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Interval:
    """Bounds of an estimate; None is an end that was not reached. `level` in percent."""

    low: float | None
    high: float | None
    level: float = 95

    def __contains__(self, value: float) -> bool:
        return (self.low is None or self.low <= value) and (self.high is None or value <= self.high)


@dataclass(frozen=True, slots=True)
class Effect:
    """A computed figure, with its interval where the inputs allow one."""

    value: float
    ci: Interval | None


def _standard_error(ci: Interval | None) -> float | None:
    """Half-width over z. Normal approximation: Altman & Bland, BMJ 2011;343:d2304."""
    if ci is None or ci.low is None or ci.high is None or ci.level != 95:
        return None
    return (ci.high - ci.low) / (2 * Z95)


def difference(treated: float, control: float) -> float:
    """Difference of two medians or rates, in their unit, free of binary noise."""
    return round(treated - control, 10)


def rate_difference(
    treated: float, control: float, *, treated_ci: Interval | None, control_ci: Interval | None
) -> Effect:
    """Absolute difference of two rates (percentage points), interval by adding variances. # Altman & Bland 2003."""
    value = difference(treated, control)
    se1, se2 = _standard_error(treated_ci), _standard_error(control_ci)
    if se1 is None or se2 is None:
        return Effect(value, None)
    half = Z95 * math.hypot(se1, se2)
    return Effect(value, Interval(value - half, value + half))


def number_needed_to_treat(difference_points: Effect) -> Effect | None:
    """100 / absolute difference (points). None when the interval crosses zero or the difference is zero.

    # Altman DG. Confidence intervals for the number needed to treat. BMJ 1998;317:1309.
    """
    value, ci = difference_points.value, difference_points.ci
    if value == 0 or (ci and ci.low is not None and ci.high is not None and ci.low <= 0 <= ci.high):
        return None
    if ci is None or ci.low is None or ci.high is None:
        return Effect(100 / abs(value), None)
    ends = sorted((100 / abs(ci.low), 100 / abs(ci.high)))
    return Effect(100 / abs(value), Interval(ends[0], ends[1]))


def relative_reduction(ratio: float) -> float:
    """1 minus a ratio, in percent: the reduction in the rate (or risk) of the event."""
    return round((1 - ratio) * 100, 10)


def years(months: float) -> float:
    return months / 12
