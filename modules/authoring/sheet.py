"""A file under inspection: where its values stand, and where its problems go."""

from collections.abc import Iterable
from dataclasses import dataclass

from modules.authoring.problems import Findings
from modules.authoring.source import Location, Source
from modules.authoring.validate import where


@dataclass(frozen=True, slots=True)
class Sheet:
    source: Source
    findings: Findings

    def add(self, code: str, at: Location, message: str, fix: str = "") -> None:
        self.findings.add(code, self.source.line(at), message, where=where(self.source.value, at), fix=fix)

    def twice(self, at: Location, names: Iterable[object], what: str, code: str = "R101") -> None:
        """A problem for each name that stood before in the list at a location."""
        first: dict[object, int] = {}
        for index, name in enumerate(names):
            line = self.source.line((*at, index))
            if name in first:
                self.add(
                    code,
                    (*at, index),
                    f'{what} "{name}" stands here and in line {first[name]}',
                    "Give each its own.",
                )
            first.setdefault(name, line)
