"""Looks: contrast, one look an arm, lines broken and names spread without loss."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modules.charts.chart import Chart, ComparisonPlot, IconPlot, SurvivalPlot
from modules.charts.draw import draw
from modules.charts.figure import figure
from modules.charts.lettering import balanced, wrapped
from modules.charts.placing import spread
from modules.charts.theme import CSS, DARK, DASHES, LIGHT, SYMBOLS, Palette, Slot, slots
from modules.core.evidence import Evidence
from modules.core.figures import Comparison, IconArray, Survival
from tests.charts.made import made
from tests.charts.readback import drawn, of_kind


def _luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_arm_colours_may_carry_text(palette: Palette) -> None:
    """WCAG 1.4.3: 4.5 to 1."""
    for colour in (palette.control, palette.arm_a, palette.arm_b, palette.arm_c, palette.muted, palette.link):
        lighter, darker = sorted((_luminance(colour), _luminance(palette.background)), reverse=True)
        assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def test_arms_differ_by_dash_and_symbol_as_well_as_by_colour() -> None:
    assert len(set(DASHES.values())) == len(DASHES) == 4
    assert len(set(SYMBOLS.values())) == len(SYMBOLS) == 4


def test_the_page_may_set_the_colours_and_a_page_that_does_not_gets_the_light_ones() -> None:
    assert CSS.arm_a == "var(--arm-a,#1F6BC2)"


def test_control_is_slate_and_the_others_take_a_b_c_in_the_order_of_the_file() -> None:
    assert slots(made([]).trials["made"]) == {"new": "a", "old": "control", "next": "b"}


def test_an_arm_keeps_its_look_in_every_chart(evidence: Evidence) -> None:
    landmark = "cleopatra.os-eos-landmark"
    charts = [
        draw(Survival(title="t", trial="cleopatra", endpoint="OS"), evidence),
        draw(Survival(title="t", trial="cleopatra", endpoint="OS", readout="os-eos-landmark"), evidence),
        draw(Comparison(title="t", readouts=(landmark,)), evidence),
        draw(IconArray(title="t", readout=landmark, month=96.0, event="alive"), evidence),
    ]
    assert [_looks(chart) for chart in charts] == [["a", "control"]] * 4


def _looks(chart: Chart) -> list[Slot]:
    match chart.plot:
        case SurvivalPlot() as plot:
            return [line.slot for line in plot.lines] or [point.slot for point in plot.points]
        case ComparisonPlot() as plot:
            return [bar.slot for group in plot.groups for bar in group.bars]
        case IconPlot() as plot:
            return [grid.slot for grid in plot.grids]
        case _:
            raise AssertionError(chart.plot)


def test_svg_and_plotly_give_an_arm_the_same_colour(evidence: Evidence) -> None:
    chart = draw(Survival(title="t", trial="cleopatra", endpoint="OS"), evidence)
    strokes = [path.get("stroke") for path in of_kind(drawn(chart, 360, DARK), "curve")]
    assert strokes == [trace["line"]["color"] for trace in figure(chart, DARK)["data"]] == ["#2FAEF5", "#C6CFDD"]


@given(st.text(alphabet="abc WM+<&", max_size=80), st.floats(20, 400))
def test_breaking_lines_loses_no_word(said: str, width: float) -> None:
    assert " ".join(wrapped(said, 14, width)).split() == said.split()
    assert len(balanced(said, 14, width)) == len(wrapped(said, 14, width))


@given(st.lists(st.floats(0, 200), min_size=1, max_size=5))
def test_names_in_the_margin_never_overlap_and_keep_their_order(centres: list[float]) -> None:
    found = spread(centres, 30, (0, 200))
    ordered = [found[at] for at in sorted(range(len(centres)), key=lambda at: centres[at])]
    assert all(b - a >= 30 - 1e-6 for a, b in pairwise(ordered))
    assert 15 - 1e-6 <= min(found) <= max(found) <= 185 + 1e-6
