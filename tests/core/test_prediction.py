"""A prediction in words, and that neither progress nor credit takes any notice of it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from modules.core.credit import requirements
from modules.core.events import EVENT, Event, PredictionMade, event_id
from modules.core.module import Predict
from modules.core.paths import find
from modules.core.prediction import error, in_unit, miss, span
from modules.core.progress import progress, resume_lesson, stage
from tests.builders import NOON, acknowledged, closed, evidence, finished, minutes, module

SURVIVAL = find(evidence(), "lighthouse.os-final.lamp.median")
RATE = find(evidence(), "lighthouse.os-final.lamp.at-24")
EVENTS: list[Event] = [acknowledged(), closed("pre"), finished("01-lamp"), finished("02-shore"), closed("post")]


def made(guess: float = 40, *, figure: str = SURVIVAL.path, minute: float = 0) -> PredictionMade:
    return PredictionMade(
        id=event_id("ann", "harbour", "prediction", "01-lamp", figure, minute),
        learner="ann",
        module="harbour",
        module_version="d",
        at=minutes(minute),
        lesson="01-lamp",
        figure=figure,
        unit="months",
        guess=guess,
        truth=56.5,
        error=error(guess, 56.5),
    )


@pytest.mark.parametrize(
    ("guess", "truth", "unit", "said"),
    [
        (40, 56.5, "months", "16.5 months too low"),
        (57.5, 56.5, "months", "1 month too high"),
        (25, 43.2, "percent", "18.2 percentage points too low"),
        (44.2, 43.2, "percent", "1 percentage point too high"),
        (56.5, 56.5, "months", "exactly right"),
    ],
)
def test_a_miss_says_how_far_and_in_which_direction(guess: float, truth: float, unit: str, said: str) -> None:
    assert miss(guess, truth, unit) == said


def test_the_error_is_the_guess_minus_the_truth_without_binary_noise() -> None:
    assert error(0.3, 0.1) == 0.2
    assert error(40, 56.5) == -16.5


def test_a_guess_reads_like_the_figure_without_its_interval() -> None:
    assert (in_unit(40, SURVIVAL), in_unit(1, SURVIVAL), in_unit(25, RATE)) == ("40 months", "1 month", "25%")


def test_the_scale_is_named_with_its_unit() -> None:
    assert span(Predict(SURVIVAL, "How long?", 0, 96, 1, (), 1)) == "from 0 to 96 months"
    assert span(Predict(RATE, "How many?", 0.5, 100, 0.5, (), 1)) == "from 0.5 to 100%"


@given(st.lists(st.builds(made, st.floats(0, 96), minute=st.floats(0, 99)), max_size=5), st.integers(0, len(EVENTS)))
def test_predictions_change_no_requirement_no_stage_and_no_score(guesses: list[PredictionMade], count: int) -> None:
    built, on = module(), date(2026, 5, 1)
    without, having = progress(EVENTS[:count]), progress([*guesses, *EVENTS[:count]])
    assert requirements(built, having, on=on) == requirements(built, without, on=on)
    assert stage(built, having) == stage(built, without)
    assert resume_lesson(built, having) == resume_lesson(built, without)
    assert (having.answers, having.closed, having.passed) == (without.answers, without.closed, without.passed)


def test_a_prediction_has_no_score() -> None:
    assert {"score", "correct"} & set(PredictionMade.model_fields) == set()


def test_progress_finds_a_prediction_by_lesson_and_figure() -> None:
    found = progress([made(), made(25, figure=RATE.path)])
    assert found.prediction("01-lamp", RATE.path) == made(25, figure=RATE.path)
    assert found.prediction("02-shore", RATE.path) is None


def test_a_prediction_reads_back_from_the_journal_as_it_was_written() -> None:
    assert EVENT.validate_json(made().model_dump_json()) == made()
    assert made().at == NOON


@pytest.mark.parametrize("guess", [float("nan"), float("inf")])
def test_a_prediction_is_a_number(guess: float) -> None:
    with pytest.raises(ValidationError):
        made(guess)
