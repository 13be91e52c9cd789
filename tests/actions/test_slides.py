"""Slides as content: what a speaker says at each, what an author skips or shortens, what an impact report finds."""

import shutil
from pathlib import Path

import pytest

from modules.actions.access import OPERATOR
from modules.actions.impact import impact
from modules.actions.impact_text import link
from modules.actions.slides import Slide, slides
from modules.authoring.library import load
from modules.core.evidence import Estimate
from modules.core.module import Library, walk
from modules.export.html import lesson_html
from modules.export.pieces import Pieces
from tests.routes.site import MODULE, shipped

GOOD = Path(__file__).parents[1] / "authoring" / "good"
CHART = """:::{comparison}
readouts: [demo.response]
title: More tumours shrank with the new drug
slide: Shrinkage by arm
:::

:::{notes}
Said aloud: {value}`demo.response.new` {cite}`doe-2030`.
:::

:::{survival}
trial: demo
endpoint: OS
title: A chart that has no slide
slide: skip
:::

:::{takeaway} In short"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The small site, with notes and hints before the takeaway of its second lesson."""
    site = shutil.copytree(GOOD, tmp_path_factory.mktemp("slides") / "site")
    file = site / "content/demo/02-reading.md"
    file.write_text(file.read_text().replace(":::{takeaway} In short", CHART))
    loaded = load(site / "content", site / "quizzes")
    assert [str(p) for p in loaded.problems if p.severity == "error"] == []
    return loaded.library


def shown(library: Library) -> tuple[Slide, ...]:
    return slides(library.modules["demo"], library.evidence)


def test_notes_belong_to_the_slide_above_them_and_name_their_source(library: Library) -> None:
    (slide,) = [one for one in shown(library) if "Said aloud" in one.notes]
    assert slide.title == "Shrinkage by arm"
    assert slide.chart is not None
    figure = library.evidence.trials["demo"].readout("response")
    assert figure is not None
    assert slide.notes.startswith("Said aloud: ")
    assert "{value}" not in slide.notes


def test_what_is_skipped_has_no_slide_and_stays_in_the_lesson(library: Library) -> None:
    assert not any("A chart that has no slide" in slide.title for slide in shown(library))
    lesson = library.modules["demo"].lesson("02-reading")
    assert lesson is not None
    assert "A chart that has no slide" in str(walk(lesson.blocks))


def test_learners_never_see_notes(library: Library) -> None:
    lesson = library.modules["demo"].lesson("02-reading")
    assert lesson is not None
    assert lesson.notes
    assert "Said aloud" not in str(lesson.blocks)
    empty = Pieces(lambda _: "", lambda _: "", lambda _: "", library.evidence.references, library.evidence.terms)
    assert "Said aloud" not in lesson_html(lesson.blocks, empty)


def test_a_slide_of_evidence_is_never_without_notes() -> None:
    for slide in slides(shipped().modules[MODULE], shipped().evidence):
        if slide.kind in ("chart", "takeaway", "predict"):
            assert slide.notes, slide.title


def test_notes_left_to_themselves_are_the_text_around_with_sources_the_slide_does_not_name() -> None:
    found = slides(shipped().modules[MODULE], shipped().evidence)
    slide = next(one for one in found if one.title.startswith("The control median"))
    assert slide.notes.startswith("The same patients")
    chart = next(one for one in found if one.title.startswith("More patients were alive with pyrotinib"))
    assert chart.notes.startswith("PHILA added pyrotinib")
    (source,) = [line for line in chart.notes.splitlines() if line.startswith("Source: ")]
    assert source.rpartition("; ")[2] not in " ".join(chart.foot)


def test_an_impact_report_finds_a_figure_in_notes_and_leads_to_their_slide(library: Library) -> None:
    old = library.evidence.trials["demo"]
    readouts = [
        r.model_copy(update={"estimates": tuple(_moved(e) for e in r.estimates)}) if r.id == "response" else r
        for r in old.readouts
    ]
    report = impact(OPERATOR, library, old.model_copy(update={"readouts": tuple(readouts)}), None)
    assert report is not None
    (touched,) = report.touched
    (use,) = [one for one in touched.uses if one.kind == "notes"]
    assert use.standing == "reworded"
    slide = next(one for one in shown(library) if one.title == "Shrinkage by arm")
    assert link("demo", use) == f"/present/demo#{slide.anchor}"


def _moved(estimate: Estimate) -> Estimate:
    return estimate.model_copy(update={"value": (estimate.value or 0.0) + 1})
