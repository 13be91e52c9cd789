"""What a learner picks: front matter, lessons made of blocks, quizzes; and the library of all of them."""

import sys
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Literal

from modules.core.authored import Authored, Day, Id, Text
from modules.core.conduct import Conduct, Preset
from modules.core.evidence import Evidence
from modules.core.figures import ChartRequest
from modules.core.items import Quiz
from modules.core.prose import Rich
from modules.core.quantity import Quantity
from modules.core.review import Reviews
from modules.core.schemes import PARTICIPATION, Crediting

SKIPPED = "skip"
"""The slide hint of what has no slide."""
UNNAMED = "to be named by the accredited provider"


class Objective(Authored):
    id: Id
    text: Text


class Person(Authored):
    """Someone in control of content (ACCME enduring materials: principal faculty and credentials)."""

    name: Text
    credentials: Text
    role: Text


class Relationship(Authored):
    """ACCME Standard 3: the ineligible company's name only, and the nature of the relationship."""

    company: Text
    nature: Text


class Disclosure(Authored):
    """`relationships` empty: none to disclose. `statement` replaces both while a person is not yet named."""

    name: Text
    relationships: tuple[Relationship, ...] = ()
    statement: str | None = None


class Support(Authored):
    """Commercial support named in words (ACCME Standard 4: no logo, no trade name)."""

    name: Text
    kind: Text


class Origin(Authored):
    """The document the module mirrors."""

    title: Text
    publisher: Text
    speaker: Text
    date: Day
    statement: Text


class Pass(Authored):
    """`correct` of `asked` scored items: the minimum performance level, told before participation (AMA PRA)."""

    correct: int
    asked: int


class Credit(Authored):
    """`maximum` in hours, in quarter-hour steps. `schemes` of credit.yaml that the module carries.

    Who provides, and in whose words, stands in credit.yaml alone. `uan`: the universal activity number ACPE asks for.
    """

    maximum: float
    schemes: tuple[Id, ...] = (PARTICIPATION.id,)
    uan: str | None = None


class FrontMatter(Authored):
    """module.md: everything a learner passes through before the first lesson (cme-rules F1 to F12).

    `reserve`: quizzes that hold further clones of the items of the forms, in the order they are used, for retries and
    reviews. `conduct` and `preset`: how the post-test goes; see core.conduct. `follow_up`: the quiz asked weeks later,
    `reviews`: when questions come back before that.
    """

    id: Id
    title: Text
    summary: Text
    version: Text
    language: str = "en"
    topics: tuple[Text, ...] = ()
    minutes: int
    released: Day
    reviewed: Day
    expires: Day
    evidence_cutoff: Day
    audience: tuple[Text, ...]
    purpose: Text
    objectives: tuple[Objective, ...]
    faculty: tuple[Person, ...]
    disclosures: tuple[Disclosure, ...]
    mitigation: Text
    support: tuple[Support, ...]
    medium: Text
    method_of_participation: Text
    instructions: Text
    requirements: Text
    contact: Text
    privacy: Text
    copyright: Text
    origin: Origin | None = None
    assessment: Pass
    credit: Credit
    forms: dict[Literal["A", "B"], str]
    reserve: tuple[str, ...] = ()
    evaluation: str
    follow_up: str | None = None
    conduct: Conduct = Conduct()
    preset: Id | None = None
    reviews: Reviews = Reviews()
    further_reading: tuple[Id, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """Levels 2 and 3; the lesson's title is the only level 1."""

    level: int
    content: Rich
    anchor: str
    line: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`marks`: (place in the text, line of the file) wherever a new line of the file begins."""

    content: Rich
    line: int
    marks: tuple[tuple[int, int], ...] = ()

    def line_at(self, place: int) -> int:
        """The line of the file that holds a place in the paragraph's text."""
        index = bisect_right(self.marks, (place, sys.maxsize))
        return self.marks[index - 1][1] if index else self.line


@dataclass(frozen=True, slots=True)
class Bullets:
    entries: tuple[tuple["Block", ...], ...]
    ordered: bool
    line: int


@dataclass(frozen=True, slots=True)
class Chart:
    """`number` counts the charts of a lesson from 1; it is the chart's address within it.

    `slide`: empty, a title for its slide alone, or SKIPPED; so on callouts and predictions.
    """

    request: ChartRequest
    number: int
    line: int
    slide: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One formative item, `<quiz>#<item>`, asked where it stands."""

    quiz: str
    item: str
    line: int


@dataclass(frozen=True, slots=True)
class CaseStudy:
    """A branching case, `<quiz>#<case>`: its decisions are asked one after the other where it stands."""

    quiz: str
    case: str
    line: int


@dataclass(frozen=True, slots=True)
class Callout:
    kind: Literal["note", "caution", "takeaway"]
    title: str | None
    blocks: tuple["Block", ...]
    line: int
    slide: str = ""


@dataclass(frozen=True, slots=True)
class Reveal:
    """Hidden until the learner opens it."""

    summary: str
    blocks: tuple["Block", ...]
    line: int


@dataclass(frozen=True, slots=True)
class Predict:
    """Asks for a figure before its body shows it. `figure`, its path, is the prediction's address in the lesson."""

    quantity: Quantity
    ask: str
    low: float
    high: float
    step: float
    blocks: tuple["Block", ...]
    line: int
    slide: str = ""

    @property
    def figure(self) -> str:
        return self.quantity.path


@dataclass(frozen=True, slots=True)
class Image:
    """A file beside the lesson; `alt` is required."""

    file: str
    alt: str
    caption: str | None
    line: int


@dataclass(frozen=True, slots=True)
class SourceSays:
    """What the source document states, beside what the record shows, and why they differ."""

    says: str
    standing: Literal["contradicted", "imprecise", "supported", "not found"]
    blocks: tuple["Block", ...]
    line: int


Block = Heading | Paragraph | Bullets | Chart | Check | CaseStudy | Callout | Reveal | Predict | Image | SourceSays


@dataclass(frozen=True, slots=True)
class Notes:
    """What a speaker says; no block, so that no page shows it. `blocks` are paragraphs and lists."""

    blocks: tuple[Block, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Lesson:
    """`id` is the file's name without its extension (02-dual-blockade). `notes` are in the order of their lines."""

    id: str
    title: str
    minutes: int
    objectives: tuple[str, ...]
    blocks: tuple[Block, ...]
    path: str
    notes: tuple[Notes, ...] = ()


@dataclass(frozen=True, slots=True)
class Module:
    """`digest` is a SHA-256 over the bytes of every file it reads; it names the text that was on screen.

    `preset`: what the accreditor named in the front matter asks of a test, None when none is named.
    """

    front: FrontMatter
    welcome: tuple[Block, ...]
    lessons: tuple[Lesson, ...]
    quizzes: dict[str, Quiz]
    digest: str
    preset: Preset | None = None

    @property
    def id(self) -> str:
        return self.front.id

    def lesson(self, lesson_id: str) -> Lesson | None:
        return next((x for x in self.lessons if x.id == lesson_id), None)

    def form(self, letter: Literal["A", "B"]) -> Quiz:
        return self.quizzes[self.front.forms[letter]]


@dataclass(frozen=True, slots=True)
class Library:
    """Every module that can be offered, the evidence they read, and the credit this site gives."""

    modules: dict[str, Module] = field(default_factory=dict)
    evidence: Evidence = field(default_factory=Evidence)
    credit: Crediting = field(default_factory=Crediting)


def walk(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks and all blocks inside them, in reading order."""
    found: list[Block] = []
    for block in blocks:
        found.append(block)
        match block:
            case Callout() | Reveal() | Predict() | SourceSays():
                found += walk(block.blocks)
            case Bullets():
                for entry in block.entries:
                    found += walk(entry)
            case Heading() | Paragraph() | Chart() | Check() | CaseStudy() | Image():
                pass
    return tuple(found)
