"""X: accessibility and plain reading."""

from modules.authoring.codes.meaning import Meaning, error

CODES: dict[str, Meaning] = {
    "X101": error("an image without a text alternative"),
    "X102": error("a heading of a level that lessons do not have, or out of place"),
    "X103": error("a heading that jumps a level"),
    "X104": error("a link or heading without words"),
    "X105": error("an image file that does not exist beside the lesson, or is not an image"),
}
