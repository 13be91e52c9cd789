"""The transcript: what falls into a cycle, totals that never mix units, and the learner's own notes."""

from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modules.actions.transcript import LONGEST_NOTE, transcript, write_note
from modules.core.certificates import Certificate
from modules.core.errors import NotAllowed
from modules.core.events import event_id
from modules.core.transcript import Cycle, cycle, entries, totals
from modules.records.records import Records
from tests.actions.journey import Walk
from tests.builders import certificate, claimed, minutes, module


def held(number: str, day: date, amount: str, scheme: str = "participation", unit: str = "hour") -> Certificate:
    changed = {
        "completed": day, "amount": Decimal(amount), "scheme": scheme, "scheme_name": f"Credit of {scheme}",
        "unit": unit, "units": f"{unit}s", "module": number,
    }  # fmt: skip
    return certificate(number).model_copy(update=changed)


MINE = (
    held("a", date(2025, 12, 31), "0.5"),
    held("b", date(2026, 1, 1), "0.25"),
    held("c", date(2026, 12, 31), "0.75"),
    held("d", date(2026, 6, 1), "0.75", "ama", "*Credit*"),
    held("e", date(2026, 6, 1), "0.25", "ama", "*Credit*"),
    held("f", date(2026, 6, 1), "1", "cpd", "*Credit*"),
)


def test_a_year_holds_its_first_and_its_last_day() -> None:
    found = entries(MINE, {}, within=cycle(year="2026"))
    assert [one.certificate.number for one in found] == ["b", "d", "e", "f", "c"]
    own = entries(MINE, {}, within=cycle(first="2025-12-31", last="2026-01-01"))
    assert [one.certificate.number for one in own] == ["a", "b"]
    assert len(entries(MINE, {}, within=cycle())) == len(MINE)
    assert len(entries(MINE, {}, within=cycle(first="2026-12-31"))) == 1


def test_totals_are_kept_apart_by_scheme_and_unit() -> None:
    found = totals(entries(MINE, {}, within=cycle()))
    assert [(one.scheme, one.text, one.certificates) for one in found] == [
        ("Credit of ama", "1 Credit", 2),
        ("Credit of cpd", "1 Credit", 1),
        ("Credit of participation", "1.5 hours", 3),
    ]
    assert len(entries(MINE, {}, within=cycle(), scheme="ama")) == 2


@given(st.permutations(MINE))
def test_neither_entries_nor_totals_depend_on_the_order_they_are_read_in(shuffled: list[Certificate]) -> None:
    assert entries(shuffled, {}, within=Cycle()) == entries(MINE, {}, within=Cycle())
    assert totals(entries(shuffled, {}, within=Cycle())) == totals(entries(MINE, {}, within=Cycle()))


@pytest.mark.parametrize(
    "asked",
    [{"year": "2026x"}, {"year": "0"}, {"year": "9" * 40}, {"first": "1.1.2026"}, {"last": "2026-02-30"},
     {"first": "2026-02-01", "last": "2026-01-01"}],
)  # fmt: skip
def test_a_cycle_that_cannot_be_read_is_refused_with_what_to_write(asked: dict[str, str]) -> None:
    with pytest.raises(NotAllowed, match="cycle"):
        cycle(**asked)


@given(st.text(max_size=12), st.text(max_size=12), st.text(max_size=12))
def test_no_text_breaks_a_cycle(year: str, first: str, last: str) -> None:
    with suppress(NotAllowed):
        assert cycle(year, first, last).text


def test_a_cycle_says_what_it_holds() -> None:
    assert cycle().text == "All years"
    assert cycle(first="2026-03-01").text == "From 1 March 2026"
    assert cycle(last="2026-03-01").text == "Until 1 March 2026"
    assert cycle(year="2026").text == "1 January 2026 to 31 December 2026"


def test_only_certificates_that_stand_are_on_it_with_the_learners_note(records: Records) -> None:
    records.issue(certificate(), claimed())
    other = claimed(number="LM-ZZZZ").model_copy(
        update={"scheme": "ama", "id": event_id("ann", "harbour", "claim", "ama")}
    )
    records.issue(certificate("LM-ZZZZ").model_copy(update={"scheme": "ama"}), other)
    write_note(records, "ann", module(), " What I took\r\nfrom it. ", now=minutes(1))
    found = transcript(records, ("ann",), within=Cycle())
    assert [one.note for one in found.entries] == ["What I took\nfrom it."] * 2
    assert (found.name, found.years, set(found.schemes)) == ("Ann Åker", (2026,), {"participation", "ama"})
    records.revoke("LM-ZZZZ", "Issued by mistake")
    assert [one.certificate.number for one in transcript(records, ("ann",), within=Cycle()).entries] == [
        "LM-AAAA-BBBB-CCCC-DDDD"
    ]
    assert transcript(records, (), within=Cycle()).entries == ()


def test_a_note_is_replaced_by_the_next_and_taken_away_by_an_empty_one(records: Records) -> None:
    Walk(records).begin()
    for text in ("First", "Second"):
        write_note(records, "ann", module(), text, now=minutes(2))
        assert records.notes("ann")["harbour"].text == text
    write_note(records, "ann", module(), "  ", now=minutes(3))
    assert records.notes("ann") == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("n" * (LONGEST_NOTE + 1), f"at most {LONGEST_NOTE} characters; yours has {LONGEST_NOTE + 1}"),
        ("a\x00b", "cannot be printed"),
        ("a\ud800b", "cannot be printed"),
    ],
)
def test_a_note_that_cannot_be_kept_is_refused_in_a_sentence(text: str, said: str, records: Records) -> None:
    Walk(records).begin()
    with pytest.raises(NotAllowed, match=said):
        write_note(records, "ann", module(), text, now=minutes(2))
    assert records.notes("ann") == {}


def test_somebody_who_has_begun_nothing_has_no_note(sqlite_records: Records) -> None:
    with pytest.raises(NotAllowed, match="Begin a module first"):
        write_note(sqlite_records, "nobody", module(), "Words", now=minutes(2))
