"""What an author gives of a published survival figure: coordinates read from it, and the numbers printed below it."""

from typing import Annotated

from pydantic import Field, StringConstraints

from modules.core.authored import Authored, Id

CurveFile = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,99}\.csv$")]
Allowance = Annotated[float, Field(ge=0)]


class PrintedAtRisk(Authored):
    """Patients at risk at the start of each month, as printed below the figure; of equal length, from month 0."""

    months: tuple[float, ...]
    counts: tuple[int, ...]


class DigitisedArm(Authored):
    """One arm's curve: a file in trials/curves with the columns month and percent. n and events in patients."""

    arm: Id
    file: CurveFile
    n: Annotated[int, Field(ge=1)]
    events: Annotated[int, Field(ge=0)] | None = None
    at_risk: PrintedAtRisk


class Tolerance(Authored):
    """How far a recomputed result may lie from the published one; the number of patients may not differ at all.

    `ratio` on the log scale; `events` and `median` in percent of the published figure (a median may also be
    `median_months` away); `points` are percentage points between the rebuilt curve and the coordinates, where one
    patient's step is not more.
    """

    ratio: Allowance = 0.05
    events: Allowance = 5
    median: Allowance = 5
    median_months: Allowance = 1
    points: Allowance = 2


class Digitised(Authored):
    """Curves to be rebuilt at load, and the readout whose published results they are held against."""

    against: Id
    arms: Annotated[tuple[DigitisedArm, ...], Field(min_length=1)]
    tolerance: Tolerance = Tolerance()
