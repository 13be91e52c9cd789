"""What an author may ask to see: one small request a chart, validated from a directive's options."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from modules.core.authored import Authored, Id, Text
from modules.core.evidence import Endpoint


class _Request(Authored):
    """`title` is the finding, shown as the chart's heading; `caption` adds one sentence below it."""

    title: Text
    caption: str | None = None


class Survival(_Request):
    """Curves of one trial and endpoint, or its landmark rates as points; `month` marks the gap per 100."""

    kind: Literal["survival"] = "survival"
    trial: Id
    endpoint: Endpoint
    readout: Id | None = None
    month: float | None = None


class Forest(_Request):
    """Ratios with intervals: the subgroups of one readout, or several readouts across trials."""

    kind: Literal["forest"] = "forest"
    subgroups: str | None = None
    readouts: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _one_of_two(self) -> "Forest":
        if (self.subgroups is None) == (not self.readouts):
            raise ValueError('give either "subgroups" (one readout) or "readouts" (a list), not both')
        return self


class Comparison(_Request):
    """Arms side by side: medians or rates with intervals, for one readout or several of the same unit."""

    kind: Literal["comparison"] = "comparison"
    readouts: Annotated[tuple[str, ...], Field(min_length=1)]


class Timeline(_Request):
    """Readouts, publications and approvals of some trials in date order."""

    kind: Literal["timeline"] = "timeline"
    trials: Annotated[tuple[Id, ...], Field(min_length=1)]


class IconArray(_Request):
    """Per 100 patients in each arm: a rate, or the landmark rate at `month`. `event` completes "of 100 ... "."""

    kind: Literal["icon-array"] = "icon-array"
    readout: str
    month: float | None = None
    event: Text


class AdverseEvents(_Request):
    """Two arms of one trial, back to back: rates of adverse events. `order` given: as the readouts are listed."""

    kind: Literal["adverse-events"] = "adverse-events"
    readouts: Annotated[tuple[str, ...], Field(min_length=1)]
    order: Literal["difference", "given"] = "difference"


class Cuts(_Request):
    """One endpoint of one trial as it matured: readouts in the order of their data cuts."""

    kind: Literal["cuts"] = "cuts"
    readouts: Annotated[tuple[str, ...], Field(min_length=1)]
    measure: Literal["ratio", "medians"] = "ratio"


ChartRequest = Annotated[
    Survival | Forest | Comparison | Timeline | IconArray | AdverseEvents | Cuts, Field(discriminator="kind")
]
CHART_KINDS: tuple[str, ...] = (
    "survival", "forest", "comparison", "timeline", "icon-array", "adverse-events", "cuts",
)  # fmt: skip
