"""A module as slides: one idea each, disclosures first, the source on every slide that shows evidence."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape

from modules.actions.drawing import drawing
from modules.actions.paper import inline_svg
from modules.charts.chart import SourceRow
from modules.charts.theme import CSS
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
from modules.export.addresses import slide_anchor
from modules.export.front import PROFESSIONALS, accurate_text, support_text

CROWDED = 480
"""Characters that fit a slide at the size of its main text."""


@dataclass(frozen=True, slots=True)
class Slide:
    """`body` and `foot` are HTML; `foot` names sources, small. `anchor` is the address of what it shows, if any."""

    kind: str
    title: str
    body: str = ""
    foot: str = ""
    anchor: str = ""


def slides(module: Module, evidence: Evidence) -> tuple[Slide, ...]:
    return tuple(_all(module, evidence))


def _all(module: Module, evidence: Evidence) -> Iterator[Slide]:
    front = module.front
    told = f"{accurate_text(front)}. Version {front.version}."
    yield Slide("opening", front.title, _paragraph(told), escape(PROFESSIONALS))
    yield from _disclosed(front)
    for rows in shared([objective.text for objective in front.objectives]):
        yield Slide("points", "By the end you can", _list(rows))
    for n, lesson in enumerate(module.lessons, 1):
        place = f"Lesson {n} of {len(module.lessons)} · {lesson.minutes} min"
        yield Slide("lesson", lesson.title, f'<p class="lm-place">{escape(place)}</p>')
        yield from _of_lesson(module, lesson, evidence)
    yield Slide("opening", "Questions", _paragraph(front.title), escape(told))


def _disclosed(front: FrontMatter) -> Iterator[Slide]:
    """ACCME Standards 3 and 4: disclosed to learners before the content, in words alone."""
    for rows in shared(_sentences(support_text(front))):
        yield Slide("points", "Support", "".join(_paragraph(row) for row in rows))
    people = [f"{one.name}: {_stated(one.statement, one.relationships)}" for one in front.disclosures]
    for rows in shared([*people, front.mitigation]):
        yield Slide("points", "Disclosures", _list(rows))


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


def _of_lesson(module: Module, lesson: Lesson, evidence: Evidence) -> Iterator[Slide]:
    for block in walk(lesson.blocks):
        anchor = slide_anchor(lesson.id, block.line)
        match block:
            case Chart():
                yield replace(_chart(module, block, evidence), anchor=anchor)
            case Predict():
                yield from _predict(block)
            case Callout(kind="takeaway"):
                yield Slide("takeaway", "Takeaway", _said(block.blocks), _origins(block.blocks), anchor)
            case _:
                pass


def _predict(block: Predict) -> Iterator[Slide]:
    """The question has a slide of its own, for the room to answer; the charts that answer it follow."""
    yield Slide("predict", block.ask, _paragraph(f"Predict first: {span(block)}."))
    if not any(isinstance(inner, Chart) for inner in walk(block.blocks)):
        yield Slide("points", block.ask, _said(block.blocks), _origins(block.blocks))


def _chart(module: Module, block: Chart, evidence: Evidence) -> Slide:
    made = drawing(module, block, evidence, width=1280, palette=CSS)
    drawn = made.chart
    picture = inline_svg(made)
    body = f'<div class="lm-stage" tabindex="0" role="group" aria-label="Chart">{picture}</div>'
    notes = f'<span class="lm-chart-note">{escape(" ".join(drawn.notes))}</span> ' if drawn.notes else ""
    sources = " · ".join(dict.fromkeys(escape(_short(source)) for source in drawn.sources))
    return Slide("chart", drawn.title, body, f"{notes}Source: {sources}" if sources else notes)


def _short(source: SourceRow) -> str:
    """A slide has the room for a line: publication, data cut, assessor, confidence."""
    told = (source.citation, source.cut, source.assessor, source.confidence)
    return "; ".join(part for part in told if part)


def _said(blocks: tuple[Block, ...]) -> str:
    return "".join(_paragraph(plain(rich)) for rich in _rich(blocks))


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


def _origins(blocks: tuple[Block, ...]) -> str:
    found = dict.fromkeys(value.quantity.origin for rich in _rich(blocks) for value in values(rich))
    return "<br>".join(escape(_origin(origin)) for origin in found)


def _origin(origin: Origin) -> str:
    told = (origin.trial, origin.cut, origin.source.citation)
    return "Source: " + "; ".join(part for part in told if part)


def _paragraph(text: str) -> str:
    return f"<p>{escape(text)}</p>"


def _list(rows: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(row)}</li>' for row in rows)}</ul>"
