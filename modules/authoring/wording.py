"""What an item says as its reader takes it in: plain texts, the last question, the words that carry meaning."""

import re
from dataclasses import dataclass
from functools import lru_cache

from modules.core.items import MultipleResponse, OneBest, Quiz, ScoredItem, rationales_of
from modules.core.prose import plain

ABSOLUTE = re.compile(r"\b(?:always|never|only|invariably)\b", re.IGNORECASE)
VAGUE = re.compile(
    r"(?i:\b(?:often|rarely|frequently|usually|sometimes|occasionally|generally)\b)|\bmay\b"  # May is a month.
)
_SELECT = re.compile(r"^(?:select|choose|mark|pick)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.?!:…])\s+")
_QUOTED = re.compile(r"[\"“][^\"”]*[\"”]|(?<!\w)[‘'][^’']*[’'](?!\w)")
_WORD = re.compile(r"[a-z0-9][a-z0-9.+]*(?:-[a-z0-9]+)*", re.IGNORECASE)
_ENDINGS = (("ies", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""), ("e", ""))
_EMPTY = (
    "about above after all also among and any are arm arms because been before being below best better between both "
    "but can did does each either for from given gives had has have her him his how into its less man many more most "
    "much neither nor not now one other our out over patient patients per she should since some such than that the "
    "their them then there these they this those through too trial trials under until upon was were what when where "
    "whether which while who why will with within without woman would you your"
)
_PASSED_OVER = frozenset(_EMPTY.split())


@dataclass(frozen=True, slots=True)
class Said:
    """The texts of a scored item. `key` is the place of the one right option, None for the other types."""

    vignette: str
    stem: str
    options: tuple[str, ...]
    rationales: tuple[str, ...]
    key: int | None

    @property
    def lead_in(self) -> str:
        """The sentence that asks: the last one, but for "Select two."."""
        sentences = [s for s in _SENTENCE.split(self.stem) if s and not _SELECT.match(s)]
        asking = [s for s in sentences if s.endswith("?")]
        return (asking or sentences or [""])[-1]


def said(item: ScoredItem, quiz: Quiz) -> Said:
    def read(text: str | None) -> str:
        return plain(quiz.rich(text)).strip() if text else ""

    match item:
        case OneBest() | MultipleResponse():
            options, rationales = zip(*((read(o.text), read(o.rationale)) for o in item.options), strict=True)
        case _:
            options, rationales = (), tuple(read(text) for text in rationales_of(item).values())
    right = [n for n, o in enumerate(item.options) if o.correct] if isinstance(item, OneBest) else []
    return Said(read(item.vignette), read(item.stem), options, rationales, right[0] if right else None)


def unquoted(text: str) -> str:
    """Without what somebody else is quoted as saying."""
    return _QUOTED.sub(" ", text)


@lru_cache(maxsize=4096)
def telling(text: str) -> frozenset[str]:
    """The words and figures that carry meaning, without their endings."""
    found = (word.strip(".").casefold() for word in _WORD.findall(text))
    return frozenset(_root(word) for word in found if word not in _PASSED_OVER and (len(word) > 2 or word[0].isdigit()))


def _root(word: str) -> str:
    """Crude on purpose: "lengthened" and "lengthens" meet, and nothing shorter than four letters is left over."""
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word.removesuffix(ending) + instead
    return word
