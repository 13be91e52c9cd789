"""Slides: disclosed before the content, sourced where they show evidence, complete without the network."""

import re

from starlette.testclient import TestClient

from modules.actions.slides import CROWDED, shared, slides
from modules.core.module import Chart, Predict, walk
from tests.routes.site import MODULE, shipped


def shown() -> list[str]:
    module = shipped().modules[MODULE]
    return [slide.kind for slide in slides(module, shipped().evidence)]


def test_support_and_disclosures_come_before_the_first_lesson() -> None:
    """ACCME Standards 3 and 4: disclosed to learners before they engage."""
    module = shipped().modules[MODULE]
    titles = [slide.title for slide in slides(module, shipped().evidence)]
    assert titles[0] == module.front.title
    assert titles.index("Support") < titles.index("Disclosures") < titles.index(module.lessons[0].title)


def test_every_chart_of_the_module_has_a_slide_with_its_source() -> None:
    module = shipped().modules[MODULE]
    charts = [b for lesson in module.lessons for b in walk(lesson.blocks) if isinstance(b, Chart)]
    drawn = [slide for slide in slides(module, shipped().evidence) if slide.kind == "chart"]
    titles = [re.sub(r" \(\d of \d\)$", "", slide.title) for slide in drawn]
    assert list(dict.fromkeys(titles)) == [chart.request.title for chart in charts]
    assert all(slide.foot[0].startswith("Source: ") for slide in drawn)


def test_a_prediction_is_asked_on_the_slide_before_its_chart() -> None:
    module = shipped().modules[MODULE]
    shown = slides(module, shipped().evidence)
    asked = [b for lesson in module.lessons for b in walk(lesson.blocks) if isinstance(b, Predict)]
    assert [slide.title for slide in shown if slide.kind == "predict"] == [block.ask for block in asked]
    for block in asked:
        place = next(n for n, slide in enumerate(shown) if slide.title == block.ask)
        chart = next(b for b in walk(block.blocks) if isinstance(b, Chart))
        assert shown[place].paragraphs[0].startswith("Predict first: from 0 to ")
        assert shown[place + 1].title.startswith(chart.request.title)


def test_every_lesson_is_announced_and_ends_in_its_takeaway() -> None:
    kinds = shown()
    assert kinds.count("lesson") == len(shipped().modules[MODULE].lessons)
    assert kinds.count("takeaway") >= kinds.count("lesson")


def test_long_lists_are_shared_over_slides_in_order() -> None:
    rows = ["a" * 200, "b" * 200, "c" * 200, "d" * 900]
    parts = list(shared(rows))
    assert [row for part in parts for row in part] == rows
    assert all(sum(map(len, part)) <= CROWDED or len(part) == 1 for part in parts)


def test_the_page_carries_all_it_needs(site: TestClient) -> None:
    text = site.get(f"/present/{MODULE}").text
    assert text.count('class="lm-slide ') == len(shown())
    outside = re.findall(r'(?:src|href)="([^"]+)"', text)
    assert {link.split("#")[0] for link in outside} <= {"/assets/logo.svg", f"/read/{MODULE}",
        f"https://learn.example.org/present/{MODULE}"}  # fmt: skip
    assert 'role="status"' in text


def test_slides_of_a_lesson_name_it_and_hold_no_markup() -> None:
    module = shipped().modules[MODULE]
    shown = slides(module, shipped().evidence)
    named = list(dict.fromkeys(slide.lesson for slide in shown if slide.lesson))
    assert named == [lesson.id for lesson in module.lessons]
    said = [row for slide in shown for row in (*slide.paragraphs, *slide.bullets, *slide.foot)]
    assert not any(re.search(r"</?(?:p|ul|li|br|span)\b|&amp;", row) for row in said)


def test_every_slide_with_evidence_has_an_address_of_its_own() -> None:
    """An impact report leads to the slide that shows a figure."""
    module = shipped().modules[MODULE]
    shown = slides(module, shipped().evidence)
    continued = re.compile(r"\(([2-9]) of \d\)$")
    evidence = [slide for slide in shown if slide.kind in ("chart", "takeaway")]
    anchors = [slide.anchor for slide in evidence if not continued.search(slide.title)]
    assert all(anchors)
    assert len(set(anchors)) == len(anchors)
