"""A person who has left a mark in every place that keeps something of people."""

import json
from pathlib import Path

import sqlalchemy as sa

from modules.core.grading import Written
from modules.core.live import LiveSession, Plan
from modules.core.people import Account
from modules.core.responses import Committed, Draft
from modules.records.mails import Letter
from modules.records.records import Desk, Records
from modules.records.rows import moment
from modules.records.schema import (
    CONSENTS,
    LINKS,
    METADATA,
    NOTES,
    PROFILES,
    SIGN_INS,
)
from tests.builders import NOON, acknowledged, answered, certificate, claimed, minutes, opened

NAME, EMAIL, TEXT = "Zephyrine Quillfeather", "zephyrine.quill@example.org", "wobbegong thoughts"
MARKS = ("Zephyrine", "Quillfeather", "zephyrine.quill", "wobbegong", "idp-subject-77", "licence-4711", "Zeppelin")
"""Parts of what the person typed or is known by; none may be left anywhere."""


def marked(records: Records, learner: str = "ann", account: str = "acc-1") -> None:
    """An account with a claimed guest `<learner>-guest`, a certificate, words, a draft, a note, a profile, letters."""
    guest = f"{learner}-guest"
    words = answered("wish", learner=learner).model_copy(update={"response": Written(text=TEXT)})
    meant = answered("meant", learner=guest).model_copy(update={"response": Committed(statements=(TEXT, TEXT))})
    records.append([acknowledged(learner), answered(learner=learner), words, opened("01-lamp", learner=learner)])
    records.append([acknowledged(guest), meant])
    claim = claimed(learner=learner)
    records.issue(certificate(name=NAME), claim, email=EMAIL)
    records.revoke(certificate().number, f"{NAME} asked for it")
    records.keep_draft(Desk(learner, "harbour", "post/1"), "q#i", Draft(response=Written(text=TEXT)), NOON)
    made = Account(account, learner, EMAIL, NOON, frozenset({"learner", "coordinator"}))
    records.accounts.create(made, password="$argon2id$ not a hash")
    records.accounts.claims.claim(account, guest, minutes(1), further=lambda _theirs, _mine: True)
    records.accounts.add_identity(account, "https://idp.example.org", "idp-subject-77")
    records.accounts.mails.post(Letter(EMAIL, "Confirm", f"Dear {NAME}"), NOON)
    records.accounts.mails.post(Letter("owner@example.org", "Please confirm", f"{EMAIL} waits"), NOON)
    records.accounts.mails.post(Letter("other@example.org", "Hello", "Nothing of hers"), NOON)
    profile = {"name": NAME, "given_name": "Zephyrine", "family_name": "Quillfeather", "licences": ["licence-4711"]}
    _put(records, PROFILES, account=account, document=json.dumps(profile))
    _put(records, CONSENTS, account=account, kind="registers", given=True, at=moment(NOON))
    records.live.begin(LiveSession("KQ7R2M", "harbour", "d" * 64, account, Plan(lessons=("01-lamp",)), NOON))
    at = moment(NOON)
    _put(records, SIGN_INS, token="t", account=account, began_at=at, created_at=at, seen_at=at, device="Zeppelin OS")
    _put(records, LINKS, token="l", account=account, purpose="email", expires_at=at, email=f"new-{EMAIL}")
    _put(records, NOTES, learner=learner, module="harbour", text=TEXT, at=at)


def _put(records: Records, table: sa.Table, **values: object) -> None:
    with records.engine.begin() as connection:
        connection.execute(sa.insert(table).values(**values))


def everything(records: Records) -> str:
    """Every column of every table, and on SQLite the bytes of the file and of what lies beside it."""
    with records.engine.connect() as connection:
        names = sa.inspect(connection).get_table_names()
        assert set(METADATA.tables) <= set(names)
        rows = [row for name in names for row in connection.execute(sa.text(f'SELECT * FROM "{name}"')).all()]
    told = "\n".join(str(value) for row in rows for value in row)
    if records.engine.dialect.name == "sqlite":
        file = Path(records.engine.url.database or "")
        told += "".join(one.read_bytes().decode("latin-1") for one in sorted(file.parent.glob(f"{file.name}*")))
    return told


def left_marks(told: str) -> list[str]:
    folded = told.casefold()
    return [mark for mark in MARKS if mark.casefold() in folded]
