"""Accepting a new version of a trial: drafts and a change log entry first, the trial file last.

A process killed on the way leaves the published trial as it was; accepting again then finishes the work.
"""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from modules.actions.access import allow
from modules.actions.delta import delta
from modules.actions.impact import Report
from modules.actions.impact_text import counted
from modules.core.errors import NotAllowed
from modules.core.evidence import Accepted, Evidence, Moved
from modules.core.people import Actor

DRAFTS = "_drafts"


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Who accepts, on which day, and the bytes of the file they looked at."""

    by: str
    on: date
    file: bytes


def accept(
    actor: Actor, report: Report, acceptance: Acceptance, evidence: Evidence, *, content: Path
) -> tuple[Path, ...]:
    """The files written. NotAllowed without a name or without a change; drafts that exist are not written over."""
    allow(actor, "accept-evidence")
    by = " ".join(acceptance.by.split())
    if len(by) < 2:
        raise NotAllowed("Write the name of the person who accepts the new data cut.")
    if not report.changes:
        raise NotAllowed("No published figure differs; there is nothing to accept.")
    published = content / "trials" / f"{report.new.id}.yaml"
    try:
        written = [*_drafts(report, evidence, content), _log(report, acceptance, by, content)]
        _replace(published, acceptance.file)
    except OSError as wrong:
        raise NotAllowed(f"The content folder cannot be written: {wrong.strerror}. Nothing was published.") from wrong
    return (*written, published)


def _drafts(report: Report, evidence: Evidence, content: Path) -> list[Path]:
    written = []
    for touched in report.touched:
        draft = delta(report, touched, evidence)
        folder = content / DRAFTS / touched.module.id
        for ending, text in () if draft is None else ((".md", draft.lesson), (".yaml", draft.quiz)):
            file = folder / f"{draft.name if draft else ''}{ending}"
            if not file.exists():
                folder.mkdir(parents=True, exist_ok=True)
                _replace(file, text.encode())
                written.append(file)
    return written


def _log(report: Report, acceptance: Acceptance, by: str, content: Path) -> Path:
    """One entry for one file of one day, however often it is accepted."""
    file = content / "changes.yaml"
    stamp = hashlib.sha256(acceptance.file).hexdigest()[:8]
    entry = Accepted(
        id=f"{report.new.id}-{acceptance.on.isoformat()}-{stamp}",
        date=acceptance.on,
        trial=report.new.id,
        by=by,
        touched="; ".join(f"{t.module.id}: {counted(t)}" for t in report.touched) or "no module",
        figures=tuple(Moved(path=c.path, was=c.old, now=c.new) for c in report.changes),
    )
    text = file.read_text(encoding="utf-8") if file.is_file() else "changes:\n"
    if f"id: {entry.id}\n" not in text:
        listed = yaml.safe_dump([entry.model_dump(mode="json")], sort_keys=False, allow_unicode=True, width=110)
        _replace(file, (text.rstrip() + "\n" + listed).encode())
    return file


def _replace(file: Path, content: bytes) -> None:
    """Whole or not at all: written beside, flushed to disk, renamed."""
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
        os.chmod(name, 0o644)
        os.replace(name, file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
