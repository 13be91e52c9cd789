"""The shipped module's slides and their files, each made once for all tests of a run."""

from functools import lru_cache

from modules.actions.decks import DeckKind, deck
from modules.actions.slides import Slide, slides
from modules.charts.theme import LIGHT
from modules.core.module import Module
from tests.routes.site import MODULE, ROOT, shipped

FONTS = ROOT / "assets" / "fonts"


def module() -> Module:
    return shipped().modules[MODULE]


@lru_cache(maxsize=1)
def shown() -> tuple[Slide, ...]:
    return slides(module(), shipped().evidence, palette=LIGHT)


def made(kind: DeckKind) -> bytes:
    return deck(module(), shipped().evidence, kind, FONTS)
