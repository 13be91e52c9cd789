"""What a survival chart shows: the readout drawn, the one printed beside it, and how its arms look."""

from dataclasses import dataclass

from modules.charts.theme import Slot
from modules.core.errors import UnknownPath
from modules.core.evidence import Curve, Endpoint, Evidence, LandmarkRate, Readout, Trial
from modules.core.paths import contrast, find
from modules.core.quantity import Quantity, number

EVENT_FREE: dict[Endpoint, str] = {
    "OS": "alive",
    "PFS": "progression-free",
    "TTP": "without progression",
    "TTF": "without treatment failure",
    "DOR": "still in response",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """What is drawn, and the readout (of the same endpoint) whose results are printed beside it."""

    evidence: Evidence
    trial: Trial
    drawn: Readout
    published: Readout
    looks: dict[str, Slot]

    def short(self, arm_id: str) -> str:
        arm = self.trial.arm(arm_id)
        return arm.short if arm else arm_id

    def figure(self, readout: Readout, path: str) -> Quantity | None:
        try:
            return find(self.evidence, f"{self.trial.id}.{readout.id}.{path}")
        except UnknownPath:
            return None

    def rate(self, readout: Readout, rate: LandmarkRate) -> Quantity:
        return find(self.evidence, f"{self.trial.id}.{readout.id}.{rate.arm}.at-{number(rate.month)}")

    def curve(self, arm: str) -> Curve | None:
        return next((curve for curve in self.drawn.curves if curve.arm == arm), None)

    @property
    def readouts(self) -> tuple[Readout, ...]:
        """The one drawn before the one printed, without a repeat."""
        return (self.drawn,) if self.published is self.drawn else (self.drawn, self.published)

    @property
    def arms(self) -> tuple[str, ...]:
        """Arms on the chart, in the order of the trial file; those of the medians only where nothing else is drawn."""
        inside = {c.arm for c in self.drawn.curves} or {m.arm for m in self.drawn.landmarks}
        inside = inside or {e.arm for e in self.drawn.estimates if e.unit == "months"}
        return tuple(arm.id for arm in self.trial.arms if arm.id in inside)

    @property
    def pair(self) -> tuple[str, str] | None:
        """Treated and control, both of them drawn."""
        named = (contrast(self.trial, readout) for readout in (self.published, self.drawn))
        return next((pair for pair in named if pair and {*pair} <= {*self.arms}), None)

    @property
    def free(self) -> str:
        return EVENT_FREE.get(self.drawn.endpoint, "event-free")
