"""What a path shows of a trial: which readout, which kind of figure, of which arm, at which month."""

import re
from dataclasses import dataclass
from typing import Literal

from modules.core.evidence import Endpoint, Evidence, Readout, Trial

Kind = Literal["ratio", "reduction", "p", "median", "rate", "landmark", "gap", "fact", "other"]
_AT = re.compile(r"^(at|gain-at|nnt-at)-(\d+(?:\.\d+)?)$")
_OF_READOUT: dict[str, Kind] = {
    "hr": "ratio",
    "ratio": "ratio",
    "p": "p",
    "reduction": "reduction",
    "difference": "gap",
    "published-difference": "gap",
    "subgroup": "ratio",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """`readout` None: a fact or a number of patients. `gap`: a difference, a gain or a number needed to treat."""

    trial: Trial
    readout: Readout | None
    kind: Kind
    arm: str | None = None

    @property
    def endpoint(self) -> Endpoint | None:
        return self.readout.endpoint if self.readout else None


def shown(evidence: Evidence, path: str) -> Shown | None:
    """None for a definition, or for a path that leads to no trial."""
    head, *rest = path.split(".")
    trial = evidence.trials.get(head)
    if trial is None:
        return None
    readout = trial.readout(rest[0]) if rest and rest[0] != "fact" else None
    if readout is None:
        return Shown(trial, None, "fact" if rest[:1] == ["fact"] else "other")
    inside = rest[1:]
    if not inside:
        return Shown(trial, readout, "ratio")
    if inside[0] in _OF_READOUT:
        return Shown(trial, readout, _OF_READOUT[inside[0]])
    if _AT.match(inside[0]):
        return Shown(trial, readout, "gap")
    return Shown(trial, readout, _of_arm(readout, inside), inside[0])


def _of_arm(readout: Readout, inside: list[str]) -> Kind:
    field = inside[1] if len(inside) > 1 else ""
    if _AT.match(field):
        return "landmark"
    if field not in ("", "median", "rate"):
        return "other"
    unit = next((e.unit for e in readout.estimates if e.arm == inside[0]), "months")
    return "median" if unit == "months" else "rate"
