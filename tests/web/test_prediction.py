"""A prediction in a lesson: held back, locked in once, shown again, waved off, and kept while nothing can be saved."""

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from streamlit.testing.v1 import AppTest

from modules.actions.house import house
from modules.core.events import PredictionMade
from modules.core.module import Chart, Predict, walk
from modules.records.records import NOT_SAVED
from tests.load.seeding import Seed, shipped

PAGE = Path(__file__).parent / "one_lesson.py"
LESSON = "03-dual-blockade"
TRUTH = "56.5 months"
ANCHOR = "prediction-cleopatra-os-final-ptd-median"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One house for all tests here: reading the content takes longer than most of them."""
    file = tmp_path_factory.mktemp("web") / "landmark.db"
    with pytest.MonkeyPatch.context() as environ:
        environ.setenv("LANDMARK_DATABASE_URL", f"sqlite:///{file}")
        house.cache_clear()
        yield file
        house().records.close()
        house.cache_clear()


@pytest.fixture(autouse=True)
def learner(database: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Another for each test, who may read the lessons."""
    new = uuid4().hex
    Seed(house().records, shipped(), new).declared().sat("pre")
    monkeypatch.setenv("LEARNER_OF_THE_TEST", new)
    return new


def me() -> str:
    return os.environ["LEARNER_OF_THE_TEST"]


def tab() -> AppTest:
    app = AppTest.from_file(str(PAGE), default_timeout=30)
    app.query_params["learner"], app.query_params["lesson"] = me(), LESSON
    return app.run()


def page(app: AppTest) -> str:
    assert not app.exception
    return " ".join(str(block.proto.body) for block in app.html)


def locked(app: AppTest, guess: float | None) -> AppTest:
    if guess is not None:
        app.number_input[0].set_value(guess)
    return app.button(key=f"{ANCHOR}-lock").click().run()


def kept() -> list[PredictionMade]:
    events = house().records.events(me(), "her2-maintenance")
    return [e for e in events if isinstance(e, PredictionMade)]


def charts(*, behind: bool) -> tuple[Chart, ...]:
    """The lesson's charts behind its predictions, or the others."""
    lesson = shipped().lesson(LESSON)
    assert lesson is not None
    asked = [b for b in lesson.blocks if isinstance(b, Predict)]
    kept_back = [b for one in asked for b in walk(one.blocks)]
    return tuple(b for b in walk(lesson.blocks) if isinstance(b, Chart) and (b in kept_back) is behind)


def veiled_title() -> str:
    (chart,) = charts(behind=True)
    return chart.request.title


def test_the_figure_and_its_chart_are_not_on_the_page_before_the_guess() -> None:
    app = tab()
    text = page(app)
    assert "what was the median overall survival with pertuzumab?" in text
    assert TRUTH not in text
    assert veiled_title() not in text
    assert [t.key for t in app.toggle] == [f"explore-{LESSON}-{c.number}" for c in charts(behind=False)]


def test_a_guess_is_kept_first_and_then_compared() -> None:
    text = page(locked(tab(), 40))
    (made,) = kept()
    assert (made.guess, made.truth, made.error, made.unit) == (40, 56.5, -16.5, "months")
    assert "You said 40 months; the trial found " in text
    assert "(95% CI 49.3 to not reached): 16.5 months too low." in text
    assert veiled_title() in text


def test_what_was_said_first_is_shown_again_after_a_reload_and_in_another_tab() -> None:
    other = tab()
    locked(tab(), 40)
    assert "You said 40 months" in page(tab())
    assert "You said 40 months" in page(locked(other, 90))
    assert [e.guess for e in kept()] == [40]


def test_the_slider_and_the_box_move_each_other() -> None:
    app = tab()
    slider, box = app.slider[0], app.number_input[0]
    assert (slider.value, box.value) == (0, None)
    slider.set_value(41.0).run()
    assert app.number_input[0].value == 41
    app.number_input[0].set_value(42.5).run()
    assert app.slider[0].value == 42.5
    locked(app, None)
    assert [e.guess for e in kept()] == [42.5]


@pytest.mark.parametrize("guess", [None, 96.5, -1, float("nan")])
def test_a_guess_outside_the_scale_is_refused_with_the_scale(guess: float | None) -> None:
    app = locked(tab(), guess)
    assert [e.value for e in app.error] == ["Move the slider or type one number from 0 to 96 months, then lock it in."]
    assert TRUTH not in page(app)
    assert kept() == []


def test_the_body_can_be_seen_without_a_guess_and_nothing_is_recorded() -> None:
    app = tab()
    app.button(key=f"{ANCHOR}-show").click().run()
    text = page(app)
    assert veiled_title() in text
    assert TRUTH in text
    assert "Shown without a prediction. Nothing was recorded." in text
    assert kept() == []


def test_a_guess_that_cannot_be_saved_stays_on_screen_and_the_next_click_saves_it(database: Path) -> None:
    app = tab()
    app.number_input[0].set_value(40).run()
    with sqlite3.connect(database) as connection:
        connection.execute("ALTER TABLE journal RENAME TO lost")
    locked(app, None)
    assert [e.value for e in app.error] == [NOT_SAVED]
    assert app.number_input[0].value == 40
    assert TRUTH not in page(app)
    with sqlite3.connect(database) as connection:
        connection.execute("ALTER TABLE lost RENAME TO journal")
    assert "You said 40 months" in page(locked(app, None))
    assert not app.error
