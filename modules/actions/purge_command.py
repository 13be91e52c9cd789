"""`purge [--dry-run]`: takes the content out of records that are past their time, and proves what it took."""

import argparse
from datetime import UTC, datetime
from typing import Any

from modules.actions.access import OPERATOR
from modules.core.retention import kept_since
from modules.records.deeds import by
from modules.records.purge import Purged, purge
from modules.records.records import open_records
from modules.settings import Settings


def register(commands: Any) -> None:
    command = commands.add_parser("purge", help="remove records that are past their time")
    command.add_argument("--dry-run", action="store_true", help="say what would be removed, and remove nothing")
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    now = datetime.now(UTC)
    since = kept_since(now, settings.keep_years)
    records = open_records(settings.database_url)
    try:
        purged = purge(records, since, by=by(OPERATOR), now=now, dry=arguments.dry_run)
    finally:
        records.close()
    print(line(purged, since, dry=arguments.dry_run))
    return 0


def line(purged: Purged, since: datetime, *, dry: bool) -> str:
    if not purged.rows:
        return f"Nothing was last touched before {since:%Y-%m-%d}. Nothing to remove."
    first, last = purged.proof["first"], purged.proof["last"]
    done = "would be removed" if dry else "were removed; their places in the chain stay"
    return (
        f"{purged.rows} rows of the journal, from row {first} to row {last}, and {purged.certificates} certificates, "
        f"last touched before {since:%Y-%m-%d}, {done}. Digest {purged.proof['digest']}."
    )
