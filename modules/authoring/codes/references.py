"""R: references and ids."""

from modules.authoring.codes.meaning import Meaning, error, warning

CODES: dict[str, Meaning] = {
    "R101": error("an id used twice"),
    "R102": error("no such reference in references.yaml"),
    "R103": error("no such term in terms.yaml"),
    "R104": error("no such trial"),
    "R105": error("no such lesson in the module"),
    "R106": error("no such quiz in the module"),
    "R107": error("no such item in the quiz"),
    "R108": error("no such objective in the module"),
    "R109": error("no such definition in definitions.yaml"),
    "R110": error("a retired item id used again"),
    "R111": error("a check that would show a scored or an evaluation item inside a lesson"),
    "R112": error("no such arm in the trial"),
    "R113": error("no such readout in the trial"),
    "R114": warning("a clone that pairs with no other item"),
    "R115": warning("a quiz folder without a module"),
    "R116": error("no such heading in the lesson"),
    "R117": error("no such case in the quiz"),
    "R118": error("no such preset in presets.yaml"),
}
