"""What a {predict} asks for: a figure that can be placed on a scale, and the scale that holds it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from modules.authoring.inline import Desk
from modules.authoring.problems import Findings
from modules.core.prediction import UNITS
from modules.core.quantity import Quantity, number

OPTIONS: Mapping[str, str] = {
    "figure": "Add :figure: and the path of one figure in months or percent.",
    "ask": "Add :ask: and the question in one sentence.",
    "from": "Add :from: and where the scale starts, such as 0.",
    "to": "Add :to: and where the scale ends.",
    "step": "",
}
"""Every option and what to do without it; the step is 1 unless it is given."""
_NUMBER = re.compile(r"^-?\d{1,6}(?:\.\d{1,6})?$")


@dataclass(frozen=True, slots=True)
class Range:
    """The options of one directive, as written, with the line of each; `line` is the directive's own."""

    desk: Desk
    findings: Findings
    where: str
    options: Mapping[str, str]
    lines: Mapping[str, int]
    line: int

    def add(self, code: str, name: str, message: str, fix: str = "") -> None:
        self.findings.add(code, self.lines.get(name, self.line), message, where=self.where, fix=fix)


def asked_figure(asked: Range) -> Quantity | None:
    """The figure to predict; None, with a problem, when it has no place on a scale."""
    path = asked.options.get("figure")
    if not path:
        return None
    found = asked.desk.figure(path, asked.findings, asked.lines["figure"], asked.where)
    if found is None:
        return None
    if found.value is None or found.unit not in UNITS:
        what = f"is in {found.unit or 'no unit'}" if found.value is not None else "has no published value"
        asked.add("E130", "figure", f'"{path}" {what}', "Ask for one median in months or one rate in percent.")
        return None
    return found


def asked_range(asked: Range, figure: Quantity | None) -> tuple[float, float, float] | None:
    """(from, to, step); None, with a problem, when one is missing or they do not fit the figure."""
    numbers = {name: _number(asked, name) for name in ("from", "to", "step")}
    low, high, step = numbers["from"], numbers["to"], numbers["step"]
    if low is None or high is None or step is None:
        return None
    if low >= high:
        asked.add("E131", "from", f"the range from {number(low)} to {number(high)} is empty")
        return None
    if not 0 < step <= high - low:
        asked.add("E131", "step", f"a step of {number(step)} does not lead from {number(low)} to {number(high)}")
        return None
    if figure and figure.value is not None and not low <= figure.value <= high:
        message = f"the range from {number(low)} to {number(high)} does not hold {number(figure.value)}"
        end = "from" if figure.value < low else "to"
        asked.add("E131", end, message, "Choose ends with room on both sides of the figure.")
        return None
    return low, high, step


def _number(asked: Range, name: str) -> float | None:
    written = asked.options.get(name, "" if name != "step" else "1")
    if not written:
        return None
    if not _NUMBER.match(written):
        asked.add("E131", name, f'"{written}" is not a number', "Write it plainly: 0, 96 or 0.5.")
        return None
    return float(written)
