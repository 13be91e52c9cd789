"""Items as xAPI interactions: their definition, and a response in its notation (xAPI 1.0.3, Data, 2.4.4.1)."""

from collections.abc import Iterable
from typing import Any, assert_never

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
    Quiz,
    ScoredItem,
    ScriptConcordance,
    Sequencing,
    UnscoredItem,
)
from modules.core.prose import plain
from modules.core.responses import (
    Chosen,
    Committed,
    Given,
    Matched,
    Ordered,
    Response,
    Reviewed,
    Written,
)
from modules.core.scored import CONCORDANCE

NEXT, PAIR, UPTO = "[,]", "[.]", "[:]"


def interaction(item: ScoredItem | UnscoredItem, quiz: Quiz, language: str) -> dict[str, Any]:
    """interactionType, the choices in the language of the module, and the right responses where there are any."""

    def listed(pairs: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
        return [{"id": one, "description": {language: said(quiz, text)}} for one, text in pairs]

    match item:
        case OneBest() | MultipleResponse():
            right = NEXT.join(o.id for o in item.options if o.correct)
            return _kind("choice", right, choices=listed((o.id, o.text) for o in item.options))
        case Estimated():
            return _kind("numeric", _range(quiz.keys.get(item.id), item.tolerance))
        case ExtendedMatching():
            right = NEXT.join(f"{s.id}{PAIR}{s.key}" for s in item.stems)
            source, target = listed((s.id, s.text) for s in item.stems), listed((o.id, o.text) for o in item.options)
            return _kind("matching", right, source=source, target=target)
        case Sequencing():
            right = NEXT.join(s.id for s in item.steps)
            return _kind("sequencing", right, choices=listed((s.id, s.text) for s in item.steps))
        case ScriptConcordance():
            return _kind("likert", scale=listed((str(n), text) for n, text in CONCORDANCE.items()))
        case Likert():
            return _kind("likert", scale=listed((str(n), text) for n, text in enumerate(item.scale, 1)))
        case Listed():
            return _kind("choice", choices=listed((o.id, o.text) for o in item.options))
        case FreeText() | Commitment():
            return _kind("long-fill-in")
        case CommitmentReview():
            return _kind("other")
        case _:
            assert_never(item)


def bare_interaction(response: Response) -> dict[str, Any]:
    """Of an item that is no longer in the library: what the response alone tells."""
    match response:
        case Chosen():
            return _kind("choice")
        case Given():
            return _kind("numeric")
        case Matched():
            return _kind("matching")
        case Ordered():
            return _kind("sequencing")
        case Written() | Committed():
            return _kind("long-fill-in")
        case Reviewed():
            return _kind("other")
        case _:
            assert_never(response)


def said(quiz: Quiz, text: str) -> str:
    """An authored text as a reader hears it."""
    return (plain(quiz.prose[text]) if text in quiz.prose else text) or text


def response_text(response: Response, *, free_text: bool) -> str | None:
    """None for what a learner wrote in their own words, unless `free_text`; the notation has no escapes."""
    match response:
        case Chosen():
            return NEXT.join(response.options)
        case Given():
            return number_text(response.value)
        case Matched():
            return NEXT.join(f"{stem}{PAIR}{option}" for stem, option in response.pairs.items())
        case Ordered():
            return NEXT.join(response.steps)
        case Reviewed():
            return NEXT.join(response.states)
        case Written():
            return response.text if free_text else None
        case Committed():
            return "\n".join(response.statements) if free_text else None
        case _:
            assert_never(response)


def number_text(value: float) -> str:
    """Plain decimal notation, without an exponent: `0.0001`, `56.4`, `7`."""
    text = f"{value:.10f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _range(key: float | None, tolerance: float) -> str | None:
    return None if key is None else f"{number_text(key - tolerance)}{UPTO}{number_text(key + tolerance)}"


def _kind(kind: str, right: str | None = None, **components: list[dict[str, Any]]) -> dict[str, Any]:
    pattern = {"correctResponsesPattern": [right]} if right is not None else {}
    return {"interactionType": kind, **pattern, **components}
