"""A test kept as drafts and sent in at once: what is taken, what is refused, and that nothing is half written."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from modules.actions.attempts import lateness
from modules.actions.learn import answer_item
from modules.actions.sittings import drafts_of, keep, send
from modules.core.errors import Incomplete, NotAllowed, RecordsUnavailable
from modules.core.events import AttemptClosed, Event, ItemAnswered
from modules.core.grading import Chosen, Written
from modules.core.responses import Draft
from modules.core.sitting import may_explain
from modules.records.engine import make_engine
from modules.records.records import Desk, Records
from tests.actions.journey import RIGHT, Walk
from tests.builders import conducted, followed_up, minutes, module

NOW = minutes(999)


def journal(walk: Walk) -> tuple[Event, ...]:
    return walk.records.events(walk.learner, "harbour")


def at_post(records: Records, **conduct: object) -> Walk:
    return Walk(records, built=conducted(module(), **conduct)).begin().sit("pre").learn()


def test_a_test_is_drafted_and_sent_in_with_its_confidence_and_time(records: Records) -> None:
    walk = Walk(records).begin().draft("pre", wrong=("two",))
    first = walk.sitting("pre").slots[0]
    walk.keep("pre", first, Draft(response=RIGHT[first.family], confidence=3, flagged=True, seconds=12.5))
    assert [e.type for e in journal(walk)] == ["front-matter-acknowledged"]
    assert set(drafts_of(records, "ann", walk.module, "pre")) == {s.place for s in walk.sitting("pre").slots}
    closed = walk.send("pre")
    assert (closed.role, closed.attempt, closed.asked, closed.needed) == ("pre", 1, 3, None)
    assert closed.correct == (3 if first.family == "two" else 2)
    answers = [e for e in journal(walk) if isinstance(e, ItemAnswered)]
    assert {(e.at, e.attempt, e.role) for e in answers} == {(closed.at, 1, "pre")}
    told = {e.item: (e.confidence, e.seconds) for e in answers}
    assert told.pop(first.item) == (3, 12.5)
    assert set(told.values()) == {(None, None)}
    assert walk.standing().attempts("pre") == (closed,)
    assert drafts_of(records, "ann", walk.module, "pre") == {}
    assert records.drafts(Desk("ann", "harbour", "pre/1")) == {}


def test_the_newest_draft_of_an_item_stands_whichever_tab_it_came_from(sqlite_records: Records) -> None:
    walk = Walk(sqlite_records).begin().draft("pre", wrong=("one", "two", "three")).draft("pre")
    assert walk.send("pre").correct == 3


def test_a_response_begun_is_kept_with_its_flag_and_counts_as_no_answer(sqlite_records: Records) -> None:
    walk = Walk(sqlite_records).begin().draft("pre")
    slots = walk.sitting("pre").slots
    walk.keep("pre", slots[1], Draft(flagged=True))
    assert drafts_of(sqlite_records, "ann", walk.module, "pre")[slots[1].place] == Draft(flagged=True)
    with pytest.raises(Incomplete, match=r"^Nothing was sent yet: question 2 still needs an answer\.$") as caught:
        walk.send("pre")
    assert caught.value.numbers == (2,)
    walk.keep("pre", slots[0], Draft())
    with pytest.raises(Incomplete, match="questions 1 and 2 still need"):
        walk.send("pre")
    walk.keep("pre", slots[2], Draft())
    with pytest.raises(Incomplete, match="questions 1, 2 and 3 still need"):
        walk.send("pre")
    assert len(journal(walk)) == 1


def test_a_draft_that_no_longer_fits_its_item_counts_as_no_answer(sqlite_records: Records) -> None:
    walk = Walk(sqlite_records).begin().draft("pre")
    here = walk.sitting("pre")
    quiz = walk.module.quizzes[here.quiz]
    items = tuple(
        i.model_copy(update={"options": i.options[1:]}) if i.id == "one" and i.type == "single-best" else i
        for i in quiz.items
    )
    changed = replace(quiz, file=quiz.file.model_copy(update={"items": items}))
    walk.module = replace(walk.module, quizzes=walk.module.quizzes | {quiz.id: changed}, digest="e" * 64)
    number = [s.item for s in here.slots].index("one") + 1
    with pytest.raises(Incomplete) as caught:
        walk.send("pre")
    assert caught.value.numbers == (number,)


def test_a_response_that_does_not_fit_is_not_kept(sqlite_records: Records) -> None:
    walk = Walk(sqlite_records).begin()
    slot = next(s for s in walk.sitting("pre").slots if s.family == "three")
    with pytest.raises(NotAllowed, match="Type a number, in months"):
        walk.keep("pre", slot, Draft(response=Written(text="ten")))
    assert drafts_of(sqlite_records, "ann", walk.module, "pre") == {}


def test_sending_twice_is_sending_once(records: Records) -> None:
    walk = at_post(records).draft("post", wrong=("one", "two"))
    with ThreadPoolExecutor(4) as tabs:
        sent = list(tabs.map(lambda _: walk.send("post", attempt=1), range(4)))
    after = journal(walk)
    assert len({e.model_dump_json() for e in sent}) == 1
    assert [e.type for e in after].count("attempt-closed") == 2
    assert walk.send("post") == sent[0], "no attempt named, nothing of the next begun"
    assert walk.send("post", attempt=1) == sent[0]
    assert journal(walk) == after


def test_a_late_tab_never_sends_in_the_next_attempt(sqlite_records: Records) -> None:
    walk = at_post(sqlite_records).sit("post", wrong=("one", "two")).draft("post")
    assert walk.send("post", attempt=1).attempt == 1
    assert walk.standing().passed is None
    with pytest.raises(NotAllowed, match="not open any more"):
        walk.send("post", attempt=3)
    assert walk.send("post", attempt=2).passed


def test_a_draft_after_the_test_was_sent_in_is_refused_and_changes_nothing(sqlite_records: Records) -> None:
    walk = Walk(sqlite_records).begin()
    pre = walk.sitting("pre").slots[0]
    walk.sit("pre")
    with pytest.raises(NotAllowed, match="You have answered this already"):
        walk.keep("pre", pre, Draft(response=RIGHT[pre.family]))
    walk.learn()
    post = walk.sitting("post").slots[0]
    walk.sit("post", wrong=("one", "two"))
    with pytest.raises(NotAllowed, match="not open any more"):
        walk.keep("post", post, Draft(response=RIGHT[post.family]))
    later = walk.sitting("post").slots[0]
    walk.sit("post")
    with pytest.raises(NotAllowed, match="You have passed the post-test"):
        walk.keep("post", later, Draft(response=RIGHT[later.family]))
    assert not any(sqlite_records.drafts(Desk("ann", "harbour", s)) for s in ("pre/1", "post/1", "post/2", "post/3"))


@pytest.mark.parametrize("learner", [f"learner-{n}" for n in range(6)])
def test_a_draft_and_a_send_at_once_lose_neither(learner: str, records: Records) -> None:
    """Either the late draft is what was sent in, or it is refused; it is never accepted and dropped."""
    walk = Walk(records, learner).begin().draft("pre", wrong=("one",))
    slot = next(s for s in walk.sitting("pre").slots if s.family == "one")

    def late(_: object) -> bool:
        try:
            walk.keep("pre", slot, Draft(response=RIGHT["one"]))
        except NotAllowed:
            return False
        return True

    with ThreadPoolExecutor(2) as tabs:
        accepted, sent = tabs.submit(late, None), tabs.submit(walk.send, "pre")
        assert sent.result().correct == (3 if accepted.result() else 2)


def test_a_retry_asks_clones_of_what_was_missed_and_counts_families(sqlite_records: Records) -> None:
    walk = at_post(sqlite_records)
    own = walk.sitting("post").quiz
    first = walk.draft("post", wrong=("one", "two")).send("post")
    assert (first.correct, first.asked, first.needed, first.passed) == (1, 3, 2, False)
    here = walk.sitting("post")
    assert {s.place for s in here.slots} == {"harbour/form-c#one-c", "harbour/form-c#two-c"}
    second = walk.draft("post", wrong=("one", "two")).send("post")
    assert (second.attempt, second.correct, second.asked, second.quiz) == (2, 1, 3, own)
    third = walk.draft("post", wrong=("two",)).send("post")
    assert (third.attempt, third.correct, third.passed) == (3, 2, True)
    assert {s.place for s in walk.sitting("post", 2).slots} == {s.place for s in here.slots}, "what was asked is told"


def test_a_learner_who_has_used_the_bank_is_told_whom_to_write_to(sqlite_records: Records) -> None:
    walk = at_post(sqlite_records)
    for _ in range(3):
        walk.sit("post", wrong=("one", "two"))
    slot = walk.sitting("post", 3).slots[0]
    for act in (lambda: walk.send("post", attempt=4), lambda: walk.keep("post", slot, Draft())):
        with pytest.raises(NotAllowed, match=r"No further questions are left.*harbour@example\.org"):
            act()
    assert walk.send("post").attempt == 3


@pytest.mark.parametrize(("attempts", "used"), [(1, "your one attempt"), (2, "all 2 attempts")])
def test_attempts_that_are_used_up_are_told_in_a_sentence(attempts: int, used: str, sqlite_records: Records) -> None:
    walk = at_post(sqlite_records, attempts=attempts)
    for _ in range(attempts):
        walk.sit("post", wrong=("one", "two"))
    slot = walk.sitting("post").slots[0]
    with pytest.raises(
        NotAllowed, match=rf"You have used {used} at the post-test\. Who can help: harbour@example\.org"
    ):
        walk.keep("post", slot, Draft(response=RIGHT[slot.family]))


def test_the_next_attempt_opens_after_the_delay_and_the_sentence_says_when(sqlite_records: Records) -> None:
    walk = at_post(sqlite_records, delay_hours=24)
    failed = walk.draft("post", wrong=("one", "two")).send("post")
    place = walk.sitting("post").slots[0].place

    def early(late: timedelta) -> None:
        keep(sqlite_records, "ann", walk.module, "post", place=place, draft=Draft(), now=failed.at + late)

    with pytest.raises(NotAllowed, match=r"^The next attempt opens on 2 March 2026 at 12:\d\d UTC\.$"):
        early(timedelta(hours=24) - timedelta(seconds=1))
    early(timedelta(hours=24))


@pytest.mark.parametrize(
    ("prepare", "says"),
    [
        (lambda walk: walk, "First read the page of information"),
        (lambda walk: walk.begin(), "Answer the pre-test first"),
        (lambda walk: walk.begin().sit("pre"), "Finish every lesson first; 2 of 2"),
    ],
)
def test_a_test_waits_for_what_comes_before_it(
    prepare: Callable[[Walk], Walk], says: str, sqlite_records: Records
) -> None:
    walk = prepare(Walk(sqlite_records))
    slot = walk.sitting("post").slots[0]
    with pytest.raises(NotAllowed, match=says):
        walk.keep("post", slot, Draft())
    with pytest.raises(NotAllowed, match=says):
        walk.send("post", attempt=1)
    with pytest.raises(NotAllowed):
        walk.send("evaluation")


def test_only_items_of_the_sitting_are_kept(sqlite_records: Records) -> None:
    walk = Walk(sqlite_records).begin()
    for place in ("harbour/checks#look", "harbour/form-c#one-c", "nothing"):
        with pytest.raises(NotAllowed, match="not open any more"):
            keep(sqlite_records, "ann", walk.module, "pre", place=place, draft=Draft(), now=NOW)


def test_an_item_that_may_be_left_empty_is_sent_as_empty(sqlite_records: Records) -> None:
    walk = Walk(sqlite_records).begin().sit("pre").learn().sit("post")
    useful, wish = walk.sitting("evaluation").slots
    walk.keep("evaluation", wish, Draft(flagged=True))
    with pytest.raises(Incomplete, match="question 1 still needs"):
        walk.send("evaluation")
    walk.keep("evaluation", useful, Draft(response=RIGHT["useful"]))
    assert (walk.send("evaluation").correct, walk.send("evaluation").asked) == (0, 0)
    answer = walk.standing().answer("harbour/evaluation", 1, wish.item)
    assert answer is not None
    assert (answer.response, answer.score) == (Written(text=""), None)


def test_the_follow_up_opens_after_sixty_days_and_is_late_after_ninety(sqlite_records: Records) -> None:
    walk = Walk(sqlite_records, built=followed_up(module())).finish()
    passed = walk.standing().passed
    assert passed is not None
    place, draft = "harbour/follow-up#kept", Draft(response=RIGHT["kept"])

    def after(days: float) -> AttemptClosed:
        now = passed.at + timedelta(days=days)
        keep(sqlite_records, "ann", walk.module, "follow-up", place=place, draft=draft, now=now)
        return send(sqlite_records, "ann", walk.module, "follow-up", now=now)

    with pytest.raises(NotAllowed, match=r"^The follow-up opens on 30 April 2026 at 12:\d\d UTC\.$"):
        after(59.999)
    assert lateness(walk.standing(), now=passed.at + timedelta(days=90)) is None
    late = lateness(walk.standing(), now=passed.at + timedelta(days=91))
    assert late == "This follow-up was due by 30 May 2026. Your answers still count; they are marked as late."
    assert after(400).role == "follow-up"
    with pytest.raises(NotAllowed, match="answered this already"):
        after(401)


def test_a_module_without_a_follow_up_asks_none(sqlite_records: Records) -> None:
    walk = Walk(sqlite_records).begin().sit("pre").learn()
    with pytest.raises(NotAllowed, match="Pass the post-test first"):
        walk.send("follow-up", attempt=1)
    walk.sit("post")
    with pytest.raises(NotAllowed, match="This module has no follow-up"):
        walk.send("follow-up", attempt=1)
    assert walk.sitting("follow-up").slots == ()


def test_a_test_that_explains_at_once_is_answered_into_the_journal(sqlite_records: Records) -> None:
    walk = at_post(sqlite_records, rationales="at-once")
    assert may_explain(walk.module, walk.standing(), "post", 1)
    assert not may_explain(walk.module, walk.standing(), "pre", 1)
    slots = walk.sitting("post").slots
    for slot in slots[:2]:
        given = answer_item(
            sqlite_records, "ann", walk.module, walk.address("post", slot.family),
            response=RIGHT[slot.family], now=walk.now(), confidence=2, seconds=3.5,
        )  # fmt: skip
        assert (given.score, given.confidence, given.seconds) == (1, 2, 3.5)
    with pytest.raises(NotAllowed, match="answered this question already"):
        walk.keep("post", slots[0], Draft(response=Chosen(options=("b",))))
    walk.keep("post", slots[2], Draft(response=RIGHT[slots[2].family]))
    closed = walk.send("post")
    assert (closed.correct, closed.passed) == (3, True)
    assert may_explain(walk.module, walk.standing(), "pre", 1)


def test_the_last_answer_at_once_closes_the_attempt(sqlite_records: Records) -> None:
    walk = at_post(sqlite_records, rationales="at-once")
    for slot in walk.sitting("post").slots:
        walk.answer(walk.address("post", slot.family), RIGHT[slot.family])
    assert walk.standing().passed is not None


@pytest.mark.parametrize("broken", ["INSERT INTO journal", "DELETE FROM drafts", "COMMIT"])
def test_a_send_killed_half_way_writes_nothing_and_can_be_sent_again(
    broken: str, sqlite_records: Records, sqlite_url: str
) -> None:
    """The connection is lost at a statement, after those before it were carried out."""
    walk = Walk(sqlite_records).begin().draft("pre")
    engine = make_engine(sqlite_url)

    def lose(*told: object) -> None:
        if broken == "COMMIT" or str(told[2]).startswith(broken):
            raise OperationalError(broken, None, OSError("the connection is lost"))

    event.listen(engine, "commit" if broken == "COMMIT" else "before_cursor_execute", lose)
    with pytest.raises(RecordsUnavailable, match="not saved"):
        send(Records(engine), "ann", walk.module, "pre", now=NOW)
    engine.dispose()
    assert [e.type for e in journal(walk)] == ["front-matter-acknowledged"]
    assert len(drafts_of(sqlite_records, "ann", walk.module, "pre")) == 3
    assert walk.send("pre").correct == 3
