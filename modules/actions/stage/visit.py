"""One request to the stage: whose it is, what was sent, and the card that answers it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from modules.actions.learn import standing
from modules.core.errors import NotAllowed
from modules.core.evidence import Evidence
from modules.core.items import Quiz, ScoredItem, UnscoredItem
from modules.core.module import Module
from modules.core.progress import Progress
from modules.records.records import Records

NOWHERE = "There are no questions at this address."
CHANGED = "This question has been revised since it was shown. Look at it again, then send your answer."
SENT_ALREADY = "This was sent in already, perhaps in another tab. This is where you stand."
LONGEST_SECONDS = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Visit:
    """`learner` is whom the cookie names; `where` is the address below the module; `lesson` the one they came for."""

    records: Records
    evidence: Evidence
    module: Module
    learner: str
    where: str
    now: datetime
    lesson: str = ""

    def standing(self) -> Progress:
        return standing(self.records, self.learner, self.module)


@dataclass(frozen=True, slots=True)
class Sent:
    """`do`: which button, or `draft`. `version` is what the form was drawn from; `seconds` since it was shown."""

    do: str
    fields: Mapping[str, Sequence[str]] = field(default_factory=dict)
    version: str = ""
    seconds: float = 0

    def first(self, name: str) -> str:
        return next(iter(self.fields.get(name, ())), "")

    def number(self, name: str) -> int:
        """0 when it is missing or no whole number."""
        found = self.first(name)
        return int(found) if found.isascii() and found.isdigit() and len(found) < 6 else 0

    @property
    def spent(self) -> float:
        """Seconds on this item so far, earlier looks included."""
        try:
            before = float(self.first("spent") or 0)
        except ValueError:
            before = 0
        whole = before + self.seconds
        return whole if 0 <= whole <= LONGEST_SECONDS else 0


@dataclass(frozen=True, slots=True)
class Card:
    """`html` None: nothing changes on screen. `focus`: a selector; `done`: what the page around is told."""

    html: str | None = None
    focus: str = ""
    done: str = ""
    status: int = 200
    error: str = ""


KEPT = Card()


def quiz_of(module: Module, quiz_id: str) -> Quiz:
    found = module.quizzes.get(quiz_id)
    if found is None:
        raise NotAllowed(NOWHERE)
    return found


def item_of(quiz: Quiz, item_id: str) -> ScoredItem | UnscoredItem:
    found = quiz.item(item_id)
    if found is None:
        raise NotAllowed(NOWHERE)
    return found
