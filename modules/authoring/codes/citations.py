"""C: claims and their sources."""

from modules.authoring.codes.meaning import Meaning, error

CODES: dict[str, Meaning] = {
    "C101": error("a figure without a citation in its sentence or a neighbouring one"),
    "C102": error("a trial named in a paragraph without a citation"),
    "C103": error("a comparative (better, longer than, non-inferior) without a source"),
    "C104": error("a superlative (the best, gold standard, first choice) without a source"),
    "C105": error("a guideline or licence word (recommended, approved, ESMO) without a source"),
}
