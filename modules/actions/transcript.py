"""A learner's transcript, and the reflection they add to it. Nothing of it is sent anywhere."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from modules.core.errors import NotAllowed
from modules.core.module import Module
from modules.core.transcript import Cycle, Entry, Total, entries, totals
from modules.records.records import Records

LONGEST_NOTE = 2000
_LINES = "\n\t"


@dataclass(frozen=True, slots=True)
class Transcript:
    """`name` as on the newest certificate shown. `schemes` and `years`: everything there is to choose from."""

    name: str
    within: Cycle
    entries: tuple[Entry, ...]
    totals: tuple[Total, ...]
    schemes: dict[str, str]
    years: tuple[int, ...]


def transcript(records: Records, learners: Iterable[str], *, within: Cycle, scheme: str = "") -> Transcript:
    """Of one person, whose journals may be several. Only certificates that stand are counted."""
    mine = tuple(learners)
    held = [one.certificate for who in mine for one in records.certificates(who) if one.state == "valid"]
    notes = {module: note.text for who in mine for module, note in records.notes(who).items()}
    found = entries(held, notes, within=within, scheme=scheme)
    return Transcript(
        name=found[-1].certificate.name if found else "",
        within=within,
        entries=found,
        totals=totals(found),
        schemes={one.scheme: one.scheme_name for one in held},
        years=tuple(sorted({one.completed.year for one in held}, reverse=True)),
    )


def write_note(records: Records, learner: str, module: Module, text: str, *, now: datetime) -> None:
    """Keeps a reflection in place of the one before; an empty one takes it away. NotAllowed when it is too long."""
    said = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if any(unicodedata.category(c) in ("Cc", "Cs") and c not in _LINES for c in said):
        raise NotAllowed("Your note holds a character that cannot be printed. Type it again.")
    if len(said) > LONGEST_NOTE:
        raise NotAllowed(f"A note has at most {LONGEST_NOTE} characters; yours has {len(said)}. Shorten it.")
    if records.person(learner) is None:
        raise NotAllowed("Begin a module first; then you can write a note on it.")
    records.keep_note(learner, module.id, said, now)
