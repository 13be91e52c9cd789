"""Slides as a PowerPoint file: real titles, texts and notes to be edited, charts as pictures with their words."""

import io
from collections.abc import Sequence
from copy import deepcopy
from datetime import datetime, time
from pathlib import Path
from typing import cast

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.xmlchemy import OxmlElement
from pptx.presentation import Presentation as Deck
from pptx.shapes.autoshape import Shape
from pptx.slide import Slide as Page
from pptx.text.text import Font, TextFrame, _Paragraph
from pptx.util import Emu, Pt

from modules.core.module import FrontMatter
from modules.core.slide import Picture, Slide
from modules.export.deck_layout import GAP, HEIGHT, WIDTH, Box, Part, body_rows, foot_rows, layout
from modules.export.raster import png

# The library has types, but not for how a colour is made.
INK, MUTED = RGBColor(0x0B, 0x16, 0x20), RGBColor(0x47, 0x58, 0x66)  # type: ignore[no-untyped-call]
BLUE, WHITE = RGBColor(0x0B, 0x5A, 0x8F), RGBColor(0xFF, 0xFF, 0xFF)  # type: ignore[no-untyped-call]
FACE = b"Arial"
"""On every machine that opens such files, or one of the same widths in its place."""
TITLED, TITLED_ALONE = 1, 5
"""The layouts "Title and Content" and "Title Only" of the library's own template."""
LOCALES = {"en": "en-GB"}
ANCHORS = {"top": MSO_ANCHOR.TOP, "middle": MSO_ANCHOR.MIDDLE, "bottom": MSO_ANCHOR.BOTTOM}


def pptx_file(slides: Sequence[Slide], front: FrontMatter, fonts: Path) -> bytes:
    """`fonts` holds the charts' own faces. Each slide is 13.33 by 7.5 inches."""
    deck = _blank()
    for slide in slides:
        _draw(deck, slide, front.language, fonts)
    _told(deck, front)
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def _blank() -> Deck:
    """The library's template, made as wide as today's screens and set in one face."""
    deck = Presentation()
    wider = Pt(WIDTH) / (deck.slide_width or Pt(WIDTH))
    deck.slide_width, deck.slide_height = Pt(WIDTH), Pt(HEIGHT)
    for sheet in (deck.slide_master, *deck.slide_layouts):
        for shape in sheet.shapes:
            shape.left, shape.width = Emu(int(shape.left * wider)), Emu(int(shape.width * wider))
    theme = deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme._blob = theme.blob.replace(b'typeface="Calibri"', b'typeface="' + FACE + b'"')
    return deck


def _told(deck: Deck, front: FrontMatter) -> None:
    about = deck.core_properties
    about.title, about.subject = front.title[:255], front.summary[:255]
    about.author, about.language = "Landmark", LOCALES.get(front.language, front.language)
    about.keywords, about.version = ", ".join(front.topics)[:255], front.version
    about.created = about.modified = datetime.combine(front.reviewed, time())
    about.last_modified_by = ""


def _draw(deck: Deck, slide: Slide, language: str, fonts: Path) -> None:
    where, rows = layout(slide), body_rows(slide)
    page = deck.slides.add_slide(deck.slide_layouts[TITLED if where.body else TITLED_ALONE])
    ink, quiet = (WHITE, WHITE) if slide.kind == "lesson" else (INK, MUTED)
    if slide.kind == "lesson":
        page.background.fill.solid()
        page.background.fill.fore_color.rgb = BLUE
    _fill(cast(Shape, page.shapes.title), where.title, [slide.title], MUTED if slide.kind == "takeaway" else ink)
    if where.body:
        body = cast(Shape, page.placeholders[1])
        _fill(body, where.body, rows, ink)
        for paragraph in body.text_frame.paragraphs[: len(slide.paragraphs)]:
            _without_bullet(paragraph)
    if slide.chart and where.picture:
        _picture(page, slide.chart, where.picture, fonts)
    if where.foot:
        _fill(_text_box(page, where.foot.box, "Source"), where.foot, foot_rows(slide), quiet)
    _number(page, where.number, quiet)
    if slide.notes:
        frame = cast(TextFrame, page.notes_slide.notes_text_frame)
        frame.text = slide.notes
        _spoken_in(frame, language)
    for shape in page.shapes:
        if isinstance(shape, Shape):
            _spoken_in(shape.text_frame, language)


def _text_box(page: Page, box: Box, name: str) -> Shape:
    shape = page.shapes.add_textbox(*_lengths(box))
    shape.name = name
    return shape


def _fill(shape: Shape, part: Part, rows: Sequence[str], colour: RGBColor) -> None:
    """The words stand in the part's box at its size, with nothing that a program would shrink or grow by itself."""
    shape.left, shape.top, shape.width, shape.height = _lengths(part.box)
    frame = shape.text_frame
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Pt(0)
    frame.vertical_anchor = ANCHORS[part.at]
    for place, row in enumerate(rows):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.LEFT
        paragraph.space_before, paragraph.space_after = Pt(GAP * part.size if place else 0), Pt(0)
        run = paragraph.add_run()
        run.text = row
        run.font.size, run.font.bold, run.font.color.rgb = Pt(part.size), part.bold, colour


def _without_bullet(paragraph: _Paragraph) -> None:
    """The placeholder gives each of its paragraphs a bullet."""
    about = paragraph._p.get_or_add_pPr()
    about.set("marL", "0")
    about.set("indent", "0")
    about.append(OxmlElement("a:buNone"))


def _picture(page: Page, chart: Picture, space: Box, fonts: Path) -> None:
    """As large as the space lets it be, in its middle; the file's own words for it are the chart's."""
    shape = page.shapes.add_picture(io.BytesIO(png(chart.svg, fonts)), Pt(0), Pt(0))
    ratio = min(Pt(space.width) / shape.width, Pt(space.height) / shape.height)
    wide, high = int(shape.width * ratio), int(shape.height * ratio)
    shape.width, shape.height = Emu(wide), Emu(high)
    shape.left = Emu(Pt(space.left) + (Pt(space.width) - wide) // 2)
    shape.top = Emu(Pt(space.top) + (Pt(space.height) - high) // 2)
    shape.name = "Chart"
    shape._element._nvXxPr.cNvPr.set("descr", chart.alt)


def _number(page: Page, part: Part, colour: RGBColor) -> None:
    """A field of the layout's own kind, which counts by itself when slides are moved."""
    pattern = next(one for one in page.slide_layout.shapes if one.name.startswith("Slide Number"))
    free = max(one.shape_id for one in page.shapes) + 1
    page.shapes._spTree.append(deepcopy(pattern._element))
    shape = cast(Shape, page.shapes[-1])
    shape._element.nvSpPr.cNvPr.set("id", str(free))
    shape.left, shape.top, shape.width, shape.height = _lengths(part.box)
    frame = shape.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Pt(0)
    frame.paragraphs[0].alignment = PP_ALIGN.RIGHT
    for counted in shape._element.iter("{*}fld"):
        font = Font(counted.get_or_add_rPr())
        font.size, font.color.rgb = Pt(part.size), colour


def _spoken_in(frame: TextFrame, language: str) -> None:
    for about in frame._txBody.iter("{*}rPr", "{*}endParaRPr"):
        about.set("lang", LOCALES.get(language, language))


def _lengths(box: Box) -> tuple[Emu, Emu, Emu, Emu]:
    left, top, width, height = (Emu(int(Pt(length))) for length in (box.left, box.top, box.width, box.height))
    return left, top, width, height
