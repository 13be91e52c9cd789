"""Slides as accessible PDF (PDF/UA-1): one a page for the projector, two a page with notes for paper."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Literal

import typst

from modules.core.module import FrontMatter
from modules.core.slide import Slide
from modules.export.deck_layout import foot_rows
from modules.export.front import accurate_text
from modules.export.raster import with_face
from modules.export.typeset import Words, pdf, printable

Paper = Literal["a4", "letter"]
PAPERS: dict[Paper, str] = {"a4": "a4", "letter": "us-letter"}
"""Our names for sizes of paper -> Typst's."""
_HERE = Path(__file__).parent


def slides_pdf(slides: Sequence[Slide], front: FrontMatter, fonts: Path) -> bytes:
    """Pages of 960 by 540 points. The same slides give the same bytes."""
    return _set("deck.typ", (slides, front), {}, fonts)


def handout_pdf(slides: Sequence[Slide], front: FrontMatter, fonts: Path, paper: Paper) -> bytes:
    return _set("handout.typ", (slides, front), {"paper": PAPERS[paper]}, fonts)


def _set(template: str, told: tuple[Sequence[Slide], FrontMatter], inputs: dict[str, str], fonts: Path) -> bytes:
    slides, front = told
    words = _words(slides, front)
    at = datetime.combine(front.reviewed, time(), UTC)
    try:
        return pdf(_HERE / template, {"deck": json.dumps(words), **inputs}, at, fonts)
    except typst.TypstError:
        return pdf(_HERE / template, {"deck": json.dumps(printable(words)), **inputs}, at, fonts)


def _words(slides: Sequence[Slide], front: FrontMatter) -> Words:
    return {
        "title": front.title,
        "summary": front.summary,
        "topics": list(front.topics),
        "language": front.language.split("-")[0],
        "foot": f"{front.title} · {accurate_text(front)}. Version {front.version}.",
        "slides": [_slide(slide) for slide in slides],
    }


def _slide(slide: Slide) -> dict[str, object]:
    return {
        "kind": slide.kind,
        "title": slide.title,
        "paragraphs": list(slide.paragraphs),
        "bullets": list(slide.bullets),
        "svg": with_face(slide.chart.svg) if slide.chart else "",
        "alt": slide.chart.alt if slide.chart else "",
        "foot": list(foot_rows(slide)),
        "notes": [row for part in slide.notes.split("\n\n") if part for row in part.split("\n")],
    }
