"""I: how items are written (NBME item-writing guide)."""

from modules.authoring.codes.meaning import Meaning, error, warning

CODES: dict[str, Meaning] = {
    "I101": error("two options of an item with the same text"),
    "I102": error("an objective that no scored item of a form asks about"),
    "I103": warning("an objective that no lesson teaches"),
    "I104": error("a scored item in an evaluation, or an unscored item in another quiz"),
    "I201": warning("a stem that asks no question and leaves nothing to complete"),
    "I202": error("an option of the kind all, none or both of the above"),
    "I203": warning("a negative stem (except, not, least)"),
    "I204": warning("an absolute or a vague word in an option (always, never, only; often, rarely)"),
    "I205": warning("the key is much longer than the distractors"),
    "I206": warning("a stem and vignette of more than 120 words"),
    "I207": warning("numbers in options that do not stand in order"),
}
