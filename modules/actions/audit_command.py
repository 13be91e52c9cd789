"""The audit: whether journal and deeds are as they were written, and every certificate rests on a claim."""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from modules.core.errors import LandmarkError
from modules.records.audit import Found, Head, audit, holds
from modules.records.chain import Break
from modules.records.records import Records, open_records
from modules.settings import Settings

WHAT = {
    "changed": "was changed after it was written",
    "missing": "does not follow the row before it: rows between them are missing",
    "inserted": "was put in later",
    "moved": "has changed places with the next row",
}
TABLES = ("journal", "deeds")


def register(commands: Any) -> None:
    ends = "Ends with 0 when all holds, 1 when something was changed, 2 when it could not be looked at."
    command = commands.add_parser("audit", help="verify the journal, the deeds and the certificates", epilog=ends)
    command.add_argument("--json", action="store_true", help="print what was found for a program")
    command.add_argument(
        "--head", type=Path, metavar="FILE", help="write the newest links to a file, to keep elsewhere"
    )
    command.add_argument(
        "--from", dest="kept", type=Path, metavar="FILE", help="also check that such a file still holds"
    )
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    records = open_records(settings.database_url)
    try:
        kept = _read(arguments.kept) if arguments.kept else {}
        found = audit(records)
        found.faults += _cut(records, kept)
    finally:
        records.close()
    if arguments.head and found.sound:
        _write(arguments.head, found)
    print(json_text(found) if arguments.json else "\n".join(lines(found)))
    return 0 if found.sound else 1


def lines(found: Found) -> list[str]:
    """What was found, in sentences."""
    said = [broken_text(table, broken) for table, broken in found.breaks.items()] + found.faults
    if not said:
        return [f"{table}: {found.rows[table]} rows, all as they were written." for table in TABLES]
    return said


def broken_text(table: str, broken: Break) -> str:
    after = f"The chain holds up to row {broken.after}." if broken.after else "No row before it holds."
    return f"{table}: row {broken.row.seq} ({broken.row.name}) {WHAT[broken.what]}. {after}"


def json_text(found: Found) -> str:
    breaks = {
        table: {"seq": one.row.seq, "id": one.row.name, "what": one.what, "holds up to": one.after}
        for table, one in found.breaks.items()
    }
    heads = {table: asdict(head) for table, head in found.heads.items()}
    told = {"sound": found.sound, "rows": found.rows, "heads": heads, "breaks": breaks, "faults": found.faults}
    return json.dumps(told, indent=1)


def _cut(records: Records, kept: dict[str, Head]) -> list[str]:
    return [
        f"{table}: row {head.seq} is no longer the one that was noted. Rows at the end were cut off or written anew."
        for table, head in kept.items()
        if not holds(records, table, head)
    ]


def _write(file: Path, found: Found) -> None:
    try:
        file.write_text(json.dumps({table: asdict(head) for table, head in found.heads.items()}) + "\n")
    except OSError as wrong:
        print(f'"{file}" cannot be written: {wrong.strerror}.', file=sys.stderr)


def _read(file: Path) -> dict[str, Head]:
    try:
        told = json.loads(file.read_text())
        return {table: Head(int(told[table]["seq"]), str(told[table]["link"])) for table in TABLES}
    except OSError as wrong:
        raise LandmarkError(f'"{file}" cannot be read: {wrong.strerror}.') from None
    except (ValueError, KeyError, TypeError):
        raise LandmarkError(f'"{file}" holds no heads. Give a file that "audit --head" has written.') from None
