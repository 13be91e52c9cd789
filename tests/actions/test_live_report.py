"""The report on a live session: its figures by other means, who may have it, and what no two reports tell."""

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import binomtest, norm
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.proportion import proportion_confint

from modules.actions.live.report import NOT_OVER, session_report
from modules.actions.live.sessions import NOT_YOURS, hide_word
from modules.core.errors import NotAllowed
from modules.core.live import Shift
from modules.core.people import Actor
from modules.core.session_report import SessionReport
from modules.core.small_cells import LEAST, hidden_beside_margins
from modules.export.live_report import REHEARSAL, live_report_csv, p_text
from modules.records.deeds import deeds
from modules.records.live import Vote
from modules.records.records import Records
from tests.actions.live_room import FULL, HOST, LATER, OTHER, OWNER, RIGHT, held, room_module, twice
from tests.builders import minutes

GOLDEN = Path(__file__).with_name("live_report.csv")


def report(records: Records, code: str, actor: Actor = HOST) -> SessionReport:
    return session_report(records, actor, room_module(), code, now=LATER)


@pytest.mark.parametrize("cells", [(14, 12, 5, 9), (5, 40, 6, 7), (50, 9, 9, 60), (30, 25, 5, 5)])
def test_the_figures_are_those_of_other_libraries(sqlite_records: Records, cells: tuple[int, int, int, int]) -> None:
    stayed, gained, lost, wrong = cells
    n = sum(cells)
    found = report(sqlite_records, held(sqlite_records, twice(cells)).code)
    before, after = (one.right for one in found.polls)
    (pair,) = found.pairs
    assert before is not None
    assert after is not None
    assert (before.count, after.count, before.n, after.n, pair.n) == (stayed + lost, stayed + gained, n, n, n)
    for share in (before, after):
        assert share.interval == pytest.approx(proportion_confint(share.count, n, method="wilson"), abs=1e-9)
    assert tuple(pair.cells.values()) == cells
    assert pair.p == pytest.approx(mcnemar([[stayed, lost], [gained, wrong]], exact=True).pvalue)
    assert pair.p == pytest.approx(binomtest(gained, gained + lost, 0.5).pvalue)
    assert (pair.change, pair.interval) == (pytest.approx((gained - lost) / n), pytest.approx(paired(cells)))


def paired(cells: Sequence[int]) -> tuple[float, float]:
    """Agresti and Min 2005: Wald's interval from the variance of the differences, half a device added to each cell."""
    more = np.array(cells) + 0.5
    differences, shares = np.array([0, 1, -1, 0]), more / more.sum()
    middle = float(differences @ shares)
    half = norm.ppf(0.975) * np.sqrt((shares @ differences**2 - middle**2) / more.sum())
    return middle - half, middle + half


def test_each_kind_of_poll_tells_what_it_asks(sqlite_records: Records) -> None:
    session = held(sqlite_records)
    hide_word(sqlite_records, HOST, session.code, ("p5", "rude"), now=LATER)
    found = report(sqlite_records, session.code)
    polls = {one.id: one for one in found.polls}
    assert (found.devices, found.unopened, found.gone, found.version, found.changed) == (41, 1, 0, "1.2.0", False)
    assert [(o.label, o.votes, o.right) for o in polls["p1"].options] == [
        ("a", 19, True),
        ("b", 12, False),
        ("c", 9, False),
    ]
    guesses, typed = polls["p2"].guesses, polls["p6"].guesses
    assert guesses is not None
    assert (guesses.median, guesses.said, guesses.truth, guesses.found) == (34.5, "34.5 months", 56.5, "56.5 months")
    assert typed is not None
    assert (typed.median, typed.found, polls["p6"].right and polls["p6"].right.count) == (38.0, "56.5 months", 1)
    assert (polls["p4"].right, [o.right for o in polls["p4"].options]) == (None, [None, None])
    assert (polls["p5"].words, polls["p5"].left_out, polls["p5"].n) == ((("time", 2), ("=cmd", 1)), 1, 4)


def test_questions_that_waited_or_were_hidden_are_not_told(sqlite_records: Records) -> None:
    session, floor = held(sqlite_records), sqlite_records.floor
    for state in ("waiting", "shown", "answered", "hidden"):
        floor.ask(session.code, state, f"{state}?", most=5, now=LATER)
        floor.put_state(session.code, floor.questions(session.code, state)[-1].id, state)
    asked = {one.text: one.answered for one in report(sqlite_records, session.code).questions}
    assert asked == {"shown?": False, "answered?": True}


def test_only_who_led_it_and_owners_get_it_and_it_is_on_record(sqlite_records: Records) -> None:
    session = held(sqlite_records)
    with pytest.raises(NotAllowed, match=NOT_YOURS):
        report(sqlite_records, session.code, OTHER)
    for actor in (HOST, OWNER):
        report(sqlite_records, session.code, actor)
    noted = [(d.actor, d.act, d.subject) for d in deeds(sqlite_records, act="export-live-report")]
    assert noted == [(who, "export-live-report", session.code) for who in ("host", "owner")]


def test_there_is_no_report_while_votes_come_in_and_afterwards_none_does(sqlite_records: Records) -> None:
    """Else the difference of two reports would be one device's vote."""
    session = held(sqlite_records, over=False)
    with pytest.raises(NotAllowed, match=NOT_OVER):
        session_report(sqlite_records, HOST, room_module(), session.code, now=minutes(10))
    sqlite_records.live.move(session.code, "p7", ("draft", "open"), minutes(11))
    sqlite_records.live.end(session.code, minutes(12))
    first = report(sqlite_records, session.code)
    assert sqlite_records.live.cast([Vote(session.code, "p7", "late", RIGHT, minutes(13))]) == (False,)
    assert report(sqlite_records, session.code) == first


@pytest.mark.parametrize("cells", [(20, 8, 2, 10), (0, 12, 6, 9), (1, 1, 1, 1), (4, 30, 30, 30)])
def test_one_small_cell_hides_all_four_and_what_is_computed_from_them(
    sqlite_records: Records, cells: tuple[int, int, int, int]
) -> None:
    found = report(sqlite_records, held(sqlite_records, twice(cells)).code)
    (pair,) = found.pairs
    assert (pair.cells, pair.change, pair.interval, pair.p) == ({}, None, None, None)
    assert pair.n == (None if sum(cells) < LEAST else sum(cells))
    rows = list(csv.DictReader(io.StringIO(live_report_csv(found), newline="")))
    assert {(r["Votes"], r["Share"], r["p"]) for r in rows if r["Kind"] == "pair"} == {("", "", "")}


def test_no_small_cell_can_be_told_from_all_that_a_report_says() -> None:
    """Every table of up to thirty devices, all of whom voted twice: the bars are its margins, and the rule is known.

    What the bars alone tell, before anything is said of the pair, is not the pair's to hide.
    """
    bars = ((n, before, after) for n in range(LEAST, 31) for before in range(n + 1) for after in range(n + 1))
    for n, before, after in bars:
        both = range(max(0, before + after - n), min(before, after) + 1)
        tables = [Shift(one, after - one, before - one, n - before - after + one) for one in both]
        alike = [one for one in tables if hidden_beside_margins(one.cells)]
        for name in tables[0].cells:
            possible = {one.cells[name] for one in alike}
            assert len(possible) != 1 or len(tables) == 1


def test_the_csv_is_as_it_was(sqlite_records: Records) -> None:
    found = replace(report(sqlite_records, held(sqlite_records, FULL).code), code="KQ7R2M")
    assert live_report_csv(found) == GOLDEN.read_bytes().decode()


def test_no_cell_of_the_csv_is_a_formula(sqlite_records: Records) -> None:
    text = live_report_csv(report(sqlite_records, held(sqlite_records).code))
    every = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert "'=Tea or coffee?" in every
    assert [cell for cell in every if cell.startswith(("=", "+", "@", "\t"))] == []


def test_a_rehearsal_says_so_in_every_row(sqlite_records: Records) -> None:
    found = report(sqlite_records, held(sqlite_records, rehearsal=True).code)
    rows = list(csv.DictReader(io.StringIO(live_report_csv(found), newline="")))
    assert {row["Rehearsal"] for row in rows} == {REHEARSAL}
    real = replace(found, rehearsal=False)
    assert {row["Rehearsal"] for row in csv.DictReader(io.StringIO(live_report_csv(real), newline=""))} == {""}


def test_a_version_taught_is_named_and_a_change_since_is_told(sqlite_records: Records) -> None:
    session = held(sqlite_records)
    newer = replace(room_module(), digest="e" * 64)
    found = session_report(sqlite_records, HOST, newer, session.code, now=LATER)
    assert (found.version, found.changed) == ("", True)


def test_p_is_never_printed_as_nought() -> None:
    assert (p_text(1e-9), p_text(0.0314), p_text(1.0)) == ("p < 0.001", "p = 0.031", "p = 1.000")
