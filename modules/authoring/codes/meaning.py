"""What a code says: how grave it is, and its sentence."""

from typing import Literal, NamedTuple

Severity = Literal["error", "warning"]


class Meaning(NamedTuple):
    severity: Severity
    sentence: str


def error(sentence: str) -> Meaning:
    return Meaning("error", sentence)


def warning(sentence: str) -> Meaning:
    return Meaning("warning", sentence)
