"""`check [--json] [--on DATE] [--balance] [PATH]`: every problem in what authors wrote, one a line."""

import argparse
import sys
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from modules.authoring.balance_table import balance_table
from modules.authoring.library import Loaded, load
from modules.authoring.problems import Problem, as_json
from modules.authoring.targets import Target, target
from modules.settings import Settings


def register(commands: Any) -> None:
    check = commands.add_parser("check", help="check content and quizzes before publishing")
    check.add_argument("path", nargs="?", type=Path, help="a project, content or module folder, or one file")
    check.add_argument("--json", action="store_true", help="print the report for a program to read")
    check.add_argument("--on", type=date.fromisoformat, metavar="DATE", help="measure dates against this day")
    check.add_argument("--balance", action="store_true", help="print how much each product takes, module by module")
    check.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """1 when there is an error, 2 when the path leads nowhere."""
    with ExitStack() as stack:
        chosen = target(arguments.path, settings.content, settings.quizzes, stack)
        if isinstance(chosen, str):
            print(chosen, file=sys.stderr)
            return 2
        # The day on the author's own calendar is meant; dates in front matter have no time zone.
        on = arguments.on or date.today()
        loaded = load(chosen.content, chosen.quizzes, on)
    problems, files = _shown(loaded, chosen)
    errors = sum(p.severity == "error" for p in problems)
    if arguments.balance:
        print(balance_table(loaded.library))
        return 1 if errors else 0
    print(as_json(problems, files) if arguments.json else _lines(problems, files, errors))
    return 1 if errors else 0


def _shown(loaded: Loaded, chosen: Target) -> tuple[list[Problem], int]:
    kept = [p for p in loaded.problems if chosen.holds(p.path)]
    files = len([f for f in loaded.files if chosen.holds(f)])
    return [replace(p, path=chosen.name(p.path)) for p in kept], files


def _lines(problems: list[Problem], files: int, errors: int) -> str:
    counts = (_count(errors, "error"), _count(len(problems) - errors, "warning"), _count(files, "file"))
    return "\n".join([*map(str, problems), "{}, {} in {}".format(*counts)])


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
