"""`backup FILE`: a copy of the records while they are used."""

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from modules.actions.access import OPERATOR
from modules.records.backup import backup
from modules.records.deeds import by, note
from modules.records.records import open_records
from modules.settings import Settings


def register(commands: Any) -> None:
    command = commands.add_parser("backup", help="copy the records to a file while they are used")
    command.add_argument("file", type=Path, metavar="FILE", help="the file to write; it must not be there yet")
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """The deed is noted first, so that the copy tells of itself."""
    records = open_records(settings.database_url)
    try:
        note(records, by(OPERATOR), "backup", "records", now=datetime.now(UTC))
    finally:
        records.close()
    backup(settings.database_url, arguments.file)
    print(f'"{arguments.file}" holds the records, with names, addresses and the secret. Keep it safe.')
    return 0
