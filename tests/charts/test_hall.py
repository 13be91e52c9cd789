"""Charts for a lecture hall: large type, in parts that leave nothing out, on one axis."""

import re

import pytest

from modules.charts.chart import AdversePlot, Chart, ComparisonPlot, ForestPlot, SurvivalPlot, TimelinePlot
from modules.charts.draw import draw
from modules.charts.hall import LINE, TALLEST, listed, part_svg, parts
from modules.charts.ink.sheet import HALL, HALL_WIDTH
from modules.charts.theme import LIGHT
from modules.core.evidence import Evidence
from tests.charts.requests import REQUESTS

SHARE = 0.94
"""Of a slide's width that its chart takes."""


def rows(chart: Chart) -> list[object]:
    """What a chart shows one below the other, without what repeats in each part."""
    match chart.plot:
        case ForestPlot() | AdversePlot() as plot:
            return [getattr(row, "label", row) for row in plot.rows]
        case TimelinePlot() as plot:
            return list(plot.moments)
        case ComparisonPlot() as plot:
            return [bar for group in plot.groups for bar in group.bars]
        case _:
            return []


def test_the_smallest_type_is_2_6_percent_of_the_slide() -> None:
    assert HALL.small * SHARE / HALL_WIDTH >= 0.026


@pytest.mark.parametrize("name", REQUESTS)
def test_parts_leave_nothing_out_and_keep_the_order(evidence: Evidence, name: str) -> None:
    chart = draw(REQUESTS[name], evidence)
    assert [row for part in parts(chart) for row in rows(part)] == rows(chart)


@pytest.mark.parametrize("name", REQUESTS)
def test_every_part_fits_a_slide(evidence: Evidence, name: str) -> None:
    for part in parts(draw(REQUESTS[name], evidence)):
        found = re.search(rf'viewBox="0 0 {HALL_WIDTH} ([\d.]+)"', part_svg(part, LIGHT))
        assert found
        assert float(found[1]) <= TALLEST + LINE


@pytest.mark.parametrize("name", ["forest", "comparison"])
def test_parts_share_their_axis(evidence: Evidence, name: str) -> None:
    ticks = [getattr(part.plot, "ticks", None) for part in parts(draw(REQUESTS[name], evidence))]
    assert all(tick == ticks[0] for tick in ticks)


def test_what_stands_below_a_curve_is_listed_on_a_slide_of_its_own(evidence: Evidence) -> None:
    chart = draw(REQUESTS["survival"], evidence)
    assert isinstance(chart.plot, SurvivalPlot)
    told = " ".join(listed(chart))
    for _, published in chart.plot.lists:
        assert all(row.text in told for row in published)
    assert all(isinstance(part.plot, SurvivalPlot) and not part.plot.lists for part in parts(chart))


def test_a_curve_comes_before_its_gap_and_the_gap_before_the_numbers_at_risk(evidence: Evidence) -> None:
    drawn = part_svg(parts(draw(REQUESTS["survival"], evidence))[0], LIGHT)
    steps = re.findall(r'<g data-step="([^"]+)">', drawn)
    assert drawn.index("lmk-curve") < drawn.index("<g data-step=")
    assert [("more per 100" in step, "at risk" in step) for step in steps] == [(True, False), (False, True)]
