"""`erase WHO`: takes a person out of the records, by e-mail address, account or learner."""

import argparse
import sys
from datetime import UTC, datetime
from typing import Any

from modules.actions.access import OPERATOR
from modules.actions.privacy import erase_learner
from modules.records.records import Records, open_records
from modules.settings import Settings


def register(commands: Any) -> None:
    told = "erase a person; the record of credit stays without a name"
    command = commands.add_parser("erase", help=told, description=f"{told[0].upper()}{told[1:]}. It cannot be undone.")
    command.add_argument("who", help="e-mail address of the account, or the id of an account or learner")
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """0 erased, or nothing was left to erase; 2 nobody is known by this."""
    records = open_records(settings.database_url)
    try:
        learner = _learner(records, arguments.who)
        if learner is None:
            print(
                "Nobody is known by this. Give an e-mail address, or the id of an account or learner.", file=sys.stderr
            )
            return 2
        done = erase_learner(records, OPERATOR, learner, datetime.now(UTC))
    finally:
        records.close()
    if done.nothing:
        print("Nothing was left to erase.")
    else:
        print(f"Erased. {done.kept} rows of the journal and {done.certificates} certificates stay, without a name.")
    return 0


def _learner(records: Records, who: str) -> str | None:
    account = records.accounts.find(who) or records.accounts.account(who)
    if account is not None:
        return account.learner
    return who if records.person(who) is not None else None
