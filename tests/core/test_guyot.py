"""Times rebuilt from a curve as it would be published: rounded coordinates, a handful of numbers at risk."""

from collections.abc import Sequence
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modules.core.guyot import AtRisk, Point, reconstruct
from modules.core.hazard import hazard_ratio
from modules.core.survival import FollowUp, kaplan_meier, step_at
from tests.core.lifelines_arms import NAMES, both_arms, fitted

ARMS = [(name, arm) for name in NAMES for arm in (0, 1)]


def coordinates(times: Sequence[FollowUp]) -> tuple[Point, ...]:
    """A click at every step: the month to one decimal, the percentage to one decimal."""
    curve = fitted(times).survival_function_["KM_estimate"]
    return tuple(Point(round(float(month), 1), round(100 * float(height), 1)) for month, height in curve.items())


def sparse(times: Sequence[FollowUp]) -> tuple[Point, ...]:
    """A hundred clicks at even distances."""
    end = max(t.months for t in times)
    months = [round(end * n / 100, 1) for n in range(101)]
    curve = fitted(times)
    return tuple(Point(month, round(100 * float(curve.predict(month)), 1)) for month in months)


def at_risk(times: Sequence[FollowUp]) -> tuple[AtRisk, ...]:
    """Seven numbers below the axis, at whole months."""
    months = [floor(max(t.months for t in times) * n / 7) for n in range(7)]
    return tuple(AtRisk(month, sum(t.months >= month for t in times)) for month in months)


def twelve_months(times: Sequence[FollowUp]) -> list[float]:
    """Evenly spaced, each half way between two tenths, so that a rounded time stays on its side."""
    end = max(t.months for t in times)
    return [round(end * n / 13, 1) + 0.05 for n in range(1, 13)]


@pytest.mark.parametrize("known", [False, True], ids=["without the total", "with the total"])
@pytest.mark.parametrize(("name", "arm"), ARMS)
def test_survival_is_within_two_hundredths_of_the_truth_at_twelve_months(name: str, arm: int, known: bool) -> None:
    times = both_arms(name)[arm]
    total = sum(t.event for t in times) if known else None
    rebuilt = kaplan_meier(reconstruct(coordinates(times), at_risk(times), total))
    truth = fitted(times)
    for month in twelve_months(times):
        assert step_at(rebuilt, month).survival == pytest.approx(float(truth.predict(month)), abs=0.02), month


@pytest.mark.parametrize(("name", "arm"), [pair for pair in ARMS if pair[0] in ("waltons", "rossi", "gbsg2")])
def test_a_hundred_even_clicks_are_enough_up_to_the_last_number_at_risk(name: str, arm: int) -> None:
    """Later, how many are left is a guess, and a click can hold several steps."""
    times = both_arms(name)[arm]
    clicks = sparse(times)
    rebuilt = kaplan_meier(reconstruct(clicks, at_risk(times)))
    truth = fitted(times)
    for click in clicks[7:85:7]:
        assert step_at(rebuilt, click.month).survival == pytest.approx(float(truth.predict(click.month)), abs=0.02)


@pytest.mark.parametrize(("name", "arm"), ARMS)
def test_everybody_is_there_and_events_and_numbers_at_risk_come_back(name: str, arm: int) -> None:
    times = both_arms(name)[arm]
    rebuilt = reconstruct(coordinates(times), at_risk(times), sum(t.event for t in times))
    assert len(rebuilt) == len(times)
    assert sum(t.event for t in rebuilt) == pytest.approx(sum(t.event for t in times), abs=1)
    for row in at_risk(times):
        assert sum(t.months >= row.month for t in rebuilt) == pytest.approx(row.patients, abs=1)


@pytest.mark.parametrize("name", ["waltons", "lung", "gbsg2", "rossi"])
def test_the_hazard_ratio_comes_back(name: str) -> None:
    control, treated = both_arms(name)
    truth = hazard_ratio(treated, control)
    rebuilt = hazard_ratio(*(reconstruct(coordinates(times), at_risk(times)) for times in (treated, control)))
    assert truth is not None
    assert rebuilt is not None
    assert rebuilt.value == pytest.approx(truth.value, rel=0.03)


def test_a_published_total_of_events_is_met_in_the_last_stretch_and_nowhere_else() -> None:
    points = (Point(0, 100), Point(6, 80), Point(12, 60), Point(18, 40))
    printed = (AtRisk(0, 100), AtRisk(12, 70))
    assert sum(t.event for t in reconstruct(points, printed)) > 50
    assert sum(t.event for t in reconstruct(points, printed, 50)) == 50
    assert sum(t.event for t in reconstruct(points, printed, 10)) == 19


@pytest.mark.parametrize(
    ("points", "printed"),
    [
        ((), (AtRisk(0, 10),)),
        ((Point(0, 100),), ()),
        ((Point(0, 100),), (AtRisk(1, 10),)),
        ((Point(0, 100),), (AtRisk(0, 10), AtRisk(0, 9))),
        ((Point(0, 100),), (AtRisk(0, 10), AtRisk(3, 11))),
        ((Point(0, 100),), (AtRisk(0, -1),)),
        ((Point(0, 90), Point(1, 91)), (AtRisk(0, 10),)),
        ((Point(1, 90), Point(0, 90)), (AtRisk(0, 10),)),
        ((Point(-1, 90),), (AtRisk(0, 10),)),
        ((Point(0, 101),), (AtRisk(0, 10),)),
    ],
)
def test_what_is_no_curve_is_refused(points: tuple[Point, ...], printed: tuple[AtRisk, ...]) -> None:
    with pytest.raises(ValueError, match=r"must|may not"):
        reconstruct(points, printed)


MONTHS = st.lists(st.floats(0, 100), min_size=1, max_size=30).map(sorted)
FALLING = st.lists(st.floats(0, 100), min_size=30, max_size=30).map(lambda drawn: sorted(drawn, reverse=True))
COUNTS = st.lists(st.integers(0, 300), min_size=6, max_size=6).map(lambda drawn: sorted(drawn, reverse=True))


@given(MONTHS, FALLING, COUNTS, st.sampled_from([1.0, 20.0, 60.0]), st.none() | st.integers(0, 300))
def test_any_curve_that_falls_gives_everybody_one_time(
    months: list[float], percent: list[float], counts: list[int], apart: float, total: int | None
) -> None:
    points = tuple(map(Point, months, percent))
    printed = tuple(AtRisk(apart * n, count) for n, count in enumerate(counts))
    times = reconstruct(points, printed, total)
    assert len(times) == counts[0]
    assert list(times) == sorted(times)
    assert all(0 <= t.months <= max(months[-1], 5 * apart) for t in times)
