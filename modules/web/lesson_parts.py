"""A lesson cut where something answers back: stretches of HTML, charts to explore, checks to answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Literal

import streamlit as st

from modules.actions.house import house
from modules.charts.draw import draw
from modules.core.items import texts_of
from modules.core.module import Block, CaseStudy, Chart, Check, Image, Lesson, Module, Predict, walk
from modules.core.prose import Rich
from modules.export.addresses import chart_files, chart_url, image_url
from modules.export.figure import figure_html
from modules.export.html import chart_level, lesson_html
from modules.export.pieces import Pieces
from modules.export.references import cited, references_html
from modules.web.picture import picture_html

Theme = Literal["light", "dark"]


@dataclass(frozen=True, slots=True)
class Stretch:
    html: str


@dataclass(frozen=True, slots=True)
class Veiled:
    """A prediction, and the parts that stay on the server until it is made."""

    block: Predict
    inside: "tuple[Part, ...]"


Part = Stretch | Chart | Check | CaseStudy | Veiled


@st.cache_resource(max_entries=256, show_spinner=False)
def parts(digest: str, theme: Theme, lesson_id: str, _module: Module) -> tuple[Part, ...]:  # noqa: ARG001
    """The lesson's parts in order, drawn once a text and theme; `digest` names the text."""
    lesson = _module.lesson(lesson_id)
    assert lesson is not None  # noqa: S101  the caller has looked
    pieces = lesson_pieces(_module, lesson, theme)
    return (*_cut(lesson.blocks, pieces), Stretch(references_html(pieces.references)))


def _cut(blocks: tuple[Block, ...], pieces: Pieces) -> tuple[Part, ...]:
    found: list[Part] = []
    run: list[Block] = []
    for block in blocks:
        match block:
            case Check() | CaseStudy():
                _flush(found, run, pieces)
                found.append(block)
            case Predict():
                _flush(found, run, pieces)
                found.append(Veiled(block, _cut(block.blocks, pieces.within(str(len(found))))))
            case Chart():
                run.append(block)
                _flush(found, run, pieces)
                found.append(block)
            case _:
                run.append(block)
    _flush(found, run, pieces)
    return tuple(found)


def _flush(found: list[Part], run: list[Block], pieces: Pieces) -> None:
    if run:
        found.append(Stretch(lesson_html(tuple(run), pieces.within(str(len(found))))))
        run.clear()


def lesson_pieces(module: Module, lesson: Lesson, theme: Theme) -> Pieces:
    """How this lesson's charts, images, citations and terms are drawn in the app."""
    evidence = house().shelf.current().library.evidence

    def figure(block: Chart) -> str:
        drawn = draw(block.request, evidence)
        narrow, wide = (chart_url(module, lesson.id, block.number, theme=theme, width=w) for w in (360, 720))
        files = chart_files(module, lesson.id, block.number)
        level = chart_level(lesson.blocks, block.number)
        picture, name = picture_html(narrow, wide, drawn), f"chart-{block.number}"
        return figure_html(drawn, picture, anchor=name, level=level, files=files)

    return Pieces(
        figure=figure,
        check=lambda _: "",
        image=lambda block: _image(module, block),
        references=cited(lesson.blocks, evidence.references, also=_asked(module, lesson)),
        terms=evidence.terms,
    )


def _asked(module: Module, lesson: Lesson) -> Iterator[Rich]:
    """Every text of the items this lesson asks: their citations are numbered with the lesson's own."""
    for block in walk(lesson.blocks):
        quiz = module.quizzes.get(block.quiz) if isinstance(block, Check) else None
        item = quiz.item(block.item) if quiz and isinstance(block, Check) else None
        if quiz and item:
            yield from (quiz.rich(text) for text in texts_of(item))


def _image(module: Module, block: Image) -> str:
    caption = f"<figcaption>{escape(block.caption)}</figcaption>" if block.caption else ""
    url = escape(image_url(module, block.file))
    return f'<figure class="lm-figure"><img src="{url}" alt="{escape(block.alt)}">{caption}</figure>'
