"""Survival from individual times: the Kaplan-Meier curve with its band, the median, the restricted mean."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from modules.core.effect import Z95, Interval

_NOISE = 1e-9
"""Sums and products of fractions miss the true figure by a rounding error; this far counts as equal."""


class FollowUp(NamedTuple):
    """One patient: months until the event, or until last seen without it."""

    months: float
    event: bool


@dataclass(frozen=True, slots=True)
class Step:
    """The curve from one month on. Fractions 0 to 1; `at_risk` counts at the start, so before this month's losses.

    `variance_sum` is Greenwood's sum up to here; infinite once the last patient at risk had the event.
    """

    months: float
    survival: float
    at_risk: int
    events: int
    censored: int
    low: float
    high: float
    variance_sum: float


@dataclass(frozen=True, slots=True)
class Estimated:
    """A figure with its standard error, in the same unit."""

    value: float
    standard_error: float


def kaplan_meier(times: Iterable[FollowUp]) -> tuple[Step, ...]:
    """One step for month 0 and each month at which somebody left; events come before censoring at the same month.

    Pointwise 95% limits on the log(-log) scale from Greenwood's variance. Before the first event both are 1; when
    the curve reaches 0 the variance has no bound: the lower limit is 0 and the upper one stays as it was.
    ValueError for a negative or unending time.
    # Kalbfleisch JD, Prentice RL. The Statistical Analysis of Failure Time Data, 2nd ed. 2002, section 1.4.
    """
    events, censored = _counted(times)
    at_risk, survival, total = sum(events.values()) + sum(censored.values()), 1.0, 0.0
    steps: list[Step] = []
    for month in sorted({0.0, *events, *censored}):
        died, left = events[month], censored[month]
        if died:
            survival = survival * (at_risk - died) / at_risk
            total += died / (at_risk * (at_risk - died)) if at_risk > died else math.inf
        low, high = _limits(survival, total, steps[-1].high if steps else 1.0)
        steps.append(Step(month, survival, at_risk, died, left, low, high, total))
        at_risk -= died + left
    return tuple(steps)


def _counted(times: Iterable[FollowUp]) -> tuple[Counter[float], Counter[float]]:
    events: Counter[float] = Counter()
    censored: Counter[float] = Counter()
    for months, event in times:
        if not 0 <= months < math.inf:
            raise ValueError(f"a time must be 0 or more months, not {months}")
        (events if event else censored)[months] += 1
    return events, censored


def _limits(survival: float, variance_sum: float, before: float) -> tuple[float, float]:
    if variance_sum == 0:
        return 1.0, 1.0
    if math.isinf(variance_sum):
        return 0.0, before
    half = Z95 * math.sqrt(variance_sum) / abs(math.log(survival))
    return survival ** math.exp(half), survival ** math.exp(-half)


def step_at(curve: tuple[Step, ...], months: float) -> Step:
    """The step in force at a month. ValueError for a negative month."""
    if months < 0:
        raise ValueError(f"a time must be 0 or more months, not {months}")
    return next(step for step in reversed(curve) if step.months <= months)


def median(curve: tuple[Step, ...]) -> tuple[float | None, Interval]:
    """The first month at which half had the event, None when not reached, and its 95% interval, both in months.

    The interval holds the months at which the band holds one half.
    # Brookmeyer R, Crowley J. Biometrics 1982;38:29-41, on the log(-log) scale of the band.
    """
    reached = _first_below(curve, [step.survival for step in curve])
    low = _first_below(curve, [step.low for step in curve])
    return reached, Interval(low, _first_below(curve, [step.high for step in curve]))


def _first_below(curve: tuple[Step, ...], heights: list[float]) -> float | None:
    return next((s.months for s, height in zip(curve, heights, strict=True) if height <= 0.5 + _NOISE), None)


def restricted_mean_of(curve: tuple[Step, ...], horizon: float) -> Estimated:
    """Mean months without an event up to `horizon`, with its standard error.

    ValueError when the horizon lies past the last patient's time: the curve says nothing there.
    # Uno H et al. J Clin Oncol 2014;32:2380-5, supplement (variance by Greenwood, no small-sample factor).
    """
    months = tuple(step.months for step in curve)
    percent = tuple(100 * step.survival for step in curve)
    value = restricted_mean(months, percent, horizon)
    variance = 0.0
    for before, step in pairwise(curve):
        rest = value - restricted_mean(months, percent, min(step.months, horizon))
        gained = step.variance_sum - before.variance_sum
        variance += rest**2 * gained if rest > _NOISE else 0.0
    return Estimated(value, math.sqrt(variance))


def restricted_mean(months: Sequence[float], percent: Sequence[float], horizon: float) -> float:
    """Mean time without an event up to `horizon`, in months: the area under the step curve.

    `months` rise from 0; `percent` (0 to 100) is the height from each month on, of the same length. ValueError when
    the curve starts later than month 0 or ends before the horizon: beyond its end a published curve says nothing.
    # Royston P, Parmar MKB. BMC Med Res Methodol 2013;13:152.
    """
    if len(months) != len(percent) or not months or months[0] > 0:
        raise ValueError("a curve needs one percentage for each month, and month 0")
    if not 0 <= horizon <= months[-1]:
        raise ValueError(f"the curve runs from 0 to {months[-1]:g} months, not to {horizon:g}")
    ends = (*months[1:], horizon)
    widths = (max(0.0, min(end, horizon) - start) for start, end in zip(months, ends, strict=True))
    return sum(width * height for width, height in zip(widths, percent, strict=True)) / 100
