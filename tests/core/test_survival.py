"""Figures worked out from individual times, each beside what lifelines says of the same data."""

import math
from itertools import pairwise
from statistics import pstdev

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lifelines.utils import median_survival_times, restricted_mean_survival_time

from modules.core.survival import (
    FollowUp,
    kaplan_meier,
    median,
    restricted_mean,
    restricted_mean_of,
    step_at,
)
from tests.core.lifelines_arms import NAMES, both_arms, fitted

ARMS = [(name, arm) for name in NAMES for arm in (0, 1)]
TIMES = st.lists(st.tuples(st.floats(0, 200), st.booleans()).map(lambda pair: FollowUp(*pair)), min_size=1)


@pytest.mark.parametrize(("name", "arm"), ARMS)
def test_the_curve_and_its_counts_are_those_of_lifelines(name: str, arm: int) -> None:
    times = both_arms(name)[arm]
    theirs = fitted(times)
    for step in kaplan_meier(times):
        row = theirs.event_table.loc[step.months]
        assert (step.at_risk, step.events, step.censored) == (row.at_risk, row.observed, row.censored)
        assert step.survival == pytest.approx(theirs.survival_function_at_times(step.months).item(), abs=1e-12)


@pytest.mark.parametrize(("name", "arm"), ARMS)
def test_the_band_is_that_of_lifelines_until_the_curve_reaches_zero(name: str, arm: int) -> None:
    times = both_arms(name)[arm]
    band = fitted(times).confidence_interval_
    for step in kaplan_meier(times):
        if step.survival > 0:
            assert (step.low, step.high) == pytest.approx(tuple(band.loc[step.months]), abs=1e-9)


@pytest.mark.parametrize(("name", "arm"), ARMS)
def test_the_median_and_its_interval_are_those_of_lifelines(name: str, arm: int) -> None:
    times = both_arms(name)[arm]
    theirs = fitted(times)
    value, ci = median(kaplan_meier(times))
    assert _or_never(value) == theirs.median_survival_time_
    low, high = median_survival_times(theirs.confidence_interval_).iloc[0]
    assert (_or_never(ci.low), _or_never(ci.high)) == (low, high)


def _or_never(month: float | None) -> float:
    return math.inf if month is None else month


@pytest.mark.parametrize(("name", "arm"), ARMS)
def test_the_restricted_mean_is_that_of_lifelines(name: str, arm: int) -> None:
    times = both_arms(name)[arm]
    horizon = 0.8 * max(t.months for t in times)
    theirs = restricted_mean_survival_time(fitted(times), t=horizon)
    assert restricted_mean_of(kaplan_meier(times), horizon).value == pytest.approx(theirs, rel=1e-9)


@pytest.mark.parametrize("name", ["waltons", "leukemia"])
def test_without_censoring_the_error_of_the_restricted_mean_is_that_of_a_plain_mean(name: str) -> None:
    """Greenwood's variance is then the binomial one, and the restricted mean the mean of min(time, horizon)."""
    times = both_arms(name)[1]
    assert all(t.event for t in times)
    cut = [min(t.months, 20.0) for t in times]
    ours = restricted_mean_of(kaplan_meier(times), 20.0)
    assert ours.value == pytest.approx(sum(cut) / len(cut))
    assert ours.standard_error == pytest.approx(pstdev(cut) / math.sqrt(len(cut)))


def test_at_zero_the_lower_limit_is_zero_and_the_upper_one_stays() -> None:
    steps = kaplan_meier([FollowUp(1, True), FollowUp(2, True)])
    assert (steps[-1].survival, steps[-1].low, steps[-1].high) == (0, 0, steps[1].high)
    assert restricted_mean_of(steps, 2).value == 1.5


@given(TIMES)
def test_a_curve_falls_counts_everybody_once_and_lies_in_its_band(times: list[FollowUp]) -> None:
    steps = kaplan_meier(times)
    assert sum(step.events + step.censored for step in steps) == len(times) == steps[0].at_risk
    assert all(a.survival >= b.survival for a, b in pairwise(steps))
    assert all(step.low <= step.survival + 1e-12 and step.survival <= step.high + 1e-12 for step in steps)
    assert step_at(steps, 300) == steps[-1]


@pytest.mark.parametrize("months", [-1.0, math.inf, math.nan])
def test_a_time_that_is_no_time_is_refused(months: float) -> None:
    with pytest.raises(ValueError, match="time"):
        kaplan_meier([FollowUp(months, True)])


def test_the_restricted_mean_is_the_area_under_the_steps() -> None:
    assert restricted_mean((0, 10, 20), (100, 50, 25), 15) == pytest.approx(12.5)
    assert restricted_mean((0, 10, 20), (100, 50, 25), 20) == pytest.approx(15)
    assert restricted_mean((0, 10, 20), (100, 50, 25), 0) == 0


@pytest.mark.parametrize(
    ("months", "percent", "horizon"),
    [((0, 10), (100, 50), 10.1), ((0, 10), (100, 50), -1), ((1, 10), (100, 50), 5), ((0,), (), 0), ((), (), 0)],
)
def test_there_is_no_restricted_mean_outside_the_curve(
    months: tuple[float, ...], percent: tuple[float, ...], horizon: float
) -> None:
    with pytest.raises(ValueError, match="curve"):
        restricted_mean(months, percent, horizon)
