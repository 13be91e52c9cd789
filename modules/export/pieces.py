"""What drawing a lesson needs: how to draw a chart, a check and an image, what is cited, the terms."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from modules.core.evidence import Reference, Term
from modules.core.figures import ChartRequest
from modules.core.module import CaseStudy, Chart, Check, Image


@dataclass(frozen=True, slots=True)
class Pieces:
    """`references` in the order of their numbers; `prefix` starts every id: two calls on a page need two.

    `asked_chart`: the picture of an item's chart, and what its fold adds: notes, sources and the table.
    """

    figure: Callable[[Chart], str]
    check: Callable[[Check], str]
    image: Callable[[Image], str]
    references: Mapping[str, Reference]
    terms: Mapping[str, Term]
    prefix: str = "lm"
    case: Callable[[CaseStudy], str] = lambda _: ""
    asked_chart: Callable[[ChartRequest], tuple[str, str]] = lambda _: ("", "")

    def within(self, name: str) -> "Pieces":
        """The same pieces for a part of the page, with ids of its own."""
        return replace(self, prefix=f"{self.prefix}-{name}")
