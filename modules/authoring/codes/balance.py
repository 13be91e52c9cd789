"""B: fair balance."""

from modules.authoring.codes.meaning import Meaning, error, warning

CODES: dict[str, Meaning] = {
    "B101": error("the efficacy of a product is shown, and none of the harm that its trial file holds"),
    "B102": error("a trade name"),
    "B103": error("a logo, or a trade mark sign"),
    "B104": warning("a promotional word"),
    "B105": warning("a supporter's product has far more efficacy than harm, or most of the words"),
    "B106": warning("the efficacy of a product is shown without a word on harm, and its trial file holds none"),
}
