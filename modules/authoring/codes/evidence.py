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
    "E201": error("rounding that hides the difference between two figures"),
    "E202": error("a hazard ratio without an absolute figure of the same trial and endpoint in the lesson"),
    "E203": error("a comparison of medians across trials"),
    "E204": warning("a figure that a later data cut has replaced, without the newer one"),
    "E205": warning("a secondary figure where its mark is lost"),
    "E206": warning("a trial whose day of review has passed"),
    "E207": warning("a trial that is used and has no day of review"),
    "E208": error("a trial whose day of review passed more than 180 days ago"),
}
