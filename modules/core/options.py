"""What an item's author writes beside the question: options with their rationales, and the proof of the key."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Discriminator, Field, Tag

from modules.core.authored import Authored, Id, Text


class PlainOption(Authored):
    """An option that is neither right nor wrong."""

    id: Id
    text: Text


class Option(Authored):
    """Every option carries its own rationale; `misconception` names the wrong idea a distractor stands for.

    `unsafe`: the harm that acting on this distractor would do. Chosen with confidence, it leads the debrief.
    `mark`: the path of the figure it points to on the chart of a chart-point item.
    """

    id: Id
    text: Text
    correct: bool = False
    rationale: Text
    misconception: Id | None = None
    unsafe: Text | None = None
    mark: Text | None = None


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
