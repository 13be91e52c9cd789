"""Computed effects: an interval contains its estimate; no NNT where benefit and harm are both possible."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from modules.core.effect import (
    Effect,
    Interval,
    difference,
    number_needed_to_treat,
    rate_difference,
    relative_reduction,
)

percent = st.floats(0, 100)


def around(value: float, half: float) -> Interval:
    return Interval(value - half, value + half)


@given(percent, percent, st.floats(0.1, 30), st.floats(0.1, 30))
def test_the_interval_of_a_difference_contains_it(treated: float, control: float, one: float, two: float) -> None:
    found = rate_difference(treated, control, treated_ci=around(treated, one), control_ci=around(control, two))
    assert found.ci is not None
    assert found.value in found.ci
    assert found.value == pytest.approx(treated - control, abs=1e-9)
    back = rate_difference(control, treated, treated_ci=around(control, two), control_ci=around(treated, one))
    assert back.value == pytest.approx(-found.value, abs=1e-9)


def test_variances_add() -> None:
    """Half-widths of 3 and 4 make one of 5."""
    found = rate_difference(60, 40, treated_ci=around(60, 3), control_ci=around(40, 4))
    assert found.ci is not None
    assert found.ci.low == pytest.approx(15)
    assert found.ci.high == pytest.approx(25)


@pytest.mark.parametrize("ci", [None, Interval(None, 50), Interval(30, None), Interval(30, 50, level=97.5)])
def test_without_two_closed_intervals_of_95_percent_a_difference_has_none(ci: Interval | None) -> None:
    assert rate_difference(60, 40, treated_ci=around(60, 3), control_ci=ci) == Effect(20, None)


@given(st.floats(-100, 100), st.floats(0.01, 100), st.floats(0.01, 100))
def test_no_number_needed_to_treat_when_the_interval_crosses_zero(value: float, below: float, above: float) -> None:
    ci = Interval(value - below, value + above)
    needed = number_needed_to_treat(Effect(value, ci))
    assert (needed is None) == (value == 0 or 0 in ci)
    if needed is not None:
        assume(abs(value) > 1e-6)
        assert needed.ci is not None
        assert needed.value in needed.ci


def test_a_number_needed_to_treat_is_100_over_the_difference() -> None:
    assert number_needed_to_treat(Effect(20, Interval(10, 25))) == Effect(5, Interval(4, 10))
    assert number_needed_to_treat(Effect(-20, Interval(-25, -10))) == Effect(5, Interval(4, 10))
    assert number_needed_to_treat(Effect(20, None)) == Effect(5, None)
    assert number_needed_to_treat(Effect(0, None)) is None


def test_differences_are_free_of_binary_noise() -> None:
    assert difference(0.3, 0.1) == 0.2
    assert relative_reduction(0.8) == 20
    assert relative_reduction(1.25) == -25


def test_an_open_end_contains_everything_beyond() -> None:
    assert 1e9 in Interval(49.3, None)
    assert 40 not in Interval(49.3, None)
    assert -5 in Interval(None, 0)
