"""`impact TRIAL.yaml [--json] [--accept --by NAME]`: what a new version of a trial file would change, and whom."""

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from modules.actions.acceptance import Acceptance, accept
from modules.actions.access import OPERATOR
from modules.actions.impact import impact
from modules.actions.impact_text import as_data, as_text
from modules.authoring.library import load
from modules.authoring.new_cut import read_cut
from modules.records.records import Records, open_records
from modules.settings import Settings


def register(commands: Any) -> None:
    command = commands.add_parser("impact", help="what a new version of a trial file would change")
    command.add_argument("trial", type=Path, help="the new file; its id names the published trial")
    command.add_argument("--json", action="store_true", help="print the report for a program to read")
    command.add_argument("--accept", action="store_true", help="publish it: change log, draft of a delta lesson, file")
    command.add_argument("--by", default="", metavar="NAME", help="who accepts it")
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """0 nothing is touched, or accepted; 1 something must be looked at; 2 the file cannot be used."""
    library = load(settings.content, settings.quizzes, on=date.today()).library
    new, problems = read_cut(arguments.trial, library.evidence.references, settings.content)
    for problem in problems:
        print(problem, file=sys.stderr)
    if new is None:
        return 2
    report = impact(OPERATOR, library, new, _records(settings))
    if report is None:
        print(
            f'There is no published trial "{new.id}". Save the file in {settings.content / "trials"}.', file=sys.stderr
        )
        return 2
    print(json.dumps(as_data(report), indent=2, ensure_ascii=False) if arguments.json else as_text(report))
    if not arguments.accept:
        return 1 if report.touched else 0
    acceptance = Acceptance(arguments.by, date.today(), arguments.trial.read_bytes())
    for file in accept(OPERATOR, report, acceptance, library.evidence, content=settings.content):
        print(f"wrote {file}", file=sys.stderr)
    return 0


def _records(settings: Settings) -> Records:
    """Certificates are part of the report; a site that has issued none yet has empty records."""
    return open_records(settings.database_url)
