"""What a path on the command line means: a project, a folder, a file in it, or a stray file to try out."""

import os
import re
import shutil
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from modules.authoring.evidence_files import SHELF_FILES
from modules.authoring.library import is_lesson_name


@dataclass(frozen=True, slots=True)
class Target:
    """Two folders to load. `only`: the places whose problems are wanted; `alias`: a stray's real name."""

    content: Path
    quizzes: Path
    only: tuple[Path, ...] = ()
    alias: str = ""

    def holds(self, path: str) -> bool:
        if not self.only:
            return True
        full = self._full(path)
        return any(full == wanted or full.is_relative_to(wanted) for wanted in self.only)

    def name(self, path: str) -> str:
        """As the author would type it from where they stand."""
        full = self._full(path)
        return self.alias or str(full.relative_to(Path.cwd()) if full.is_relative_to(Path.cwd()) else full)

    def _full(self, path: str) -> Path:
        home = self.content if path.startswith(f"{self.content.name}/") else self.quizzes
        return home.parent / path


def target(path: Path | None, content: Path, quizzes: Path, stack: ExitStack) -> Target | str:
    """What to load for a path; a sentence when it leads nowhere. `stack` clears up a stray's surroundings."""
    content, quizzes = content.resolve(), quizzes.resolve()
    if path is None:
        found = Target(content, quizzes)
    else:
        full = path.resolve()
        if not full.exists():
            return f'There is no file or folder "{path}".'
        found = _around(full, content, quizzes) or _stray(full, path, (content, quizzes), stack)
    if not found.content.is_dir():
        return f'There is no content folder "{found.content}".'
    return found


def _around(full: Path, content: Path, quizzes: Path) -> Target | None:
    """The project that a path is in, or is."""
    if any(full == home or full.is_relative_to(home) for home in (content, quizzes)):
        return _narrowed(full, content, quizzes)
    for home in (full, *full.parents):
        inside = full == home or any(full.is_relative_to(home / name) for name in ("content", "quizzes"))
        if inside and (home / "content").is_dir():
            return _narrowed(full, home / "content", home / "quizzes")
    if full.is_dir() and any(full.glob("*/module.md")):
        return Target(full, full.parent / "quizzes")
    if full.is_dir() and (full / "module.md").is_file():
        return _narrowed(full, full.parent, full.parent.parent / "quizzes")
    return None


def _narrowed(full: Path, content: Path, quizzes: Path) -> Target:
    """A module's folder stands for its quizzes too."""
    if full in (content, content.parent):
        return Target(content, quizzes)
    beside = (quizzes / full.name,) if (full / "module.md").is_file() else ()
    return Target(content, quizzes, (full, *beside))


def _stray(full: Path, typed: Path, homes: tuple[Path, Path], stack: ExitStack) -> Target:
    """A copy of the project with the file in the place its shape suggests."""
    if full.is_dir():
        return Target(full, full.parent / "quizzes")
    room = Path(stack.enter_context(tempfile.TemporaryDirectory())).resolve()
    content, quizzes = room / "content", room / "quizzes"
    for home, copy in zip(homes, (content, quizzes), strict=True):
        if home.is_dir():
            shutil.copytree(home, copy)
        copy.mkdir(exist_ok=True)
    place = _place(full, content, quizzes)
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(full, place)
    return Target(content, quizzes, (place,), str(full) if typed.is_absolute() else os.path.relpath(full))


def _place(full: Path, content: Path, quizzes: Path) -> Path:
    """Where a file with these keys belongs; README files and other endings are tried as lessons."""
    text = full.read_bytes().decode("utf-8", "replace")
    keys = set(re.findall(r"^([a-z_]+):", text, re.MULTILINE))
    named = re.search(r"^id: *[\"']?([a-z0-9_/-]+)[\"']? *$", text, re.MULTILINE)
    name = named[1] if named else ""
    module = next((f.parent.name for f in sorted(content.glob("*/module.md"))), "stray")
    if full.suffix != ".yaml":
        if keys & {"faculty", "audience", "forms"}:
            return content / (_slug(name) if name else module) / "module.md"
        return content / module / (full.name if is_lesson_name(full.name) else f"99-{_slug(full.stem)}.md")
    for shelf in SHELF_FILES:
        if shelf in keys:
            return content / f"{shelf}.yaml"
    if "retired" in keys:
        return quizzes / "retired.yaml"
    if keys & {"arms", "readouts", "nct", "phase", "facts"}:
        return content / "trials" / f"{_slug(name or full.stem)}.yaml"
    folder, _, stem = name.partition("/")
    own = (content / folder / "module.md").is_file() and bool(stem)
    return quizzes / (folder if own else module) / f"{_slug(stem or full.stem)}.yaml"


def _slug(stem: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", stem.casefold()).strip("-") or "stray"
