"""The journal on both engines: what is written once stands, whoever writes at the same time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta, timezone

import pytest

from modules.core.events import AttemptClosed, Event, ItemAnswered
from modules.core.grading import Chosen, Given, Written
from modules.records.records import BATCH, Records, open_records
from tests.builders import (
    NOON,
    acknowledged,
    answered,
    claimed,
    closed,
    finished,
    minutes,
    opened,
)


def test_events_come_back_as_they_were_written(records: Records) -> None:
    written = (acknowledged(), opened("01-lamp"), finished("01-lamp"), answered(), closed("post"), claimed())
    assert records.append(written) == written
    assert records.events("ann", "harbour") == written
    assert tuple(records.journal()) == written


@pytest.mark.parametrize(
    "response",
    [Chosen(options=("b", "a")), Given(value=0.1 + 0.2), Written(text="Ærlig \u2013 \x00 日本 \U0001f6a2\n")],
)
def test_every_kind_of_response_survives_the_journal(records: Records, response: Chosen | Given | Written) -> None:
    event = answered().model_copy(update={"response": response})
    assert records.append([event]) == (event,)
    assert records.events("ann", "harbour") == (event,)


def test_an_earlier_response_wins_over_a_later_different_one(records: Records) -> None:
    first, second = answered(option="a"), answered(option="b", at=minutes(1))
    records.append([first])
    assert records.append([second]) == (first,)
    assert records.events("ann", "harbour") == (first,)


def test_a_journal_keeps_the_moment_whatever_the_time_zone(records: Records) -> None:
    elsewhere = NOON.astimezone(timezone(timedelta(hours=5, minutes=30)))
    (stands,) = records.append([acknowledged(at=elsewhere)])
    assert stands.at == NOON


def test_nothing_to_append_is_nothing_written(records: Records) -> None:
    assert records.append([]) == ()
    assert tuple(records.journal()) == ()


def test_twenty_clicks_at_once_are_one_event(records: Records) -> None:
    clicks = [answered(option="abc"[n % 3], at=minutes(n)) for n in range(20)]
    with ThreadPoolExecutor(20) as threads:
        seen = list(threads.map(lambda event: records.append([event]), clicks))
    kept = records.events("ann", "harbour")
    assert len(kept) == 1
    assert set(map(len, seen)) == {1}
    assert {stands for (stands,) in seen} == set(kept)


def test_many_learners_write_at_once_and_none_is_lost(records: Records) -> None:
    def journey(n: int) -> None:
        records.append([acknowledged(f"learner-{n}")])
        records.append([answered(learner=f"learner-{n}")])

    with ThreadPoolExecutor(12) as threads:
        list(threads.map(journey, range(36)))
    assert len(tuple(records.journal())) == 72
    assert len(records.learners_of("harbour")) == 36


def test_writers_of_the_same_learners_in_other_orders_do_not_block_each_other(records: Records) -> None:
    def write(n: int) -> None:
        names = [f"learner-{(n + k) % 5}" for k in range(5)]
        records.append([opened("01-lamp", n, learner=name) for name in names])

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(write, range(16)))
    assert len(tuple(records.journal())) == 80


def closing(events: tuple[Event, ...]) -> list[AttemptClosed]:
    """Closes when both items have a response."""
    given = [e for e in events if isinstance(e, ItemAnswered)]
    return [closed("pre", learner=events[0].learner)] if len(given) == 2 else []


def test_what_follows_is_written_in_the_same_transaction(records: Records) -> None:
    assert records.append([answered("one")], closing) == (answered("one"),)
    assert records.append([answered("two")], closing) == (answered("two"), closed("pre"))
    assert len(records.events("ann", "harbour")) == 3


def test_when_what_follows_cannot_be_computed_nothing_is_written(records: Records) -> None:
    def breaks(events: tuple[Event, ...]) -> list[Event]:
        raise ZeroDivisionError(len(events))

    with pytest.raises(ZeroDivisionError):
        records.append([answered()], breaks)
    assert records.events("ann", "harbour") == ()


def test_two_tabs_with_the_last_two_responses_always_close_the_attempt(records: Records) -> None:
    for n in range(12):
        name = f"learner-{n}"
        tabs = [answered(item, learner=name) for item in ("one", "two")]
        with ThreadPoolExecutor(2) as threads:
            list(threads.map(lambda event: records.append([event], closing), tabs))
        assert [e.type for e in records.events(name, "harbour")].count("attempt-closed") == 1


def test_learners_and_modules_are_told_apart(records: Records) -> None:
    records.append([acknowledged("ann"), acknowledged("bo"), acknowledged("ann", module_id="fjord")])
    assert records.modules_of("ann") == ("fjord", "harbour")
    assert records.modules_of("nobody") == ()
    assert records.learners_of("harbour") == ("ann", "bo")
    assert records.events("bo", "harbour") == (acknowledged("bo"),)
    assert [e.module for e in records.journal("fjord")] == ["fjord"]


def test_a_journal_longer_than_a_batch_is_read_whole_and_in_order(records: Records) -> None:
    written = tuple(opened("01-lamp", n, at=minutes(n)) for n in range(2 * BATCH + 1))
    assert records.append(written) == written
    assert tuple(records.journal("harbour")) == written


def test_a_learner_has_a_name_only_after_it_is_given(records: Records) -> None:
    assert records.person("ann") is None
    records.append([acknowledged(at=minutes(3)), opened("01-lamp", at=minutes(2))])
    person = records.person("ann")
    assert person is not None
    assert (person.name, person.email, person.created) == (None, None, minutes(2))
    records.name_person("ann", "Ann Åker", "ann@example.org")
    people = records.people("harbour")
    assert (people["ann"].name, people["ann"].email) == ("Ann Åker", "ann@example.org")
    assert records.people("fjord") == {}


def test_the_journal_outlives_the_process(database_url: str) -> None:
    first = open_records(database_url)
    first.append([acknowledged()])
    first.close()
    again = open_records(database_url)
    assert again.events("ann", "harbour") == (acknowledged(),)
    again.close()
