"""A lesson cut into the passages that make claims: sentences with their lines, figures and citations."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, assert_never

from modules.authoring.lint.typed import Spoken
from modules.authoring.source import Location
from modules.core.evidence import Trial
from modules.core.items import (
    Case,
    ChartPoint,
    ChartValue,
    Quiz,
    Scored,
    ScoredItem,
    cases_of,
    rationales_of,
    texts_of_case,
)
from modules.core.module import (
    Block,
    Bullets,
    Callout,
    CaseStudy,
    Chart,
    Check,
    Heading,
    Image,
    Paragraph,
    Predict,
    Reveal,
    SourceSays,
)
from modules.core.prose import Value, Words
from modules.core.sentences import Said, told

Setting = Literal["text", "callout", "source", "item", "notes"]
"""`notes` are a speaker's: no learner reads them."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, where it stands, and its sentences."""

    paragraph: Paragraph
    setting: Setting
    sentences: tuple[Said, ...]
    references: frozenset[str]

    @property
    def cited(self) -> bool:
        return bool(self.references)

    @property
    def values(self) -> tuple[tuple[int, Value], ...]:
        return tuple(pair for sentence in self.sentences for pair in sentence.values)

    def line(self, place: int) -> int:
        return self.paragraph.line_at(place)

    def near(self, index: int) -> bool:
        """Is a source named in this sentence, the one before or the one after?"""
        return any(x.references for x in self.sentences[max(0, index - 1) : index + 2])


def passage(paragraph: Paragraph, setting: Setting) -> Passage:
    found = told(paragraph.content)
    return Passage(paragraph, setting, found, frozenset(name for said in found for name in said.references))


@dataclass(frozen=True, slots=True)
class AskedItem:
    """A scored item, or a case: what is read before and after the answer, by its place within it."""

    index: int
    item: ScoredItem | Case
    asked: dict[Location, Passage]
    rationales: dict[Location, Passage]

    @property
    def passages(self) -> dict[Location, Passage]:
        return self.asked | self.rationales

    @property
    def label(self) -> str:
        return f'{"case" if isinstance(self.item, Case) else "item"} "{self.item.id}"'

    def at(self, place: Location) -> Location:
        return ("cases" if isinstance(self.item, Case) else "items", self.index, *place)


def asked_items(quiz: Quiz) -> tuple[AskedItem, ...]:
    scored = [(n, item) for n, item in enumerate(quiz.items) if isinstance(item, Scored)]
    items = (
        AskedItem(n, item, _read(cases_of(item), quiz) | _titled(item), _read(rationales_of(item), quiz))
        for n, item in scored
    )
    cases = (AskedItem(n, case, _read(texts_of_case(case), quiz), {}) for n, case in enumerate(quiz.file.cases))
    return (*items, *cases)


def _read(texts: dict[Location, str], quiz: Quiz) -> dict[Location, Passage]:
    return {at: passage(Paragraph(quiz.rich(text), 0), "item") for at, text in texts.items()}


def _titled(item: ScoredItem) -> dict[Location, Passage]:
    """The words of an item's chart."""
    if not isinstance(item, ChartPoint | ChartValue):
        return {}
    texts = {"title": item.chart.title, "caption": item.chart.caption}
    return {("chart", k): passage(Paragraph((Words(words),), 0), "item") for k, words in texts.items() if words}


def passages(blocks: tuple[Block, ...], setting: Setting = "text") -> Iterator[Passage]:
    """Every paragraph in reading order, and what it stands in."""
    for block in blocks:
        match block:
            case Paragraph():
                yield passage(block, setting)
            case Bullets():
                for entry in block.entries:
                    yield from passages(entry, setting)
            case Callout():
                yield from passages(block.blocks, "callout")
            case SourceSays():
                yield from passages(block.blocks, "source")
            case Reveal() | Predict():
                yield from passages(block.blocks, setting)
            case Heading() | Chart() | Check() | CaseStudy() | Image():
                pass
            case _:
                assert_never(block)


def headings(blocks: tuple[Block, ...]) -> Iterator[Heading]:
    return (block for block in blocks if isinstance(block, Heading))


def words_of(spoken: Spoken) -> str:
    return "".join(spoken.pieces)


def trial_names(trials: Iterable[Trial]) -> re.Pattern[str]:
    """The names of trials as a sentence has them: without what stands in brackets or after a colon."""
    names = {re.sub(r"\(.*?\)", "", t.name).partition(":")[0].strip() for t in trials}
    listed = sorted((re.escape(n) for n in names if len(n) > 2), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(listed)})(?![\w]|-\d)") if listed else re.compile(r"(?!)")
