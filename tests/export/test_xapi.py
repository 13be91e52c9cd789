"""Every event is a statement that a validator of xAPI 1.0.3 accepts, and tells nothing it should not."""

import json
from pathlib import Path
from typing import Any, get_args

import pytest

from modules.authoring.library import load
from modules.core.events import Event, FeedbackShown, ItemAnswered, PredictionMade, ReviewChoice, event_id
from modules.core.items import ScoredItem, UnscoredItem
from modules.core.module import Library
from modules.core.responses import Chosen, Committed, Given, Matched, Ordered, Response, Reviewed, Written
from modules.export.xapi import Telling, statement
from modules.export.xapi_items import interaction, number_text
from modules.export.xapi_names import TYPES, VERBS, Addresses
from modules.records.records import Records
from tests.actions.journey import Walk
from tests.actions.test_credit import claim
from tests.builders import NOON, module
from tests.lrs import invalid

ROOT = Path(__file__).resolve().parents[2]
HOME = "https://learn.example.org"
"""Also the home of the actors' accounts."""


def telling(*, free_text: bool = False) -> Telling:
    built = module()
    return Telling(Addresses(HOME), Library({built.id: built}), free_text)


def answered(quiz: str, item: str, response: Response, score: float | None = None) -> ItemAnswered:
    return ItemAnswered(
        id=event_id("ann", "harbour", quiz, item), learner="ann", module="harbour", module_version="d", at=NOON,
        role="post", quiz=quiz, attempt=1, item=item, response=response, score=score, confidence=2, seconds=12.3456,
    )  # fmt: skip


OTHERS: tuple[Event, ...] = (
    PredictionMade(
        id=event_id("ann", "p"), learner="ann", module="harbour", module_version="d", at=NOON, lesson="01-lamp",
        figure="lighthouse.os-final.lamp.median", unit="months", guess=50, truth=56.5, error=-6.5,
    ),
    FeedbackShown(
        id=event_id("ann", "f"), learner="ann", module="harbour", module_version="d", at=NOON, quiz="harbour/form-a",
        attempt=1,
    ),
    *(
        ReviewChoice(
            id=event_id("ann", "r", on), learner="ann", module="harbour", module_version="d", at=NOON, active=on
        )
        for on in (True, False)
    ),
    *(
        answered("harbour/gone", kind, response)
        for kind, response in {
            "chosen": Chosen(options=("a", "b")), "given": Given(value=-0.00001), "ordered": Ordered(steps=("x", "y")),
            "matched": Matched(pairs={"s": "a", "t": "b"}), "reviewed": Reviewed(states=("full", "part")),
            "written": Written(text="my own words"), "committed": Committed(statements=("my own words",)),
        }.items()
    ),
)  # fmt: skip


def journey(records: Records) -> list[Event]:
    walk = Walk(records).begin().sit("pre").learn().sit("post", wrong=("one", "two")).sit("post").sit("evaluation")
    claim(walk)
    return [*records.journal(), *OTHERS]


def test_every_statement_of_a_full_journey_is_valid_xapi(sqlite_records: Records) -> None:
    events = journey(sqlite_records)
    kinds = {type(e) for e in events}
    assert kinds == set(get_args(get_args(Event)[0])), "a type of event is not part of the journey"
    for free_text in (False, True):
        assert invalid([statement(e, telling(free_text=free_text)) for e in events]) == []


def test_ids_are_those_of_the_events_and_nothing_names_the_learner(sqlite_records: Records) -> None:
    events = journey(sqlite_records)
    told = [statement(e, telling()) for e in events]
    assert [one["id"] for one in told] == [str(e.id) for e in events]
    text = json.dumps(told)
    person = sqlite_records.person("ann")
    assert person is not None
    (issued,) = sqlite_records.certificates("ann")
    for private in ("mbox", person.name, person.email, issued.certificate.number, "Pilot", "my own words"):
        assert private is not None
        assert private not in text
    assert {json.dumps(one["actor"]) for one in told} == {
        json.dumps({"objectType": "Agent", "account": {"homePage": HOME, "name": "ann"}})
    }


def test_own_words_go_out_only_where_the_settings_say_so() -> None:
    written = next(e for e in OTHERS if isinstance(e, ItemAnswered) and e.item == "written")
    assert "response" not in statement(written, telling())["result"]
    assert statement(written, telling(free_text=True))["result"]["response"] == "my own words"


def test_the_same_event_is_always_the_same_statement(sqlite_records: Records) -> None:
    for event in journey(sqlite_records):
        assert statement(event, telling()) == statement(event, telling())


def test_verbs_tell_how_a_test_ended(sqlite_records: Records) -> None:
    told = [statement(e, telling()) for e in journey(sqlite_records)]
    closed = [one for one in told if one["object"]["definition"]["type"] == TYPES["assessment"]]
    named = [one["verb"]["id"].rpartition("/")[2] for one in closed if "completion" in one.get("result", {})]
    assert named == ["completed", "failed", "passed", "completed"]
    failed = next(one for one in closed if one["verb"]["id"] == VERBS["failed"])
    assert failed["result"]["success"] is False
    score = failed["result"]["score"]
    assert score == {"scaled": round(1 / 3, 4), "raw": 1, "min": 0, "max": 3}


def test_an_answer_tells_response_score_duration_and_the_right_pattern() -> None:
    one = statement(answered("harbour/form-a", "two", Chosen(options=("b", "a")), 1.0), telling())
    assert one["object"]["definition"]["correctResponsesPattern"] == ["a[,]b"]
    assert one["result"] == {
        "response": "b[,]a",
        "success": True,
        "score": {"scaled": 1.0, "raw": 1.0, "min": 0, "max": 1},
        "duration": "PT12.35S",
    }
    number = statement(answered("harbour/form-a", "three", Given(value=56.4), 1.0), telling())
    assert number["object"]["definition"]["correctResponsesPattern"] == ["56[:]57"]
    assert number["result"]["response"] == "56.4"


@pytest.mark.parametrize(
    ("value", "text"), [(0.0, "0"), (-0.0, "0"), (7.0, "7"), (56.4, "56.4"), (0.00001, "0.00001"), (1e9, "1000000000")]
)
def test_numbers_are_plain_decimals(value: float, text: str) -> None:
    assert number_text(value) == text


def definitions() -> dict[str, dict[str, Any]]:
    """Of every item of the shipped content, by its type."""
    library = load(ROOT / "content", ROOT / "quizzes").library
    return {
        item.type: interaction(item, quiz, "en")
        for one in library.modules.values()
        for quiz in one.quizzes.values()
        for item in quiz.items
    }


def test_every_item_type_is_an_interaction_of_xapi() -> None:
    """xAPI 1.0.3, Data, 2.4.4.1: the components that go with each interactionType."""
    wants = {"choice": "choices", "sequencing": "choices", "likert": "scale", "matching": "source"}
    found = definitions()
    kinds = {get_args(item.__annotations__["type"])[0] for item in (*get_args(ScoredItem), *get_args(UnscoredItem))}
    assert set(found) == kinds
    for definition in found.values():
        component = wants.get(definition["interactionType"])
        assert component is None or definition[component]
    assert found["sequencing"]["correctResponsesPattern"][0].count("[,]") >= 2
    assert "[.]" in found["extended-matching"]["correctResponsesPattern"][0]
    assert found["script-concordance"]["interactionType"] == "likert"
