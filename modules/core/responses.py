"""What a learner gave. One kind of response for each way of answering."""

from typing import Annotated, Literal

from pydantic import Field, FiniteFloat

from modules.core.authored import Authored


class Chosen(Authored):
    """The ids of the chosen options; for a Likert item the point, counted from 1, for a concordance item -2 to 2."""

    kind: Literal["chosen"] = "chosen"
    options: tuple[str, ...]


class Given(Authored):
    """A number, in the item's unit."""

    kind: Literal["given"] = "given"
    value: float


class Written(Authored):
    kind: Literal["written"] = "written"
    text: str


class Matched(Authored):
    """An option's id for each stem of an extended matching item, by the stem's id."""

    kind: Literal["matched"] = "matched"
    pairs: dict[str, str]


class Ordered(Authored):
    """The ids of the steps of a sequencing item, first to last."""

    kind: Literal["ordered"] = "ordered"
    steps: tuple[str, ...]


class Committed(Authored):
    """Statements of what a learner will do differently."""

    kind: Literal["committed"] = "committed"
    statements: tuple[str, ...]


class Reviewed(Authored):
    """The state of each statement made before, in the order they were made."""

    kind: Literal["reviewed"] = "reviewed"
    states: tuple[str, ...]


Response = Annotated[Chosen | Given | Written | Matched | Ordered | Committed | Reviewed, Field(discriminator="kind")]
Confidence = Literal[1, 2, 3]
"""How sure a learner is: 1 a guess, 2 fairly sure, 3 sure. Never part of a score."""


class Draft(Authored):
    """A response not yet sent in, and what goes with it. `flagged`: the learner means to come back to it.

    `seconds`: how long the item has been on screen.
    """

    response: Response | None = None
    confidence: Confidence | None = None
    flagged: bool = False
    seconds: Annotated[FiniteFloat, Field(ge=0)] = 0
