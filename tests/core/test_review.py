"""The fixed plan of reviews: its days, and what a late answer does to it."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from modules.core.review import Reviews, Seen, fixed
from tests.builders import NOON

PLANS = st.lists(st.integers(1, 400), unique=True, max_size=6).map(lambda days: Reviews(days=tuple(sorted(days))))


def day(count: float) -> timedelta:
    return timedelta(days=count)


def test_two_reviews_at_day_8_and_24_then_none() -> None:
    plan = Reviews()
    first = fixed(NOON, [], plan)
    assert first == NOON + day(8)
    second = fixed(NOON, [Seen(NOON + day(8), correct=True)], plan)
    assert second == NOON + day(24)
    assert fixed(NOON, [Seen(NOON + day(8), correct=True), Seen(NOON + day(24), correct=False)], plan) is None


def test_a_late_review_keeps_its_distance_to_the_next() -> None:
    assert fixed(NOON, [Seen(NOON + day(20), correct=True)], Reviews()) == NOON + day(36)


def test_no_days_is_no_plan() -> None:
    assert fixed(NOON, [], Reviews(days=())) is None


@pytest.mark.parametrize("days", [(24, 8), (8, 8), (0, 8)])
def test_days_that_do_not_rise_are_refused(days: tuple[int, ...]) -> None:
    with pytest.raises(ValidationError):
        Reviews(days=days)


@given(PLANS, st.lists(st.floats(0, 60), max_size=6))
def test_the_next_review_is_never_before_the_last_one_nor_before_its_day(plan: Reviews, late: list[float]) -> None:
    seen: list[Seen] = []
    for delay in late:
        due = fixed(NOON, seen, plan)
        if due is None:
            assert len(seen) == len(plan.days)
            return
        assert due >= NOON + day(plan.days[len(seen)])
        assert not seen or due > seen[-1].at
        seen.append(Seen(due + day(delay), correct=True))
