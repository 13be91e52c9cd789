"""What an earlier check found, kept so that a check after one saved file reads that file's module and no other.

Nothing here is authored or recorded: a lost or doubtful file is an empty one, and everything is read again.
"""

import contextlib
import hashlib
import os
import pickle
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from modules.authoring.problems import Findings
from modules.core.module import Module

MOST_FILES = 8
"""Folders checked lately; what is known of others is forgotten."""
CODE = Path(__file__).resolve().parents[1]
"""A rule that was changed makes every earlier finding doubtful."""


@dataclass(slots=True)
class KeptModule:
    """`key` covers all that the findings rest on, `reads` the trials among it.

    `module` is kept within a process only; `whole` says that it was.
    """

    key: str
    reads: frozenset[str]
    findings: list[Findings]
    module: Module | None = None
    whole: bool = False


@dataclass(slots=True)
class Kept:
    """`shelf`: the key and the bytes of the evidence as read, so that nothing found later is kept with it."""

    shelf: tuple[str, bytes] | None = None
    modules: dict[str, KeptModule] = field(default_factory=dict)

    def module(self, name: str, key: str, *, whole: bool) -> KeptModule | None:
        found = self.modules.get(name)
        return found if found and found.key == key and (found.whole or not whole) else None


def kept_in(file: Path) -> Kept:
    """What stands in a file of ours; empty when there is none, when it is damaged or when the code has changed."""
    try:
        # Our own file, in the folder that also holds the instance's secret: who can write it needs no pickle.
        stamp, kept = pickle.loads(file.read_bytes())  # noqa: S301
    except Exception:  # a damaged pickle may raise anything, and nothing in it is needed
        return Kept()
    return kept if stamp == _stamp() and isinstance(kept, Kept) else Kept()


def keep_in(file: Path, kept: Kept) -> None:
    """Whole or not at all; a folder that cannot be written is no reason to fail a check."""
    lean = {name: KeptModule(one.key, one.reads, one.findings) for name, one in kept.modules.items()}
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
        with os.fdopen(handle, "wb") as opened:
            pickle.dump((_stamp(), Kept(kept.shelf, lean)), opened, protocol=pickle.HIGHEST_PROTOCOL)
        os.replace(name, file)
        others = sorted(file.parent.glob(f"{file.name.partition('-')[0]}-*"), key=lambda f: f.stat().st_mtime)
        for old in others[:-MOST_FILES]:
            old.unlink(missing_ok=True)


def mark(*places: Path) -> str:
    """A fingerprint of files and whole folders: names, times and sizes, no bytes read."""
    lines: list[str] = []
    for place in places:
        _collect(str(place), lines)
    return digest_of(lines)


def digest_of(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogateescape")).hexdigest()


def _collect(place: str, lines: list[str]) -> None:
    try:
        entries = sorted(os.scandir(place), key=lambda e: e.name)
    except NotADirectoryError:
        _line(place, os.stat(place), lines)
        return
    except OSError:
        lines.append(f"{place} -")
        return
    for entry in entries:
        # Bytecode appears when a command first runs, and says nothing that its source does not.
        if entry.name.startswith(".") or entry.name == "__pycache__":
            continue
        if entry.is_dir():
            _collect(entry.path, lines)
        else:
            _line(entry.path, entry.stat(follow_symlinks=False), lines)


def _line(path: str, stat: os.stat_result, lines: list[str]) -> None:
    lines.append(f"{path} {stat.st_mtime_ns} {stat.st_size}")


@cache
def _stamp() -> str:
    return f"{sys.version} {mark(CODE / 'authoring', CODE / 'core')}"
