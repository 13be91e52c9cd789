"""SVG: valid, named, legible, small, and true to the published values."""

import gzip
import re
from itertools import pairwise

import pytest

from modules.charts.chart import Chart, SurvivalPlot
from modules.charts.draw import draw
from modules.charts.placing import steps
from modules.charts.svg import svg
from modules.charts.theme import CSS, DARK, LIGHT, Palette
from modules.core.evidence import Evidence
from modules.core.figures import Survival
from tests.charts.made import made
from tests.charts.readback import NS, corners, drawn, of_kind, place_of, scaled, words
from tests.charts.requests import REQUESTS


@pytest.fixture
def survival(evidence: Evidence) -> Chart:
    return draw(REQUESTS["survival"], evidence)


@pytest.mark.parametrize("name", REQUESTS)
@pytest.mark.parametrize("width", [360, 720, 1280])
@pytest.mark.parametrize("palette", [LIGHT, DARK, CSS])
def test_every_kind_is_xml_named_for_screen_readers(
    evidence: Evidence, name: str, width: int, palette: Palette
) -> None:
    chart = draw(REQUESTS[name], evidence)
    root = drawn(chart, width, palette)
    assert (root.get("role"), root.get("aria-label")) == ("img", chart.alt)
    assert root.findtext(f"{NS}title") == chart.title
    assert root.findtext(f"{NS}desc") == chart.table.caption
    assert root.get("viewBox") == f"0 0 {width} {root.get('height')}"


@pytest.mark.parametrize("name", REQUESTS)
def test_text_stays_at_twelve_pixels_on_a_phone_of_320(evidence: Evidence, name: str) -> None:
    root = drawn(draw(REQUESTS[name], evidence), 360)
    sizes = [float(element.get("font-size", "99")) for element in root.iter() if element.get("font-size")]
    assert min(sizes) * 320 / 360 >= 12


@pytest.mark.parametrize("name", REQUESTS)
def test_classes_are_our_own_and_there_are_no_ids(evidence: Evidence, name: str) -> None:
    root = drawn(draw(REQUESTS[name], evidence))
    assert all(element.get("class", "lmk-").startswith("lmk-") for element in root.iter())
    assert all(element.get("id") is None for element in root.iter())


def test_a_chart_is_a_few_kilobytes(evidence: Evidence, survival: Chart) -> None:
    assert len(svg(survival, width=360, palette=CSS).encode()) < 12_000
    packed = {
        name: len(gzip.compress(svg(draw(REQUESTS[name], evidence), width=360, palette=CSS).encode()))
        for name in REQUESTS
    }
    assert max(packed.values()) < 4_000


def test_words_from_the_trial_file_are_escaped() -> None:
    rates = [{"month": 12.0, "arm": "new", "percent": 40.0}, {"month": 12.0, "arm": "old", "percent": 30.0}]
    request = Survival(title='5 < 6 & "more"', trial="made", endpoint="OS", month=12.0)
    root = drawn(draw(request, made([{"landmarks": rates}])))
    assert root.findtext(f"{NS}title") == '5 < 6 & "more"'
    assert "New <A&B>" in words(root)


@pytest.mark.parametrize("width", [360, 720, 1280])
def test_the_drawn_steps_are_the_published_curve(survival: Chart, width: int) -> None:
    assert isinstance(survival.plot, SurvivalPlot)
    root = drawn(survival, width)
    months = place_of(root, "0", "middle")[0], place_of(root, "60", "middle")[0]
    span = place_of(root, "0%", "end")[1] - place_of(root, "100%", "end")[1]
    for line, path in zip(survival.plot.lines, of_kind(root, "curve"), strict=True):
        found = list(corners(path))
        top = found[0][1]
        shown = [(scaled(x, months, (0, 60)), 100 - (y - top) / span * 100) for x, y in found]
        expected = [a for a, b in pairwise([*steps(line), (-1.0, -1.0)]) if a != b]
        assert [month for month, _ in shown] == pytest.approx([m for m, _ in expected], abs=0.05)
        assert [percent for _, percent in shown] == pytest.approx([p for _, p in expected], abs=0.1)


def test_points_are_marks_and_no_line_joins_them(evidence: Evidence) -> None:
    root = drawn(draw(REQUESTS["points"], evidence))
    assert len(of_kind(root, "point")) == 10
    assert of_kind(root, "curve") == []


def test_numbers_at_risk_stand_under_their_month_and_under_their_heading(survival: Chart) -> None:
    root = drawn(survival, 360)
    below = place_of(root, "48", "middle")
    for patients in ("127", "109"):
        x, y = place_of(root, patients, "middle")
        assert x == pytest.approx(below[0], abs=0.1)
        assert y > below[1]
    assert "Number at risk, at the start of the interval" in words(root)


@pytest.mark.parametrize("width", [360, 720])
def test_no_word_starts_or_ends_outside_the_sheet(evidence: Evidence, width: int) -> None:
    for request in REQUESTS.values():
        for text in drawn(draw(request, evidence), width).iter(f"{NS}text"):
            x, said = float(text.get("x", "nan")), "".join(text.itertext())
            wide = len(re.sub(r"\s", "", said)) * 5.2
            anchor = text.get("text-anchor", "start")
            left = x - {"start": 0, "middle": wide / 2, "end": wide}[anchor]
            assert left >= -4, said
            assert left + wide <= width + 4, said
