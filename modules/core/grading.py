"""What a response earns, whether it fits its item, and reading a typed number."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from typing import assert_never

from modules.core.authored import Authored
from modules.core.items import (
    ChartPoint,
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
    SingleBest,
    Survey,
    UnscoredItem,
)
from modules.core.responses import Chosen as Chosen
from modules.core.responses import Committed, Matched, Ordered, Reviewed
from modules.core.responses import Given as Given
from modules.core.responses import Response as Response
from modules.core.responses import Written as Written
from modules.core.scored import CONCORDANCE, PANEL


class Grade(Authored):
    """`score` from 0 to 1; None for items that are not scored."""

    score: float | None

    @property
    def correct(self) -> bool:
        return self.score == 1


def grade(item: ScoredItem | UnscoredItem, response: Response, quiz: Quiz) -> Grade:
    """The order in which options stand or are chosen never matters. A response of another kind earns nothing."""
    return Grade(score=_score(item, response, quiz))


def _score(item: ScoredItem | UnscoredItem, response: Response, quiz: Quiz) -> float | None:
    match item:
        case OneBest():
            return float(_chosen(response) == {o.id for o in item.options if o.correct})
        case MultipleResponse():
            return _several(item, _chosen(response))
        case Estimated():
            near = isinstance(response, Given) and within(response.value, quiz.keys[item.id], item.tolerance)
            return float(near)
        case ExtendedMatching():
            pairs = response.pairs if isinstance(response, Matched) else {}
            return sum(pairs.get(s.id) == s.key for s in item.stems) / len(item.stems)
        case Sequencing():
            return _in_order([s.id for s in item.steps], response.steps) if isinstance(response, Ordered) else 0.0
        case ScriptConcordance():
            return _concordance(item.panel, _chosen(response))
        case Listed() | Likert() | FreeText() | Commitment() | CommitmentReview():
            return None
        case _:
            assert_never(item)


def _several(item: MultipleResponse, chosen: set[str]) -> float:
    key = {o.id for o in item.options if o.correct}
    if item.scoring == "all-or-nothing":
        return float(chosen == key)
    return max(0.0, (len(chosen & key) - len(chosen - key)) / len(key))


def _in_order(right: Sequence[str], given: Sequence[str]) -> float:
    """1 less the share of pairs that stand in the wrong order (Kendall's distance over its greatest value)."""
    place = {step: n for n, step in enumerate(given)}
    pairs = list(combinations(right, 2))
    return 1 - sum(place[first] > place[second] for first, second in pairs) / len(pairs)


def _concordance(panel: Sequence[int], chosen: set[str]) -> float | None:
    """The votes for the answer over the votes for the most frequent one; None with too small a panel."""
    if len(panel) < PANEL:
        return None
    votes = Counter(map(str, panel))
    return sum(votes[answer] for answer in chosen) / max(votes.values())


def within(value: float, key: float, tolerance: float) -> bool:
    """Inclusive, and blind to binary noise at the edge."""
    return abs(value - key) <= tolerance + 1e-9


def acceptable(item: ScoredItem | UnscoredItem, response: Response) -> str | None:
    """None when the response fits the item, else the sentence that says what is missing."""
    if isinstance(item, Survey) and not item.required and response == Written(text=""):
        return None
    match item:
        case SingleBest() | ChartPoint() | Listed(many=False):
            return None if _picks(response, {o.id for o in item.options}, 1) else "Choose one answer, then go on."
        case MultipleResponse() | Listed():
            fits = _picks(response, {o.id for o in item.options}, len(item.options))
            return None if fits else "Choose at least one answer, then go on."
        case Likert():
            points = {str(n + 1) for n in range(len(item.scale))}
            return None if _picks(response, points, 1) else "Choose one point of the scale."
        case ScriptConcordance():
            return None if _picks(response, set(map(str, CONCORDANCE)), 1) else "Choose one point of the scale."
        case Estimated():
            fits = isinstance(response, Given) and math.isfinite(response.value)
            return None if fits else f"Type a number, in {item.unit}."
        case ExtendedMatching():
            return _matches(item, response)
        case Sequencing():
            fits = isinstance(response, Ordered) and sorted(response.steps) == sorted(s.id for s in item.steps)
            return None if fits else "Put every step in its place, then go on."
        case FreeText():
            return _writing(response.text if isinstance(response, Written) else "", item.longest)
        case Commitment():
            return _statements(item, response)
        case CommitmentReview():
            known = {o.id for o in item.states}
            fits = isinstance(response, Reviewed) and len(response.states) > 0 and set(response.states) <= known
            return None if fits else "Say of each statement how far it went."
        case _:
            assert_never(item)


def _matches(item: ExtendedMatching, response: Response) -> str | None:
    known = {o.id for o in item.options}
    fits = isinstance(response, Matched) and set(response.pairs.values()) <= known
    whole = isinstance(response, Matched) and set(response.pairs) == {s.id for s in item.stems}
    return None if fits and whole else "Choose an answer for each, then go on."


def _statements(item: Commitment, response: Response) -> str | None:
    if not isinstance(response, Committed) or not 1 <= len(response.statements) <= item.most:
        return "Write at least one statement, then go on."
    return next((s for text in response.statements if (s := _writing(text, item.longest))), None)


def _writing(text: str, longest: int) -> str | None:
    if not text:
        return "Write an answer, then go on."
    return None if len(text) <= longest else f"Write at most {longest} characters."


def _chosen(response: Response) -> set[str]:
    return set(response.options) if isinstance(response, Chosen) else set()


def _picks(response: Response, known: set[str], most: int) -> bool:
    return isinstance(response, Chosen) and 1 <= len(response.options) <= most and set(response.options) <= known


_NUMBER = re.compile(r"^\s*([+-]?\d+(?:[.,]\d+)?)\s*([a-zA-Z% ]*)\s*$")


def read_number(typed: str) -> float | None:
    """`56.5`, `56,5` and `56.5 months` are the same number; None when it is not one number."""
    found = _NUMBER.match(typed.replace("\u00a0", " ").replace("\u2212", "-"))
    return float(found[1].replace(",", ".")) if found else None
