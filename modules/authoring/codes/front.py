"""F: front matter and disclosures (ACCME, AMA PRA)."""

from modules.authoring.codes.meaning import Meaning, error, warning

CODES: dict[str, Meaning] = {
    "F101": error("the review is more than three years old"),
    "F102": warning("the module has expired: no credit can be earned"),
    "F103": error("it expires more than three years after release or review"),
    "F104": error("dates out of order (released, reviewed, expires)"),
    "F105": error("someone in the faculty has no disclosure"),
    "F106": error("support named with an image, a logo or a trade mark"),
    "F107": error("an image in the front matter"),
    "F108": error("a form, a reserve, the evaluation or the follow-up without the role or letter it must have"),
    "F109": error("the pass mark does not fit the forms"),
    "F110": error("the credit is not in quarter hours, or more than the minutes allow"),
    "F111": error("a module without lessons or without something it must name"),
    "F112": warning("a family of forms A and B without a clone in a reserve quiz"),
    "F113": error("a reserve quiz without a clone of any item of forms A and B"),
    "F114": warning("a test that can be failed, and nothing in reserve for a retry"),
    "F115": error("a pass mark below what the preset asks for"),
    "F116": warning("conduct that departs from the preset that is named"),
    "F117": error("no such credit scheme in credit.yaml, or one this site does not offer"),
    "F118": error("a credit scheme that needs an accredited provider, and none is named"),
    "F119": error("credit stated in typed words"),
    "F120": warning("a credit scheme on offer whose wording nobody has confirmed"),
    "F121": error("a scheme that needs a universal activity number, and the module has none"),
}
