"""`items import FILE --format F` and `items export QUIZ --format F --out PATH`: quizzes from and for other programs."""

import argparse
import re
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

from modules.authoring.library import load
from modules.authoring.targets import target
from modules.core.items import Quiz
from modules.exchange.draft_yaml import as_yaml
from modules.exchange.formats import READERS, read_file, write_file
from modules.exchange.incoming import incoming, slug
from modules.exchange.outgoing import NAMES
from modules.exchange.question import Note, Unreadable
from modules.settings import Settings

_QUIZ = re.compile(r"[a-z0-9][a-z0-9_-]*/[a-z0-9][a-z0-9_-]*")


def register(commands: Any) -> None:
    exits = "Ends with 0 when all was kept, 1 when something was lost or left out, 2 when nothing was written."
    items = commands.add_parser("items", help="quizzes from and for other programs", epilog=exits)
    verbs = items.add_subparsers(metavar="import|export", required=True)
    take = verbs.add_parser("import", help="a file of another program as the draft of a quiz", epilog=exits)
    take.add_argument("file", type=Path, help="the file to read")
    take.add_argument("--format", required=True, choices=list(READERS), help="what the file is")
    take.add_argument("--quiz", metavar="MODULE/QUIZ", help="the id of the new quiz; it is written to its place")
    take.add_argument("--out", type=Path, metavar="FILE.yaml", help="where to write instead (else: on the screen)")
    take.set_defaults(run=run_import)
    give = verbs.add_parser("export", help="a quiz as a file for another program", epilog=exits)
    give.add_argument("quiz", help="a quiz file, or its id: module/quiz")
    give.add_argument("--format", required=True, choices=list(NAMES), help="what to write; qti is a zip")
    give.add_argument("--out", required=True, type=Path, metavar="PATH", help="the file to write")
    give.set_defaults(run=run_export)


def run_import(arguments: argparse.Namespace, settings: Settings) -> int:
    """Writes a draft that the check will ask to complete; never over a file that is there."""
    place = _place(arguments, settings)
    if isinstance(place, str):
        return _refused(place)
    out, quiz_id = place
    try:
        raw = arguments.file.read_bytes()
        draft = incoming(read_file(raw, arguments.format), quiz_id)
    except OSError as wrong:
        return _refused(f'The file "{arguments.file}" cannot be opened: {wrong.strerror}.')
    except Unreadable as wrong:
        return _refused(f"{arguments.file}, line {wrong.line}: {wrong.sentence}")
    count = len(draft.file["items"])
    if not count:
        return _refused(*map(str, draft.notes), "Nothing was written.")
    written = as_yaml(draft.file)
    if out is None:
        print(written, end="")
    elif problem := _written(out, written.encode()):
        return _refused(problem)
    _report([f"{out or quiz_id}: {_count(count)}"], draft.notes, sys.stderr if out is None else sys.stdout)
    return _code(draft.notes)


def _place(arguments: argparse.Namespace, settings: Settings) -> tuple[Path | None, str] | str:
    """Where to write, None for the screen, and the id of the quiz; or why not."""
    if arguments.quiz and not _QUIZ.fullmatch(arguments.quiz):
        return f'"{arguments.quiz}" is not the id of a quiz. Write module/quiz in small letters, digits and "-".'
    out: Path | None = arguments.out
    if out is None and arguments.quiz:
        out = settings.quizzes / f"{arguments.quiz}.yaml"
    if out is not None and out.exists():
        return f'"{out}" is there already. Give another --out, or move it away.'
    if out is not None and not out.parent.is_dir():
        return f'There is no folder "{out.parent}". Make it first.'
    if arguments.quiz:
        return out, arguments.quiz
    named = out or arguments.file
    folder = slug(named.resolve().parent.name) if out else ""
    return out, f"{folder or 'imported'}/{slug(named.stem) or 'quiz'}"


def run_export(arguments: argparse.Namespace, settings: Settings) -> int:
    """Writes the items that fit; the report names the others."""
    quiz = _quiz(arguments.quiz, settings)
    if isinstance(quiz, list):
        return _refused(*quiz)
    if not arguments.out.parent.is_dir():
        return _refused(f'There is no folder "{arguments.out.parent}". Make it first.')
    written, notes = write_file(quiz, arguments.format)
    if written is None:
        return _refused(*map(str, notes), f"No item fits {NAMES[arguments.format]}. Nothing was written.")
    if problem := _written(arguments.out, written):
        return _refused(problem)
    out = sum(note.level == "left out" for note in notes)
    _report([f"{arguments.out}: {_count(len(quiz.items) - out)} of {len(quiz.items)}"], notes, sys.stdout)
    return _code(notes)


def _quiz(wanted: str, settings: Settings) -> Quiz | list[str]:
    """A quiz by its file or its id; or sentences why there is none."""
    path = Path(wanted) if wanted.endswith(".yaml") else settings.quizzes / f"{wanted}.yaml"
    if not path.is_file():
        return [f'There is no quiz "{wanted}". Give a file ending in .yaml, or module/quiz.']
    with ExitStack() as stack:
        chosen = target(path, settings.content, settings.quizzes, stack)
        if isinstance(chosen, str):
            return [chosen]
        place = chosen.only[0] if chosen.only else path.resolve()
        loaded = load(chosen.content, chosen.quizzes, date.today())
        wrong = [p for p in loaded.problems if chosen.holds(p.path) and p.severity == "error"]
    module = loaded.library.modules.get(place.parent.name)
    found = module.quizzes.get(f"{place.parent.name}/{place.stem}") if module else None
    if found is not None:
        return found
    cure = f'Mend first what "check {wanted if path.exists() else ""}" reports.'
    said = [f"{chosen.name(p.path)}:{p.line}: {p.message}" for p in wrong]
    return [*said, f"The quiz or its module has errors. {cure}"]


def _written(out: Path, written: bytes) -> str:
    """Whole or not at all: to a file beside it, then renamed. A sentence when it cannot be."""
    try:
        with tempfile.NamedTemporaryFile(dir=out.parent, prefix=f".{out.name}.", delete=False) as held:
            temporary = Path(held.name)
            try:
                held.write(written)
                held.flush()
                temporary.chmod(0o644)
                temporary.replace(out)
            except OSError:
                temporary.unlink(missing_ok=True)
                raise
    except OSError as wrong:
        return f'"{out}" cannot be written: {wrong.strerror}. Nothing was changed.'
    return ""


def _count(number: int) -> str:
    return f"{number} item" if number == 1 else f"{number} items"


def _report(first: Sequence[str], notes: Sequence[Note], where: Any) -> None:
    print("\n".join([*first, *map(str, notes)]), file=where)


def _refused(*sentences: str) -> int:
    print("\n".join(sentences), file=sys.stderr)
    return 2


def _code(notes: Sequence[Note]) -> int:
    return 1 if any(note.level in ("left out", "lost") for note in notes) else 0
