"""Bands and the table by arm: what was published, in SVG, Plotly, table and words."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modules.charts.chart import Chart, Line, SurvivalPlot
from modules.charts.draw import draw
from modules.charts.figure import figure
from modules.charts.placing import band, steps
from modules.charts.theme import DARK, LIGHT, Palette
from modules.core.evidence import Evidence
from modules.core.figures import Survival
from tests.charts.made import made
from tests.charts.made_curves import BOTH, NEW, curve
from tests.charts.readback import corners, drawn, of_kind, place_of, scaled, words


def _chart(curves: list[dict[str, object]]) -> tuple[Chart, SurvivalPlot]:
    chart = draw(Survival(title="Banded", trial="made", endpoint="OS"), made([{"curves": curves}]))
    assert isinstance(chart.plot, SurvivalPlot)
    return chart, chart.plot


@pytest.mark.parametrize("width", [360, 720, 1280])
def test_the_drawn_band_has_the_published_limits(width: int) -> None:
    chart, plot = _chart(BOTH)
    root = drawn(chart, width)
    months = place_of(root, "0", "middle")[0], place_of(root, "36", "middle")[0]
    baseline = float(root.get("font-size", "nan")) * 0.35
    levels = place_of(root, "0%", "end")[1] - baseline, place_of(root, "100%", "end")[1] - baseline
    edges = of_kind(root, "edge")
    for line, pair in zip(plot.lines, (edges[:2], edges[2:]), strict=True):
        for edge, expected in zip(pair, band(line), strict=True):
            shown = [(scaled(x, months, (0, 36)), scaled(y, levels, (0, 100))) for x, y in corners(edge)]
            kept = [a for a, b in pairwise([*expected, (-1.0, -1.0)]) if a != b]
            assert [m for m, _ in shown] == pytest.approx([m for m, _ in kept], abs=0.1)
            assert [p for _, p in shown] == pytest.approx([p for _, p in kept], abs=0.1)
    assert [shape.get("fill-opacity") for shape in of_kind(root, "band")] == ["0.16", "0.16"]


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_plotly_fills_between_the_published_limits_and_draws_the_curve_over_it(palette: Palette) -> None:
    chart, plot = _chart(BOTH)
    data = figure(chart, palette)["data"]
    for line, (lower, upper) in zip(plot.lines, (data[:2], data[2:4]), strict=True):
        assert (tuple(lower["x"]), tuple(lower["y"]), tuple(upper["y"])) == (line.months, line.low, line.high)
        assert (upper["fill"], lower["line"]["shape"], upper["line"]["shape"]) == ("tonexty", "hv", "hv")
        assert upper["fillcolor"].endswith(",0.16)")
    assert [tuple(trace["y"]) for trace in data[4:]] == [line.percent for line in plot.lines]


def test_bands_of_two_arms_differ_without_colour() -> None:
    """Their edges wear the arm's dash."""
    chart, _ = _chart(BOTH)
    dashes = [edge.get("stroke-dasharray") for edge in of_kind(drawn(chart), "edge")]
    assert dashes[0] == dashes[1] != dashes[2] == dashes[3]


def test_an_arm_without_limits_has_no_band() -> None:
    chart, _ = _chart([curve("new", NEW), BOTH[1]])
    assert len(of_kind(drawn(chart), "band")) == 1
    assert "95% CI" in " ".join(chart.table.columns)
    assert not any(name.startswith("New <A&B>, 95% CI") for name in chart.table.columns)


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0, 20), st.floats(0, 20)), min_size=1, max_size=12))
def test_a_band_contains_its_curve_at_every_corner(readings: list[tuple[float, float, float]]) -> None:
    months = tuple(float(index) for index in range(len(readings)))
    percent = tuple(sorted((p for p, _, _ in readings), reverse=True))
    low = tuple(p - down for p, (_, down, _) in zip(percent, readings, strict=True))
    high = tuple(p + up for p, (_, _, up) in zip(percent, readings, strict=True))
    line = Line("a", "a", months, percent, (1,) * len(months), low, high)
    lower, upper = band(line)
    for (m, level), (m_low, least), (m_high, most) in zip(steps(line), lower, upper, strict=True):
        assert m == m_low == m_high
        assert least <= level <= most


def test_every_band_that_is_shipped_contains_its_curve(evidence: Evidence) -> None:
    for trial in evidence.trials.values():
        for arm in (c for r in trial.readouts for c in r.curves if c.low):
            assert all(a <= p <= b for a, p, b in zip(arm.low, arm.percent, arm.high, strict=True))


def test_the_table_under_the_axis_is_grouped_by_arm_and_says_when_it_counts() -> None:
    chart, _ = _chart(BOTH)
    shown = words(drawn(chart))
    assert "At the start of the interval; events and censored are totals so far" in shown
    assert [w for w in shown if w in ("At risk", "Events", "Censored")] == ["At risk", "Events", "Censored"] * 2
    notes = [note["text"] for note in figure(chart, LIGHT)["layout"]["annotations"]]
    assert [w for w in notes if w in ("At risk", "Events", "Censored")] == ["At risk", "Events", "Censored"] * 2


@pytest.mark.parametrize("width", [360, 720])
def test_events_and_censored_stand_under_their_month(width: int) -> None:
    root = drawn(_chart(BOTH)[0], width)
    axis = place_of(root, "24", "middle")
    for count in ("90", "62", "48"):
        x, y = place_of(root, count, "middle")
        assert x == pytest.approx(axis[0], abs=0.1)
        assert y > axis[1]


def test_what_was_not_published_has_no_row() -> None:
    assert "Events" not in words(drawn(_chart([curve("new", NEW)])[0]))
    only_events = {**curve("new", NEW), "events_by": [0, 1, 2, 3]}
    shown = words(drawn(_chart([only_events])[0]))
    assert "Events" in shown
    assert "Censored" not in shown


def test_the_table_holds_limits_events_and_censored() -> None:
    chart, _ = _chart(BOTH)
    assert chart.table.columns[1:6] == (
        "New <A&B>, % alive",
        "New <A&B>, 95% CI",
        "New <A&B>, at risk",
        "New <A&B>, events before",
        "New <A&B>, censored before",
    )
    assert chart.table.rows[2][:6] == ("24", "65", "61 to 69", "90", "62", "48")
    assert "with 95% confidence bands" in chart.alt
