"""E: figures bound to the evidence."""

from modules.authoring.codes.meaning import Meaning, error, warning

CODES: dict[str, Meaning] = {
    "E101": error("a path that leads to no figure in the evidence"),
    "E102": error("a figure typed in prose; it must come from the evidence through a role"),
    "E103": error("a number word before a clinical unit; it must come from the evidence through a role"),
    "E104": error("an interval that does not contain its estimate, or runs backwards"),
    "E105": error("a percentage outside 0 to 100"),
    "E106": error("a curve whose months do not rise or whose percentages rise"),
    "E107": error("an arm twice in one readout's estimates, landmark rates or curves"),
    "E108": error("a numeric answer without a published value"),
    "E109": error("a unit that differs from the unit in the evidence"),
    "E110": error("a chart that asks for data the readout does not have"),
    "E111": error("a trial file that is used here has problems of its own"),
    "E120": error("a file of digitised coordinates that is missing, cannot be read or has a bad row"),
    "E121": error("digitised coordinates that rise, or whose months fall back"),
    "E122": error("numbers at risk that do not fit: they rise, exceed the arm, lack months or contradict the curve"),
    "E123": error("a curve rebuilt from coordinates that misses a published result by more than is allowed"),
    "E301": error("a proof that cannot be read or worked out"),
    "E302": error("the proof of a key that is false"),
    "E303": error("the proof of a distractor that is true"),
    "E304": error("a proof that names no option of its item, or has nothing for a key"),
    "E305": error("a path in a proof that is not listed under the item's evidence"),
    "E306": error("a proof by an expert without a source in references.yaml or without a reviewer"),
    "E307": warning("an item of a pre- or post-test without a proof"),
}
