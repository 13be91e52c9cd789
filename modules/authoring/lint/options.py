"""Options: each of one kind, apart from the others, and none that gives itself away."""

import re
from collections import Counter
from collections.abc import Sequence
from math import inf
from statistics import median

from modules.authoring.sheet import Sheet
from modules.authoring.source import Location
from modules.authoring.wording import ABSOLUTE, VAGUE, Said, telling

KEY_TO_DISTRACTOR = 1.4
SHORT_OPTION = 40
SHORTEST_ECHO = 5
_CATCH_ALL = re.compile(
    r"\b(?:all|none|both|neither) of (?:the|these) (?:above|below|options)|\ball of these\b", re.IGNORECASE
)
_FIGURE = re.compile(r"^\D{0,3}(\d+(?:\.\d+)?)")
_BARE = re.compile(r"^[<>≤≥~]?\s*\d[\d.]*\s*%?(?:\s[a-z]+){0,2}$", re.IGNORECASE)
_NO_VALUE = re.compile(r"^(?:not?|none|never|unknown|undetermined|indeterminate|inestimable)\b", re.IGNORECASE)
_BETWEEN = re.compile(
    r"^(?:between |from )?(?P<low>\d+(?:\.\d+)?)\s*%?\s*(?:-|–|to|and)\s*(?P<high>\d+(?:\.\d+)?)(?P<rest>.*)$",
    re.IGNORECASE,
)
_BELOW = re.compile(
    r"^(?P<word><|≤|less than|fewer than|under|below|up to|at most)\s*(?P<high>\d+(?:\.\d+)?)(?P<rest>.*)$",
    re.IGNORECASE,
)
_BEYOND = re.compile(
    r"^(?P<word>>|≥|more than|over|above|at least)\s*(?P<low>\d+(?:\.\d+)?)(?P<rest>.*)$", re.IGNORECASE
)
_ENDS_INCLUDED = ("≤", "≥", "up to", "at most", "at least")
_PARTS = re.compile(r"\s*(?:,|;|\+|\bplus\b|\bwith\b|\band\b)\s*", re.IGNORECASE)


def check_options(texts: Sequence[str], scored: bool, sheet: Sheet, at: Location) -> None:
    """What holds for options of every kind; the words of a choice in an evaluation are free."""
    bare = [re.sub(r"\W+", " ", text.casefold()).strip() or text for text in texts]
    for index, text in enumerate(texts):
        place = (*at, index, "text")
        if bare[index] in bare[:index]:
            first = sheet.source.line((*at, bare.index(bare[index]), "text"))
            sheet.add("I101", place, f"the same text stands in line {first}", "Make them differ.")
        if catch_all := _CATCH_ALL.search(text):
            sheet.add("I202", place, f'the option says "{catch_all[0]}"', "Write a real option.")
        if scored:
            _words(text, sheet, place)
    if scored:
        _ranges(texts, sheet, at)
        _kinds(texts, sheet, at)


def _words(text: str, sheet: Sheet, place: Location) -> None:
    if absolute := ABSOLUTE.search(text):
        sheet.add("I204", place, f'the option says "{absolute[0]}"', "Say what is meant without an absolute.")
    if vague := VAGUE.search(text):
        sheet.add("I208", place, f'the option says "{vague[0]}"', "Say how often, or how much.")


def _ranges(texts: Sequence[str], sheet: Sheet, at: Location) -> None:
    """Two options that the same number would fit; only where all are ranges of one unit, one of them closed."""
    spans = [_span(text.replace(",", "")) for text in texts]
    known = [span for span in spans if span]
    if len(known) < len(texts) or len({unit for *_, unit in known}) > 1:
        return
    if not any(-inf < low < high < inf for low, high, _, _ in known):
        return
    for index, span in enumerate(known):
        earlier = next((n for n, other in enumerate(known[:index]) if _overlap(span, other)), None)
        if earlier is not None:
            first = sheet.source.line((*at, earlier, "text"))
            message = f'"{texts[index]}" overlaps with "{texts[earlier]}" in line {first}'
            sheet.add("I108", (*at, index, "text"), message, "Let each range begin after the end of the one before.")


def _span(text: str) -> tuple[float, float, bool, str] | None:
    """(from, to, whether the ends belong to it, unit)"""
    if found := _BETWEEN.match(text):
        return float(found["low"]), float(found["high"]), True, _unit(found["rest"])
    if found := _BELOW.match(text):
        return -inf, float(found["high"]), found["word"].casefold() in _ENDS_INCLUDED, _unit(found["rest"])
    if found := _BEYOND.match(text):
        return float(found["low"]), inf, found["word"].casefold() in _ENDS_INCLUDED, _unit(found["rest"])
    return None


def _unit(rest: str) -> str:
    return rest.casefold().strip(" .").removesuffix("s")


def _overlap(one: tuple[float, float, bool, str], other: tuple[float, float, bool, str]) -> bool:
    low, high = max(one[0], other[0]), min(one[1], other[1])
    return low < high or (low == high and one[2] and other[2])


def _kinds(texts: Sequence[str], sheet: Sheet, at: Location) -> None:
    """A figure alone beside words without any; "not reached" is the value that some figures have."""
    figures = [n for n, text in enumerate(texts) if _BARE.match(text.replace(",", ""))]
    words = [n for n, text in enumerate(texts) if not re.search(r"\d", text) and not _NO_VALUE.match(text)]
    if figures and words:
        odd = min(figures, words, key=len)[0]
        message = f"{len(figures)} options are a number, {len(words)} are words"
        sheet.add("I216", (*at, odd, "text"), message, "Make all options of one kind.")


def check_key(heard: Said, sheet: Sheet, at: Location) -> None:
    """What tells the key of a single-best item from its distractors without any knowledge."""
    if heard.key is None:
        return
    place = (*at, "options", heard.key, "text")
    lengths = [len(text) for text in heard.options]
    others = median(n for i, n in enumerate(lengths) if i != heard.key)
    if lengths[heard.key] > max(SHORT_OPTION, KEY_TO_DISTRACTOR * others):
        message = f"the key has {lengths[heard.key]} characters, the distractors {others:g} at the median"
        sheet.add("I205", place, message, "Make the options alike in length.")
    _order(heard.options, sheet, (*at, "options"))
    if echo := _echo(heard, heard.key):
        message = f'"{echo}" stands in the stem and in the key, but in no distractor'
        sheet.add("I209", place, message, "Use the word in a distractor too, or in none.")
    if _converges(heard.options, heard.key):
        message = "each part of the key returns in another option; no distractor is so made"
        sheet.add("I215", place, message, "Combine the parts so that none is the sum of the others.")


def _order(texts: Sequence[str], sheet: Sheet, at: Location) -> None:
    if in_order(texts) is False:
        sheet.add("I207", at, "the options start with numbers out of order", "Put them in order.")


def in_order(texts: Sequence[str]) -> bool | None:
    """Whether options that all start with a number rise or fall; None when not all do."""
    figures = [float(found[1]) for s in texts if (found := _FIGURE.match(s.replace(",", "")))]
    if not len(figures) == len(texts) > 1:
        return None
    return figures in (sorted(figures), sorted(figures, reverse=True))


def _echo(heard: Said, key: int) -> str:
    """The clang: a word of the question in the key alone, where no distractor has one of its own either."""
    asked = {w for w in telling(f"{heard.vignette} {heard.stem}") if len(w) >= SHORTEST_ECHO and w.isalpha()}
    echoes = [telling(text) & asked for text in heard.options]
    others = frozenset[str]().union(*(e for n, e in enumerate(echoes) if n != key))
    return min(echoes[key] - others, default="") if others <= echoes[key] else ""


def _converges(options: Sequence[str], key: int) -> bool:
    """Options that are lists: every part of the key is in another option, and of no distractor is that so."""
    parts = [{p.casefold() for p in _PARTS.split(text) if p} for text in options]
    if len(parts) < 3 or any(len(p) < 2 for p in parts):
        return False
    uses = Counter(part for found in parts for part in found)
    return [n for n, found in enumerate(parts) if all(uses[part] > 1 for part in found)] == [key]
