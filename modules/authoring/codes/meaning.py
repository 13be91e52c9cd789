"""What a code says: how grave it is, its sentence, and whether an author may answer for an exception."""

from typing import Literal, NamedTuple

Severity = Literal["error", "warning"]


class Meaning(NamedTuple):
    severity: Severity
    sentence: str
    waivable: bool = False


def error(sentence: str) -> Meaning:
    return Meaning("error", sentence)


def warning(sentence: str) -> Meaning:
    return Meaning("warning", sentence)


# The first number of each family from which on a rule is a judgement; below it, and in the families that are not
# named, a rule is a fact about the file or the evidence, and nobody can answer for an exception.
_JUDGEMENTS = {"B": range(1000), "C": range(1000), "E": range(200, 300), "I": range(200, 300), "X": range(106, 1000)}


def waivable(code: str) -> bool:
    """Whether the rule is a judgement call, which a person may waive with a reason."""
    return int(code[1:]) in _JUDGEMENTS.get(code[0], ())
