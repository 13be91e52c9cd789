"""A module as slides: one idea each, disclosures first, the source on every slide that shows evidence."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from modules.actions.drawing import drawing
from modules.actions.paper import inline_svg
from modules.charts.chart import SourceRow
from modules.charts.theme import CSS, Palette
from modules.core.evidence import Evidence
from modules.core.module import (
    Block,
    Bullets,
    Callout,
    Chart,
    FrontMatter,
    Lesson,
    Module,
    Paragraph,
    Predict,
    Relationship,
    walk,
)
from modules.core.prediction import span
from modules.core.prose import Rich, plain, values
from modules.core.quantity import Origin
from modules.core.slide import Picture as Picture
from modules.core.slide import Slide as Slide
from modules.export.addresses import slide_anchor
from modules.export.front import PROFESSIONALS, accurate_text, support_text

CROWDED = 480
"""Characters that fit a slide at the size of its main text."""


def slides(module: Module, evidence: Evidence, *, palette: Palette = CSS) -> tuple[Slide, ...]:
    """`palette` is that of the charts: the page sets its own, a file needs LIGHT."""
    return tuple(_all(module, evidence, palette))


def _all(module: Module, evidence: Evidence, palette: Palette) -> Iterator[Slide]:
    front = module.front
    told = f"{accurate_text(front)}. Version {front.version}."
    yield Slide("opening", front.title, (told,), foot=(PROFESSIONALS,))
    yield from _disclosed(front)
    for rows in shared([objective.text for objective in front.objectives]):
        yield Slide("points", "By the end you can", bullets=rows)
    for n, lesson in enumerate(module.lessons, 1):
        place = f"Lesson {n} of {len(module.lessons)} · {lesson.minutes} min"
        opened = Slide("lesson", lesson.title, (place,))
        for slide in (opened, *_of_lesson(module, lesson, evidence, palette)):
            yield replace(slide, lesson=lesson.id)
    yield Slide("opening", "Questions", (front.title,), foot=(told,))


def _disclosed(front: FrontMatter) -> Iterator[Slide]:
    """ACCME Standards 3 and 4: disclosed to learners before the content, in words alone."""
    for rows in shared(_sentences(support_text(front))):
        yield Slide("points", "Support", rows)
    people = [f"{one.name}: {_stated(one.statement, one.relationships)}" for one in front.disclosures]
    for rows in shared([*people, front.mitigation]):
        yield Slide("points", "Disclosures", bullets=rows)


def _sentences(text: str) -> list[str]:
    return [part.strip().rstrip(".") + "." for part in text.split(". ")]


def _stated(statement: str | None, relationships: Sequence[Relationship]) -> str:
    if statement is not None:
        return statement
    named = "; ".join(f"{one.company} ({one.nature})" for one in relationships)
    return named or "no relevant financial relationships to disclose."


def shared(rows: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The rows over as few slides as hold them, in order."""
    held: list[str] = []
    for row in rows:
        if held and sum(map(len, held)) + len(row) > CROWDED:
            yield tuple(held)
            held = []
        held.append(row)
    if held:
        yield tuple(held)


def _of_lesson(module: Module, lesson: Lesson, evidence: Evidence, palette: Palette) -> Iterator[Slide]:
    for block in walk(lesson.blocks):
        anchor = slide_anchor(lesson.id, block.line)
        match block:
            case Chart():
                yield replace(_chart(module, block, evidence, palette), anchor=anchor)
            case Predict():
                yield from _predict(block)
            case Callout(kind="takeaway"):
                found = _origins(block.blocks)
                yield Slide("takeaway", "Takeaway", _said(block.blocks), foot=found, anchor=anchor)
            case _:
                pass


def _predict(block: Predict) -> Iterator[Slide]:
    """The question has a slide of its own, for the room to answer; the charts that answer it follow."""
    yield Slide("predict", block.ask, (f"Predict first: {span(block)}.",))
    if not any(isinstance(inner, Chart) for inner in walk(block.blocks)):
        yield Slide("points", block.ask, _said(block.blocks), foot=_origins(block.blocks))


def _chart(module: Module, block: Chart, evidence: Evidence, palette: Palette) -> Slide:
    made = drawing(module, block, evidence, width=1280, palette=palette)
    drawn = made.chart
    picture = Picture(inline_svg(made), drawn.alt, drawn.notes)
    sources = " · ".join(dict.fromkeys(_short(source) for source in drawn.sources))
    return Slide("chart", drawn.title, chart=picture, foot=(f"Source: {sources}",) if sources else ())


def _short(source: SourceRow) -> str:
    """A slide has the room for a line: publication, data cut, assessor, confidence."""
    told = (source.citation, source.cut, source.assessor, source.confidence)
    return "; ".join(part for part in told if part)


def _said(blocks: tuple[Block, ...]) -> tuple[str, ...]:
    return tuple(plain(rich) for rich in _rich(blocks))


def _rich(blocks: tuple[Block, ...]) -> Iterator[Rich]:
    for block in blocks:
        match block:
            case Paragraph():
                yield block.content
            case Bullets():
                for entry in block.entries:
                    yield from _rich(entry)
            case _:
                pass


def _origins(blocks: tuple[Block, ...]) -> tuple[str, ...]:
    found = dict.fromkeys(value.quantity.origin for rich in _rich(blocks) for value in values(rich))
    return tuple(_origin(origin) for origin in found)


def _origin(origin: Origin) -> str:
    told = (origin.trial, origin.cut, origin.source.citation)
    return "Source: " + "; ".join(part for part in told if part)
