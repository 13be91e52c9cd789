"""Live votes in the report on items: over sessions that are over, by moment, and never among first attempts."""

import pytest
from statsmodels.stats.proportion import proportion_confint

from modules.actions.access import OPERATOR
from modules.actions.outcomes import items_of, live_line, live_of
from modules.core.live import Moment
from modules.core.responses import Given
from modules.outcomes.items import Figure
from modules.outcomes.live_votes import LiveItem, LiveVotes, live_items
from modules.records.records import Records
from modules.web.item_table import live_html
from tests.actions.live_room import LATER, RIGHT, WRONG, held, room_module, twice
from tests.builders import minutes, without_item

LOOK = ("harbour/checks", "look")


def found(records: Records) -> dict[tuple[str, str], LiveItem]:
    every = live_of(OPERATOR, records, room_module(), now=LATER)
    return {(one.quiz, one.item): one for one in every}


def figure(one: LiveItem, moment: Moment) -> Figure:
    at = one.at(moment)
    assert at is not None
    return at


def test_sessions_add_up_by_moment_with_wilsons_interval(sqlite_records: Records) -> None:
    held(sqlite_records, twice((10, 5, 2, 3)))
    held(sqlite_records, twice((1, 4, 0, 2)))
    one = found(sqlite_records)[LOOK]
    before, after = figure(one, "before"), figure(one, "after")
    assert (one.sessions, before.n, after.n, one.at("once")) == (2, 27, 27, None)
    assert (before.value, after.value) == (pytest.approx(13 / 27), pytest.approx(20 / 27))
    assert before.interval == pytest.approx(proportion_confint(13, 27, method="wilson"), abs=1e-9)
    assert after.interval == pytest.approx(proportion_confint(20, 27, method="wilson"), abs=1e-9)


def test_rehearsals_and_sessions_that_go_on_do_not_count(sqlite_records: Records) -> None:
    held(sqlite_records, twice((10, 5, 2, 3)), rehearsal=True)
    held(sqlite_records, twice((10, 5, 2, 3)), over=False)
    assert live_of(OPERATOR, sqlite_records, room_module(), now=minutes(10)) == ()
    assert live_of(OPERATOR, sqlite_records, room_module(), now=minutes(60 * 24))[0].sessions == 1


def test_below_ten_votes_only_their_number_is_told(sqlite_records: Records) -> None:
    held(sqlite_records, {"p1": {f"d{n}": RIGHT for n in range(7)}, "p3": {f"d{n}": WRONG for n in range(10)}})
    one = found(sqlite_records)[LOOK]
    assert (figure(one, "before").value, figure(one, "before").n, figure(one, "after").value) == (None, 7, 0.0)
    told = live_html((one,), room_module())
    assert "too few answers (n = 7)" in told
    assert "0% (0 to 28) of 10" in told
    assert live_line(one) == "harbour/checks#look, live: before too few answers (n = 7); after 0% (0 to 28) of 10."


def test_first_attempts_know_nothing_of_votes(sqlite_records: Records) -> None:
    held(sqlite_records)
    assert found(sqlite_records)[LOOK].sessions == 1
    assert items_of(OPERATOR, sqlite_records, room_module()).items == ()


def test_an_item_that_is_gone_is_left_out(sqlite_records: Records) -> None:
    held(sqlite_records, {**twice((5, 5, 5, 5)), "p6": {"d": Given(value=56.5)}})
    left = live_of(OPERATOR, sqlite_records, without_item(room_module(), *LOOK), now=LATER)
    assert [one.item for one in left] == ["how-long"]


def test_polls_that_nobody_answered_tell_nothing() -> None:
    assert live_items([[LiveVotes("q", "i", "once", 0, 0)], []]) == ()
