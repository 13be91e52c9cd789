"""Restricted mean time: the area under a survival curve up to a horizon, and the difference between two arms.

A published figure is read at intervals, so the step curve through its readings lies above the true one and the curve
that drops at once lies below it. The figure we print is the middle of the two (the trapezoid).
"""

import math
from collections.abc import Sequence
from itertools import pairwise

from modules.core.effect import Z95, Effect, Interval
from modules.core.evidence import Curve
from modules.core.survival import restricted_mean

FEWEST, SHARE = 10, 0.1


def horizon_of(curves: Sequence[Curve]) -> float | None:
    """The last month at which every arm still has max(10, 10% of its patients) at risk; None when there is none.

    Past it few patients carry the curve. Plots should stop where some 10 to 20% are left: # Pocock SJ, Clayton TC,
    Altman DG. Lancet 2002;359:1686-9. The least number of 10 is our own addition for small arms.
    """
    thick = [{m for m, n in zip(c.months, c.at_risk, strict=True) if n >= _enough(c)} for c in curves]
    shared = set.intersection(*thick) if thick else set()
    return max((month for month in shared if month > 0), default=None)


def mean_difference(treated: Curve, control: Curve, horizon: float) -> Effect:
    """Treated minus control, in months; the interval is None unless both arms allow one."""
    value = _mean(treated, horizon) - _mean(control, horizon)
    variances = _variance(treated, horizon), _variance(control, horizon)
    if variances[0] is None or variances[1] is None:
        return Effect(value, None)
    half = Z95 * math.sqrt(variances[0] + variances[1])
    return Effect(value, Interval(value - half, value + half))


def _enough(curve: Curve) -> float:
    return max(FEWEST, SHARE * curve.n)


def _mean(curve: Curve, horizon: float) -> float:
    """The middle of the steps that drop as late and as early as the readings allow."""
    late, early = curve.percent, (*curve.percent[1:], curve.percent[-1])
    return sum(restricted_mean(curve.months, level, horizon) for level in (late, early)) / 2


def _variance(curve: Curve, horizon: float) -> float | None:
    """Greenwood's sum over the intervals of a life table, each weighted by the squared area that follows it.

    Events and censored are worked out from percent and at risk, half of the censored counting as exposed; events are
    taken at mid-interval. None where the readings contradict themselves: a rise, or more at risk than before.
    # Greenwood M. Rep Public Health Med Subj 1926;33:1-26. Royston & Parmar 2013, as above.
    """
    readings = [r for r in zip(curve.months, curve.percent, curve.at_risk, strict=True) if r[0] <= horizon]
    if readings[-1][0] != horizon:
        return None
    total, after = 0.0, 0.0
    for (start, before, exposed), (end, percent, left) in reversed(list(pairwise(readings))):
        if percent > before or left > exposed or not percent or not left:
            return None
        died = 1 - percent / before
        events = died * (exposed + left) / (2 - died)
        at_risk = exposed - max(0.0, exposed - left - events) / 2
        half = (end - start) / 2
        total += (after + half * percent / 100) ** 2 * died / (at_risk * (1 - died))
        after += half * (before + percent) / 100
    return total
