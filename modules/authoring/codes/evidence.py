"""E: figures bound to the evidence."""

from modules.authoring.codes.meaning import Meaning, error

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
    "E130": error("a prediction of a figure that has no value in months or percent"),
    "E131": error("a prediction's range that does not hold the figure, is empty or has no usable step"),
    "E132": error("the same figure asked for twice in a lesson: its path is the prediction's address"),
    "E133": error("a prediction whose answer is not held back: where it stands, or given elsewhere in the lesson"),
}
