"""What people can ask about what is kept of them: a copy of all of it, and that it is erased."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from modules.actions.access import allow
from modules.actions.accounts import Office
from modules.actions.own_account import NOT_PRESENT
from modules.core.errors import NotAllowed
from modules.core.people import Actor
from modules.core.retention import YEARS, kept_until
from modules.records.deeds import by, note
from modules.records.privacy import Erasure, erase, held, last_act
from modules.records.records import Records

EXPORT = "export-own"
PARTS = {
    "learners": "The random ids you are known by here, and the name and e-mail address you gave for certificates.",
    "accounts": "Your account: its e-mail address, when it was made and confirmed. The password itself is not kept.",
    "profiles": "Your profile: name, profession, country, licence numbers, month and day of birth.",
    "consents": "What you agreed to or took back, each with its time.",
    "identities": "Sign-in services that you connected.",
    "sign_ins": "Where you are signed in: kind of device, first and last use.",
    "links": "Links that were sent to you, without the secret part.",
    "duties": "What your account may do here.",
    "belongs": "Visits as a guest that your account took over.",
    "stands": "The visit that counts for each module.",
    "journal": "What you did: pages opened, answers with their score, tests, credit claimed, what you wrote.",
    "drafts": "Answers not sent in yet.",
    "certificates": "Your certificates as they were issued, and whether they stand.",
    "notes": "Your own notes on modules.",
    "live_sessions": "Live sessions that you led: module, polls, when. Who voted is not known.",
    "sent": "Rows that were sent to registers for you.",
    "mails": "Letters about you that have not gone out yet.",
    "deeds": "Who looked at or exported what is kept about you, and what you asked for yourself. Names are not noted.",
}
"""By table; every table that holds something about people is here."""
LAST_OWNER = "You are the only owner of this site. Make somebody else an owner first, then erase your account."
LAST_OWNER_ERASED = "This is the only owner of this site. Make somebody else an owner first, then erase the account."
NOT_SURE = "Tick the box to say that you want this. It cannot be undone."


@dataclass(frozen=True, slots=True)
class Kept:
    """What stays after an erasure: until `until`, None when nothing is kept; `rows` of each part there is now."""

    rows: dict[str, int]
    until: datetime | None


def kept(records: Records, actor: Actor, years: int = YEARS) -> Kept:
    found = held(records, actor.learner)
    last = last_act(records, actor.learner)
    return Kept({part: len(found[part]) for part in PARTS}, None if last is None else kept_until(last, years))


def own_export(records: Records, actor: Actor, now: datetime) -> str:
    """Everything about the one who asks, as JSON. Article 15 and 20 of the GDPR: complete and machine-readable."""
    note(records, by(actor), EXPORT, actor.learner, now=now)
    return export_text(held(records, actor.learner), now)


def export_text(found: dict[str, list[dict[str, Any]]], now: datetime) -> str:
    parts = [{"part": part, "what it is": told, "rows": found[part]} for part, told in PARTS.items()]
    return json.dumps({"made": now.isoformat(timespec="seconds"), "parts": parts}, indent=1, ensure_ascii=False)


def erase_own(office: Office, actor: Actor, password: str, *, sure: bool, now: datetime) -> Erasure:
    """NotAllowed unless the box is ticked, and the present password is right where the account has one."""
    if not sure:
        raise NotAllowed(NOT_SURE)
    account = None if actor.account is None else office.records.accounts.account(actor.account)
    if account is not None:
        if "owner" in account.duties and _owners(office.records) == {account.id}:
            raise NotAllowed(LAST_OWNER)
        secret = office.records.accounts.secret(account.email)
        kept = None if secret is None else secret.password
        if account.has_password and not office.passwords.verified(kept, password):
            raise NotAllowed(NOT_PRESENT)
    return erase(office.records, actor.learner, by=by(actor), now=now)


def erase_learner(records: Records, actor: Actor, learner: str, now: datetime) -> Erasure:
    """For an owner, when somebody asks by letter. NotAllowed for the last owner."""
    allow(actor, "erase-learner")
    if _owners(records) == {records.accounts.claims.holder(learner)}:
        raise NotAllowed(LAST_OWNER_ERASED)
    return erase(records, learner, by=by(actor), now=now)


def _owners(records: Records) -> set[str]:
    return {one.id for one in records.accounts.everyone() if "owner" in one.duties and one.closed is None}
