"""X: accessibility and plain reading."""

from modules.authoring.codes.meaning import Meaning, error, warning

CODES: dict[str, Meaning] = {
    "X101": error("an image without a text alternative"),
    "X102": error("a heading of a level that lessons do not have, or out of place"),
    "X103": error("a heading that jumps a level"),
    "X104": error("a link or heading without words"),
    "X105": error("an image file that does not exist beside the lesson, or is not an image"),
    "X106": warning("a sentence of more than 32 words"),
    "X107": error("an abbreviation that is not explained before or where it is first used"),
    "X108": warning("more than four different abbreviations in a sentence"),
    "X109": warning("a chart title that says too little or too much, or a heading in capitals"),
    "X110": warning("a lesson that takes much longer to read than it states"),
}
