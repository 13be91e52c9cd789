"""What a speaker says at each slide of a lesson: what its author wrote for it, else the text around it."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from modules.actions.slide_text import origins, said, sentences_of
from modules.core.module import (
    SKIPPED,
    Block,
    Bullets,
    Callout,
    Chart,
    Heading,
    Lesson,
    Notes,
    Paragraph,
    Predict,
    walk,
)
from modules.core.prose import Rich

OPENING = 0
"""In place of a line: the slide that announces the lesson."""
Group = tuple[Rich, ...]


@dataclass(frozen=True, slots=True)
class _Slide:
    line: int


@dataclass(frozen=True, slots=True)
class _Break:
    """A heading: what stands before it speaks of something else."""


_Piece = Rich | _Slide | _Break


def has_slide(block: Block) -> bool:
    """Charts, predictions and takeaways have one each, unless their author skips it."""
    match block:
        case Chart(slide=hint) | Predict(slide=hint) | Callout(kind="takeaway", slide=hint):
            return hint != SKIPPED
        case _:
            return False


def written(lesson: Lesson) -> tuple[tuple[int, Notes], ...]:
    """Each of the lesson's notes with the line of what they speak to, which stands above them; OPENING before all."""
    lines = sorted(block.line for block in walk(lesson.blocks) if has_slide(block))
    return tuple((lines[at - 1] if (at := bisect_right(lines, one.line)) else OPENING, one) for one in lesson.notes)


def speaking(lesson: Lesson) -> Mapping[int, Group]:
    """By the line of what has a slide; a slide without notes of its own has the nearest text of its section.

    The slide that announces the lesson has its opening words, if it opens with any.
    """
    groups = _around(lesson)
    own: dict[int, Group] = {}
    for line, notes in written(lesson):
        own[line] = (*own.get(line, ()), *sentences_of(notes.blocks))
    return groups | own


def notes_text(told: Sequence[Rich], foot: tuple[str, ...] = ()) -> str:
    """Paragraphs parted by blank lines, then the sources that the slide's own foot does not name, each once."""
    shown = " ".join(foot)
    sources: dict[str, str] = {}
    for line in sorted(origins(told), key=len):
        citation = line.rpartition("; ")[2]
        if citation not in shown:
            sources[citation] = line
    return "\n\n".join((*said(told), *(["\n".join(sources.values())] if sources else [])))


def _around(lesson: Lesson) -> dict[int, Group]:
    """The text just before, else just after, else the last before that."""
    pieces = tuple(_pieces(lesson.blocks))
    found = {OPENING: _run(pieces)}
    last: Group = ()
    for place, piece in enumerate(pieces):
        if isinstance(piece, _Slide):
            found[piece.line] = _run(pieces[:place][::-1])[::-1] or _run(pieces[place + 1 :]) or last
        elif isinstance(piece, tuple):
            last = _run(pieces[: place + 1][::-1])[::-1]
    return found


def _run(pieces: Sequence[_Piece]) -> Group:
    """The sentences from here on, up to the next slide or heading."""
    found: list[Rich] = []
    for piece in pieces:
        if not isinstance(piece, tuple):
            break
        found.append(piece)
    return tuple(found)


def _pieces(blocks: tuple[Block, ...]) -> Iterator[_Piece]:
    """What is folded away or quoted from elsewhere is not said."""
    for block in blocks:
        if has_slide(block):
            yield _Slide(block.line)
        match block:
            case Heading():
                yield _Break()
            case Paragraph() | Bullets():
                yield from sentences_of((block,))
            case Predict() | Callout(kind="note" | "caution"):
                yield from _pieces(block.blocks)
            case _:
                pass
