"""Questions over the plain route: who may send, what is kept, and what never leaves the server early."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from modules.actions.attempts import Address
from modules.actions.identity import COOKIE, new_learner, seal
from modules.actions.learn import acknowledge, answer_item, finish_lesson, open_lesson, standing
from modules.actions.sittings import drafts_of
from modules.core.conduct import Conduct
from modules.core.events import ItemAnswered
from modules.core.items import Commitment, FreeText, Likert, Scored, ScoredItem, rationales_of
from modules.core.module import Check, Library, Module, walk
from modules.core.progress import progress
from modules.core.prose import plain
from modules.core.responses import Chosen
from modules.core.sitting import current
from modules.records.records import Records
from tests.browser.standing import response_to
from tests.cards import Cards, fields_of
from tests.routes.site import MODULE, SECRET, client, shipped


class At:
    """A learner of the shipped module, or of a change of it, moved on without a screen."""

    def __init__(self, records: Records, module: Module | None = None) -> None:
        self.records, self.module, self.learner = records, module or shipped().modules[MODULE], new_learner()
        acknowledge(records, self.learner, self.module, profession="Physician", country="AT", now=self.now())
        library = Library(modules={MODULE: self.module}, evidence=shipped().evidence)
        self.site = client(records, library)

    def now(self) -> datetime:
        return datetime.now(UTC)

    def cards(self, where: str) -> Cards:
        tab = Cards(MODULE, where, f"{COOKIE}={seal(self.learner, SECRET)}", client=self.site)
        tab.open()
        return tab

    def changed(self, module: Module) -> None:
        """The author saves the module while the learner is at it."""
        self.module = module
        self.site = client(self.records, Library(modules={MODULE: module}, evidence=shipped().evidence))

    def item(self, quiz: str, item: str) -> ScoredItem:
        found = self.module.quizzes[quiz].item(item)
        assert isinstance(found, Scored)
        return found

    def right(self, tab: Cards, *, right: bool = True) -> dict[str, list[str]]:
        quiz, item = tab.form.place
        return fields_of(response_to(self.module.quizzes[quiz], self.item(quiz, item), right=right))

    def sit(self, role: str, *, wrong: int = 0) -> Cards:
        """Answers every question and stops at the look over them."""
        tab = self.cards(role)
        tab.send("begin")
        number = 0
        while "place" in tab.form.hidden:
            number += 1
            tab.send("next", **self.right(tab, right=number > wrong))
            assert tab.status == 200, tab.error
        return tab

    def learnt(self) -> At:
        self.sit("pre").send("send")
        for lesson in self.module.lessons:
            open_lesson(self.records, self.learner, self.module, lesson.id, now=self.now())
            finish_lesson(self.records, self.learner, self.module, lesson.id, now=self.now())
        return self

    @property
    def answers(self) -> list[ItemAnswered]:
        return [e for e in self.records.events(self.learner, MODULE) if isinstance(e, ItemAnswered)]


@pytest.fixture
def at(records: Records) -> At:
    return At(records)


def conducted(**stated: object) -> Module:
    module = shipped().modules[MODULE]
    front = module.front.model_copy(update={"conduct": Conduct.model_validate(stated)})
    return replace(module, front=front)


def reasons(item: ScoredItem) -> int:
    """How many rationales it has; the harms an option would do are not counted."""
    return sum(at[-1] == "rationale" for at in rationales_of(item))


def test_a_test_is_answered_looked_over_and_sent_in_once(at: At) -> None:
    tab = at.cards("pre")
    assert "8 questions" in tab.form.text
    tab.send("begin")
    assert "Question 1 of 8" in tab.form.text
    assert "back" not in tab.form.buttons
    tab = at.sit("pre")
    assert at.answers == []
    assert "Every question has an answer." in tab.form.text
    tab.send("send")
    assert "Your starting point is recorded" in tab.form.text
    assert [a.score for a in at.answers] == [1.0] * 8
    assert {a.seconds for a in at.answers} == {2.5}
    tab.send("onward")
    assert tab.done == "onward"
    assert len(at.answers) == 8


def test_a_question_can_be_flagged_left_open_and_found_again_in_the_look_over_them(at: At) -> None:
    tab = at.cards("pre")
    tab.send("begin")
    tab.send("next", flag=["1"])
    tab.send("review", **at.right(tab))
    assert "Question 1 not answered, flagged" in tab.form.text
    assert "Question 2 answered" in tab.form.text
    assert "Questions 1, 3, 4, 5, 6, 7 and 8 have no answer yet." in tab.form.text
    tab.send("send")
    assert (tab.status, at.answers) == (409, [])
    assert "questions 1, 3, 4, 5, 6, 7 and 8 still need an answer" in tab.error
    tab.send("go-1")
    assert "Question 1 of 8" in tab.form.text
    assert tab.form.given["flag"] == ["1"]


def test_a_draft_is_back_after_a_reload_and_counts_nothing_until_sent(at: At) -> None:
    tab = at.cards("pre")
    tab.send("begin")
    tab.send("next", **at.right(tab))
    chosen = at.right(tab, right=False) | {"confidence": ["3"]}
    tab.send("draft", **chosen)
    assert (tab.status, at.answers) == (200, [])
    again = at.cards("pre")
    assert "Question 2 of 8" in again.form.text
    assert {k: again.form.given[k] for k in chosen} == chosen


def test_a_double_click_and_a_second_tab_leave_one_response_each(at: At) -> None:
    tab, other = at.sit("pre"), at.cards("pre")
    tab.send("send")
    first = at.answers
    for late in (tab, other):
        late.form = other.form
        late.send("send")
        assert "Your starting point is recorded" in late.form.text
    assert at.answers == first


def test_a_question_sent_from_a_tab_that_was_overtaken_says_so(at: At) -> None:
    late = at.cards("pre")
    late.send("begin")
    at.sit("pre").send("send")
    before = at.answers
    late.send("next", **fields_of(Chosen(options=("nothing",))))
    assert late.status == 409
    assert "sent in already" in late.error
    assert at.answers == before


def test_a_stale_version_gets_the_new_card_with_what_was_given(at: At) -> None:
    tab = at.cards("pre")
    tab.send("begin")
    at.changed(replace(at.module, digest="e" * 64))
    tab.client = at.site
    chosen = at.right(tab)
    tab.send("next", **chosen)
    assert tab.status == 409
    assert "has been revised" in tab.error
    assert {k: tab.form.given[k] for k in chosen} == chosen
    tab.send("next")
    assert "Question 2 of 8" in tab.form.text


def test_without_going_back_each_question_is_answered_before_the_next(records: Records) -> None:
    at = At(records, conducted(back=False))
    tab = at.cards("pre")
    tab.send("begin")
    assert tab.form.buttons == ["next"]
    tab.send("next")
    assert tab.status == 422
    tab.send("next", **at.right(tab))
    assert "Question 2 of 8" in tab.form.text
    for way in ("back", "go-1", "review"):
        tab.send(way)
        assert (tab.status, tab.error) == (422, "This test does not go back to an earlier question.")


def test_where_rationales_show_at_once_each_answer_stands_and_is_explained(records: Records) -> None:
    at = At(records, conducted(rationales="at-once")).learnt()
    tab = at.cards("post")
    tab.send("begin")
    while "answer" in tab.form.buttons:
        quiz, item = tab.form.place
        tab.send("answer", **at.right(tab))
        assert "Correct" in tab.form.text
        assert tab.html.count("lm-rationale") == reasons(at.item(quiz, item))
        assert [a.item for a in at.answers if a.role == "post"][-1] == item
        tab.send("result")
    assert "Passed: 8 of 8 correct, 6 needed" in tab.form.text


def test_the_rule_is_told_first_and_the_result_explains_what_was_missed_first(at: At) -> None:
    at.learnt()
    assert "To pass: 6 of 8 needed" in at.cards("post").form.text
    tab = at.sit("post", wrong=2)
    tab.send("send")
    assert "Passed: 6 of 8 correct, 6 needed" in tab.form.text
    told = tab.form.text
    assert told.index("Not quite") < told.index("✓ Correct")
    given = [a for a in at.answers if a.role == "post"]
    rationales = sum(reasons(at.item(a.quiz, a.item)) for a in given)
    assert tab.html.count('class="lm-rationale"') == rationales
    assert tab.html.count("Take me to where this is taught") == 8
    assert "back=post" in tab.html


def test_each_retry_asks_the_next_clones_of_what_was_missed_until_none_are_left(at: At) -> None:
    at.learnt()
    tab = at.sit("post", wrong=8)
    tab.send("send")
    assert "Not passed yet: 0 of 8 correct, 6 needed" in tab.form.text
    met = {a.item for a in at.answers}
    for reserve in at.module.front.reserve:
        tab.send("retry")
        while "place" in tab.form.hidden:
            quiz, item = tab.form.place
            assert (quiz, item in met) == (reserve, False)
            tab.send("next", **at.right(tab, right=False))
        tab.send("send")
        met = {a.item for a in at.answers}
    assert "No further questions are left on what you missed." in tab.form.text
    assert "retry" not in tab.form.buttons
    assert [c.attempt for c in progress(at.records.events(at.learner, MODULE)).attempts("post")] == [1, 2, 3]


def test_rationales_wait_for_the_pass_where_the_rule_says_so(records: Records) -> None:
    at = At(records, conducted(rationales="after-passing")).learnt()
    tab = at.sit("post", wrong=8)
    tab.send("send")
    assert "lm-rationale" not in tab.html
    assert "explained once you have passed" in tab.form.text
    assert "Take me to where this is taught" in tab.html


def test_a_check_gives_a_hint_and_then_everything(at: At) -> None:
    at.sit("pre").send("send")
    block = next(b for x in at.module.lessons for b in walk(x.blocks) if isinstance(b, Check) and _has_options(at, b))
    item = at.item(block.quiz, block.item)
    tab = at.cards(f"check/{block.quiz}/{block.item}")
    quiz = at.module.quizzes[block.quiz]
    wrong = fields_of(response_to(quiz, item, right=False))
    tab.send("answer", **wrong)
    assert "Not quite" in tab.form.text
    assert "Right answer" not in tab.form.text
    tab.send("again")
    tab.send("answer", **wrong)
    assert "Right answer" in tab.form.text
    assert tab.html.count('class="lm-rationale"') == reasons(item)
    assert [a.attempt for a in at.answers if a.role == "check"] == [1, 2]


def _has_options(at: At, block: Check) -> bool:
    return at.item(block.quiz, block.item).type == "single-best"


def test_two_tabs_at_a_check_keep_the_first_answer(at: At) -> None:
    at.sit("pre").send("send")
    block = next(b for x in at.module.lessons for b in walk(x.blocks) if isinstance(b, Check) and _has_options(at, b))
    quiz, item = at.module.quizzes[block.quiz], at.item(block.quiz, block.item)
    one, two = (at.cards(f"check/{block.quiz}/{block.item}") for _ in range(2))
    one.send("answer", **fields_of(response_to(quiz, item)))
    two.send("answer", **fields_of(response_to(quiz, item, right=False)))
    assert "Correct" in two.form.text
    assert len([a for a in at.answers if a.role == "check"]) == 1


def test_an_evaluation_is_kept_as_it_is_given_and_names_what_it_still_needs(at: At) -> None:
    at.learnt()
    at.sit("post").send("send")
    tab, quiz = at.cards("evaluation"), at.module.quizzes[at.module.front.evaluation]
    given: dict[str, list[str]] = {}
    for number, item in enumerate(quiz.items, 1):
        given |= fields_of(response_to(quiz, item), prefix=f"q{number}-")
    first = next(n for n, i in enumerate(quiz.items, 1) if isinstance(i, Likert))
    one = {k: v for k, v in given.items() if k.startswith(f"q{first}-")}
    tab.send("draft", **one)
    assert len(drafts_of(at.records, at.learner, at.module, "evaluation")) == 1
    tab.send("send", **one)
    assert tab.status == 422
    assert "still need an answer" in tab.error
    again = at.cards("evaluation")
    assert again.form.given[f"q{first}-answer"] == ["4"]
    again.send("send", **given)
    assert "Your evaluation is recorded" in again.form.text
    assert standing(at.records, at.learner, at.module).attempts("evaluation")


def test_what_is_written_freely_never_becomes_markup(at: At) -> None:
    """As a draft, after a refusal, and when the evaluation is opened again."""
    at.learnt()
    at.sit("post").send("send")
    tab, quiz = at.cards("evaluation"), at.module.quizzes[at.module.front.evaluation]
    written = "</textarea><script>alert(1)</script><img src=x onerror=alert(1)>\"'>"
    typed = [f"q{n}-answer" for n, item in enumerate(quiz.items, 1) if isinstance(item, FreeText | Commitment)]
    assert len(typed) >= 2
    for send in ("draft", "send"):
        tab.send(send, **{name: [written] for name in typed})
        for card in (tab, at.cards("evaluation")):
            assert "<script" not in card.html
            assert "<img src=x" not in card.html
    kept = at.cards("evaluation").form
    in_inputs = [name for name in typed if written in kept.offered[name]]
    assert len(in_inputs) + kept.text.count(written) == len(typed)


def test_nothing_of_the_key_is_sent_with_a_question_that_waits(at: At) -> None:
    at.learnt()
    for role in ("post", "evaluation"):
        at.cards(role)
    tab = at.cards("post")
    tab.send("begin")
    sent = [tab.html]
    while "place" in tab.form.hidden:
        quiz, item_id = tab.form.place
        tab.send("draft", **at.right(tab))
        sent.append(tab.html)
        tab.send("next")
        sent.append(tab.html)
        _tells_nothing(sent, at, (quiz, item_id))
    mine = standing(at.records, at.learner, at.module)
    assert len(current(at.module, at.learner, mine, "post").slots) == 8


def _tells_nothing(sent: list[str], at: At, place: tuple[str, str]) -> None:
    quiz, item = at.module.quizzes[place[0]], at.item(*place)
    for text in rationales_of(item).values():
        beginning = json.dumps(plain(quiz.rich(text))[:40])[1:-1]
        assert not [html for html in sent if beginning in html]
    for word in ("correct", "rationale", "misconception", "unsafe", "lm-option-right"):
        assert not [html for html in sent if word in html], word


NOWHERE = (
    "",
    "nowhere",
    "pre/x",
    "check",
    "check/none/none",
    f"check/{MODULE}/form-a/fa-ish-review",
    f"case/{MODULE}/checks/none",
)


@pytest.mark.parametrize("where", NOWHERE)
def test_an_unknown_address_holds_no_questions(at: At, where: str) -> None:
    at.sit("pre").send("send")
    tab = at.cards(where)
    assert tab.status == 404


def test_what_is_not_open_yet_says_why(at: At) -> None:
    assert "Answer the pre-test first" in at.cards("post").form.text
    at.sit("pre").send("send")
    assert "Finish every lesson first" in at.cards("post").form.text
    for role in ("practice", "review", "evaluation"):
        assert "Pass the post-test first" in at.cards(role).form.text


def test_practice_and_review_do_not_touch_the_score(at: At) -> None:
    at.learnt()
    at.sit("post", wrong=1).send("send")
    passed = standing(at.records, at.learner, at.module).passed
    tab = at.cards("practice")
    tab.send("answer", **at.right(tab, right=False))
    assert "Not quite" in tab.form.text
    assert "Take me to where this is taught" in tab.form.text
    tab.send("next")
    assert "answer" in tab.form.buttons
    assert standing(at.records, at.learner, at.module).passed == passed


def test_the_journal_and_the_card_agree_when_the_answer_came_another_way(at: At) -> None:
    """A test that keeps drafts shows an item answered elsewhere as answered."""
    here = current(at.module, at.learner, standing(at.records, at.learner, at.module), "pre")
    slot = here.slots[0]
    given = response_to(at.module.quizzes[slot.quiz], at.item(slot.quiz, slot.item))
    address = Address("pre", slot.quiz, 1, slot.item)
    answer_item(at.records, at.learner, at.module, address, response=given, now=at.now())
    tab = at.cards("pre")
    tab.send("review")
    assert "Question 1 answered" in tab.form.text
