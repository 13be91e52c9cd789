"""A module as slides: one idea each, disclosures first, the source on every slide that shows evidence."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from modules.actions.chart_slides import chart_slides
from modules.actions.slide_notes import OPENING, has_slide, notes_text, speaking
from modules.actions.slide_text import origins, said, sentences_of
from modules.charts.theme import CSS, Palette
from modules.core.evidence import Evidence
from modules.core.module import Callout, Chart, FrontMatter, Lesson, Module, Predict, Relationship, walk
from modules.core.prediction import span
from modules.core.prose import Rich
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
    for lesson in module.lessons:
        for slide in _of_lesson(module, lesson, evidence, palette):
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
    place = f"Lesson {module.lessons.index(lesson) + 1} of {len(module.lessons)} · {lesson.minutes} min"
    told = speaking(lesson)
    yield Slide("lesson", lesson.title, (place,), notes=notes_text(told.get(OPENING, ())))
    for block in filter(has_slide, walk(lesson.blocks)):
        anchor = slide_anchor(lesson.id, block.line)
        around = told.get(block.line, ())
        match block:
            case Chart():
                first, *rest = chart_slides(module, block, evidence, palette)
                yield replace(_noted(first, around), anchor=anchor)
                yield from (slide if slide.notes else _noted(slide, ()) for slide in rest)
            case Predict():
                yield from (_noted(slide, around) for slide in _predict(block))
            case Callout():
                shown = tuple(sentences_of(block.blocks))
                title = block.slide or "Takeaway"
                slide = Slide("takeaway", title, said(shown), foot=origins(shown), anchor=anchor)
                yield _noted(slide, around)
            case _:
                pass


def _noted(slide: Slide, around: Sequence[Rich]) -> Slide:
    """A slide of evidence is never without notes: where no text stands around it, its own words are said."""
    alone = slide.chart.alt if slide.chart else "\n\n".join(slide.paragraphs)
    return replace(slide, notes=notes_text(around, slide.foot) if around else alone)


def _predict(block: Predict) -> Iterator[Slide]:
    """The question has a slide of its own, for the room to answer; the charts that answer it follow."""
    asked = f"Predict first: {span(block)}."
    yield Slide("predict", block.slide or block.ask, (block.ask, asked) if block.slide else (asked,))
    if not any(isinstance(inner, Chart) for inner in walk(block.blocks)):
        shown = tuple(sentences_of(block.blocks))
        yield Slide("points", block.ask, said(shown), foot=origins(shown))
