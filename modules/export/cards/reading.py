"""What a learner gave, read from the fields of a card."""

from collections.abc import Mapping, Sequence
from typing import assert_never, cast

from modules.core.grading import read_number
from modules.core.items import (
    Commitment,
    CommitmentReview,
    Estimated,
    ExtendedMatching,
    FreeText,
    Likert,
    Listed,
    MultipleResponse,
    OneBest,
    ScoredItem,
    ScriptConcordance,
    Sequencing,
    UnscoredItem,
)
from modules.core.responses import (
    Chosen,
    Committed,
    Confidence,
    Draft,
    Given,
    Matched,
    Ordered,
    Response,
    Reviewed,
    Written,
)

Fields = Mapping[str, Sequence[str]]
"""The values of a form by the names of its inputs, without the prefix of an item."""


def own(fields: Fields, prefix: str) -> Fields:
    """What belongs to one item of a form that several share."""
    return {name.removeprefix(prefix): values for name, values in fields.items() if name.startswith(prefix)}


def draft_of(item: ScoredItem | UnscoredItem, fields: Fields, *, flagged: bool = False, seconds: float = 0) -> Draft:
    sure = _first(fields, "confidence")
    confidence = cast(Confidence, int(sure)) if sure in ("1", "2", "3") else None
    return Draft(response=response_of(item, fields), confidence=confidence, flagged=flagged, seconds=seconds)


def response_of(item: ScoredItem | UnscoredItem, fields: Fields) -> Response | None:
    """None when nothing was given, or when a typed number is no number."""
    given = tuple(value for value in fields.get("answer", ()) if value.strip())
    match item:
        case OneBest() | MultipleResponse() | Listed() | Likert() | ScriptConcordance():
            return Chosen(options=given) if given else None
        case Estimated():
            typed = read_number(given[0]) if given else None
            return None if typed is None else Given(value=typed)
        case ExtendedMatching():
            pairs = {s.id: value for s in item.stems if (value := _first(fields, f"answer-{s.id}"))}
            return Matched(pairs=pairs) if len(pairs) == len(item.stems) else None
        case Sequencing():
            return Ordered(steps=given) if given else None
        case FreeText():
            return Written(text=given[0].strip()) if given else None
        case Commitment():
            return Committed(statements=tuple(s.strip() for s in given)) if given else None
        case CommitmentReview():
            states = [value for n in range(len(fields)) if (value := _first(fields, f"answer-{n}"))]
            return Reviewed(states=tuple(states)) if states else None
        case _:
            assert_never(item)


def missing(item: ScoredItem | UnscoredItem) -> str:
    """What to say when nothing that can be read was given."""
    match item:
        case Estimated():
            return f"Type one number, in {item.unit}. A comma or a point both work."
        case MultipleResponse() | Listed(many=True):
            return "Choose at least one answer."
        case ExtendedMatching():
            return "Choose an answer for each."
        case FreeText() | Commitment():
            return "Write a few words."
        case CommitmentReview():
            return "Say of each statement how far it went."
        case _:
            return "Choose an answer."


def _first(fields: Fields, name: str) -> str:
    return next(iter(fields.get(name, ())), "")
