"""What a card shows of an item: enough to answer it, and nothing of its key."""

from collections.abc import Callable
from dataclasses import dataclass, field

from modules.core.figures import ChartRequest
from modules.core.items import Quiz, ScoredItem, UnscoredItem
from modules.core.responses import Draft


@dataclass(frozen=True, slots=True)
class Ask:
    """`order`: the ids of options, or of steps, as they are shown; empty: as written.

    `chart` draws an item's chart; `statements`: what a learner committed to, for a commitment review. `prefix` starts
    the name of every input, where several items share a form.
    """

    quiz: Quiz
    item: ScoredItem | UnscoredItem
    chart: Callable[[ChartRequest], str]
    order: tuple[str, ...] = ()
    draft: Draft = field(default_factory=Draft)
    confidence: bool = False
    statements: tuple[str, ...] = ()
    prefix: str = ""

    def name(self, *parts: object) -> str:
        """The name of an input: `answer`, or `answer-<part>`."""
        return self.prefix + "-".join(("answer", *map(str, parts)))
