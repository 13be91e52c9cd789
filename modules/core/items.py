"""The item types together, and a quiz: a list of items and what it is for."""

from dataclasses import dataclass, field
from typing import Annotated, Literal, assert_never

from pydantic import Field

from modules.core.authored import Authored, Id, Text
from modules.core.options import Expert as Expert
from modules.core.options import Judged as Judged
from modules.core.options import Option as Option
from modules.core.options import PlainOption as PlainOption
from modules.core.options import Proof as Proof
from modules.core.prose import Rich
from modules.core.scored import ChartPoint as ChartPoint
from modules.core.scored import ChartValue as ChartValue
from modules.core.scored import Estimated as Estimated
from modules.core.scored import ExtendedMatching as ExtendedMatching
from modules.core.scored import MultipleResponse as MultipleResponse
from modules.core.scored import Numeric as Numeric
from modules.core.scored import OneBest as OneBest
from modules.core.scored import Scored as Scored
from modules.core.scored import ScriptConcordance as ScriptConcordance
from modules.core.scored import Sequencing as Sequencing
from modules.core.scored import SingleBest as SingleBest
from modules.core.scored import Stem as Stem
from modules.core.survey import Barrier as Barrier
from modules.core.survey import Choice as Choice
from modules.core.survey import Commitment as Commitment
from modules.core.survey import CommitmentReview as CommitmentReview
from modules.core.survey import FreeText as FreeText
from modules.core.survey import Intention as Intention
from modules.core.survey import Likert as Likert
from modules.core.survey import Listed as Listed
from modules.core.survey import Survey as Survey

Role = Literal["pre", "check", "post", "practice", "review", "evaluation", "follow-up"]

FORMATIVE: frozenset[Role] = frozenset({"check", "practice", "review"})
"""A quiz with these roles alone is never scored: its answers may be told at once."""

ScoredItem = (
    SingleBest
    | ChartPoint
    | MultipleResponse
    | Numeric
    | ChartValue
    | ExtendedMatching
    | Sequencing
    | ScriptConcordance
)
UnscoredItem = Likert | Choice | Intention | Barrier | FreeText | Commitment | CommitmentReview
Item = Annotated[ScoredItem | UnscoredItem, Field(discriminator="type")]


def cases_of(item: ScoredItem | UnscoredItem) -> dict[tuple[str | int, ...], str]:
    """What a learner reads before the response, by its place in the file, in reading order."""
    asked: dict[tuple[str | int, ...], str] = {}
    if isinstance(item, Scored) and item.vignette is not None:
        asked["vignette",] = item.vignette
    asked["stem",] = item.stem
    match item:
        case OneBest() | MultipleResponse():
            asked |= {("options", n, "text"): o.text for n, o in enumerate(item.options)}
        case Listed():
            asked |= {("options", n, "text"): o.text for n, o in enumerate(item.options)}
        case ExtendedMatching():
            asked |= {("options", n, "text"): o.text for n, o in enumerate(item.options)}
            asked |= {("stems", n, "text"): s.text for n, s in enumerate(item.stems)}
        case Sequencing():
            asked |= {("steps", n, "text"): s.text for n, s in enumerate(item.steps)}
        case ScriptConcordance():
            asked |= {("hypothesis",): item.hypothesis, ("finding",): item.finding}
        case Estimated() | Likert() | FreeText() | Commitment() | CommitmentReview():
            pass
        case _:
            assert_never(item)
    return asked


def rationales_of(item: ScoredItem | UnscoredItem) -> dict[tuple[str | int, ...], str]:
    """What a learner reads after the response, by its place in the file, in reading order."""
    match item:
        case OneBest() | MultipleResponse():
            told: dict[tuple[str | int, ...], str] = {}
            for n, o in enumerate(item.options):
                told["options", n, "rationale"] = o.rationale
                if o.unsafe is not None:
                    told["options", n, "unsafe"] = o.unsafe
            return told
        case ExtendedMatching():
            return {("stems", n, "rationale"): s.rationale for n, s in enumerate(item.stems)}
        case Estimated() | Sequencing() | ScriptConcordance():
            return {("rationale",): item.rationale}
        case Listed() | Likert() | FreeText() | Commitment() | CommitmentReview():
            return {}
        case _:
            assert_never(item)


def texts_of(item: ScoredItem | UnscoredItem) -> tuple[str, ...]:
    """Every text of an item that may hold roles."""
    return (*cases_of(item).values(), *rationales_of(item).values())


class Consequence(Authored):
    """What a decision leads to; `to` is the item asked next, None the next turn of the case."""

    text: Text
    to: Id | None = None


class Turn(Authored):
    """One decision of a case: an item of the quiz with one best option, and what each option leads to."""

    item: Id
    leads: Annotated[dict[Id, Consequence], Field(min_length=2)]


class Case(Authored):
    """A patient followed over three to five decisions, each an item; `closing` is read at its end."""

    id: Id
    title: Text
    opening: Text
    turns: Annotated[tuple[Turn, ...], Field(min_length=3, max_length=5)]
    closing: Text


def texts_of_case(case: Case) -> dict[tuple[str | int, ...], str]:
    """Every text of a case that may hold roles, by its place in the file, in reading order."""
    led: dict[tuple[str | int, ...], str] = {
        ("turns", n, "leads", option, "text"): lead.text
        for n, turn in enumerate(case.turns)
        for option, lead in turn.leads.items()
    }
    return {("opening",): case.opening, **led, ("closing",): case.closing}


class QuizFile(Authored):
    """quizzes/<module>/<quiz>.yaml. `form` names a scored quiz that is parallel to the others with a form."""

    id: str
    title: str | None = None
    roles: tuple[Role, ...] = ("check",)
    form: Literal["A", "B", "C", "D", "E", "F"] | None = None
    items: Annotated[tuple[Item, ...], Field(min_length=1)]
    cases: tuple[Case, ...] = ()


@dataclass(frozen=True, slots=True)
class Quiz:
    """A loaded quiz: `prose` holds each authored text parsed once, `keys` the value of each estimate's answer.

    `path` is its file, from the folder above it; `lines` the line of each item and case in it.
    """

    file: QuizFile
    prose: dict[str, Rich] = field(default_factory=dict)
    keys: dict[str, float] = field(default_factory=dict)
    path: str = ""
    lines: dict[str, int] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return self.file.id

    @property
    def items(self) -> tuple[ScoredItem | UnscoredItem, ...]:
        return self.file.items

    def item(self, item_id: str) -> ScoredItem | UnscoredItem | None:
        return next((x for x in self.items if x.id == item_id), None)

    def case(self, case_id: str) -> Case | None:
        return next((x for x in self.file.cases if x.id == case_id), None)

    def rich(self, text: str) -> Rich:
        """The parsed form of one of this quiz's own texts."""
        return self.prose[text]
