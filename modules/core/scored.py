"""The item types that have a key, and the rules their authors keep."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from modules.core.authored import Authored, Id, Text
from modules.core.figures import ChartRequest
from modules.core.options import Option, PlainOption, Proof

Level = Literal["recall", "application", "case"]
PANEL = 10
"""Fewest members of a script concordance panel (Fournier 2008: 10 to 20 give stable scores)."""


class Scored(Authored):
    """`see` is the lesson that teaches it, with `#heading` for the place; `evidence` what it rests on.

    `clone` names its family: items with the same name ask the same of another trial, figure or patient. `proof` has
    one expression for the key, or one for each option, stem or the whole, true for what is right.
    """

    id: Id
    objectives: Annotated[tuple[Id, ...], Field(min_length=1)]
    level: Level = "recall"
    vignette: str | None = None
    stem: Text
    proof: Proof | None = None
    see: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]*(#[a-z0-9][a-z0-9_-]*)?$")]
    evidence: Annotated[tuple[str, ...], Field(min_length=1)]
    clone: Id | None = None

    @property
    def family(self) -> str:
        return self.clone or self.id

    @property
    def taught_in(self) -> str:
        """The lesson's id."""
        return self.see.partition("#")[0]

    @property
    def taught_at(self) -> str:
        """The anchor of a heading of that lesson, empty for its top."""
        return self.see.partition("#")[2]


class OneBest(Scored):
    """Exactly one option is correct. `fixed`: the options keep the order written, as numbers and steps do."""

    options: Annotated[tuple[Option, ...], Field(min_length=2)]
    fixed: bool = False

    @model_validator(mode="after")
    def _one_key(self) -> "OneBest":
        right = sum(o.correct for o in self.options)
        if right != 1:
            raise ValueError(f'exactly one option must be correct; {right} are. Add "correct: true" to one')
        return self


class SingleBest(OneBest):
    """Single best answer (NBME A-type)."""

    type: Literal["single-best"]


class ChartPoint(OneBest):
    """Single best answer by choosing a point of a chart: each option's `mark` is a figure the chart shows."""

    type: Literal["chart-point"]
    chart: ChartRequest

    @model_validator(mode="after")
    def _marked(self) -> "ChartPoint":
        bare = [o.id for o in self.options if o.mark is None]
        if bare:
            raise ValueError(f'option "{bare[0]}" has no mark. Give the path of the figure it points to on the chart')
        return self


class MultipleResponse(Scored):
    """Several options are correct.

    `scoring`: `all-or-nothing` is 1 for exactly the right set, else 0. `right-minus-wrong` is the right choices less
    the wrong ones over the number of keys, never below 0 (Ripkey 1996 compares such rules).
    """

    type: Literal["multiple-response"]
    scoring: Literal["all-or-nothing", "right-minus-wrong"] = "all-or-nothing"
    options: Annotated[tuple[Option, ...], Field(min_length=3)]
    fixed: bool = False

    @model_validator(mode="after")
    def _some_keys(self) -> "MultipleResponse":
        right = sum(o.correct for o in self.options)
        if not 1 <= right < len(self.options):
            raise ValueError(f"at least one option must be correct and one wrong; {right} are correct")
        return self


class Scale(Authored):
    """From `low` to `high` by `step`, in the item's unit: a slider goes over it, and typing keeps to it."""

    low: float
    high: float
    step: Annotated[float, Field(gt=0)] = 1

    @model_validator(mode="after")
    def _rises(self) -> "Scale":
        if self.low + self.step > self.high:
            raise ValueError(f"the scale must rise by at least one step: from {self.low:g} to {self.high:g}")
        return self


class Estimated(Scored):
    """A figure within `tolerance` of the one `answer` names in the evidence; both in `unit`."""

    answer: str
    tolerance: Annotated[float, Field(ge=0)]
    unit: Text
    rationale: Text

    @model_validator(mode="after")
    def _answered_by_data(self) -> "Estimated":
        if self.proof is not None:
            raise ValueError('an estimate is proven by its "answer". Remove "proof"')
        return self


class Numeric(Estimated):
    """An estimate, typed; with a `scale` also by slider."""

    type: Literal["numeric"]
    scale: Scale | None = None


class ChartValue(Estimated):
    """A value read off a chart: by slider, by keyboard or typed, drawn on the chart's scale."""

    type: Literal["chart-value"]
    chart: ChartRequest
    scale: Scale


class Stem(Authored):
    """One case of an extended matching item; `key` is the id of the option that fits it."""

    id: Id
    text: Text
    key: Id
    rationale: Text


class ExtendedMatching(Scored):
    """One list of options for several stems (NBME R-type); the score is the share of stems matched."""

    type: Literal["extended-matching"]
    options: Annotated[tuple[PlainOption, ...], Field(min_length=3)]
    stems: Annotated[tuple[Stem, ...], Field(min_length=2)]

    @model_validator(mode="after")
    def _keys_are_options(self) -> "ExtendedMatching":
        known = {o.id for o in self.options}
        for stem in self.stems:
            if stem.key not in known:
                raise ValueError(f'the key "{stem.key}" of stem "{stem.id}" is not one of the options')
        return self


class Sequencing(Scored):
    """Steps, written in the right order. The score is 1 less the share of pairs in the wrong order (inversions)."""

    type: Literal["sequencing"]
    steps: Annotated[tuple[PlainOption, ...], Field(min_length=3)]
    rationale: Text


class ScriptConcordance(Scored):
    """How a finding moves a hypothesis, from -2 to +2, scored against what a panel of experts answered.

    `panel`: the answer of each member. With fewer than ten there is no score: a panel is asked, never invented.
    Each answer earns the votes for it over the votes for the most frequent one (Charlin 2000, aggregate scoring).
    """

    type: Literal["script-concordance"]
    hypothesis: Text
    finding: Text
    panel: tuple[Annotated[int, Field(ge=-2, le=2)], ...] = ()
    rationale: Text


CONCORDANCE = {
    -2: "Much less appropriate",
    -1: "Less appropriate",
    0: "Neither less nor more appropriate",
    1: "More appropriate",
    2: "Much more appropriate",
}
"""The points of a script concordance scale."""
