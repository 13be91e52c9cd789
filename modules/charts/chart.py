"""A chart: its words, its table, its sources, and the data that SVG and Plotly are both drawn from.

The `path` of a row or point is that of its figure in the evidence, empty where it has none.
"""

from dataclasses import dataclass
from typing import Literal

from modules.charts.theme import Slot
from modules.core.effect import Interval


@dataclass(frozen=True, slots=True)
class Table:
    """The chart's numbers as text: the keyboard path, the print fallback, the CSV.

    `also` are sentences with what the picture says beside its rows: published results, differences.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceRow:
    """Where the figures were published. `assessor` is empty where nobody assesses the endpoint (survival).

    `confidence` is "verified" or "secondary source"; `after`: the cut is later than the evidence cut-off.
    """

    citation: str
    detail: str
    cut: str
    assessor: str
    confidence: str
    link: str | None
    after: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One arm's step curve: percent event-free from each month on, and patients at risk at that month.

    `low` and `high` are its 95% limits, `events_by` and `censored_by` running totals before each month; all four
    are empty where they are not known.
    """

    label: str
    slot: Slot
    months: tuple[float, ...]
    percent: tuple[float, ...]
    at_risk: tuple[int, ...]
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()
    events_by: tuple[int, ...] = ()
    censored_by: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class RatePoint:
    """One arm's published rate at a month, drawn alone: points are never joined into a curve."""

    label: str
    slot: Slot
    month: float
    percent: float
    ci: Interval | None
    text: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class MedianPoint:
    """One arm's published median at 50%, drawn alone. `month` None: not reached.

    `ci` in months. `beyond` is where an open arrow says "not reached", of the median or its upper limit; None where
    both were reached.
    """

    label: str
    slot: Slot
    month: float | None
    ci: Interval | None
    beyond: float | None
    text: str
    path: str = ""

    @property
    def span(self) -> tuple[float, float] | None:
        """The interval as drawn: an end that was not reached runs to 0 or to the arrow."""
        if self.ci is None:
            return None
        high = self.beyond if self.ci.high is None else self.ci.high
        return None if high is None else (self.ci.low or 0.0, high)


@dataclass(frozen=True, slots=True)
class Gap:
    """The difference marked at one month, between the percentages `low` and `high`."""

    month: float
    low: float
    high: float
    headline: str
    detail: str


@dataclass(frozen=True, slots=True)
class Published:
    """A result printed below the curves; `slot` None when it belongs to both arms."""

    label: str
    slot: Slot | None
    text: str


@dataclass(frozen=True, slots=True)
class SurvivalPlot:
    """One of `lines`, `points` and `medians`, never two. `ticks` in months.

    `published` holds medians and the ratio, `rates` landmark rates that are to be read in digits, `calculated` what
    we worked out ourselves.
    """

    lines: tuple[Line, ...]
    points: tuple[RatePoint, ...]
    gap: Gap | None
    published: tuple[Published, ...]
    ticks: tuple[float, ...]
    end: float
    x_name: str
    y_name: str
    medians: tuple[MedianPoint, ...] = ()
    rates: tuple[Published, ...] = ()
    calculated: tuple[Published, ...] = ()

    @property
    def lists(self) -> tuple[tuple[str, tuple[Published, ...]], ...]:
        """What stands below the picture: headings and their rows."""
        heading = "Published median" if any(row.slot for row in self.published) else "Published"
        named = ((heading, self.published), ("Published rates", self.rates), ("Calculated", self.calculated))
        return tuple((heading, rows) for heading, rows in named if rows)


@dataclass(frozen=True, slots=True)
class ForestRow:
    """`heading` stands above the first row of a factor: its name and its p-value of interaction."""

    label: str
    detail: str
    slot: Slot | None
    value: float
    ci: Interval | None
    text: str
    heading: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class ForestPlot:
    """Ratios on a log axis; `below` and `above` say what lies on either side of 1, None when not known."""

    rows: tuple[ForestRow, ...]
    heading: str
    below: str | None
    above: str | None
    ticks: tuple[float, ...]
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Bar:
    """One arm's value; None was not reached."""

    label: str
    slot: Slot
    value: float | None
    ci: Interval | None
    text: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class BarGroup:
    heading: str
    bars: tuple[Bar, ...]
    footer: str | None


@dataclass(frozen=True, slots=True)
class ComparisonPlot:
    groups: tuple[BarGroup, ...]
    axis: str
    ticks: tuple[float, ...]
    end: float


@dataclass(frozen=True, slots=True)
class IconGrid:
    """One arm as 100 people, `filled` of them with the event."""

    label: str
    slot: Slot
    filled: int
    text: str
    detail: str


@dataclass(frozen=True, slots=True)
class IconPlot:
    grids: tuple[IconGrid, ...]
    difference: str | None


@dataclass(frozen=True, slots=True)
class Moment:
    """`date` is as precise as it was published: 2025, 2025-06 or 2025-06-02; `shown` is how it reads."""

    date: str
    shown: str
    kind: Literal["readout", "publication", "approval"]
    trial: str
    text: str


@dataclass(frozen=True, slots=True)
class TimelinePlot:
    moments: tuple[Moment, ...]


@dataclass(frozen=True, slots=True)
class AdverseRow:
    """One adverse event at one grade: percent of patients in the left and in the right arm."""

    event: str
    grade: str
    severe: bool
    left: Bar
    right: Bar
    difference: str


@dataclass(frozen=True, slots=True)
class AdversePlot:
    """Bars back to back; the control arm on the left. `ticks` and `end` in percent, alike on both sides."""

    left: tuple[str, Slot]
    right: tuple[str, Slot]
    rows: tuple[AdverseRow, ...]
    ticks: tuple[float, ...]
    end: float


@dataclass(frozen=True, slots=True)
class CutsPlot:
    """One row or group a data cut, oldest first; `cuts` names them. Drawn as the plot it holds."""

    cuts: tuple[str, ...]
    drawn: ForestPlot | ComparisonPlot


Plot = SurvivalPlot | ForestPlot | ComparisonPlot | IconPlot | TimelinePlot | AdversePlot | CutsPlot


@dataclass(frozen=True, slots=True)
class Chart:
    """`title` is the finding; `notes` are cautions that must be shown with the chart."""

    title: str
    caption: str | None
    alt: str
    table: Table
    notes: tuple[str, ...]
    sources: tuple[SourceRow, ...]
    plot: Plot
