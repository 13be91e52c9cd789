"""A module's slides as files to keep, each made once for a version of the module: making one takes seconds."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pathlib import Path
from threading import Lock
from typing import Literal, cast

from modules.actions.slides import slides
from modules.charts.theme import LIGHT
from modules.core.evidence import Evidence
from modules.core.module import FrontMatter, Module
from modules.core.slide import Slide
from modules.export.deck_pdf import handout_pdf, slides_pdf

DeckKind = Literal["slides.pptx", "slides.pdf", "handout-a4.pdf", "handout-letter.pdf"]
MOST_BYTES = 128 * 1024 * 1024
"""Of all files kept in memory together."""
Key = tuple[str, DeckKind]
Maker = Callable[[tuple[Slide, ...], FrontMatter, Path], bytes]


@dataclass(slots=True)
class _Made:
    """The most recently wanted files. One is made at a time, however many are asked for; others do not wait for it."""

    found: OrderedDict[Key, bytes] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)
    making: Lock = field(default_factory=Lock)

    def get(self, key: Key) -> bytes | None:
        with self.lock:
            if key in self.found:
                self.found.move_to_end(key)
            return self.found.get(key)

    def keep(self, key: Key, body: bytes) -> None:
        with self.lock:
            self.found[key] = body
            while len(self.found) > 1 and sum(map(len, self.found.values())) > MOST_BYTES:
                self.found.popitem(last=False)


_MADE = _Made()


def deck(module: Module, evidence: Evidence, kind: DeckKind, fonts: Path) -> bytes:
    """`fonts` is the folder of the charts' own faces. A module's digest covers every file a deck is made from."""
    key = (module.digest, kind)
    if (held := _MADE.get(key)) is not None:
        return held
    with _MADE.making:
        if (held := _MADE.get(key)) is not None:
            return held
        body = _maker(kind)(slides(module, evidence, palette=LIGHT), module.front, fonts)
        _MADE.keep(key, body)
    return body


def _maker(kind: DeckKind) -> Maker:
    match kind:
        case "slides.pptx":
            return _powerpoint()
        case "slides.pdf":
            return slides_pdf
        case "handout-a4.pdf":
            return lambda shown, front, fonts: handout_pdf(shown, front, fonts, "a4")
        case "handout-letter.pdf":
            return lambda shown, front, fonts: handout_pdf(shown, front, fonts, "letter")


@cache
def _powerpoint() -> Maker:
    """The library of such files is imported when the first one is wanted, not at each start."""
    return cast(Maker, import_module("modules.export.deck_pptx").pptx_file)
