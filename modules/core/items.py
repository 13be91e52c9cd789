"""Item types and the rules their authors keep; a quiz is a list of items and what it is for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal, assert_never

from pydantic import Discriminator, Field, Tag, model_validator

from modules.core.authored import Authored, Id, Text
from modules.core.prose import Rich

Role = Literal["pre", "check", "post", "review", "evaluation"]
Level = Literal["recall", "application", "case"]


class Option(Authored):
    """Every option carries its own rationale; `misconception` names the wrong idea a distractor stands for."""

    id: Id
    text: Text
    correct: bool = False
    rationale: Text
    misconception: Id | None = None


class Expert(Authored):
    """What stands in for data where an item asks for judgement; the check wants `source` and `reviewer`."""

    source: Id | None = None
    reviewer: Text | None = None
    why: Text | None = None


class Judged(Authored):
    expert: Expert


def _kind_of_proof(value: object) -> str:
    if isinstance(value, str):
        return "proof text"
    judged = isinstance(value, Judged) or (isinstance(value, Mapping) and isinstance(value.get("expert"), Mapping))
    return "expert" if judged else "proof"


Proof = Annotated[
    Annotated[Text, Tag("proof text")]
    | Annotated[dict[Id, Text], Field(min_length=1), Tag("proof")]
    | Annotated[Judged, Tag("expert")],
    Discriminator(_kind_of_proof),
]
"""One expression for the key, or one an option (true for a key, false for a distractor), or an expert's judgement."""


class _Scored(Authored):
    """`see` is the lesson that teaches it; `evidence` what it rests on; `clone` pairs items over forms."""

    id: Id
    objectives: Annotated[tuple[Id, ...], Field(min_length=1)]
    level: Level = "recall"
    vignette: str | None = None
    stem: Text
    see: Id
    evidence: Annotated[tuple[str, ...], Field(min_length=1)]
    clone: Id | None = None


class SingleBest(_Scored):
    """Single best answer (NBME A-type): exactly one option is correct."""

    type: Literal["single-best"]
    proof: Proof | None = None
    options: Annotated[tuple[Option, ...], Field(min_length=2)]

    @model_validator(mode="after")
    def _one_key(self) -> "SingleBest":
        right = sum(o.correct for o in self.options)
        if right != 1:
            raise ValueError(f'exactly one option must be correct; {right} are. Add "correct: true" to one')
        return self


class MultipleResponse(_Scored):
    """Several options are correct; full score for exactly the right set, else none (all-or-nothing)."""

    type: Literal["multiple-response"]
    proof: Proof | None = None
    options: Annotated[tuple[Option, ...], Field(min_length=3)]

    @model_validator(mode="after")
    def _some_keys(self) -> "MultipleResponse":
        right = sum(o.correct for o in self.options)
        if not 1 <= right < len(self.options):
            raise ValueError(f"at least one option must be correct and one wrong; {right} are correct")
        return self


class Numeric(_Scored):
    """A figure within `tolerance` of the one `answer` names in the evidence; both in `unit`."""

    type: Literal["numeric"]
    answer: str
    tolerance: Annotated[float, Field(ge=0)]
    unit: Text
    rationale: Text


class _Unscored(Authored):
    """Evaluation items are never graded. `required` ones must be answered before credit."""

    id: Id
    stem: Text
    required: bool = True


class Likert(_Unscored):
    """One point of an ordered scale."""

    type: Literal["likert"]
    scale: Annotated[tuple[Text, ...], Field(min_length=3)] = (
        "Strongly disagree",
        "Disagree",
        "Neither",
        "Agree",
        "Strongly agree",
    )


class PlainOption(Authored):
    id: Id
    text: Text


class Choice(_Unscored):
    """One option, or several when `many`."""

    type: Literal["choice"]
    options: Annotated[tuple[PlainOption, ...], Field(min_length=2)]
    many: bool = False


class FreeText(_Unscored):
    type: Literal["free-text"]
    longest: int = 1000


ScoredItem = SingleBest | MultipleResponse | Numeric
UnscoredItem = Likert | Choice | FreeText
Item = Annotated[ScoredItem | UnscoredItem, Field(discriminator="type")]


def texts_of(item: ScoredItem | UnscoredItem) -> tuple[str, ...]:
    """Every text of an item that may hold roles, in reading order."""
    match item:
        case SingleBest() | MultipleResponse():
            told = (text for o in item.options for text in (o.text, o.rationale))
            return (*_asked(item), *told)
        case Numeric():
            return (*_asked(item), item.rationale)
        case Choice():
            return (item.stem, *(o.text for o in item.options))
        case Likert() | FreeText():
            return (item.stem,)
        case _:
            assert_never(item)


def _asked(item: ScoredItem) -> tuple[str, ...]:
    return (item.vignette, item.stem) if item.vignette else (item.stem,)


class QuizFile(Authored):
    """quizzes/<module>/<quiz>.yaml. `form` is A or B for the scored, parallel quizzes."""

    id: str
    title: str | None = None
    roles: tuple[Role, ...] = ("check",)
    form: Literal["A", "B"] | None = None
    items: Annotated[tuple[Item, ...], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class Quiz:
    """A loaded quiz: `prose` holds each authored text parsed once, `keys` the value of each numeric item's answer.

    `path` is its file, from the folder above it; `lines` the line of each item in it.
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

    def rich(self, text: str) -> Rich:
        """The parsed form of one of this quiz's own texts."""
        return self.prose[text]
