"""What a live session asks, and the words that it does not show."""

from pathlib import Path

import pytest

from modules.actions.house import ROOT
from modules.actions.live.blocked import FILE, blocked, blocked_words
from modules.actions.live.plan import offered, usual_plan, with_poll
from modules.core.live import ItemPoll, OpinionPoll, PredictPoll, pairs
from tests.load.seeding import shipped

MODULE = shipped()
RUDE = blocked_words(ROOT / "assets")


def test_no_item_of_a_scored_form_is_ever_asked_live() -> None:
    """Who meets one in the hall would know it in the post-test."""
    scored = {*MODULE.front.forms.values(), *MODULE.front.reserve}
    items = [one for lesson in MODULE.lessons for one in offered(lesson, MODULE)]
    plan = usual_plan(MODULE, once=items)
    asked = [p.poll for p in plan.polls if isinstance(p.poll, ItemPoll)]
    assert asked
    assert not [poll for poll in asked if poll.quiz in scored]


def test_the_usual_plan_pairs_each_lessons_first_check_around_it() -> None:
    plan = usual_plan(MODULE)
    firsts = [offered(lesson, MODULE)[:1] for lesson in MODULE.lessons]
    assert [(b.poll.quiz, b.poll.item) for b, _ in pairs(plan)] == [one for first in firsts for one in first]  # type: ignore[union-attr]
    assert any(isinstance(p.poll, PredictPoll) for p in plan.polls)
    for before, after in pairs(plan):
        assert plan.polls.index(before) < plan.polls.index(after)


def test_what_is_taken_out_is_not_replaced_by_the_next() -> None:
    lesson = next(one for one in MODULE.lessons if len(offered(one, MODULE)) > 1)
    first, second = offered(lesson, MODULE)[:2]
    left = usual_plan(MODULE, [lesson.id], without=[first])
    assert not [p for p in left.polls if isinstance(p.poll, ItemPoll)]
    once = usual_plan(MODULE, [lesson.id], once=[second])
    moments = {(p.poll.quiz, p.poll.item): p.poll.moment for p in once.polls if isinstance(p.poll, ItemPoll)}
    assert moments == {first: "after", second: "once"}


def test_ids_of_polls_that_were_there_stay() -> None:
    plan = usual_plan(MODULE, [MODULE.lessons[1].id])
    more = with_poll(plan, OpinionPoll(ask="Would you?", options=("Yes", "No")))
    assert more.polls[:-1] == plan.polls
    assert more.polls[-1].id not in {p.id for p in plan.polls}


@pytest.mark.parametrize("text", ["shit", "Holy SHIT!", "sh1t", "s h i t", "s-h-i-t", "5hit happens", "a$$"])
def test_rude_words_are_known_in_disguise(text: str) -> None:
    assert blocked(text, RUDE)


@pytest.mark.parametrize("text", ["assessment", "Scunthorpe", "cocktail of drugs", "time", "", "40.8 months", "HER2"])
def test_a_word_is_not_rude_for_a_part_of_it(text: str) -> None:
    assert not blocked(text, RUDE)


def test_a_site_adds_its_own_words(tmp_path: Path) -> None:
    assert blocked_words(tmp_path) == frozenset()
    (tmp_path / FILE).write_text("# names\nBlorbo\n\n", encoding="utf-8")
    assert blocked("blorbo is here", blocked_words(ROOT / "assets", tmp_path))
    assert not blocked("blorbo is here", RUDE)
