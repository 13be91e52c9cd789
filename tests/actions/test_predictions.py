"""A prediction is kept once, in its range, and earns nothing."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest

from modules.actions.learn import standing
from modules.actions.predictions import Asked, predict
from modules.core.credit import requirements
from modules.core.errors import NotAllowed
from modules.core.events import event_id
from modules.core.module import Module, Predict
from modules.core.paths import find
from modules.records.records import Records
from tests.actions.journey import Walk
from tests.builders import evidence, minutes, module

ASKED = Asked("01-lamp", "lighthouse.os-final.lamp.median")


def asking() -> Module:
    """The first lesson asks for a median."""
    built = module()
    first, *others = built.lessons
    block = Predict(find(evidence(), ASKED.figure), "How long did ships last?", 0, 96, 1, first.blocks, 9)
    return replace(built, lessons=(replace(first, blocks=(block,)), *others))


def ready(records: Records) -> Walk:
    return Walk(records, built=asking()).begin().sit("pre")


def test_a_guess_is_kept_with_the_truth_shown_then_and_its_error(records: Records) -> None:
    walk = ready(records)
    made = predict(records, "ann", walk.module, ASKED, guess=40, now=minutes(9))
    assert (made.lesson, made.figure, made.unit) == ("01-lamp", "lighthouse.os-final.lamp.median", "months")
    assert (made.guess, made.truth, made.error, made.at) == (40, 56.5, -16.5, minutes(9))
    assert made.id == event_id("ann", "harbour", "prediction", "01-lamp", ASKED.figure)
    assert records.events("ann", "harbour")[-1] == made


def test_the_first_guess_stands_whatever_is_sent_later(sqlite_records: Records) -> None:
    walk = ready(sqlite_records)
    first = predict(sqlite_records, "ann", walk.module, ASKED, guess=40, now=walk.now())
    for later in (50, 400, None, float("nan")):
        assert predict(sqlite_records, "ann", walk.module, ASKED, guess=later, now=walk.now()) == first
    assert standing(sqlite_records, "ann", walk.module).prediction(ASKED.lesson, ASKED.figure) == first


def test_two_clicks_at_once_are_one_prediction(records: Records) -> None:
    walk = ready(records)

    def click(guess: int) -> float:
        return predict(records, "ann", walk.module, ASKED, guess=guess, now=minutes(60)).guess

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(click, (10, 20, 30, 40)))) == 1


@pytest.mark.parametrize("guess", [None, -0.1, 96.1, float("nan"), float("inf"), float("-inf")])
def test_a_guess_outside_the_scale_is_refused(guess: float | None, sqlite_records: Records) -> None:
    walk = ready(sqlite_records)
    before = sqlite_records.events("ann", "harbour")
    with pytest.raises(NotAllowed, match="one number from 0 to 96 months"):
        predict(sqlite_records, "ann", walk.module, ASKED, guess=guess, now=walk.now())
    assert sqlite_records.events("ann", "harbour") == before


@pytest.mark.parametrize("guess", [0, 96])
def test_the_ends_of_the_scale_may_be_guessed(guess: float, sqlite_records: Records) -> None:
    walk = ready(sqlite_records)
    assert predict(sqlite_records, "ann", walk.module, ASKED, guess=guess, now=walk.now()).guess == guess


def test_only_what_the_lesson_asks_can_be_predicted(sqlite_records: Records) -> None:
    walk = ready(sqlite_records)
    for other in (replace(ASKED, lesson="02-shore"), replace(ASKED, lesson="no"), replace(ASKED, figure="x.y")):
        with pytest.raises(NotAllowed, match="not part of the lesson"):
            predict(sqlite_records, "ann", walk.module, other, guess=40, now=walk.now())


def test_a_prediction_waits_for_the_front_matter_and_the_pre_test(sqlite_records: Records) -> None:
    walk = Walk(sqlite_records, built=asking())
    with pytest.raises(NotAllowed, match="First read the page of information"):
        predict(sqlite_records, "ann", walk.module, ASKED, guess=40, now=walk.now())
    walk.begin()
    with pytest.raises(NotAllowed, match="Answer the pre-test first"):
        predict(sqlite_records, "ann", walk.module, ASKED, guess=40, now=walk.now())


def test_a_prediction_changes_no_requirement_and_is_not_needed_for_credit(sqlite_records: Records) -> None:
    walk = Walk(sqlite_records, built=asking()).finish()
    on = date(2026, 5, 1)
    before = requirements(walk.module, standing(sqlite_records, "ann", walk.module), on=on)
    assert all(r.met for r in before)
    predict(sqlite_records, "ann", walk.module, ASKED, guess=40, now=walk.now())
    assert requirements(walk.module, standing(sqlite_records, "ann", walk.module), on=on) == before
