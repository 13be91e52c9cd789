"""I: how items are written (NBME item-writing guide)."""

from modules.authoring.codes.meaning import Meaning, error, warning

CODES: dict[str, Meaning] = {
    "I101": error("two options of an item with the same text"),
    "I102": error("an objective that no scored item of a form asks about"),
    "I103": warning("an objective that no lesson teaches"),
    "I104": error("a scored item in an evaluation, or an unscored item in another quiz"),
    "I108": error("a question that cannot be answered with the options covered"),
    "I109": error("ranges of numbers in options that overlap"),
    "I110": error("an item that hinges on another item"),
    "I111": error("a stem that asks more than one thing"),
    "I201": warning("a stem that asks no question and leaves nothing to complete"),
    "I202": error("an option of the kind all, none or both of the above"),
    "I203": warning("a negative stem (except, not, least)"),
    "I204": error("an absolute word in an option (always, never, only, invariably)"),
    "I205": warning("the key is much longer than the distractors"),
    "I206": warning("a stem and vignette of more than 120 words"),
    "I207": warning("numbers in options that do not stand in order"),
    "I208": warning("a vague word of frequency in an option (often, rarely, usually, may)"),
    "I209": warning("a word of the stem that returns in the key alone"),
    "I210": warning("a distractor that does not fit the grammar of the stem, while the key does"),
    "I211": warning("an abbreviation that neither the item nor its lesson spells out"),
    "I212": warning("keys of a module that stand unevenly over the positions"),
    "I213": warning("more than half of the keys of a form in one position"),
    "I214": warning("a vignette of which no rationale uses anything"),
    "I215": warning("a key made of the parts that the distractors share"),
    "I216": warning("options of mixed kinds: some a number, some words"),
    "I217": warning("a single-best item of a test with fewer than three options"),
    "I218": warning("a form with more than 40% of its items at the level of recall"),
    "I219": warning("an objective with one item in a form that has room for two"),
}
