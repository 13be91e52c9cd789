"""content/trials/curves: coordinates of published curves as CSV, read with a limit and never outside the folder."""

import re
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from modules.authoring.problems import Findings
from modules.authoring.source import LARGEST, read_text
from modules.core.guyot import Point

MOST_ROWS = 2000
_HEAD = "month,percent"
_NUMBER = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,10})?")
_ROW = "Write a month and a percentage (0 to 100) with a comma between them and decimals with a point: 12.5,83.1."


@dataclass(slots=True)
class CurveFiles:
    """The folder, and what is wrong in the files that were read; `place` is how problems name it."""

    folder: Path
    place: str
    findings: list[Findings] = field(default_factory=list)

    def missing(self, name: str) -> str:
        """Why a name cannot be opened; empty when it can. Links are refused: they lead out of the folder."""
        file = self.folder / name
        if file.is_symlink() or self.folder.is_symlink():
            return "is a link; links are not followed"
        if not file.is_file():
            return "does not exist"
        size = file.stat().st_size
        return f"has {size:,} bytes; more than {LARGEST:,} is not read" if size > LARGEST else ""

    def read(self, name: str) -> tuple[Point, ...] | None:
        """The coordinates of a file; None, and problems, when they are no falling curve."""
        findings, unread = Findings(f"{self.place}/{name}"), Findings("")
        self.findings.append(findings)
        text = read_text(self.folder / name, unread)
        for problem in unread.problems:
            findings.add("E120", problem.line, problem.message, fix=problem.fix)
        rows = [] if text is None else _rows(text, findings)
        _falls(rows, findings)
        return None if findings.broken else tuple(point for _, point in rows)


def _rows(text: str, findings: Findings) -> list[tuple[int, Point]]:
    """The rows with their lines; empty lines and those that start with # are passed over."""
    numbered = enumerate(text.split("\n"), 1)
    lines = [(n, line.replace(" ", "")) for n, line in numbered if line.strip() and not line.startswith("#")]
    if not lines or lines[0][1] != _HEAD:
        line = lines[0][0] if lines else 1
        findings.add("E120", line, f'the first row must be "{_HEAD}"', fix="Name the two columns so.")
        return []
    if not 1 < len(lines) <= MOST_ROWS + 1:
        findings.add("E120", lines[0][0], f"{len(lines) - 1:,} rows; a curve has 1 to {MOST_ROWS:,}")
        return []
    return [(n, point) for n, line in lines[1:] if (point := _point(n, line, findings))]


def _point(number: int, line: str, findings: Findings) -> Point | None:
    cells = line.split(",")
    if len(cells) == 2 and all(_NUMBER.fullmatch(cell) for cell in cells) and float(cells[1]) <= 100:
        return Point(float(cells[0]), float(cells[1]))
    findings.add("E120", number, f'"{line[:40]}" is not a month and a percentage', fix=_ROW)
    return None


def _falls(rows: list[tuple[int, Point]], findings: Findings) -> None:
    """The first row that rises or goes back; later ones often only follow from it."""
    for (_, before), (line, point) in pairwise(rows):
        if point.month < before.month:
            message = f"month {point.month:g} after month {before.month:g}"
            findings.add("E121", line, f"the months fall back: {message}", fix="Put the rows in order of months.")
            return
        if point.percent > before.percent:
            message = f"{point.percent:g}% after {before.percent:g}%"
            findings.add(
                "E121", line, f"the curve rises: {message}", fix="A survival curve never rises: read it again."
            )
            return
