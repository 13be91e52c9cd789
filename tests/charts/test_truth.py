"""Done when: the numbers on charts are the file's, to the printed digit, in the SVG and in the Plotly figure alike."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml

from modules.authoring.library import load
from modules.charts.chart import AdversePlot, Chart, ComparisonPlot, CutsPlot, ForestPlot, IconPlot, SurvivalPlot
from modules.charts.chart import TimelinePlot as Events
from modules.charts.draw import draw
from modules.charts.figure import figure
from modules.charts.theme import LIGHT
from modules.core import module as content
from modules.core.evidence import Evidence
from modules.core.figures import Forest, Survival
from modules.core.module import Library, walk
from tests.charts.plotly_text import marks, numbers, words
from tests.charts.readback import NS, drawn, of_kind
from tests.charts.readback import words as svg_words

ROOT = Path(__file__).parents[2]
PERCENT_TICKS = {Decimal(tick) for tick in (0, 25, 50, 75, 100)}


def printed() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every readout of the trial files, with each figure as the characters that stand in the file."""
    for file in sorted((ROOT / "content" / "trials").glob("*.yaml")):
        trial = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        for readout in trial.get("readouts", ()):
            yield trial["id"], readout


RATIOS = [(t, r) for t, r in printed() if r.get("ratio", {}).get("value")]
RATES = [(t, r) for t, r in printed() if r.get("landmarks")]


def _name(case: object) -> str:
    return f"{case['id']}" if isinstance(case, dict) else str(case)


def shown(chart: Chart) -> tuple[str, str]:
    """All the words of the SVG, and of the Plotly figure."""
    return " ".join(svg_words(drawn(chart))), " ".join(words(figure(chart, LIGHT)))


def holds(said: str, wanted: list[Decimal]) -> bool:
    """The wanted numbers stand there one after the other."""
    found = numbers([said])
    return any(found[at : at + len(wanted)] == wanted for at in range(len(found)))


@pytest.mark.parametrize(("trial", "readout"), RATIOS, ids=_name)
def test_a_published_ratio_is_on_its_chart_to_the_printed_digit(
    evidence: Evidence, trial: str, readout: dict[str, Any]
) -> None:
    ratio = readout["ratio"]
    chart = draw(Forest(title="t", readouts=(f"{trial}.{readout['id']}",)), evidence)
    assert isinstance(chart.plot, ForestPlot)
    ends = [Decimal(end) for end in ratio.get("ci", ())]
    wanted = [Decimal(ratio["value"]), *ends]
    level = f"{ratio.get('ci_level', '95')}% CI "
    for said in (*shown(chart), chart.table.rows[0][-1]):
        assert holds(said.replace(level, ""), wanted), said
    ((value, low, high),) = marks(figure(chart, LIGHT))
    assert value == float(ratio["value"])
    assert (low, high) == (pytest.approx([float(end) for end in ends]) if ends else (None, None))


@pytest.mark.parametrize(("trial", "readout"), RATES, ids=_name)
def test_published_landmark_rates_are_on_their_chart_to_the_printed_digit(
    evidence: Evidence, trial: str, readout: dict[str, Any]
) -> None:
    request = Survival(title="t", trial=trial, endpoint=readout["endpoint"], readout=readout["id"])
    chart = draw(request, evidence)
    wanted = {(float(rate["month"]), float(rate["percent"])) for rate in readout["landmarks"]}
    traces = figure(chart, LIGHT)["data"]
    points = [(month, y) for each in traces for month, y in zip(each["customdata"], each["y"], strict=True)]
    assert wanted == set(points)
    for said in shown(chart):
        percentages = {Decimal(found) for found in re.findall(r"([\d.]+)%", said)}
        assert {Decimal(rate["percent"]) for rate in readout["landmarks"]} <= percentages


def test_the_two_tests_above_look_at_every_trial_that_has_such_figures() -> None:
    assert len(RATIOS) >= 40
    assert {trial for trial, _ in RATES} >= {"cleopatra", "destiny-breast09", "phila"}


@lru_cache(maxsize=1)
def library() -> Library:
    return load(ROOT / "content", ROOT / "quizzes").library


def asked() -> list[Any]:
    return [
        pytest.param(block, id=f"{lesson.id}-{block.number}-{block.request.kind}")
        for module in library().modules.values()
        for lesson in module.lessons
        for block in walk(lesson.blocks)
        if isinstance(block, content.Chart)
    ]


@pytest.mark.parametrize("block", asked())
def test_svg_and_plotly_of_a_lesson_say_the_same_numbers(block: content.Chart) -> None:
    chart = draw(block.request, library().evidence)
    root, right = drawn(chart), set(numbers(words(figure(chart, LIGHT))))
    if isinstance(chart.plot, SurvivalPlot):
        ticks = PERCENT_TICKS | set(map(Decimal, chart.plot.ticks))
        assert set(numbers(svg_words(root))) - ticks == right - ticks
    else:
        assert set(numbers(_without_ticks(root))) == right


def _without_ticks(root: ElementTree.Element) -> list[str]:
    """Ticks of Plotly are no annotations; in the SVG they are centred bare numbers."""
    texts = root.iter(f"{NS}text")
    return [
        "".join(text.itertext())
        for text in texts
        if not (text.get("text-anchor") == "middle" and re.fullmatch(r"[\d.]+", text.text or ""))
    ]


@pytest.mark.parametrize("block", asked())
def test_svg_and_plotly_of_a_lesson_mark_the_same_values(block: content.Chart) -> None:
    chart = draw(block.request, library().evidence)
    root, built = drawn(chart), figure(chart, LIGHT)
    plot = chart.plot.drawn if isinstance(chart.plot, CutsPlot) else chart.plot
    match plot:
        case ForestPlot():
            theirs = sorted(value for value, _, _ in marks(built))
            ours = sorted(10 ** _axis(root, x, log=True) for x in _centres(root, "estimate"))
            assert ours == pytest.approx(theirs, rel=0.02)
        case ComparisonPlot():
            theirs = sorted(value for value, _, _ in marks(built))
            assert sorted(_axis(root, x) for x in _centres(root, "value")) == pytest.approx(theirs, abs=plot.end / 200)
        case AdversePlot():
            theirs = [abs(value) for value, _, _ in marks(built)]
            wide = [float(bar.get("width", "nan")) for bar in of_kind(root, "bar")]
            assert [_axis(root, x) - _axis(root, 0) for x in wide] == pytest.approx(theirs, abs=plot.end / 200)
        case IconPlot():
            filled = [len(re.findall("v", path.get("d", ""))) for path in of_kind(root, "filled")]
            assert filled == [len(t["x"]) for t in built["data"] if t["marker"]["symbol"] == "circle"]
        case Events():
            kinds = {"readout": "circle-open", "publication": "circle", "approval": "diamond"}
            (trace,) = built["data"]
            for kind, symbol in kinds.items():
                assert len(of_kind(root, kind)) == trace["marker"]["symbol"].count(symbol)
        case SurvivalPlot():
            assert len(of_kind(root, "curve")) == len(plot.lines)
            assert len(of_kind(root, "point")) == len(plot.points)


def _centres(root: ElementTree.Element, kind: str) -> list[float]:
    """Where the marks stand across."""
    return [_centre(mark) for mark in of_kind(root, kind)]


def _centre(mark: ElementTree.Element) -> float:
    if mark.get("cx"):
        return float(mark.get("cx", "nan"))
    if mark.get("width"):
        return float(mark.get("x", "nan")) + float(mark.get("width", "nan")) / 2
    return float(re.findall(r"[\d.]+", mark.get("d", ""))[0])


def _axis(root: ElementTree.Element, x: float, *, log: bool = False) -> float:
    """From px to the axis' value, by its first tick of all (right of 0 on a butterfly) and its last."""
    ticks = [t for t in root.iter(f"{NS}text") if t.get("text-anchor") == "middle" and _bare(t)]
    places = sorted((float(t.get("x", "nan")), Decimal(t.text or "")) for t in ticks)
    (x0, first), (x1, last) = (min(places, key=lambda p: p[1]), places[-1])
    ends = [float(each.log10()) if log else float(each) for each in (first, last)]
    return ends[0] + (x - x0) / (x1 - x0) * (ends[1] - ends[0])


def _bare(text: ElementTree.Element) -> bool:
    return re.fullmatch(r"[\d.]+", text.text or "") is not None


def test_the_shipped_lessons_hold_every_kind_of_chart() -> None:
    kinds = {param.values[0].request.kind for param in asked()}
    assert kinds == {"survival", "forest", "comparison", "timeline", "icon-array", "adverse-events", "cuts"}


def test_an_arm_keeps_its_colour_in_every_chart_of_its_trial() -> None:
    """Names drawn in an arm's colour: one colour a name and trial over the whole module."""
    found: dict[tuple[str, str], set[str]] = {}
    for param in asked():
        chart = draw(param.values[0].request, library().evidence)
        trials = {source.detail.partition(":")[0] for source in chart.sources}
        for name, colour in _coloured(drawn(chart)):
            if len(trials) == 1:
                found.setdefault((*trials, name), set()).add(colour)
    several = {key: colours for key, colours in found.items() if len(colours) > 1}
    assert found
    assert several == {}


def _coloured(root: ElementTree.Element) -> Iterator[tuple[str, str]]:
    arms = {LIGHT.control, LIGHT.arm_a, LIGHT.arm_b, LIGHT.arm_c}
    for element in root.iter():
        if element.get("fill") in arms and element.text:
            yield element.text, element.get("fill", "")
