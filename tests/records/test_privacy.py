"""Erasure takes the person out of every place and leaves the record of credit; a purge proves what it took."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from modules.core.errors import RecordsUnavailable
from modules.core.events import ItemAnswered
from modules.core.grading import Written
from modules.core.retention import kept_since, kept_until
from modules.records.audit import audit
from modules.records.deeds import deeds, note
from modules.records.privacy import NAME_ERASED, erase, held, last_act
from modules.records.purge import purge
from modules.records.records import Records, open_records
from modules.records.words import ERASED
from tests.builders import NOON, acknowledged, answered, certificate, claimed, minutes, opened
from tests.records.persons import MARKS, everything, left_marks, marked
from tests.records.tampering import tamper

LATER = kept_until(NOON) + timedelta(days=1)


def test_erasing_leaves_no_mark_in_any_table_or_file_and_the_records_still_hold(records: Records) -> None:
    marked(records)
    marked_before = left_marks(everything(records))
    assert sorted(marked_before) == sorted(MARKS)
    erasure = erase(records, "ann", by="acc-1", now=minutes(5))
    assert left_marks(everything(records)) == []
    assert audit(records).sound
    assert (erasure.certificates, erasure.kept) == (1, 7)
    issued = records.certificate(certificate().number)
    assert issued is not None
    assert issued.certificate == certificate().model_copy(update={"name": NAME_ERASED, "profession": ""})
    assert (issued.state, issued.reason) == ("revoked", ERASED)
    assert records.accounts.mails.waiting() == 1
    assert records.accounts.account("acc-1") is None


def test_in_a_file_with_many_people_nothing_of_the_erased_is_left_between_the_pages(sqlite_records: Records) -> None:
    """Rows of a growing table move from page to page, and a deleted one must not stay where it was before."""
    records = sqlite_records
    for n in range(400):
        name = f"person-{n * 7919 % 400:03}"
        words = answered("wish", learner=name).model_copy(update={"response": Written(text=f"wobbegong {name} " * 9)})
        records.append([acknowledged(name), words])
        records.name_person(name, f"Zephyrine {name}", f"{name}@quill.example.org")
    gone = [f"person-{n:03}" for n in range(0, 400, 3)]
    for name in gone:
        erase(records, name, by="operator", now=minutes(5))
    told = everything(records)
    marks = [mark for name in gone for mark in (f"Zephyrine {name}", f"wobbegong {name}", f"{name}@quill")]
    left = [mark for mark in marks if mark in told]
    assert left == []
    assert "Zephyrine person-001" in told


def test_erasing_one_person_leaves_the_others_whole(records: Records) -> None:
    marked(records)
    records.append([acknowledged("bo"), opened("01-lamp", learner="bo")])
    records.name_person("bo", "Bo", "bo@example.org")
    erase(records, "ann", by="acc-1", now=minutes(5))
    person = records.person("bo")
    assert person is not None
    assert (person.name, person.email) == ("Bo", "bo@example.org")


def test_what_was_written_freely_reads_as_erased_also_where_it_was_read_before(records: Records) -> None:
    marked(records)
    other = open_records(records.engine.url.render_as_string(hide_password=False))
    before = other.events("ann", "harbour")
    assert other.events("ann", "harbour") is before
    erase(records, "ann", by="acc-1", now=minutes(5))
    for one in (records, other):
        (said,) = [e for e in one.events("ann", "harbour") if isinstance(e, ItemAnswered) and e.item == "wish"]
        assert getattr(said.response, "text", None) == ERASED
        assert one.events("ann", "harbour") is one.events("ann", "harbour")
    other.close()


def test_a_person_is_erased_by_any_of_their_learners_and_only_once(records: Records) -> None:
    marked(records)
    erase(records, "ann-guest", by="operator", now=minutes(5))
    assert left_marks(everything(records)) == []
    assert erase(records, "ann", by="operator", now=minutes(6)).nothing
    (deed,) = deeds(records, act="erase-learner")
    assert (deed.actor, deed.detail["learners"], deed.detail["certificates"]) == ("operator", ["ann", "ann-guest"], 1)


def test_a_guest_can_be_erased_as_well(records: Records) -> None:
    records.issue(certificate(), claimed(), email="ann@example.org")
    erase(records, "ann", by="ann", now=minutes(5))
    assert "Åker" not in everything(records)
    assert audit(records).sound


def test_an_erasure_that_fails_changes_nothing(records: Records) -> None:
    marked(records)
    tamper(records, "ALTER TABLE deeds RENAME COLUMN detail TO told")
    before = everything(records) if records.engine.dialect.name != "sqlite" else ""
    with pytest.raises(RecordsUnavailable, match="Nothing was erased"):
        erase(records, "ann", by="acc-1", now=minutes(5))
    assert records.accounts.account("acc-1") is not None
    assert before in ("", everything(records))


def test_everything_about_a_person_is_handed_out_and_nothing_that_opens_a_door(records: Records) -> None:
    marked(records)
    note(records, "coordinator-1", "look", "ann", now=NOON)
    found = held(records, "ann-guest")
    assert left_marks(str(found)) == list(MARKS)
    assert len(found["journal"]) == 7
    assert [deed["actor"] for deed in found["deeds"]] == ["coordinator-1"]
    assert "argon2" not in str(found)
    assert "token" not in found["sign_ins"][0]
    assert held(records, "nobody")["journal"] == []


def test_the_day_until_which_records_are_kept_follows_from_the_last_act(records: Records) -> None:
    records.append([acknowledged(at=NOON), opened("01-lamp", at=minutes(9))])
    assert last_act(records, "ann") == minutes(9)
    assert last_act(records, "nobody") is None
    leap = NOON.replace(year=2028, month=2, day=29)
    assert (kept_until(leap).day, kept_since(leap, 1).year) == (28, 2027)


def old_and_new(records: Records) -> None:
    """Ann was last here long ago, Bo since; their rows lie between each other."""
    marked(records)
    records.append([acknowledged("bo"), opened("01-lamp", learner="bo")])
    records.append([opened("02-shore", 1, at=minutes(1))])
    records.append([opened("02-shore", 1, at=LATER, learner="bo")])


def test_a_purge_takes_what_is_past_its_time_and_the_chain_still_holds(records: Records) -> None:
    old_and_new(records)
    gone = purge(records, kept_since(LATER), by="operator", now=LATER)
    assert (gone.rows, gone.certificates) == (8, 1)
    found = audit(records)
    assert (found.sound, found.rows["journal"]) == (True, 11)
    assert records.events("ann", "harbour") == ()
    assert [e.learner for e in records.journal()] == ["bo"] * 3
    assert records.certificate(certificate().number) is None
    (deed,) = deeds(records, act="purge")
    assert (deed.detail["count"], deed.detail["first"], deed.detail["last"]) == (8, 1, 10)
    assert purge(records, kept_since(LATER), by="operator", now=LATER + timedelta(1)).rows == 0
    records.append([answered(learner="bo", at=LATER)])
    assert audit(records).sound


def test_a_learner_of_whom_nothing_is_left_goes_too(records: Records) -> None:
    records.issue(certificate(), claimed(), email="ann@example.org")
    assert purge(records, kept_since(LATER), by="operator", now=LATER).learners == 1
    assert records.person("ann") is None
    assert "Åker" not in everything(records)


def test_what_was_touched_since_is_kept_whole(records: Records) -> None:
    records.append([acknowledged(at=NOON), opened("01-lamp", at=LATER)])
    assert purge(records, kept_since(LATER), by="operator", now=LATER).rows == 0
    assert len(records.events("ann", "harbour")) == 2


def test_a_dry_run_counts_and_changes_nothing(records: Records) -> None:
    old_and_new(records)
    assert purge(records, kept_since(LATER), by="operator", now=LATER, dry=True).rows == 8
    assert len(tuple(records.journal())) == 11
    assert list(deeds(records, act="purge")) == []


def test_a_row_that_lost_its_content_without_a_deed_is_found(records: Records) -> None:
    old_and_new(records)
    values = "learner = 'bo', type = 'purged', module = '', at = '', payload = '{\"purge\": \"x\"}', id = 'purged-2'"
    tamper(records, f"UPDATE journal SET {values} WHERE seq = 2")
    assert "Rows 2 to 2 have lost their content, and no deed tells of a purge." in audit(records).faults


def test_a_row_purged_under_the_deed_of_another_purge_is_found(records: Records) -> None:
    old_and_new(records)
    purge(records, kept_since(LATER), by="operator", now=LATER)
    stub = "learner = 'purged', type = 'purged', module = '', at = '', id = 'purged-8'"
    payload = "payload = (SELECT payload FROM journal WHERE seq = 1)"
    tamper(records, f"UPDATE journal SET {stub}, {payload} WHERE seq = 8")
    assert [one for one in audit(records).faults if "removed other rows than its deed tells" in one]


def test_rows_become_stubs_only_while_a_purge_runs_and_only_in_that_shape(records: Records) -> None:
    old_and_new(records)
    stub = "UPDATE journal SET learner = 'purged', type = 'purged', module = '', at = '', id = 'purged-' || seq"
    for before, refused in (("SELECT 1", stub), ("INSERT INTO purging VALUES ('x')", "UPDATE journal SET at = ''")):
        with records.engine.connect() as connection:
            connection.exec_driver_sql(before)
            with pytest.raises(sa.exc.DBAPIError, match="only added to"):
                connection.exec_driver_sql(refused)
            connection.rollback()
