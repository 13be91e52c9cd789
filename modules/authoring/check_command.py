"""`check [--robot] [--balance] [--json] [--on DATE] [--explain CODE] [PATH]`: what is wrong in what authors wrote."""

import argparse
import sys
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from modules.authoring.balance_table import balance_table
from modules.authoring.codes import CODES
from modules.authoring.kept import digest_of, keep_in, kept_in
from modules.authoring.library import Loaded, load
from modules.authoring.problems import Problem, Waived, as_json
from modules.authoring.robot_report import for_programs, matches, table
from modules.authoring.robot_report import problems as robot_problems
from modules.authoring.rules import explanation, no_such_rule
from modules.authoring.targets import Target, target
from modules.settings import Settings


def register(commands: Any) -> None:
    exits = (
        "Ends with 0 when nothing is wrong (warnings may be left), 1 when there is an error, 2 when it could not check."
    )
    check = commands.add_parser("check", help="check content and quizzes before publishing", epilog=exits)
    check.add_argument("path", nargs="?", type=Path, help="a project, content or module folder, or one file")
    check.add_argument("--json", action="store_true", help="print the report for a program to read")
    check.add_argument("--robot", action="store_true", help="let five dumb strategies answer the items of each module")
    check.add_argument("--on", type=date.fromisoformat, metavar="DATE", help="measure dates against this day")
    check.add_argument("--explain", metavar="CODE", help="print the page of a rule, with a wrong and a right example")
    check.add_argument("--balance", action="store_true", help="print how much each product takes, module by module")
    check.add_argument("--fresh", action="store_true", help="read every file again, changed or not")
    check.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """0 when nothing is wrong, warnings aside; 1 when there is an error; 2 when the path or the code leads nowhere."""
    if arguments.explain is not None:
        return _explain(arguments.explain.strip().upper())
    with ExitStack() as stack:
        chosen = target(arguments.path, settings.content, settings.quizzes, stack)
        if isinstance(chosen, str):
            print(chosen, file=sys.stderr)
            return 2
        # The day on the author's own calendar is meant; dates in front matter have no time zone.
        on = arguments.on or date.today()
        loaded = _loaded(chosen, on, arguments, settings)
        played = matches(loaded.library, chosen) if arguments.robot else ()
        won = [p for match in played for p in robot_problems(match, chosen)]
    problems, waived, files = _shown(loaded, chosen)
    problems = sorted([*problems, *won])
    if arguments.json:
        print(as_json(problems, waived, files, robot=for_programs(played) if arguments.robot else None))
    else:
        meters = [balance_table(loaded.library)] if arguments.balance else []
        print("\n".join([*map(table, played), *meters, _lines(problems, len(waived), files)]))
    return 1 if any(p.severity == "error" for p in problems) else 0


def _loaded(chosen: Target, on: date, arguments: argparse.Namespace, settings: Settings) -> Loaded:
    """With what the last check of these folders found, unless somebody asks for more than problems."""
    if chosen.alias or arguments.fresh:
        return load(chosen.content, chosen.quizzes, on)
    file = settings.data / "cache" / f"check-{digest_of([str(chosen.content), str(chosen.quizzes)])[:16]}"
    kept = kept_in(file)
    loaded = load(chosen.content, chosen.quizzes, on, kept=kept, whole=arguments.robot or arguments.balance)
    keep_in(file, kept)
    return loaded


def _explain(code: str) -> int:
    if code not in CODES:
        print(no_such_rule(code), file=sys.stderr)
        return 2
    print(explanation(code))
    return 0


def _shown(loaded: Loaded, chosen: Target) -> tuple[list[Problem], list[Waived], int]:
    def named(problem: Problem) -> Problem:
        return replace(problem, path=chosen.name(problem.path))

    problems = [named(p) for p in loaded.problems if chosen.holds(p.path)]
    waived = [replace(w, problem=named(w.problem)) for w in loaded.waived if chosen.holds(w.problem.path)]
    return problems, waived, len([f for f in loaded.files if chosen.holds(f)])


def _lines(problems: list[Problem], waived: int, files: int) -> str:
    errors = sum(p.severity == "error" for p in problems)
    sums = [_count(errors, "error"), _count(len(problems) - errors, "warning")]
    sums += [f"{waived} waived"] if waived else []
    more = [f"What a code means, with examples: check --explain {problems[0].code}"] if problems else []
    return "\n".join([*map(str, problems), *more, f"{', '.join(sums)} in {_count(files, 'file')}"])


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
