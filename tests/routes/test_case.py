"""A branching case over the plain route: one decision after the other, what each leads to, and a way back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from modules.core.items import Case, Consequence, Quiz, SingleBest, Turn, texts_of
from modules.core.module import Module
from modules.core.prose import Words
from modules.records.records import Records
from tests.builders import single
from tests.routes.site import MODULE, shipped
from tests.routes.test_card import At

QUIZ = f"{MODULE}/checks"
WHERE = f"case/{QUIZ}/harbour"


def cased() -> Module:
    """The shipped module with a case of three decisions beside its checks; the third is skipped by way of `b`."""
    module = shipped().modules[MODULE]
    quiz, items = module.quizzes[QUIZ], tuple(_item(name) for name in ("first", "second", "third"))
    leads = {o: Consequence(text=f"After {o}.", to="third" if o == "b" else None) for o in "abc"}
    case = Case(
        id="harbour",
        title="Into the harbour",
        opening="A ship comes in.",
        turns=tuple(Turn(item=i.id, leads=leads) for i in items),
        closing="The ship is in.",
    )
    file = quiz.file.model_copy(update={"items": (*quiz.items, *items), "cases": (case,)})
    texts = [case.title, case.opening, case.closing, *(c.text for c in leads.values())]
    texts += [text for item in items for text in texts_of(item)]
    made = replace(quiz, file=file, prose=quiz.prose | {text: (Words(text),) for text in texts})
    return replace(module, quizzes=module.quizzes | {QUIZ: made})


def _item(name: str) -> SingleBest:
    return single(name).model_copy(update={"see": "03-dual-blockade"})


@pytest.fixture
def at(records: Records) -> At:
    found = At(records, cased())
    found.sit("pre").send("send")
    return found


def test_each_decision_shows_what_it_leads_to_and_asks_the_next(at: At) -> None:
    tab = at.cards(WHERE)
    assert "A ship comes in." in tab.form.text
    assert "Decision 1 of 3" in tab.form.text
    assert "Because" not in tab.html
    assert "After" not in tab.html
    tab.send("answer", answer=["a"])
    assert "You decided: a" in tab.form.text
    assert "After a." in tab.form.text
    assert tab.form.place == (QUIZ, "second")
    tab.send("answer", answer=["a"])
    tab.send("answer", answer=["b"])
    assert "The ship is in." in tab.form.text
    assert tab.html.count('class="lm-rationale"') == 9


def test_a_consequence_may_lead_past_a_decision_and_a_reload_stays_where_one_was(at: At) -> None:
    tab = at.cards(WHERE)
    tab.send("answer", answer=["b"])
    assert tab.form.place == (QUIZ, "third")
    again = at.cards(WHERE)
    assert again.form.place == (QUIZ, "third")
    assert "Because" not in again.html


def test_a_decision_can_be_made_again_as_the_next_attempt(at: At) -> None:
    tab = at.cards(WHERE)
    tab.send("answer", answer=["b"])
    tab.send("again")
    assert tab.form.place == (QUIZ, "first")
    assert "You decided" not in tab.form.text
    tab.send("answer", answer=["a"])
    assert tab.form.place == (QUIZ, "second")
    given = [(a.item, a.attempt) for a in at.answers if a.role == "check"]
    assert given == [("first", 1), ("first", 2)]


def test_a_decision_that_another_tab_has_made_stands(at: At) -> None:
    one, two = at.cards(WHERE), at.cards(WHERE)
    one.send("answer", answer=["a"])
    two.send("answer", answer=["c"])
    assert "You decided: a" in two.form.text
    assert len([a for a in at.answers if a.role == "check"]) == 1


def test_quizzes_without_the_case_have_no_such_address(at: At) -> None:
    quiz: Quiz = at.module.quizzes[QUIZ]
    assert quiz.case("nothing") is None
    assert at.cards(f"case/{QUIZ}/nothing").status == 404
