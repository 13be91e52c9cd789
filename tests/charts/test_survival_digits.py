"""Every number on a survival chart is in the trial file or said to be calculated; both pictures hold the same."""

import re
from collections.abc import Iterable, Iterator

import pytest

from modules.charts.chart import Chart, SurvivalPlot
from modules.charts.draw import draw
from modules.charts.figure import figure
from modules.charts.theme import LIGHT
from modules.core.evidence import Bounds, Evidence, Readout, Trial
from modules.core.figures import Survival
from modules.core.paths import landmark_gap
from tests.charts.readback import drawn, words

AXIS = {0.0, 25.0, 50.0, 75.0, 95.0, 100.0}


def _requests(evidence: Evidence) -> Iterator[Survival]:
    """Every readout that can be drawn, and its gaps."""
    for trial in evidence.trials.values():
        for readout in trial.readouts:
            medians = any(e.unit == "months" and e.value is not None for e in readout.estimates)
            if not (readout.curves or readout.landmarks or medians):
                continue
            months = {m.month for m in readout.landmarks if landmark_gap(trial, readout, m.month)}
            request = Survival(title="t", trial=trial.id, endpoint=readout.endpoint, readout=readout.id)
            yield from (request, *(request.model_copy(update={"month": month}) for month in sorted(months)))


@pytest.fixture(scope="module")
def charts(evidence: Evidence) -> list[tuple[Survival, Chart, SurvivalPlot]]:
    found = []
    for request in _requests(evidence):
        chart = draw(request, evidence)
        assert isinstance(chart.plot, SurvivalPlot)
        found.append((request, chart, chart.plot))
    assert len(found) > 60
    return found


def _numbers(texts: Iterable[str], trial: Trial) -> set[float]:
    """Digits in words, apart from those of the arms' names; tags and colours of Plotly's text are no words."""
    names = sorted((arm.short for arm in trial.arms), key=len, reverse=True)
    said = " ; ".join(re.sub(r"<[^>]*>", " ", text) for text in texts)
    said = said.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
    for word in (word for name in names for word in (name, *name.split()) if re.search(r"\d", word)):
        said = said.replace(word, " ")
    return {float(each.replace(",", "")) for each in re.findall(r"\d[\d,]*(?:\.\d+)?", said)}


def _ends(ci: Bounds | None) -> set[float]:
    return {end for end in ci or () if end is not None}


def _printed(readout: Readout) -> set[float]:
    """What the file holds of a readout, and its months also in years."""
    found: set[float] = set()
    for estimate in readout.estimates:
        found |= {estimate.value or 0.0} | _ends(estimate.ci)
    for rate in readout.landmarks:
        found |= {rate.percent, rate.month, rate.month / 12} | _ends(rate.ci)
    for curve in readout.curves:
        found |= {*map(float, curve.at_risk), *map(float, curve.events_by), *map(float, curve.censored_by)}
    if readout.ratio and readout.ratio.value is not None:
        found |= {readout.ratio.value, readout.ratio.ci_level} | _ends(readout.ratio.ci)
    return found


def _allowed(trial: Trial, request: Survival, plot: SurvivalPlot) -> set[float]:
    drawn_one = trial.readout(request.readout or "")
    assert drawn_one is not None
    beside = trial.readout(drawn_one.fidelity.against) if drawn_one.fidelity else None
    calculated = [f"{row.label} {row.text}" for row in plot.calculated]
    gap = [f"{plot.gap.headline} {plot.gap.detail}"] if plot.gap else []
    told = _numbers([*calculated, *gap], trial)
    return AXIS | {*plot.ticks} | told | _printed(drawn_one) | (_printed(beside) if beside else set())


def _plotly_words(chart: Chart) -> list[str]:
    built = figure(chart, LIGHT)
    ticks = [*built["layout"]["xaxis"]["ticktext"], *built["layout"]["yaxis"]["ticktext"]]
    texts = [text for trace in built["data"] for text in trace.get("text", ())]
    return [*ticks, *texts, *(note["text"] for note in built["layout"]["annotations"])]


@pytest.mark.parametrize("width", [360, 720])
def test_every_number_on_the_svg_is_in_the_file_or_calculated(
    evidence: Evidence, charts: list[tuple[Survival, Chart, SurvivalPlot]], width: int
) -> None:
    for request, chart, plot in charts:
        trial = evidence.trials[request.trial]
        shown = _numbers(words(drawn(chart, width)), trial)
        assert shown <= _allowed(trial, request, plot), request


def test_plotly_says_the_same_numbers_as_the_svg(
    evidence: Evidence, charts: list[tuple[Survival, Chart, SurvivalPlot]]
) -> None:
    for request, chart, _ in charts:
        trial = evidence.trials[request.trial]
        assert _numbers(_plotly_words(chart), trial) == _numbers(words(drawn(chart)), trial), request


def test_what_the_file_holds_is_on_the_picture(
    evidence: Evidence, charts: list[tuple[Survival, Chart, SurvivalPlot]]
) -> None:
    for request, chart, plot in charts:
        trial = evidence.trials[request.trial]
        readout = trial.readout(request.readout or "")
        assert readout is not None
        shown = _numbers(words(drawn(chart)), trial)
        needed = {end for rate in readout.landmarks for end in ({rate.percent} | _ends(rate.ci))}
        for estimate in readout.estimates if plot.medians else ():
            needed |= {estimate.value or 0.0} | _ends(estimate.ci)
        assert needed - {0.0} <= shown, request


def test_plotly_places_marks_where_the_file_says(charts: list[tuple[Survival, Chart, SurvivalPlot]]) -> None:
    for request, chart, plot in charts:
        traces = {trace["name"]: trace for trace in figure(chart, LIGHT)["data"]}
        for line in plot.lines:
            assert (tuple(traces[line.label]["x"]), tuple(traces[line.label]["y"])) == (line.months, line.percent)
        for point in plot.points:
            trace = traces[point.label]
            at = trace["customdata"].index(point.month)
            assert trace["y"][at] == point.percent, request
            if point.ci and point.ci.low is not None:
                assert point.percent - trace["error_y"]["arrayminus"][at] == pytest.approx(point.ci.low)
            assert trace["x"][at] <= figure(chart, LIGHT)["layout"]["xaxis"]["range"][1] + 1e-9
        for median in plot.medians:
            if median.month is not None:
                assert traces[median.label]["x"] == [median.month]
