"""From claims in the records to files for registers, and back to what is noted as sent; on both engines."""

import csv
import io
import json
import os
import stat
from argparse import Namespace
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from modules import cli
from modules.actions.access import OPERATOR
from modules.actions.registers import Offered, confirm, due, written
from modules.actions.registers_command import _write, run
from modules.authoring.register_file import read_registers
from modules.core.credit import Certificate
from modules.core.errors import NotAllowed
from modules.core.events import CreditClaimed, event_id
from modules.core.module import Credit
from modules.core.people import Account, Actor, Profile
from modules.core.registers import Activity, Batch
from modules.core.schemes import Crediting, Provider, RegisterFile, Scheme
from modules.records.deeds import deeds as deeds_of
from modules.records.profiles import keep_profile
from modules.records.records import Records
from modules.records.sent import last_sent
from modules.settings import Settings
from tests.builders import NOON, certificate, module
from tests.reported import CONTENT, NOW, TODAY, licence, profile

UAN = "0129-0000-26-001-H01-P"


def scheme(name: str, register: RegisterFile) -> Scheme:
    return Scheme(
        id=name, name=name, unit="credit", step=Decimal("0.25"), step_minutes=15, title="t", designation="d",
        certificate="c", source="made up", reports=register,
    )  # fmt: skip


def offered() -> Offered:
    registers, _ = read_registers(CONTENT)
    assert registers is not None
    number = Activity.model_validate({"module": "harbour", "register": "pars", "number": "201234567"})
    crediting = Crediting(
        provider=Provider(name="The harbour", accreditation={"pars": "0012345"}),
        schemes=(scheme("ama-pra-1", "pars"), scheme("acpe", "cpe-monitor")),
    )
    built = module()
    credit = Credit(maximum=0.75, schemes=("ama-pra-1", "acpe"), uan=UAN)
    built = replace(built, front=built.front.model_copy(update={"credit": credit}))
    return Offered({"harbour": built}, crediting, registers.model_copy(update={"activities": (number,)}))


def document(number: str, name: str = "Ada Byron King", given: str = "ama-pra-1") -> Certificate:
    return certificate(number, name=name).model_copy(update={"scheme": given, "completed": date(2026, 3, 20)})


def of(learner: str) -> Profile:
    """With a state licence and an e-Profile number of their own."""
    number = str(int.from_bytes(learner.encode(), "big"))
    return profile(licences=(licence("us-state", f"A{number}", "CA"), licence("nabp", number)))


def claimed(records: Records, learner: str, number: str, given: str = "ama-pra-1") -> None:
    """An account with a full profile that agreed, and a certificate of its own."""
    account = Account(f"account-{learner}", learner, f"{learner}@example.org", NOON, frozenset({"learner"}), NOON)
    if records.accounts.of_learner(learner) is None:
        assert records.accounts.create(account) is not None
    keep_profile(records, account.id, of(learner), {"registers": True}, now=NOON)
    event = CreditClaimed(
        id=event_id(learner, "harbour", "claim", given), learner=learner, module="harbour", module_version="d",
        at=NOON, scheme=given, quarter_hours=2, certificate=number,
    )  # fmt: skip
    records.issue(document(number, given=given), event)


def batch(records: Records, register: RegisterFile = "pars", *, today: date = TODAY) -> Batch:
    return due(OPERATOR, records, offered(), register, today=today)


def send(records: Records, made: Batch, now: datetime = NOW) -> dict[str, str]:
    return written(OPERATOR, records, offered(), made, now=now)


def deeds(made: Batch) -> list[tuple[str, str]]:
    return [(one.deed, one.certificate) for one in made.deeds]


def test_a_claim_goes_out_once_it_is_confirmed_and_never_again(records: Records) -> None:
    claimed(records, "ann", "LM-A")
    claimed(records, "bob", "LM-B")
    made = batch(records)
    assert deeds(made) == [("add", "LM-A"), ("add", "LM-B")]
    files = send(records, made)
    assert sorted(files) == [f"{made.id}.json", f"{made.id}.txt"]
    report = json.loads(files[f"{made.id}.json"])["ACCMELearnerReports"]["ActivityReports"]["ActivityReport"][0]
    assert report["Activity"]["Module"]["moduleID"] == "201234567"
    assert confirm(OPERATOR, records, made.id, now=NOW) == 2
    assert confirm(OPERATOR, records, made.id, now=NOW) == 0
    assert len(last_sent(records, "pars")) == 2
    assert batch(records).deeds == ()


def test_a_crash_before_the_confirmation_loses_nothing_and_doubles_nothing(records: Records) -> None:
    claimed(records, "ann", "LM-A")
    first, again = batch(records), batch(records)
    assert send(records, first) == send(records, again)
    assert first == again
    assert confirm(OPERATOR, records, first.id, now=NOW) == 1
    assert confirm(OPERATOR, records, again.id, now=NOW) == 0


def test_a_correction_deletes_and_adds_and_a_revocation_deletes(records: Records) -> None:
    claimed(records, "ann", "LM-A")
    confirm_now(records)
    records.supersede("LM-A", document("LM-B", "Ada Lovelace"), "married", NOON)
    renamed = {"name": "Ada Lovelace", "given_name": "Ada", "family_name": "Lovelace"}
    keep_profile(records, "account-ann", of("ann").model_copy(update=renamed), {"registers": True}, now=NOON)
    made = confirm_now(records)
    assert deeds(made) == [("delete", "LM-A"), ("add", "LM-B")]
    assert [one.old.family_name for one in made.deeds if one.old] == ["Byron King"]
    records.revoke("LM-B", "by mistake", NOON)
    assert deeds(confirm_now(records)) == [("delete", "LM-B")]
    assert batch(records).deeds == ()
    assert [(one.certificate, one.deed) for one in last_sent(records, "pars").values()] == [
        ("LM-A", "delete"),
        ("LM-B", "delete"),
    ]


def confirm_now(records: Records) -> Batch:
    made = batch(records)
    send(records, made)
    confirm(OPERATOR, records, made.id, now=NOW)
    return made


def test_a_batch_that_another_has_overtaken_cannot_be_confirmed(records: Records) -> None:
    claimed(records, "ann", "LM-A")
    stale = batch(records)
    send(records, stale)
    claimed(records, "bob", "LM-B")
    confirm_now(records)
    with pytest.raises(NotAllowed, match="Write a new batch"):
        confirm(OPERATOR, records, stale.id, now=NOW)
    with pytest.raises(NotAllowed, match="was written here"):
        confirm(OPERATOR, records, "pars-000", now=NOW)


def test_each_register_gets_its_own_credit(records: Records) -> None:
    claimed(records, "ann", "LM-A")
    claimed(records, "pam", "LM-P", "acpe")
    assert deeds(batch(records)) == [("add", "LM-A")]
    made = batch(records, "cpe-monitor")
    assert deeds(made) == [("add", "LM-P")]
    (name,) = files = send(records, made)
    assert files[name].split("\r\n")[1].split("\t") == [
        "add",
        of("pam").licences[1].number,
        "0309",
        UAN,
        "2026-03-20",
        "0.5",
    ]
    assert batch(records, "cpe-monitor", today=TODAY + timedelta(days=60)).deeds == ()


def test_a_guest_and_a_learner_who_took_back_the_consent_stay_behind_with_reasons(records: Records) -> None:
    claimed(records, "ann", "LM-A")
    keep_profile(records, "account-ann", Profile(), {"registers": False}, now=NOON + timedelta(days=1))
    event = CreditClaimed(
        id=event_id("gus", "harbour", "claim"), learner="gus", module="harbour", module_version="d", at=NOON,
        scheme="ama-pra-1", quarter_hours=2, certificate="LM-G",
    )  # fmt: skip
    records.issue(document("LM-G"), event)
    made = batch(records)
    assert made.deeds == ()
    files = send(records, made)
    (name,) = files
    rows = list(csv.reader(io.StringIO(files[name])))
    assert rows[0] == ["Certificate", "Why", "What to do"]
    assert {row[0] for row in rows[1:]} == {"LM-A", "LM-G"}
    assert any("not agreed" in row[1] for row in rows)


def test_what_waits_for_a_confirmation_holds_no_detail_of_a_person(records: Records) -> None:
    claimed(records, "ann", "LM-A")
    made = batch(records)
    send(records, made)
    kept = records.value(f"batch/{made.id}") or ""
    assert "LM-A" in kept
    for private in ("Ada", "King", of("ann").licences[0].number, "03-09"):
        assert private not in kept


def test_who_exported_and_confirmed_what_is_noted(records: Records) -> None:
    claimed(records, "ann", "LM-A")
    made = confirm_now(records)
    noted = [(one.actor, one.act, one.subject) for one in deeds_of(records) if one.subject == made.id]
    assert noted == [("operator", "export-registers", made.id), ("operator", "confirm-registers", made.id)]


@pytest.mark.parametrize("duty", ["learner", "author", "educator"])
def test_only_coordinators_and_owners_may_report(sqlite_records: Records, duty: str) -> None:
    nobody = Actor("ann", "account-ann", frozenset({duty}), True)  # type: ignore[arg-type]
    made = batch(sqlite_records)
    for attempt in (
        lambda: due(nobody, sqlite_records, offered(), "pars", today=TODAY),
        lambda: written(nobody, sqlite_records, offered(), made, now=NOW),
        lambda: confirm(nobody, sqlite_records, made.id, now=NOW),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    coordinator = Actor("ann", "account-ann", frozenset({"coordinator"}), True)
    assert due(coordinator, sqlite_records, offered(), "pars", today=TODAY) == made


def test_a_file_is_whole_and_for_its_owner_only(tmp_path: Path) -> None:
    """It holds names, birthdays and licence numbers."""
    file = _write(tmp_path / "out", "batch.txt", "a\tb\r\n")
    assert file.read_bytes() == b"a\tb\r\n"
    assert stat.S_IMODE(os.stat(file).st_mode) == 0o600
    assert [one.name for one in (tmp_path / "out").iterdir()] == ["batch.txt"]


def test_the_command_says_what_it_would_write(
    sqlite_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(CONTENT, CONTENT.parent / "quizzes", tmp_path, sqlite_url)
    asked = Namespace(register="pars", out=tmp_path / "out", dry_run=True)
    assert run(asked, settings) == 0
    told = capsys.readouterr()
    assert "0 to add, 0 to replace, 0 to delete" in told.out
    assert "to be confirmed" in told.err
    assert not (tmp_path / "out").exists()


def test_a_batch_that_is_not_known_is_a_sentence_on_the_command_line(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LANDMARK_DATABASE_URL", sqlite_url)
    assert cli.main(["registers", "confirm", "pars-nothing"]) == 2
    assert 'No batch "pars-nothing"' in capsys.readouterr().err
    assert NOW.tzinfo is UTC
