"""Cards: what is asked tells nothing of the key, drafts come back, and what is explained is right."""

import re
from html.parser import HTMLParser

import pytest

from modules.core.figures import ChartRequest
from modules.core.grading import grade
from modules.core.items import (
    ChartPoint,
    Estimated,
    ExtendedMatching,
    MultipleResponse,
    Scored,
    ScriptConcordance,
    Sequencing,
    SingleBest,
)
from modules.core.responses import Chosen, Draft, Given, Matched, Ordered
from modules.export.cards.ask import Ask
from modules.export.cards.card import fields_html
from modules.export.cards.reading import draft_of, missing, own, response_of
from modules.export.cards.verdict import explained_html, hints, verdict_html
from modules.export.pieces import Pieces
from tests.samples import KEY, KINDS, STATEMENTS, Item, quiz_of, right_response, sample

PIECES = Pieces(lambda _: "", lambda _: "", lambda _: "", {}, {})
each = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
scored = pytest.mark.parametrize("kind", [k for k in KINDS if issubclass(k, Scored)], ids=lambda kind: kind.__name__)


def picture(_request: ChartRequest) -> str:
    return '<svg role="img"></svg>'


def ask(item: Item, **more: object) -> Ask:
    return Ask(**{"quiz": quiz_of(item), "item": item, "chart": picture, "statements": STATEMENTS, **more})  # type: ignore[arg-type]


class Form(HTMLParser):
    """The fields a browser would send."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.fields: dict[str, list[str]] = {}
        self._area = self._select = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        name, value = found.get("name") or "", found.get("value") or ""
        if tag == "textarea":
            self._area = name
        if tag == "select":
            self._select = name
        if tag == "option" and "selected" in found:
            self._put(self._select, value)
        if tag == "input" and name and (found.get("type") not in ("radio", "checkbox") or "checked" in found):
            self._put(name, value)

    def handle_data(self, data: str) -> None:
        if self._area:
            self._put(self._area, data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""

    def _put(self, name: str, value: str) -> None:
        self.fields.setdefault(name, []).append(value)


def other_key(item: Item) -> dict[str, object]:
    """The keys of an item that asks the same and wants another answer."""
    match item:
        case SingleBest() | ChartPoint() | MultipleResponse():
            last = item.options[-1].id
            return {"options": tuple(o.model_copy(update={"correct": o.id == last}) for o in item.options)}
        case Estimated():
            return {"tolerance": 9.0, "answer": "lighthouse.orr.dark", "rationale": "Other."}
        case ExtendedMatching():
            return {"stems": tuple(s.model_copy(update={"key": "bell", "rationale": "Other."}) for s in item.stems)}
        case Sequencing():
            return {"steps": item.steps[::-1], "rationale": "Other."}
        case _:
            return {"panel": (), "rationale": "Other."}


@scored
def test_what_is_asked_is_the_same_whatever_the_key(kind: type[Item]) -> None:
    item = sample(kind)
    other = sample(kind, **other_key(item))
    order = tuple(s.id for s in item.steps) if isinstance(item, Sequencing) else ()
    asked = [fields_html(ask(one, confidence=True, order=order), PIECES) for one in (item, other)]
    assert asked[0] == asked[1]
    assert "Secret" not in asked[0]
    assert not re.search(r"correct|rationale|unsafe|misconception|data-key", asked[0])


@each
def test_a_draft_fills_the_card_and_is_read_back(kind: type[Item]) -> None:
    item = sample(kind)
    given = Draft(response=right_response(item), confidence=2 if isinstance(item, Scored) else None)
    sent = Form(fields_html(ask(item, draft=given, confidence=True), PIECES)).fields
    assert draft_of(item, sent) == given


@each
def test_an_untouched_card_holds_no_response(kind: type[Item]) -> None:
    item = sample(kind)
    sent = Form(fields_html(ask(item), PIECES)).fields
    response = response_of(item, sent)
    assert response is None or isinstance(response, Ordered)
    assert missing(item).endswith(".")


@each
def test_items_can_share_a_form(kind: type[Item]) -> None:
    item = sample(kind)
    given = Draft(response=right_response(item))
    sent = Form(fields_html(ask(item, draft=given, prefix="one."), PIECES)).fields
    assert sent
    assert all(name.startswith("one.") for name in sent)
    assert draft_of(item, own(sent, "one.")) == given


@scored
def test_the_right_response_is_said_to_be_right_and_why(kind: type[Item]) -> None:
    item = sample(kind)
    assert isinstance(item, Scored)
    quiz, response = quiz_of(item), right_response(item)
    score = grade(item, response, quiz).score
    verdict = verdict_html(item, response, score, anchor="verdict")
    assert score == 1
    assert "✓" in verdict
    assert "Correct" in verdict
    assert "Secret" in explained_html(ask(item), response, PIECES)


def test_a_partial_score_is_said_in_words() -> None:
    item = sample(ExtendedMatching)
    assert isinstance(item, ExtendedMatching)
    response = Matched(pairs={"fog": "horn", "night": "bell"})
    assert "1 of 2 matched" in verdict_html(item, response, 0.5, anchor="v")
    told = explained_html(ask(item), response, PIECES)
    assert "You chose: A bell" in told
    assert "Right: <strong>A steady lamp</strong>" in told


def test_without_a_panel_there_is_no_score_and_the_card_says_why() -> None:
    item = sample(ScriptConcordance, panel=(1, 1))
    assert isinstance(item, ScriptConcordance)
    assert "Not scored yet: the panel has 2 of 10 answers" in verdict_html(
        item, Chosen(options=("1",)), None, anchor="v"
    )
    assert "<table" not in explained_html(ask(item), Chosen(options=("1",)), PIECES)


def test_with_a_panel_its_answers_are_shown() -> None:
    told = explained_html(ask(sample(ScriptConcordance)), Chosen(options=("0",)), PIECES)
    assert "What 10 experts answered" in told
    assert re.search(r"More appropriate</th><td>6<", told)


def test_a_hint_shows_what_was_chosen_and_keeps_the_key() -> None:
    item = sample(SingleBest)
    told = explained_html(ask(item), Chosen(options=("sail",)), PIECES, everything=False)
    assert "Secret reason for sail." in told
    assert "Right answer" not in told
    assert "Drop anchor" not in told


def test_only_items_with_rationales_an_option_can_hint() -> None:
    assert {k.__name__ for k in KINDS if isinstance(i := sample(k), Scored) and hints(i)} == {
        "SingleBest", "ChartPoint", "MultipleResponse",
    }  # fmt: skip


def test_a_harmful_choice_is_named_where_it_was_made() -> None:
    item = sample(SingleBest)
    assert isinstance(item, SingleBest)
    harm = tuple(o if o.correct else o.model_copy(update={"unsafe": "The ship would strand."}) for o in item.options)
    risky = item.model_copy(update={"options": harm})
    assert "Could harm." in explained_html(ask(risky), Chosen(options=("sail",)), PIECES)
    assert "Could harm." not in explained_html(ask(risky), Chosen(options=("wait",)), PIECES)


def test_steps_never_stand_in_the_right_order_for_want_of_another() -> None:
    item = sample(Sequencing)
    assert isinstance(item, Sequencing)
    other = item.model_copy(update={"steps": item.steps[::-1]})
    assert fields_html(ask(item), PIECES) == fields_html(ask(other), PIECES)


def test_a_share_of_pairs_in_order_is_said_in_words() -> None:
    item = sample(Sequencing)
    assert isinstance(item, Sequencing)
    given = Ordered(steps=("fill", "trim", "light", "log"))
    score = grade(item, given, quiz_of(item)).score
    assert "5 of 6 pairs of steps in the right order" in verdict_html(item, given, score, anchor="v")


def test_a_response_from_before_a_change_of_the_item_is_still_explained() -> None:
    assert "You chose: nothing" in explained_html(ask(sample(ExtendedMatching)), Matched(pairs={"fog": "horn"}), PIECES)
    assert "You left it out" in explained_html(ask(sample(Sequencing)), Ordered(steps=("trim",)), PIECES)


def test_steps_out_of_place_are_named() -> None:
    item = sample(Sequencing)
    told = explained_html(ask(item), Ordered(steps=("fill", "trim", "light", "log")), PIECES)
    assert told.count("In its place") == 2
    assert "You put it at 2" in told


def test_an_estimate_stands_beside_the_published_value() -> None:
    for kind in KINDS:
        item = sample(kind)
        if isinstance(item, Estimated):
            told = explained_html(ask(item), Given(value=12.5), PIECES)
            assert f"Your estimate: <strong>12.5 percent</strong>. Published: <strong>{KEY} percent</strong>" in told


def test_a_chart_item_shows_its_chart() -> None:
    assert '<svg role="img"></svg>' in fields_html(ask(sample(ChartPoint)), PIECES)
