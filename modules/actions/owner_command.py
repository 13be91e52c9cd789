"""`cli owner EMAIL`: makes an account the owner, or makes the account and prints a link to choose its password."""

from argparse import ArgumentParser, Namespace, _SubParsersAction
from datetime import UTC, datetime
from uuid import uuid4

from modules.actions.accounts import address, make_link
from modules.actions.identity import new_learner, new_token
from modules.core.people import Account
from modules.records.records import Records, open_records
from modules.settings import Settings


def register(commands: "_SubParsersAction[ArgumentParser]") -> None:
    parser = commands.add_parser("owner", help="make an account the owner of this site")
    parser.add_argument("email", help="the account's e-mail address")
    parser.set_defaults(run=run)


def run(arguments: Namespace, settings: Settings) -> int:
    records = open_records(settings.database_url)
    try:
        path = make_owner(records, arguments.email, now=datetime.now(UTC))
    finally:
        records.close()
    print(f"{arguments.email} is an owner of this site.")
    if path is not None:
        print(f"To choose the password, open this link within two hours: {settings.base_url or ''}{path}")
    return 0


def make_owner(records: Records, email: str, *, now: datetime) -> str | None:
    """The path of a link to choose a password where there is none yet; None where there is one.

    Whoever can run commands on the machine answers for the address: the account counts as confirmed.
    """
    email = address(email)
    new = Account(uuid4().hex, new_learner(), email, now, frozenset({"learner"}), confirmed=now)
    account = records.accounts.create(new) or records.accounts.find(email)
    assert account is not None, "an account that could not be made exists"  # noqa: S101
    records.accounts.set_duties(account.id, {*account.duties, "owner"})
    records.accounts.confirm(account.id, now)
    records.accounts.reopen(account.id)
    if account.has_password:
        return None
    token = new_token()
    make_link(records, account.id, "reset", token=token, now=now)
    return f"/account/reset/{token}"
