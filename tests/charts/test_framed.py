"""A picture to keep: the chart, with its finding, its cautions and its sources."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from modules.charts.draw import draw
from modules.charts.framed import framed
from modules.charts.svg import svg
from modules.charts.theme import DARK, LIGHT
from modules.core.evidence import Evidence
from modules.export.raster import FAMILY, png
from tests.charts.readback import words
from tests.charts.requests import REQUESTS

FONTS = Path(__file__).parents[2] / "assets" / "fonts"


@pytest.mark.parametrize("name", REQUESTS)
def test_a_picture_to_keep_holds_the_chart_its_finding_its_notes_and_its_sources(evidence: Evidence, name: str) -> None:
    chart = draw(REQUESTS[name], evidence)
    said = words(ElementTree.fromstring(framed(chart, width=720, palette=LIGHT)))
    inside = words(ElementTree.fromstring(svg(chart, width=720, palette=LIGHT)))
    together = " ".join(said)
    assert said[0] == chart.title
    assert set(inside) <= set(said)
    assert all(note in together for note in chart.notes)
    assert all(source.citation in together for source in chart.sources)


def test_a_dark_picture_has_a_dark_ground(evidence: Evidence) -> None:
    assert f'fill="{DARK.background}"' in framed(draw(REQUESTS["forest"], evidence), width=720, palette=DARK)


@pytest.mark.parametrize("name", REQUESTS)
def test_every_kind_becomes_a_png(evidence: Evidence, name: str) -> None:
    picture = png(framed(draw(REQUESTS[name], evidence), width=720, palette=LIGHT), FONTS)
    assert picture.startswith(b"\x89PNG\r\n")
    assert len(picture) > 8_000


def test_words_in_a_png_are_set_in_our_own_face(evidence: Evidence) -> None:
    """The same picture in another face has other dots: the font was found."""
    picture = framed(draw(REQUESTS["timeline"], evidence), width=720, palette=LIGHT)
    assert png(picture, FONTS) != png(picture, without_fonts())
    assert FAMILY == "Landmark Charts"


def without_fonts() -> Path:
    """A folder without fonts."""
    return Path(__file__).parent
