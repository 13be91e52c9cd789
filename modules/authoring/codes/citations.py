"""C: claims and their sources."""

from modules.authoring.codes.meaning import Meaning

CODES: dict[str, Meaning] = {}
