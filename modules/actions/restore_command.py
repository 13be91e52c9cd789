"""`restore FILE`: puts a copy of the records into an empty database, and audits it."""

import argparse
from pathlib import Path
from typing import Any

from modules.actions.audit_command import lines
from modules.records.audit import audit
from modules.records.backup import restore
from modules.records.records import open_records
from modules.settings import Settings


def register(commands: Any) -> None:
    ends = "Ends with 0 when the audit holds, 1 when it does not, 2 when nothing was restored."
    command = commands.add_parser("restore", help="put a copy into an empty database, and audit it", epilog=ends)
    command.add_argument("file", type=Path, metavar="FILE", help='a file that "backup" has written')
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    restore(settings.database_url, arguments.file)
    records = open_records(settings.database_url)
    try:
        found = audit(records)
    finally:
        records.close()
    print("\n".join(lines(found)))
    print("Who was erased after this copy was made is in it again: erase them again before the app starts.")
    return 0 if found.sound else 1
