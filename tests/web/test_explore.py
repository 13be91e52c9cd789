"""Exploring a chart: a timeline is narrowed with buttons, data cuts are walked through with a slider."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from modules.actions.house import house

TIMELINE = """
from modules.core.figures import Timeline
from modules.web.explore import plot
plot(Timeline(title="When", trials=("cleopatra", "destiny-breast09")), key="t")
"""
CUTS = """
from modules.core.figures import Cuts
from modules.web.explore import plot
plot(Cuts(title="It held", readouts=("cleopatra.os-interim2", "cleopatra.os-final")), key="c")
"""


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("LANDMARK_DATABASE_URL", f"sqlite:///{tmp_path / 'landmark.db'}")
    house.cache_clear()
    yield
    house().records.close()
    house.cache_clear()


def drawn(app: AppTest) -> str:
    """The Plotly figure and its text alternative, as they are sent."""
    return str(app.get("plotly_chart")[0].proto)


def test_a_timeline_is_narrowed_by_kind_and_by_trial() -> None:
    app = AppTest.from_string(TIMELINE, default_timeout=30).run()
    assert not app.exception
    kinds, trials = app.button_group
    assert (kinds.label, trials.label) == ("Show", "Trials")
    assert "2 June 2025" in drawn(app)
    kinds.set_value(["approval"]).run()
    assert "Timeline of 1 approval in date order" in drawn(app)
    assert "2 June 2025" not in drawn(app)


def test_a_timeline_without_anything_left_says_what_to_choose() -> None:
    app = AppTest.from_string(TIMELINE, default_timeout=30).run()
    app.button_group[1].set_value([]).run()
    assert not app.exception
    assert "Choose at least one kind" in app.info[0].value


def test_a_slider_goes_back_to_an_earlier_data_cut() -> None:
    app = AppTest.from_string(CUTS, default_timeout=30).run()
    (slider,) = app.select_slider
    assert "Seen from the data cut: final (ESMO 2014, NEJM 2015)" in drawn(app)
    slider.set_value(0).run()
    assert not app.exception
    assert "Seen from the data cut: May 2012" in drawn(app)
    assert "Final (ESMO 2014" not in drawn(app)
