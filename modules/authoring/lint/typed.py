"""Clinical figures typed in prose: every digit that is not a name, a date, a dose or a proven time point."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from modules.authoring.problems import Findings
from modules.core.evidence import Trial

_WORDS = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty"),
    *("forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred", "dozen"),
)
_UNITS = (
    r"months?|years?|weeks?|days?|cycles?|patients?|women|men|deaths?|events?|doses?|per ?cent|"
    r"percentage points?|points?"
)
_WORD = rf"(?:{'|'.join(_WORDS)})"
# The look at the first letter is for speed: most words of a text start no number.
_NUMBER_WORD = re.compile(
    rf"\b(?=[dehfnost]){_WORD}(?:[- ](?:and a half|{_WORD}))*[- ](?:(?:full|further|more|monthly) )?(?:{_UNITS})\b",
    re.IGNORECASE,
)
_HARMLESS_WORD = re.compile(
    r"\bone (?:patient|woman|man|point|day)\b|\bone (?:further|more|additional) \w+|"
    r"\bevery [a-z]+ (?:weeks|days|months)\b",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"[<>≤≥=~±-]?\d+(?:[.,–]\d+)*(?:\s?(?:%|[a-z/²]+))?")

_ANY_DIGIT = re.compile(r"\d")
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_AND = r"(?:, | and | or | to |–|-)"
EXCEPTIONS: dict[str, str] = {
    "a day": rf"\b\d{{1,2}} (?:{_MONTHS})\b|\b(?:{_MONTHS}) \d{{1,2}}\b|\b(?:19|20)\d\d-\d\d(?:-\d\d)?\b",
    "a year": (
        r"(?<![\d.,])(?:199\d|20[0-3]\d)(?:[–/-](?:199\d|20[0-3]\d|\d\d))?(?![\d%]|[.,]\d)"
        r"(?! (?:patients|women|months))"
    ),
    "a name that starts with a letter": r"\b[A-Za-z][A-Za-z-]*\d[A-Za-z0-9/-]*(?!\.\d)",
    "a HER2 score": r"\b(?:IHC (?:score )?|scores? )(?:of )?[0-3](?![\d%]|\.\d)\+?|(?<![\d.])[0-3]\+",
    "CDK4/6": r"\bCDK ?4/6",
    "a phase": r"\bphases? [1-4](?:[ab]\b)?(?:/[1-4])?",
    "a grade": rf"\bgrades? ?(?:≥|>|>=)? ?[1-5](?: ?{_AND} ?[1-5])*(?![\d%]|\.\d)",
    "a dose": (
        r"\d[\d.,]*(?: ?(?:to|or|and|then|–|-) ?\d[\d.,]*)? ?(?:mg|mcg|µg|g|ml|Gy)"
        r"(?:/(?:m2|m²|kg|day|d|ml))?(?![A-Za-z])|\bAUC ?(?:of )?\d(?:\.\d)?"
    ),
    "a schedule": (
        rf"\bevery \d+ (?:weeks|days)|\bdays? \d+(?:{_AND}\d+)*|"
        r"\b\d+-(?:day|weekly|week) (?:cycle|schedule)s?"
    ),
    "a level of confidence": r"\b9[059](?:\.\d)?% (?:confidence )?(?:CI|interval)s?",
    "a number of parts": (
        r"\b(?:section|lesson|figure|table|step|part|standard|cohort|level|domain|group|option|exon|chromosome|"
        rf"stage|type|version|line|arm)s? \d{{1,2}}(?:{_AND}\d{{1,2}})*(?![\w%]|\.\d)"
    ),
    "a share of a hundred": r"\b(?:(?:of|in|for|out of) (?:every |each )?|per )100\b(?![.,]\d|%)(?! months)",
    "the null value": (
        r"\b(?:ratio of|cross(?:es|ed|ing)?|spans?|spanning|includes?|including|excludes?|excluding|below|"
        r"above|than|at|under|over|around|near|towards?|equals?|touch(?:es|ing)?) 1(?:\.0+)?(?![\d%]|[.,]\d)"
        r"(?! ?(?:month|year|week|day|patient|%|per))"
    ),
    "a chemical name": r"\b5-(?:HT|FU|fluorouracil)|\b\d{1,2}[pq]\d*(?:\.\d)?\b",
}
# Each of them starts with a word or with a digit: to try all of them at every letter would take twice as long.
_EXCEPTION = re.compile(
    rf"(?=\b\w|\d)(?:{'|'.join(f'(?:{pattern})' for pattern in EXCEPTIONS.values())})", re.IGNORECASE
)
_AT_MONTH = re.compile(r"at-(\d+(?:\.\d+)?)$")
_GAP = "\x00"


@dataclass(slots=True)
class Spoken:
    """The words an author typed, piece by piece, with the line of each; figures from roles leave a gap.

    `quoted`: words that report what another document states; its numbers may stand in words. `part` is the key of
    a chart's text.
    """

    pieces: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    months: set[float] = field(default_factory=set)
    where: str = ""
    quoted: bool = False
    length: int = 0
    part: str = ""

    def say(self, text: str, line: int) -> None:
        self.pieces.append(text)
        self.starts.append(self.length)
        self.lines.append(line)
        self.length += len(text)

    def gap(self, line: int, path: str = "") -> None:
        """A figure from the evidence stands here; the month of a landmark rate may then be named in words."""
        self.say(_GAP, line)
        self.months |= {float(m) for m in _AT_MONTH.findall(path)}

    def line_at(self, position: int) -> int:
        return self.lines[bisect_right(self.starts, position) - 1]


def names_with_digits(trials: Iterable[Trial]) -> re.Pattern[str]:
    """Trial names that hold digits, whole and by their last word: names, not figures."""
    names = {n for t in trials for n in _names(t.name) if re.search(r"\d", n)}
    return re.compile("|".join(re.escape(n) for n in sorted(names, key=len, reverse=True)) or r"(?!)")


def _names(name: str) -> tuple[str, ...]:
    bare = re.sub(r"\(.*?\)", "", name).strip()
    last = [w for w in bare.split() if len(w) > 3 and not w.isalpha()]
    return (bare, *last, *(w.split("-")[0] for w in last if w[0].isdigit() and "-" in w))


def check_typed(texts: Sequence[Spoken], names: re.Pattern[str], findings: Findings) -> None:
    """E102 and E103 for each figure that does not come from the evidence."""
    # "At four years" is proven when one of the texts reads the rate at month 48.
    time_points = _time_points({month for spoken in texts for month in spoken.months})
    for spoken in texts:
        text = "".join(spoken.pieces)
        if not (_ANY_DIGIT.search(text) or _NUMBER_WORD.search(text)):
            continue  # most sentences: masking them would be the slowest part of a check
        for pattern in (names, _EXCEPTION, time_points, _HARMLESS_WORD):
            text = pattern.sub(lambda found: "_" * len(found[0]), text)
        _report("E102", "figure", _DIGITS.finditer(text), (spoken, findings))
        if not spoken.quoted:
            _report("E103", "number in words", _NUMBER_WORD.finditer(text), (spoken, findings))


def _report(code: str, what: str, found: Iterator[re.Match[str]], to: tuple[Spoken, Findings]) -> None:
    spoken, findings = to
    for hit in found:
        message = f'the {what} "{hit[0].strip()}" is typed'
        findings.add(code, spoken.line_at(hit.start()), message, where=spoken.where, fix=_ROLE)


_ROLE = "Take it from the evidence: {value}`trial.readout.arm`."


def _time_points(months: set[float]) -> re.Pattern[str]:
    said: list[str] = []
    for month in months:
        amounts = [(month, "months?")] + ([(month / 12, "years?")] if month % 12 == 0 else [])
        for amount, unit in amounts:
            word = _WORDS[int(amount) - 1] if amount in range(1, 21) else f"{amount:g}"
            said.append(rf"\b(?:{amount:g}|{word})[- ]{unit}\b")
    return re.compile("|".join(said) or r"(?!)", re.IGNORECASE)
