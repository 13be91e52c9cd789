"""The PowerPoint file: every word in order, pictures with their own, notes, sources, and nothing that spills over."""

import io
import re
import shutil
import subprocess
from functools import lru_cache
from pathlib import Path

import pytest
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide as Page
from pptx.util import Pt

from modules.export.deck_layout import HEIGHT, WIDTH, body_rows, fitted, foot_rows, height, layout
from tests.export.decks import made, module, shown

BOX = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>')
SLACK, LEADING = 2.0, 0.12
"""Points; and the share of a word's box that its font claims above and below, and no letter fills."""


@lru_cache(maxsize=1)
def opened() -> Deck:
    return Presentation(io.BytesIO(made("slides.pptx")))


def words(page: Page) -> list[str]:
    """What stands on a page but its number, in reading order, paragraph by paragraph."""
    shapes = [s for s in page.shapes if s.has_text_frame and not s.name.startswith("Slide Number")]
    return [p.text for shape in shapes for p in shape.text_frame.paragraphs]


def test_every_word_of_every_slide_is_in_the_file_in_order() -> None:
    pages = list(opened().slides)
    assert len(pages) == len(shown())
    for page, slide in zip(pages, shown(), strict=True):
        assert words(page) == [slide.title, *body_rows(slide), *foot_rows(slide)]
        assert page.shapes.title is not None
        assert page.shapes.title.text_frame.text == slide.title


def test_every_chart_is_a_picture_with_its_text_alternative_within_the_page() -> None:
    for page, slide in zip(opened().slides, shown(), strict=True):
        pictures = [s for s in page.shapes if s.shape_type == MSO_SHAPE_TYPE.PICTURE]
        assert [p._element._nvXxPr.cNvPr.get("descr") for p in pictures] == ([slide.chart.alt] if slide.chart else [])
        for picture in pictures:
            assert picture.left >= 0
            assert picture.top >= 0
            assert picture.left + picture.width <= Pt(WIDTH)
            assert picture.top + picture.height <= Pt(HEIGHT)
            ratio = picture.width / picture.height
            wide, high = picture.image.size
            assert ratio == pytest.approx(wide / high, rel=0.01)


def test_every_slide_of_evidence_has_notes_and_a_chart_names_its_source() -> None:
    for page, slide in zip(opened().slides, shown(), strict=True):
        notes = page.notes_slide.notes_text_frame if page.has_notes_slide else None
        assert (notes.text if notes else "") == slide.notes
        if slide.kind == "chart":
            assert any(row.startswith("Source: ") for row in words(page))
            assert slide.notes


def test_the_file_says_its_title_its_language_and_the_number_of_each_slide() -> None:
    about = opened().core_properties
    assert (about.title, about.language, about.version) == (module().front.title, "en-GB", "1.0.0")
    for page in opened().slides:
        numbers = [s for s in page.shapes if s.name.startswith("Slide Number")]
        assert [s.text_frame._txBody.findall(".//{*}fld")[0].get("type") for s in numbers] == ["slidenum"]
        ids = [s.shape_id for s in page.shapes]
        assert len(set(ids)) == len(ids)
        spoken = {about.get("lang") for s in page.shapes for about in s._element.iter("{*}rPr")}
        assert spoken <= {"en-GB"}


def test_parts_of_a_slide_never_overlap() -> None:
    for slide in shown():
        where = layout(slide)
        middle = where.body.box if where.body else where.picture
        foot = where.foot.box.top if where.foot else where.number.box.top
        if middle is not None:
            assert where.title.box.top + height([slide.title], where.title.size, where.title.box.width) <= middle.top
            assert middle.bottom <= foot
        if where.foot:
            assert where.foot.box.bottom <= where.number.box.top + 0.1


def test_words_shrink_before_they_spill_over() -> None:
    box = layout(shown()[1]).body
    assert box is not None
    few, many = ["word " * 20], ["word " * 90] * 6
    assert fitted(few, box.box, (26, 20, 10)) == 26
    assert fitted(many, box.box, (26, 20, 10)) == 10


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file as LibreOffice prints it."""
    office = shutil.which("soffice") or pytest.fail("soffice is needed: tests/tools/install.sh")
    folder = tmp_path_factory.mktemp("office")
    (folder / "slides.pptx").write_bytes(made("slides.pptx"))
    own = f"-env:UserInstallation=file://{folder / 'profile'}"
    command = [office, own, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(folder / "slides.pptx")]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / "slides.pdf"


def test_libreoffice_opens_it_and_every_word_lies_within_its_box(rendered: Path) -> None:
    told = subprocess.run(["pdftotext", "-bbox", rendered, "-"], check=True, capture_output=True, text=True).stdout
    pages = told.split("<page ")[1:]
    assert len(pages) == len(shown())
    for page, text, slide in zip(opened().slides, pages, shown(), strict=True):
        boxes = [
            (s.left / 12700, s.top / 12700, (s.left + s.width) / 12700, (s.top + s.height) / 12700)
            for s in page.shapes
            if s.has_text_frame
        ]
        found = BOX.findall(text)
        assert found, slide.title
        for *at, word in found:
            left, top, right, bottom = map(float, at)
            spare = LEADING * (bottom - top)
            within = any(
                a - SLACK <= left and b - SLACK <= top + spare and right <= c + SLACK and bottom - spare <= d + SLACK
                for a, b, c, d in boxes
            )
            assert within, f"{slide.title}: {word!r} at {at} is outside {boxes}"
