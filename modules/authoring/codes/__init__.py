"""Every code that a check can report, one file a family."""

from modules.authoring.codes import access, balance, citations, evidence, front, items, references, shape
from modules.authoring.codes.meaning import Meaning, Severity, waivable

__all__ = ["CODES", "FAMILIES", "Meaning", "Severity"]
FAMILIES = (shape, references, evidence, citations, items, front, balance, access)
CODES: dict[str, Meaning] = {
    code: meaning._replace(waivable=waivable(code)) for family in FAMILIES for code, meaning in family.CODES.items()
}
