"""`registers pars|cpe --out FOLDER [--dry-run]`, `registers confirm BATCH`: report credit to PARS or CPE Monitor."""

import argparse
import os
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from modules.actions.access import OPERATOR
from modules.actions.registers import confirm, due, read_offered, written
from modules.authoring.library import load
from modules.core.registers import Batch
from modules.core.schemes import RegisterFile
from modules.records.records import open_records
from modules.settings import Settings

REGISTERS: dict[str, RegisterFile] = {"pars": "pars", "cpe": "cpe-monitor"}


def register(commands: Any) -> None:
    top = commands.add_parser("registers", help="report credit to registers: PARS or JA-PARS, CPE Monitor")
    added = top.add_subparsers(metavar="register", required=True)
    for name, said in (("pars", "PARS or JA-PARS (ACCME)"), ("cpe", "CPE Monitor (ACPE, NABP)")):
        command = added.add_parser(name, help=f"write what is due for {said}")
        command.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="where the files go")
        command.add_argument("--dry-run", action="store_true", help="only say what would be written")
        command.set_defaults(run=run, register=REGISTERS[name])
    command = added.add_parser("confirm", help="note that a batch was sent")
    command.add_argument("batch", help="its name: that of its files, without the ending")
    command.set_defaults(run=run_confirm)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """0 all that is due is written; 1 some rows would be refused; 2 the configuration cannot be used."""
    now = datetime.now(UTC)
    library = load(settings.content, settings.quizzes, on=date.today()).library
    offered, problems = read_offered(settings.content, library)
    for problem in problems:
        print(problem, file=sys.stderr)
    if offered is None:
        return 2
    records = open_records(settings.database_url)
    made = due(OPERATOR, records, offered, arguments.register, today=now.date())
    _tell(made)
    rule = offered.registers.rule(arguments.register)
    if rule is not None and rule.unread:
        print("The layout of the file is still to be confirmed: see content/registers.yaml.", file=sys.stderr)
    if not arguments.dry_run:
        for name, text in written(OPERATOR, records, offered, made, now=now).items():
            print(f"wrote {_write(arguments.out, name, text)}")
        if made.deeds:
            print(f"Once it is sent: python -m modules.cli registers confirm {made.id}")
    return 1 if made.refused else 0


def run_confirm(arguments: argparse.Namespace, settings: Settings) -> int:
    count = confirm(OPERATOR, open_records(settings.database_url), arguments.batch, now=datetime.now(UTC))
    print(f"{count} certificates noted as sent." if count else "This batch was noted as sent before.")
    return 0


def _tell(made: Batch) -> None:
    counts = {deed: sum(one.deed == deed for one in made.deeds) for deed in ("add", "replace", "delete")}
    print(f"{made.id}: {counts['add']} to add, {counts['replace']} to replace, {counts['delete']} to delete.")
    for one in made.deeds:
        if not one.sure:
            print(
                f"{one.certificate}: the learner's details have changed since it was sent. If the register does not "
                "find the old row, delete it there by hand."
            )
    for refusal in made.refused:
        print(f"{refusal.certificate}: not sent. {refusal.why} {refusal.mend}")


def _write(folder: Path, name: str, text: str) -> Path:
    """Whole or not at all, and readable by its owner only: the files hold names, birthdays and licence numbers."""
    folder.mkdir(parents=True, exist_ok=True)
    file, part = folder / name, folder / f".{name}.part"
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8", newline="") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    part.replace(file)
    return file
