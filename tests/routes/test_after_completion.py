"""Cards after completion: reviews that have come due, practice, and the follow-up; none of them moves a score."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from modules.actions.identity import COOKIE, seal
from modules.core.events import CreditClaimed, ItemAnswered, event_id
from modules.core.items import CommitmentReview, Likert, Quiz, QuizFile, texts_of
from modules.core.module import Library, Module
from modules.core.progress import progress
from modules.core.prose import Words
from modules.core.responses import Committed
from modules.records.records import Records
from tests.actions.finished import bank, passed
from tests.builders import evidence
from tests.cards import Cards
from tests.routes.site import SECRET, client

LEARNER = "c" * 32


def spoken() -> Module:
    """The bank with a follow-up, its texts parsed."""
    built = bank()
    items = (
        CommitmentReview(id="done", type="commitment-review", stem="How far has it gone?"),
        Likert(id="held", type="likert", stem="It still holds"),
    )
    after = Quiz(QuizFile(id="harbour/after", roles=("follow-up",), items=items))
    quizzes = {name: _spoken(quiz) for name, quiz in {**built.quizzes, after.id: after}.items()}
    return replace(built, front=built.front.model_copy(update={"follow_up": after.id}), quizzes=quizzes)


def _spoken(quiz: Quiz) -> Quiz:
    return replace(quiz, prose={text: (Words(text),) for item in quiz.items for text in texts_of(item)})


def completed(records: Records, days: int, promise: str = "look twice before I sail") -> Module:
    """Passed so many days ago, with one commitment made."""
    built = spoken()
    at = datetime.now(UTC) - timedelta(days=days, hours=2)
    promised = {
        "id": event_id(LEARNER, built.id, "answer", "harbour/evaluation", 1, "wish"),
        "learner": LEARNER, "module": built.id, "module_version": built.digest, "at": at + timedelta(hours=1),
        "role": "evaluation", "quiz": "harbour/evaluation", "attempt": 1, "item": "wish",
        "response": Committed(statements=(promise,)), "score": None,
    }  # fmt: skip
    records.append([*passed(built, LEARNER, wrong="two", at=at), ItemAnswered.model_validate(promised)])
    return built


def cards(records: Records, built: Module, where: str) -> Cards:
    site = client(records, Library(modules={built.id: built}, evidence=evidence()))
    tab = Cards(built.id, where, f"{COOKIE}={seal(LEARNER, SECRET)}", client=site)
    tab.open()
    return tab


def answers(records: Records, role: str) -> list[ItemAnswered]:
    events = records.events(LEARNER, "harbour")
    return [e for e in events if isinstance(e, ItemAnswered) and e.role == role]


def score(records: Records) -> object:
    mine = progress(records.events(LEARNER, "harbour"))
    return mine.attempts("pre"), mine.attempts("post"), mine.passed


def test_a_review_is_not_due_before_its_day(records: Records) -> None:
    tab = cards(records, completed(records, 7), "review")
    assert "No question is due for review now." in tab.html


def test_what_is_due_is_asked_by_clones_one_at_a_time_with_the_verdict_at_once(records: Records) -> None:
    built = completed(records, 9)
    before = score(records)
    tab = cards(records, built, "review")
    for left in (3, 2, 1):
        assert f"Review: {left} due" in tab.form.text
        assert "Because" not in tab.html
        assert tab.form.place[0] == "harbour/form-c"
        tab.send("answer", answer=["a"])
        assert "Correct" in tab.form.text
        assert "Because a." in tab.html
        tab.send("next")
    assert "No question is due for review now." in tab.html
    assert len(answers(records, "review")) == 3
    assert score(records) == before


def test_practice_begins_with_what_was_missed_and_moves_no_score(records: Records) -> None:
    built = completed(records, 1)
    before = score(records)
    tab = cards(records, built, "practice")
    quiz, item = tab.form.place
    found = built.quizzes[quiz].item(item)
    assert found is not None
    assert found.clone == "two"  # type: ignore[union-attr]
    tab.send("answer", answer=["b"])
    assert "Not quite" in tab.form.text
    assert [a.score for a in answers(records, "practice")] == [0]
    assert score(records) == before


def test_the_follow_up_opens_after_sixty_days_and_asks_for_each_commitment(records: Records) -> None:
    early = cards(records, completed(records, 30), "follow-up")
    assert "The follow-up opens on" in early.html


def test_the_follow_up_is_sent_in_once(records: Records) -> None:
    built = completed(records, 61)
    tab = cards(records, built, "follow-up")
    assert "look twice before I sail" in tab.html
    fields = {name: ["full" if "full" in values else "4"] for name, values in tab.form.offered.items()}
    tab.send("send", **fields)
    assert "Your follow-up is recorded." in tab.html
    assert {a.item for a in answers(records, "follow-up")} == {"done", "held"}
    tab.send("send", **fields)
    assert len(answers(records, "follow-up")) == 2
    assert not any(isinstance(e, CreditClaimed) for e in records.events(LEARNER, "harbour"))


def test_what_was_promised_is_asked_about_as_text(records: Records) -> None:
    tab = cards(records, completed(records, 61, "<script>alert(1)</script><img src=x>"), "follow-up")
    assert "<script>alert(1)" in tab.form.text
    assert "<script" not in tab.html
    assert "<img src=x" not in tab.html


def test_a_late_follow_up_is_taken_and_said_to_be_late(records: Records) -> None:
    assert "was due by" in cards(records, completed(records, 120), "follow-up").html
