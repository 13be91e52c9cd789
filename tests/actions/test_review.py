"""Reviews and practice after completion: what is due, which clone asks, and that no score moves."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from fsrs import Card, Rating, Scheduler
from hypothesis import given as for_all
from hypothesis import strategies as st

from modules.actions.practice import practice, weak_families
from modules.actions.review import choose, dates, due, follow_up_window, plan
from modules.actions.spacing import by_memory
from modules.core.errors import NotAllowed
from modules.core.events import Event
from modules.core.module import Module
from modules.core.progress import progress, stage
from modules.core.review import CLOSE, Reviews, Seen
from modules.records.records import Records
from tests.actions.finished import FAMILIES, bank, given, passed
from tests.builders import NOON

PASSED = NOON + timedelta(hours=1)


def days(count: float) -> datetime:
    return PASSED + timedelta(days=count)


def reviewed(built: Module, events: list[Event], at: datetime, *, right: bool = True) -> list[Event]:
    """The same events and an answer to everything that is due."""
    mine = progress(events)
    more = []
    for one in due(built, "ann", mine, at):
        assert one.slot is not None
        taken = {a for q, a, i in mine.answers if (q, i) == (one.slot.quiz, one.slot.item)}
        address = ("review", one.slot.quiz, max(taken, default=0) + 1, one.slot.item)
        more.append(given(built, "ann", address, right=right, at=at))
    return [*events, *more]


def test_nothing_is_due_before_the_post_test_is_passed() -> None:
    built = bank()
    early = [e for e in passed(built) if not (e.type == "attempt-closed" and e.role == "post")]
    assert plan(built, "ann", progress(early)) == ()
    assert practice(built, "ann", progress(early)) == ()


def test_every_family_is_due_on_day_8_and_again_on_day_24() -> None:
    built = bank()
    events = passed(built)
    assert due(built, "ann", progress(events), days(7.9)) == ()
    assert {d.family for d in due(built, "ann", progress(events), days(8))} == set(FAMILIES)
    events = reviewed(built, events, days(8))
    assert due(built, "ann", progress(events), days(23.9)) == ()
    assert len(due(built, "ann", progress(events), days(24))) == 3
    events = reviewed(built, events, days(24))
    assert plan(built, "ann", progress(events)) == ()


def test_the_clone_asked_is_one_not_met_yet_from_the_reserve_first() -> None:
    built = bank()
    events = passed(built)
    first = {d.slot.quiz for d in due(built, "ann", progress(events), days(8)) if d.slot}
    assert first == {"harbour/form-c"}
    events = reviewed(built, events, days(8))
    assert {d.slot.quiz for d in due(built, "ann", progress(events), days(24)) if d.slot} == {"harbour/form-d"}


@for_all(st.lists(st.tuples(st.floats(0.1, 40), st.booleans()), max_size=8))
def test_no_item_comes_twice_in_a_row(visits: list[tuple[float, bool]]) -> None:
    built = replace(bank())
    front = built.front.model_copy(update={"reviews": Reviews(days=(1, 3, 7, 15, 31, 63))})
    built, at = replace(built, front=front), PASSED
    events = passed(built)
    for wait, right in visits:
        at += timedelta(days=wait)
        mine = progress(events)
        for one in due(built, "ann", mine, at):
            mine_last = max(
                (a for a in mine.answers.values() if a.item.endswith(f"-{one.family}")), key=lambda a: (a.at, a.id)
            )
            assert one.slot is not None
            assert (one.slot.quiz, one.slot.item) != (mine_last.quiz, mine_last.item)
        events = reviewed(built, events, at, right=right)


def test_stopping_ends_them_and_taking_them_up_brings_them_back(sqlite_url: str, records: Records) -> None:
    built = bank()
    records.append(passed(built))
    stopped = choose(records, "ann", built, active=False, now=days(1))
    assert plan(built, "ann", stopped) == ()
    assert choose(records, "ann", built, active=False, now=days(2)) == stopped
    again = choose(records, "ann", built, active=True, now=days(3))
    assert len(plan(built, "ann", again)) == 3


def test_there_is_nothing_to_stop_before_completion(records: Records) -> None:
    with pytest.raises(NotAllowed, match="when you have passed"):
        choose(records, "bob", bank(), active=False, now=NOON)


def test_reviews_and_practice_leave_scores_and_stage_alone() -> None:
    built = bank()
    before = progress(passed(built))
    after = progress(reviewed(built, passed(built), days(8), right=False))
    assert (before.attempts("post"), before.passed, stage(built, before)) == (
        after.attempts("post"), after.passed, stage(built, after),
    )  # fmt: skip


def test_practice_begins_with_what_was_missed_or_guessed() -> None:
    built = bank()
    mine = progress(passed(built, wrong="two"))
    assert weak_families(built, mine) == {"two"}
    offered = practice(built, "ann", mine)
    assert offered[0].family == "two"
    assert {s.quiz for s in offered} >= {"harbour/practice", "harbour/form-c", "harbour/form-d"}
    right = given(built, "ann", ("practice", offered[0].quiz, 1, offered[0].item), right=True, at=days(1))
    assert weak_families(built, progress([*passed(built, wrong="two"), right])) == frozenset()


def test_the_calendar_has_both_days_and_the_follow_up_its_weeks() -> None:
    built = bank()
    mine = progress(passed(built))
    assert dates(built, "ann", mine) == (days(8), days(24))
    assert follow_up_window(mine) == (days(60), days(90))


@pytest.mark.parametrize("answers", [[True], [False], [True, True], [True, False, True]])
def test_the_memory_model_is_the_library_itself(answers: list[bool]) -> None:
    scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    card = scheduler.review_card(Card(card_id=7), Rating.Good, PASSED)[0]
    seen: list[Seen] = []
    for n, right in enumerate(answers, 1):
        at = days(8 * n)
        card = scheduler.review_card(card, Rating.Good if right else Rating.Again, at)[0]
        seen.append(Seen(at, right))
    assert by_memory(PASSED, seen, Reviews(spacing="fsrs")) == (card.due if card.due <= PASSED + CLOSE else None)


def test_the_memory_model_starts_on_the_first_day_of_the_plan_and_ends_with_the_follow_up() -> None:
    assert by_memory(PASSED, [], Reviews(spacing="fsrs")) == days(8)
    assert by_memory(PASSED, [Seen(days(85), correct=True, confidence=3)], Reviews(spacing="fsrs")) is None
