"""`outcomes items MODULE [--csv | --json]`: how the items of a module's tests do, from first attempts."""

import argparse
import sys
from datetime import UTC, date, datetime
from typing import Any

from modules.actions.access import OPERATOR
from modules.actions.outcomes import HEADER, items_of, json_text, line, live_line, live_of, rows
from modules.authoring.library import load
from modules.export.completion import csv_text
from modules.outcomes.items import Report
from modules.outcomes.wording import family_flags, p_text, points_text, reliability_text
from modules.records.deeds import by, note
from modules.records.records import open_records
from modules.settings import Settings


def register(commands: Any) -> None:
    top = commands.add_parser("outcomes", help="how the items of a module's tests do, from first attempts")
    command = top.add_subparsers(metavar="report", required=True).add_parser("items", help="difficulty, flags, change")
    command.add_argument("module", help="the module's id")
    form = command.add_mutually_exclusive_group()
    form.add_argument("--csv", action="store_true", help="print a row an item, for a spreadsheet")
    form.add_argument("--json", action="store_true", help="print all figures, for a program")
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """0 told; 2 there is no such module."""
    modules = load(settings.content, settings.quizzes, on=date.today()).library.modules
    module = modules.get(arguments.module)
    if module is None:
        known = ", ".join(sorted(modules)) or "none"
        print(f'There is no module "{arguments.module}". Modules that can be offered: {known}.', file=sys.stderr)
        return 2
    records = open_records(settings.database_url)
    note(records, by(OPERATOR), "export-items", module.id, now=datetime.now(UTC))
    report = items_of(OPERATOR, records, module)
    if arguments.csv:
        sys.stdout.write(csv_text(HEADER, rows(report)))
        return 0
    if arguments.json:
        print(json_text(report))
        return 0
    _tell(report)
    for one in live_of(OPERATOR, records, module, now=datetime.now(UTC)):
        print(live_line(one))
    return 0


def _tell(report: Report) -> None:
    for form in report.forms:
        print(f"{form.quiz} ({form.test}): {form.learners} learners, reliability {reliability_text(form)}")
    for one in report.items:
        print(line(one))
    for family in report.families:
        told = f"{family.family}: {points_text(family.sensitivity)} {p_text(family.p)}".rstrip()
        print(" ".join((f"{told}.", *family_flags(family))))
    if not report.items:
        print("Nobody has answered a test of this module yet.")
