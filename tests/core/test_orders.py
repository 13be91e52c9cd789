"""Grading ignores the order options stand in, the order they are chosen in, and how they were shuffled."""

from random import Random
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from modules.core.figures import Forest
from modules.core.grading import acceptable, grade
from modules.core.items import (
    Barrier,
    ChartPoint,
    ChartValue,
    Choice,
    Commitment,
    CommitmentReview,
    ExtendedMatching,
    FreeText,
    Intention,
    Likert,
    Listed,
    MultipleResponse,
    OneBest,
    PlainOption,
    Quiz,
    QuizFile,
    ScoredItem,
    ScriptConcordance,
    Sequencing,
    Stem,
    UnscoredItem,
)
from modules.core.responses import Chosen, Committed, Given, Matched, Ordered, Response, Reviewed, Written
from modules.core.scored import CONCORDANCE, Scale
from modules.core.sitting import shuffled
from tests.builders import multiple, numeric, single

PLAIN = tuple(PlainOption(id=o, text=o) for o in "abcd")
ASKED = numeric().model_dump(include={"objectives", "see", "evidence", "stem"})
CHART = Forest(title="Ratios", subgroups="lighthouse.os-final")
MARKED = tuple(o.model_copy(update={"mark": o.id}) for o in single().options)
STEMS = tuple(Stem(id=s, text=s, key=key, rationale="Because.") for s, key in (("s1", "a"), ("s2", "c"), ("s3", "a")))
EVERY: dict[str, ScoredItem | UnscoredItem] = {
    item.type: item
    for item in (
        single(),
        ChartPoint(id="i", type="chart-point", chart=CHART, options=MARKED, **ASKED),
        multiple(right="abc"),
        numeric(),
        ChartValue(
            id="i", type="chart-value", chart=CHART, answer="x", tolerance=1, unit="months",
            scale=Scale(low=0, high=9), rationale="Because.", **ASKED,
        ),
        ExtendedMatching(id="i", type="extended-matching", options=PLAIN, stems=STEMS, **ASKED),
        Sequencing(id="i", type="sequencing", steps=PLAIN, rationale="Because.", **ASKED),
        ScriptConcordance(
            id="i", type="script-concordance", hypothesis="h", finding="f", panel=(1,) * 6 + (2,) * 3 + (0,) * 3,
            rationale="Because.", **ASKED,
        ),
        Likert(id="i", type="likert", stem="?"),
        Choice(id="i", type="choice", stem="?", options=PLAIN, many=True),
        Intention(id="i", type="intention", stem="?"),
        Barrier(id="i", type="barrier", stem="?"),
        FreeText(id="i", type="free-text", stem="?"),
        Commitment(id="i", type="commitment", stem="?"),
        CommitmentReview(id="i", type="commitment-review", stem="?"),
    )
}  # fmt: skip
KEYS = {"i": 5.0, "many-months": 56.5}
SCALE = {point: point for point in "12345"}


def chosen(known: tuple[str, ...], most: int) -> st.SearchStrategy[Response]:
    picks = st.lists(st.sampled_from(known), min_size=1, max_size=most, unique=True)
    return picks.map(lambda found: Chosen(options=tuple(found)))


def responses(item: ScoredItem | UnscoredItem) -> st.SearchStrategy[Response]:
    """Everything a learner can give that fits the item."""
    match item:
        case OneBest() | Listed(many=False):
            return chosen(tuple(o.id for o in item.options), 1)
        case MultipleResponse() | Listed():
            return chosen(tuple(o.id for o in item.options), len(item.options))
        case Likert():
            return chosen(tuple(SCALE), 1)
        case ScriptConcordance():
            return chosen(tuple(map(str, CONCORDANCE)), 1)
        case ExtendedMatching():
            picks = st.tuples(*(st.sampled_from("abcd") for _ in item.stems))
            return picks.map(lambda p: Matched(pairs=dict(zip((s.id for s in item.stems), p, strict=True))))
        case Sequencing():
            return st.permutations("abcd").map(lambda steps: Ordered(steps=tuple(steps)))
        case FreeText():
            return st.text("xyz", min_size=1, max_size=9).map(lambda text: Written(text=text))
        case Commitment():
            return st.lists(st.text("xyz", min_size=1), min_size=1, max_size=3).map(
                lambda texts: Committed(statements=tuple(texts))
            )
        case CommitmentReview():
            return st.lists(st.sampled_from([o.id for o in item.states]), min_size=1).map(
                lambda states: Reviewed(states=tuple(states))
            )
        case _:
            return st.sampled_from([4.0, 5.0, 6.0, 6.1, 56.0, 57.01]).map(lambda value: Given(value=value))


def rewritten(item: ScoredItem | UnscoredItem, random: Random) -> ScoredItem | UnscoredItem:
    """The same item, its options and stems written in another order. The order of steps is the key: it stays."""
    moved = {}
    for name in ("options", "stems", "states", "panel"):
        if hasattr(item, name):
            held = list(getattr(item, name))
            random.shuffle(held)
            moved[name] = tuple(held)
    return item.model_copy(update=moved)


def retold(response: Response, random: Random) -> Response:
    """The same response, what is chosen or matched listed in another order."""
    match response:
        case Chosen():
            return Chosen(options=tuple(random.sample(response.options, len(response.options))))
        case Matched():
            return Matched(pairs=dict(random.sample(sorted(response.pairs.items()), len(response.pairs))))
        case _:
            return response


def score(item: ScoredItem | UnscoredItem, response: Response) -> float | None:
    return grade(item, response, Quiz(QuizFile(id="harbour/checks", items=(item,)), keys=KEYS)).score


def test_every_type_is_here() -> None:
    assert {type(i) for i in EVERY.values()} == {*get_args(ScoredItem), *get_args(UnscoredItem)}


@pytest.mark.parametrize("kind", EVERY)
@settings(max_examples=40)
@given(st.data(), st.randoms(use_true_random=False))
def test_grading_ignores_the_order_of_options(kind: str, data: st.DataObject, random: Random) -> None:
    item = EVERY[kind]
    response = data.draw(responses(item))
    assert acceptable(item, response) is None
    other, again = rewritten(item, random), retold(response, random)
    assert acceptable(other, again) is None
    assert score(other, again) == score(item, response)


@pytest.mark.parametrize("kind", EVERY)
@settings(max_examples=40)
@given(st.data(), st.text())
def test_grading_ignores_how_the_options_were_shuffled(kind: str, data: st.DataObject, seed: str) -> None:
    """The page shows options by `shuffled`; the item as shown grades like the item as written."""
    item = EVERY[kind]
    response = data.draw(responses(item))
    shown = {}
    for name in ("options", "stems"):
        by_id = {o.id: o for o in getattr(item, name, ())}
        shown[name] = tuple(by_id[one] for one in shuffled(by_id, "ann", seed, item.id))
    held = {name: those for name, those in shown.items() if those}
    assert score(item.model_copy(update=held), response) == score(item, response)


def test_a_sequence_earns_by_its_steps_and_not_by_where_they_stood() -> None:
    item = EVERY["sequencing"]
    assert score(item, Ordered(steps=tuple("abcd"))) == 1
    assert score(item, Ordered(steps=tuple("dcba"))) == 0
    assert score(item, Ordered(steps=tuple("bacd"))) == pytest.approx(5 / 6)
