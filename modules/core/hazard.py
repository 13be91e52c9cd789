"""The hazard ratio of two arms from individual times: a Cox model with one covariate, ties after Efron."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from modules.core.effect import Z95, Effect, Interval
from modules.core.survival import FollowUp

_ROUNDS = 50
_LONGEST_STEP = 1.0
_LARGEST_LOG = 15.0
"""A log ratio beyond this is on its way to infinity: one arm has no event while the other is at risk."""


class _Tied(NamedTuple):
    """One month with events: events and patients at risk, in both arms and in the treated arm."""

    events: int
    treated_events: int
    at_risk: int
    treated_at_risk: int


@dataclass(frozen=True, slots=True)
class _Slope:
    """First derivative of the log partial likelihood, and the information (minus the second)."""

    score: float
    information: float


def hazard_ratio(treated: Sequence[FollowUp], control: Sequence[FollowUp]) -> Effect | None:
    """Hazard of the treated over the control arm, with its 95% Wald interval.

    None when the data hold no finite ratio: no events, or none in one of the arms.
    # Cox DR. J R Stat Soc B 1972;34:187-220. Ties: Efron B. J Am Stat Assoc 1977;72:557-65.
    """
    months = tuple(_event_months(treated, control))
    beta = 0.0
    for _ in range(_ROUNDS):
        slope = _slope(months, beta)
        if slope.information <= 0 or abs(beta) > _LARGEST_LOG:
            return None
        step = slope.score / slope.information
        beta += max(-_LONGEST_STEP, min(_LONGEST_STEP, step))
        if abs(step) < 1e-10:
            half = Z95 / math.sqrt(slope.information)
            return Effect(math.exp(beta), Interval(math.exp(beta - half), math.exp(beta + half)))
    return None


def _event_months(treated: Sequence[FollowUp], control: Sequence[FollowUp]) -> Iterable[_Tied]:
    """The months with events, latest first, so that the patients at risk add up on the way."""
    left = [Counter(t.months for t in arm) for arm in (treated, control)]
    events = [Counter(t.months for t in arm if t.event) for arm in (treated, control)]
    at_risk = [0, 0]
    for month in sorted({*left[0], *left[1]}, reverse=True):
        at_risk = [n + left[arm][month] for arm, n in enumerate(at_risk)]
        if died := events[0][month] + events[1][month]:
            yield _Tied(died, events[0][month], sum(at_risk), at_risk[0])


def _slope(months: Iterable[_Tied], beta: float) -> _Slope:
    weight = math.exp(beta)
    score = information = 0.0
    for month in months:
        treated, everyone = month.treated_at_risk * weight, month.treated_at_risk * weight
        everyone += month.at_risk - month.treated_at_risk
        died_treated = month.treated_events * weight
        died = died_treated + month.events - month.treated_events
        score += month.treated_events
        for rank in range(month.events):
            part = rank / month.events
            share = (treated - part * died_treated) / (everyone - part * died)
            score -= share
            information += share * (1 - share)
    return _Slope(score, information)
