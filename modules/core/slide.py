"""A slide: one idea, as content that any surface can draw."""

from dataclasses import dataclass
from typing import Literal

SlideKind = Literal["opening", "points", "lesson", "predict", "takeaway", "chart", "poll"]


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart as a slide shows it, in large type. `notes` are cautions that must be shown with it."""

    svg: str
    alt: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Slide:
    """All text is plain; `paragraphs` stand before `bullets`. `foot` names sources, small, one a line.

    `anchor` is the address of what it shows, if any. `notes` are the speaker's alone, paragraphs parted by blank lines.
    `steps` counts what is shown one after the other, 0 where all is shown at once. `lesson` is the id of the lesson it
    was made from, `poll` the address of the poll it asks; both empty where there is none.
    """

    kind: SlideKind
    title: str
    paragraphs: tuple[str, ...] = ()
    bullets: tuple[str, ...] = ()
    chart: Picture | None = None
    foot: tuple[str, ...] = ()
    anchor: str = ""
    notes: str = ""
    steps: int = 0
    lesson: str = ""
    poll: str = ""
