"""Which items are asked, in which order, and that an attempt never asks twice or more than was missed."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modules.core.conduct import Conduct, Preset, Reveal
from modules.core.events import ItemAnswered, event_id
from modules.core.grading import Chosen
from modules.core.items import Likert, Quiz, QuizFile, Role
from modules.core.module import Module
from modules.core.progress import progress
from modules.core.sitting import (
    ASSESSED,
    Sitting,
    Slot,
    conduct_of,
    families,
    families_right,
    follow_up_at,
    may_explain,
    missed_families,
    next_attempt_at,
    shuffled,
    sitting,
    unanswered,
)
from tests.builders import closed, conducted, minutes, module, single

NOTHING = progress([])


def answer(role: Role, slot: Slot, attempt: int, *, right: bool) -> ItemAnswered:
    return ItemAnswered(
        id=event_id("ann", "harbour", "answer", slot.quiz, attempt, slot.item),
        learner="ann",
        module="harbour",
        module_version="d",
        at=minutes(attempt),
        role=role,
        quiz=slot.quiz,
        attempt=attempt,
        item=slot.item,
        response=Chosen(options=("a" if right else "b",)),
        score=float(right),
    )


def bank(clones: dict[str, tuple[int, int]]) -> Module:
    """For each family, how many clones the first and the second quiz in reserve hold."""
    kept = {}
    for n in range(2):
        items = [single(f"{f}-{n}-{k}", clone=f) for f, counts in clones.items() for k in range(counts[n])]
        quiz = f"harbour/reserve-{n}"
        kept[quiz] = Quiz(QuizFile(id=quiz, items=tuple(items) or (single("other"),)))
    forms = {
        f"harbour/form-{x}": Quiz(
            QuizFile(id=f"harbour/form-{x}", items=tuple(single(f"{f}-{x}", clone=f) for f in clones))
        )
        for x in "ab"
    }
    built = module()
    front = built.front.model_copy(update={"reserve": tuple(kept)})
    return replace(built, front=front, quizzes=built.quizzes | forms | kept)


banks = st.dictionaries(
    st.sampled_from(["f1", "f2", "f3", "f4"]), st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=1
)


@given(st.lists(st.text(max_size=5), unique=True), st.text())
def test_shuffling_depends_on_nothing_but_the_seed(names: list[str], seed: str) -> None:
    order = shuffled(names, seed, 1)
    assert sorted(order) == sorted(names)
    assert shuffled(reversed(names), seed, 1) == order


def test_every_process_shuffles_alike_and_seeds_differ() -> None:
    program = "from modules.core.sitting import shuffled; print(*shuffled('abcdefgh', 'ann', 'harbour', 2))"
    told = {
        subprocess.run(
            [sys.executable, "-c", program],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert told == {" ".join(shuffled("abcdefgh", "ann", "harbour", 2)) + "\n"}
    assert len({shuffled("abcdefgh", "ann", n) for n in range(50)}) > 45


@given(st.text(min_size=1))
def test_every_learner_meets_all_items_of_the_form_in_an_order_that_stays(learner: str) -> None:
    built = module()
    for role in ("pre", "post"):
        here = sitting(built, learner, NOTHING, role, attempt=1)
        assert {s.item for s in here.slots} == {"one", "two", "three"}
        assert sitting(built, learner, NOTHING, role, attempt=1) == here
        fixed = sitting(conducted(built, shuffle_items=False), learner, NOTHING, role, attempt=1)
        assert [s.item for s in fixed.slots] == ["one", "two", "three"]


def test_learners_meet_the_items_in_different_orders() -> None:
    built = module()
    orders = {tuple(s.item for s in sitting(built, f"l-{n}", NOTHING, "pre", attempt=1).slots) for n in range(60)}
    assert len(orders) == 6


@given(banks, st.data())
def test_no_item_is_met_twice_and_a_retry_asks_only_what_was_missed(
    clones: dict[str, tuple[int, int]], data: st.DataObject
) -> None:
    built = bank(clones)
    pre = sitting(built, "ann", NOTHING, "pre", attempt=1)
    events = [answer("pre", s, 1, right=data.draw(st.booleans())) for s in pre.slots]
    met, missed = [s.place for s in pre.slots], set(clones)
    seen: list[Sitting] = []
    for attempt in range(1, 7):
        here = sitting(built, "ann", progress(events), "post", attempt=attempt)
        left = {f: sum(clones[f]) - (attempt - 2) for f in missed}
        if attempt > 1 and (not missed or min(left.values()) < 1):
            assert here.slots == ()
            break
        assert {s.family for s in here.slots} == missed
        assert len(here.slots) == len(missed)
        right = {f for f in sorted(missed) if data.draw(st.booleans())}
        events += [answer("post", s, attempt, right=s.family in right) for s in here.slots]
        met += [s.place for s in here.slots]
        missed -= right
        seen.append(here)
        assert families_right(built, "ann", progress(events), attempt) == len(clones) - len(missed)
    assert len(met) == len(set(met))
    # Practised later, and looked at again, an attempt still says what it asked.
    practised = [answer("practice", s, 9, right=True) for s in (*pre.slots, *(s for x in seen for s in x.slots))]
    others = [
        answer("review", Slot(q, i.id, ""), 1, right=True) for q in built.front.reserve for i in built.quizzes[q].items
    ]
    met_then = {(e.quiz, e.attempt, e.item) for e in events}
    events += [e for e in (*practised, *others) if (e.quiz, e.attempt, e.item) not in met_then]
    for here in seen:
        again = sitting(built, "ann", progress(events), "post", attempt=here.attempt)
        assert again == here
        assert unanswered(again, progress(events)) == ()


def test_what_another_role_answered_is_no_answer_of_the_test() -> None:
    here = sitting(module(), "ann", NOTHING, "post", attempt=1)
    standing = progress([answer("check", here.slots[0], 1, right=True), answer("post", here.slots[1], 1, right=False)])
    assert unanswered(here, standing) == (here.slots[0], here.slots[2])
    assert len(missed_families(module(), "ann", standing, 2)) == 3


def test_families_are_counted_once_and_unscored_items_not_at_all() -> None:
    likert = Likert(id="useful", type="likert", stem="This was useful")
    items = (single("a", clone="x"), single("b", clone="x"), single("c"), likert)
    quizzes = {f"harbour/form-{x}": Quiz(QuizFile(id=f"harbour/form-{x}", items=items)) for x in "ab"}
    built = replace(module(), quizzes=module().quizzes | quizzes)
    assert families(built, "ann") == ("x", "c")
    assert missed_families(built, "ann", NOTHING, 5) == ("x", "c")
    assert len(sitting(built, "ann", NOTHING, "post", attempt=1).slots) == 4


def test_partial_credit_is_not_right() -> None:
    here = sitting(module(), "ann", NOTHING, "post", attempt=1)
    half = answer("post", here.slots[0], 1, right=True).model_copy(update={"score": 0.9})
    assert families_right(module(), "ann", progress([half]), 1) == 0


def test_the_front_matter_decides_before_the_preset_and_the_preset_before_the_default() -> None:
    preset = Preset(id="board", name="Board", conduct=Conduct(attempts=2, delay_hours=24), source="Its rules")
    built = replace(conducted(module(), attempts=5), preset=preset)
    found = conduct_of(built, "post")
    assert (found.attempts, found.delay_hours, found.rationales) == (5, 24, "after-attempt")
    assert (conduct_of(built, "pre").attempts, conduct_of(built, "pre").rationales) == (1, "after-passing")
    assert conduct_of(built, "check").rationales == "at-once"


FAILED = progress([closed("pre"), closed("post", correct=1)])
PASSED = progress([closed("pre"), closed("post", correct=1), closed("post", 2)])


@pytest.mark.parametrize(
    ("rationales", "role", "attempt", "allowed"),
    [
        ("at-once", "post", 1, (True, True, True)),
        ("after-attempt", "post", 1, (False, True, True)),
        ("after-attempt", "post", 2, (False, False, True)),
        ("after-passing", "post", 1, (False, False, True)),
        ("at-once", "pre", 1, (False, False, True)),
        ("after-attempt", "pre", 1, (False, False, True)),
        ("after-passing", "check", 1, (True, True, True)),
        ("at-once", "practice", 1, (False, False, True)),
        ("at-once", "review", 1, (False, False, True)),
    ],
)
def test_when_rationales_may_be_shown(
    rationales: Reveal, role: Role, attempt: int, allowed: tuple[bool, bool, bool]
) -> None:
    """For a learner with no attempt closed, with a failed one, and with a failed and a passed one."""
    built = conducted(module(), rationales=rationales)
    assert tuple(may_explain(built, who, role, attempt) for who in (NOTHING, FAILED, PASSED)) == allowed


def test_a_delay_counts_from_the_last_failed_attempt() -> None:
    assert next_attempt_at(module(), FAILED) is None
    slow = conducted(module(), delay_hours=1.5)
    assert next_attempt_at(slow, NOTHING) is None
    standing = progress([closed("post", 1, correct=0), closed("post", 2, correct=0, at=minutes(7))])
    assert next_attempt_at(slow, standing) == minutes(97)


def test_a_follow_up_is_counted_from_the_day_the_post_test_was_passed() -> None:
    assert follow_up_at(FAILED) is None
    assert follow_up_at(PASSED) == (minutes(0) + timedelta(days=60), minutes(0) + timedelta(days=90))
    assert sitting(module(), "ann", PASSED, "follow-up", attempt=1).slots == ()


def test_a_slot_is_found_by_its_place() -> None:
    for role in ASSESSED:
        here = sitting(module(), "ann", NOTHING, role, attempt=1)
        assert [here.slot(s.place) for s in here.slots] == list(here.slots)
        assert here.slot("harbour/nothing#one") is None
