"""What the rules of assessment say must happen: a model of one learner, kept apart from the code it checks."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from modules.core.conduct import Reveal
from modules.core.grading import Chosen, Response, Written
from modules.core.items import Role, SingleBest
from modules.core.module import Module
from modules.core.progress import forms
from modules.core.responses import Draft
from modules.core.sitting import Assessed, Slot
from tests.actions.journey import RIGHT
from tests.builders import module

NEEDED = 2
CLONES = "cd"
FAMILIES = ("one", "two", "three")
Place = tuple[str, int, str]
"""Quiz, attempt and item: where one response belongs."""


@dataclass(frozen=True)
class Ruled:
    """How the post-test goes."""

    rationales: Reveal
    attempts: int | None
    delay: timedelta


@dataclass(frozen=True)
class Reply:
    role: Role
    response: Response
    at: datetime


@dataclass(frozen=True)
class Shut:
    """A closed attempt: how much was right by its end."""

    attempt: int
    at: datetime
    correct: int


@dataclass
class Model:
    """`given` is what the journal must hold, `drafts` what the learner was told is kept, by role and attempt."""

    learner: str
    ruled: Ruled
    now: datetime
    given: dict[Place, Reply] = field(default_factory=dict)
    drafts: dict[tuple[Assessed, int], dict[str, Draft]] = field(default_factory=dict)
    shut: dict[Assessed, list[Shut]] = field(default_factory=lambda: {"pre": [], "post": [], "evaluation": []})
    learned: bool = False

    @property
    def passed(self) -> bool:
        return any(s.correct >= NEEDED for s in self.shut["post"])

    def attempt(self, role: Assessed) -> int:
        return len(self.shut[role]) + 1

    def is_open(self, role: Assessed) -> bool:
        match role:
            case "pre":
                return not self.shut["pre"]
            case "post":
                return bool(self.shut["pre"]) and self.learned and not self.passed and self._may_try()
            case _:
                return self.passed and not self.shut[role]

    def _may_try(self) -> bool:
        tried, most = self.shut["post"], self.ruled.attempts
        left = len(tried) <= len(CLONES) and (most is None or len(tried) < most)
        return left and (not tried or not self.ruled.delay or self.now >= tried[-1].at + self.ruled.delay)

    def right(self, by: int) -> set[str]:
        """Families of the post-test answered right by the end of an attempt."""
        return {
            family_of(item)
            for (_, attempt, item), reply in self.given.items()
            if reply.role == "post" and attempt <= by and reply.response == RIGHT[family_of(item)]
        }

    def places(self, role: Assessed) -> set[str]:
        """What the open attempt asks."""
        before, after = (letter.lower() for letter in forms(self.learner, "harbour"))
        attempt = self.attempt(role)
        if role == "evaluation":
            return {"harbour/evaluation#useful", "harbour/evaluation#wish"}
        if role == "pre" or attempt == 1:
            return {f"harbour/form-{before if role == 'pre' else after}#{family}" for family in FAMILIES}
        letter = CLONES[attempt - 2]
        missed = set(FAMILIES) - self.right(attempt - 1)
        return {f"harbour/form-{letter}#{family}-{letter}" for family in missed}

    def waiting(self, role: Assessed) -> set[str]:
        return {place for place in self.places(role) if self.at(place, self.attempt(role)) not in self.given}

    @staticmethod
    def at(place: str, attempt: int) -> Place:
        quiz, _, item = place.partition("#")
        return quiz, attempt, item

    def kept(self, role: Assessed) -> dict[str, Draft]:
        return self.drafts.setdefault((role, self.attempt(role)), {})

    def lacking(self, role: Assessed, built: Module) -> int:
        """How many items have no response that fits; `wish` may be left empty."""
        drafts = self.kept(role)
        ready = {p for p, d in drafts.items() if d.response is not None and fits(built, p, d.response)}
        return len(self.waiting(role) - ready - {"harbour/evaluation#wish"})

    def send(self, role: Assessed) -> None:
        for place in self.waiting(role):
            draft = self.kept(role).get(place, Draft())
            self.give(role, place, draft.response or Written(text=""))

    def give(self, role: Assessed, place: str, response: Response) -> None:
        """A response to a test; the last one closes the attempt."""
        attempt = self.attempt(role)
        self.given[self.at(place, attempt)] = Reply(role, response, self.now)
        if self.waiting(role):
            return
        mine = {p: r for p, r in self.given.items() if r.role == role and p[1] == attempt}
        correct = len(self.right(attempt)) if role == "post" else 0
        if role == "pre":
            correct = sum(r.response == RIGHT[family_of(p[2])] for p, r in mine.items())
        self.shut[role].append(Shut(attempt, max(r.at for r in mine.values()), correct))

    def explains(self, place: Place) -> bool:
        """Whether the key of an answered item may be on screen."""
        reply = self.given[place]
        match reply.role:
            case "pre":
                return self.passed
            case "post":
                over = place[1] <= len(self.shut["post"])
                return {"at-once": True, "after-attempt": over, "after-passing": self.passed}[self.ruled.rationales]
            case _:
                return True

    def free(self, quiz: str, item: str) -> int:
        return next(n for n in range(1, 99) if (quiz, n, item) not in self.given)


def family_of(item: str) -> str:
    return item.partition("-")[0]


def fits(built: Module, place: str, response: Response) -> bool:
    """Of the responses these tests give, only an option that a version has taken out does not fit."""
    quiz, _, item_id = place.partition("#")
    item = built.quizzes[quiz].item(item_id)
    if isinstance(item, SingleBest) and isinstance(response, Chosen):
        return set(response.options) <= {o.id for o in item.options}
    return True


def newer(built: Module) -> Module:
    """The next version: the options of single best answers turned round, and the last one gone."""
    quizzes = {
        name: replace(
            quiz,
            file=quiz.file.model_copy(
                update={
                    "items": tuple(
                        i.model_copy(update={"options": i.options[1::-1]}) if isinstance(i, SingleBest) else i
                        for i in quiz.items
                    )
                }
            ),
        )
        for name, quiz in built.quizzes.items()
    }
    return replace(built, quizzes=quizzes, digest="e" * 64)


@dataclass
class Tab:
    """A page as it was drawn: the version of the module and the slots on it."""

    built: Module = field(default_factory=module)
    role: Assessed = "pre"
    attempt: int = 1
    slots: tuple[Slot, ...] = ()
