"""The chain: links are what the rule says, in the order of seq, and any change of a row is found and named."""

import hashlib
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import rfc8785
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from modules.core.grading import Written
from modules.core.people import Actor
from modules.records.audit import Head, audit, holds
from modules.records.chain import JOURNAL_FIELDS, START, body, canonical_form, link
from modules.records.deeds import by, deeds, note, note_look
from modules.records.records import Records, open_records
from modules.records.schema import DEEDS, JOURNAL
from tests.builders import NOON, acknowledged, answered, certificate, claimed, minutes, opened
from tests.records.tampering import tamper


def journal_of(records: Records) -> list[dict[str, str]]:
    with records.engine.connect() as connection:
        rows = connection.execute(sa.select(JOURNAL).order_by(JOURNAL.c.seq)).mappings().all()
    return [dict(row) for row in rows]


def filled(records: Records, count: int = 6) -> None:
    records.append([opened("01-lamp", n, at=minutes(n)) for n in range(count)])


def what(records: Records) -> tuple[str, int]:
    """What is broken in the journal, and at which row."""
    broken = audit(records).breaks["journal"]
    return broken.what, broken.row.seq


def test_a_link_is_the_digest_of_the_canonical_form_of_the_row_and_the_link_before(records: Records) -> None:
    records.append([acknowledged(), answered().model_copy(update={"seconds": 1.5})])
    previous = "0" * 64
    for row in journal_of(records):
        content = {name: row[name] for name in ("id", "learner", "module", "type", "at")}
        whole = {"previous": previous, "row": {**content, "payload": json.loads(row["payload"])}}
        previous = hashlib.sha256(rfc8785.dumps(whole)).hexdigest()
        assert row["link"] == previous


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner),
)  # fmt: skip


@given(VALUES)
def test_the_canonical_form_is_that_of_the_library_whatever_the_value(value: object) -> None:
    assert canonical_form({"row": value}) == rfc8785.dumps({"row": value})


def test_an_event_written_twice_is_one_link(records: Records) -> None:
    records.append([answered()])
    records.append([answered(), answered(), opened("01-lamp"), answered()])
    assert len(journal_of(records)) == 2
    assert audit(records).sound


def test_writers_at_the_same_time_make_one_chain(records: Records) -> None:
    with ThreadPoolExecutor(12) as threads:
        list(threads.map(lambda n: filled_by(records, f"learner-{n}"), range(24)))
    found = audit(records)
    assert (found.sound, found.rows["journal"]) == (True, 96)


def filled_by(records: Records, learner: str) -> None:
    for n in range(4):
        records.append([opened("01-lamp", n, learner=learner), opened("01-lamp", n, learner=learner)])


def test_a_refused_transaction_leaves_no_hole_in_the_chain(records: Records) -> None:
    filled(records, 2)
    with pytest.raises(ZeroDivisionError):
        records.append([answered()], lambda events: [answered("two")] if 1 / 0 else [])
    records.append([answered()])
    assert audit(records).sound


@pytest.mark.parametrize("statement", ["UPDATE {} SET at = 'x'", "DELETE FROM {}", "TRUNCATE {}"])
@pytest.mark.parametrize("table", ["journal", "deeds"])
def test_the_database_refuses_to_change_or_delete_rows(records: Records, statement: str, table: str) -> None:
    filled(records)
    note(records, "acc", "look", "harbour", now=NOON)
    if "TRUNCATE" in statement and records.engine.dialect.name == "sqlite":
        statement = "INSERT OR REPLACE INTO {} SELECT * FROM {}"
    with pytest.raises(sa.exc.DBAPIError, match="only added to"), records.engine.begin() as connection:
        connection.exec_driver_sql(statement.format(table, table))
    assert audit(records).sound


def test_the_guard_of_a_purge_can_be_open_only_inside_a_transaction(records: Records) -> None:
    with pytest.raises(sa.exc.IntegrityError), records.engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO purging VALUES ('on')")


def test_a_changed_row_is_named(records: Records) -> None:
    filled(records)
    tamper(records, "UPDATE journal SET payload = replace(payload, '01-lamp', '02-lamp') WHERE seq = 3")
    assert what(records) == ("changed", 3)


def test_a_changed_link_is_named(records: Records) -> None:
    filled(records)
    tamper(records, f"UPDATE journal SET link = '{START}' WHERE seq = 4")
    assert what(records) == ("changed", 4)


@pytest.mark.parametrize("seq", [1, 3])
def test_a_missing_row_is_named_by_the_one_after_it(records: Records, seq: int) -> None:
    filled(records)
    tamper(records, f"DELETE FROM journal WHERE seq = {seq}")
    assert what(records) == ("missing", seq + 1)


@pytest.mark.parametrize("forged", [True, False])
def test_a_row_put_in_is_named_even_with_a_link_that_fits(records: Records, forged: bool) -> None:
    filled(records)
    tamper(records, *(f"UPDATE journal SET seq = {seq + 1} WHERE seq = {seq}" for seq in (6, 5, 4)))
    third = journal_of(records)[2]
    row = {**third, "id": "put-in", "seq": 4, "link": START}
    if forged:
        row["link"] = link(third["link"], body(row, JOURNAL_FIELDS))
    columns = ", ".join(row)
    values = ", ".join(f"'{value}'" for value in row.values())
    tamper(records, f"INSERT INTO journal ({columns}) VALUES ({values})")
    assert what(records) == ("inserted", 4)


def test_rows_that_changed_places_are_named(records: Records) -> None:
    filled(records)
    steps = ((3, 100), (4, 3), (100, 4))
    tamper(records, *(f"UPDATE journal SET seq = {new} WHERE seq = {old}" for old, new in steps))
    assert what(records) == ("moved", 3)


def test_rows_cut_off_at_the_end_are_found_by_a_head_kept_elsewhere(records: Records) -> None:
    filled(records)
    head = audit(records).heads["journal"]
    assert holds(records, "journal", head)
    assert holds(records, "deeds", Head(0, START))
    tamper(records, "DELETE FROM journal WHERE seq > 4")
    assert audit(records).sound
    assert not holds(records, "journal", head)


COLUMNS = ("id", "learner", "module", "type", "at", "payload", "link")


@pytest.fixture(scope="module")
def six(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Records]:
    """Six rows; each test puts back what it changed."""
    records = open_records(f"sqlite:///{tmp_path_factory.mktemp('six') / 'records.db'}")
    filled(records)
    yield records
    records.close()


@settings(max_examples=100, deadline=None)
@given(
    seq=st.integers(1, 6), column=st.sampled_from(COLUMNS), place=st.integers(0, 400), other=st.sampled_from('0aZ"{é')
)
def test_any_single_change_is_found(six: Records, seq: int, column: str, place: int, other: str) -> None:
    """Of a payload, what counts is the value that its JSON says, not its spelling."""
    before = journal_of(six)[seq - 1][column]
    at = place % len(before)
    after = before[:at] + other + before[at + 1 :]
    if after == before or (column == "payload" and value_of(after) == value_of(before)):
        after = before + "x"
    tamper(six, f"UPDATE journal SET {column} = '{after}' WHERE seq = {seq}")
    found = audit(six).breaks
    tamper(six, f"UPDATE journal SET {column} = '{before}' WHERE seq = {seq}")
    assert found["journal"].row.seq == seq
    assert audit(six).sound


def value_of(payload: str) -> object:
    try:
        return json.loads(payload)
    except ValueError:
        return None


def test_a_certificate_without_a_claim_is_found(records: Records) -> None:
    records.issue(certificate(), claimed())
    assert audit(records).sound
    tamper(records, "UPDATE certificates SET number = 'LM-FORGED'")
    assert audit(records).faults == ["Certificate LM-FORGED rests on no claim in the journal."]


def test_a_corrected_certificate_rests_on_the_claim_of_the_one_it_replaces(records: Records) -> None:
    records.issue(certificate(), claimed())
    same = "learner, module, issued_at, document, 'superseded', reason, scheme, number, ended_at"
    tamper(records, f"INSERT INTO certificates SELECT 'LM-NEW', {same} FROM certificates")
    assert audit(records).sound


def test_free_text_stands_beside_the_journal_and_a_change_of_it_is_found(records: Records) -> None:
    event = answered().model_copy(update={"response": Written(text="my own words")})
    records.append([event])
    assert records.events("ann", "harbour") == (event,)
    assert "my own words" not in str(journal_of(records))
    tamper(records, "UPDATE words SET text = '\"other words\"'")
    assert "is not the one that was written" in audit(records).faults[0]
    tamper(records, "DELETE FROM words")
    assert "no deed tells of an erasure" in audit(records).faults[0]


def test_deeds_are_kept_in_order_and_chained(records: Records) -> None:
    note(records, by(Actor("guest-1")), "export-own", "guest-1", detail={"rows": 3}, now=NOON)
    note(records, by(Actor("ann", "acc")), "look", "harbour", now=minutes(1))
    assert [(d.seq, d.actor, d.act, d.detail) for d in deeds(records)] == [
        (1, "guest-1", "export-own", {"rows": 3}),
        (2, "acc", "look", {}),
    ]
    assert [d.at for d in deeds(records, actor="acc")] == [minutes(1)]
    assert audit(records).rows == {"journal": 0, "deeds": 2}
    tamper(records, "UPDATE deeds SET actor = 'nobody' WHERE seq = 2")
    broken = audit(records).breaks["deeds"]
    assert (broken.what, broken.row.seq, broken.row.name) == ("changed", 2, "look")


def test_a_page_drawn_again_is_one_look(records: Records) -> None:
    for minute in (0, 1, 14, 16):
        note_look(records, "acc", "look", "harbour", now=minutes(minute))
    note_look(records, "acc", "look", "fjord", now=minutes(16))
    assert [(d.subject, d.at) for d in deeds(records)] == [
        ("harbour", NOON),
        ("harbour", minutes(16)),
        ("fjord", minutes(16)),
    ]
    with records.engine.connect() as connection:
        assert connection.scalars(sa.select(DEEDS.c.detail)).all() == ["{}"] * 3
