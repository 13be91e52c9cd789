"""B: fair balance."""

from modules.authoring.codes.meaning import Meaning

CODES: dict[str, Meaning] = {}
