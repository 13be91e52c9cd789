"""Profiles and consents: one profile an account, replaced when it is corrected; consents are only added to."""

import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, insert, select

from modules.core.people import Consent, Consenting, Profile, consents_to
from modules.records.desk import replace_row
from modules.records.engine import transaction, writing
from modules.records.records import NOT_READ, Records
from modules.records.rows import moment
from modules.records.schema import ACCOUNTS, CONSENTS, PROFILES

NOT_KEPT = "Your profile was not saved. Try again."


def profile_of(records: Records, account: str) -> Profile:
    """An empty one until it was filled in."""
    query = select(PROFILES.c.document).where(PROFILES.c.account == account)
    with transaction(records.engine, NOT_READ) as connection:
        found = connection.scalars(query).one_or_none()
    return Profile() if found is None else Profile.model_validate_json(found)


def names_of(records: Records) -> dict[str, str]:
    """The name on certificates by account, of those who have written one."""
    with transaction(records.engine, NOT_READ) as connection:
        rows = connection.execute(select(PROFILES)).all()
    found = {row.account: str(json.loads(row.document).get("name", "")) for row in rows}
    return {account: name for account, name in found.items() if name}


def consents_of(records: Records, account: str) -> tuple[Consent, ...]:
    """Every change of mind, oldest first."""
    with transaction(records.engine, NOT_READ) as connection:
        return _history(connection, account)


def keep_profile(
    records: Records, account: str, profile: Profile, consents: Mapping[Consenting, bool], *, now: datetime
) -> None:
    """Both or neither. Of the consents only what differs from the last word is added."""
    document = json.dumps(profile.model_dump(mode="json", by_alias=True), sort_keys=True, separators=(",", ":"))
    with transaction(writing(records.engine), NOT_KEPT) as connection:
        _lock(connection, account)
        replace_row(connection, PROFILES, {"account": account}, {"document": document})
        history = _history(connection, account)
        rows = [
            {"account": account, "kind": kind, "given": given, "at": moment(now)}
            for kind, given in consents.items()
            if given != consents_to(history, kind)
        ]
        if rows:
            connection.execute(insert(CONSENTS), rows)


def _history(connection: Connection, account: str) -> tuple[Consent, ...]:
    query = select(CONSENTS).where(CONSENTS.c.account == account).order_by(CONSENTS.c.seq)
    return tuple(Consent(row.kind, row.given, datetime.fromisoformat(row.at)) for row in connection.execute(query))


def _lock(connection: Connection, account: str) -> None:
    """Two tabs that send at once follow one another. SQLite has one writer at a time anyway."""
    if connection.dialect.name != "sqlite":
        connection.execute(select(ACCOUNTS.c.id).where(ACCOUNTS.c.id == account).with_for_update()).all()
