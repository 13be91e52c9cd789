"""The YAML between --- and --- at the head of a Markdown file, and the line the body starts in."""

from typing import NamedTuple

from modules.authoring.problems import Findings
from modules.authoring.source import Source, read_yaml


class Parted(NamedTuple):
    head: Source | None
    body: str
    body_line: int


def part(text: str, findings: Findings) -> Parted:
    """Head and body; without a closed head, a problem and nothing else."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        findings.add("S110", 1, "the file does not start with front matter", fix="Start it with a line ---.")
        return Parted(None, "", 1)
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        findings.add("S110", 1, "the front matter is not closed", fix="End it with a line ---.")
        return Parted(None, "", len(lines))
    head = read_yaml("\n".join(lines[1:end]) + "\n", findings, first_line=2)
    return Parted(head, "\n".join(lines[end + 1 :]), end + 2)
