"""Icon arrays: each arm as 100 people, so that an absolute rate can be counted."""

from modules.charts.axis import at_month, listed, more_or_fewer
from modules.charts.chart import Chart, IconGrid, IconPlot, Table
from modules.charts.sources import cautions, source_rows
from modules.charts.theme import slots
from modules.core.errors import UnknownPath
from modules.core.evidence import Evidence, Readout, Trial
from modules.core.figures import IconArray
from modules.core.paths import contrast, find, readout_at
from modules.core.quantity import Quantity, number, text


def icon_array(request: IconArray, evidence: Evidence) -> Chart:
    trial, readout = readout_at(evidence, request.readout)
    rates = _rates(request, evidence, trial, readout)
    grids = tuple(_grid(trial, arm, quantity, request.event) for arm, quantity in rates.items())
    plot = IconPlot(grids, _difference(request, evidence, (trial, readout), rates))
    said = listed(tuple(f"{grid.text} with {grid.label}" for grid in grids))
    month = f", {at_month(request.month)}" if request.month is not None else ""
    return Chart(
        title=request.title,
        caption=request.caption,
        alt=f"Icons for 100 patients in each arm: {said}." + (f" {plot.difference}." if plot.difference else ""),
        table=Table(
            ("Arm", "Of 100 patients", "Published rate"),
            tuple((grid.label, number(grid.filled), grid.detail) for grid in grids),
            f"{trial.name}, {readout.detail}{month}, {readout.cut.label}",
            (f"{plot.difference}.",) if plot.difference else (),
        ),
        notes=cautions([(trial, readout)]),
        sources=source_rows([(trial, readout)]),
        plot=plot,
    )


def _rates(request: IconArray, evidence: Evidence, trial: Trial, readout: Readout) -> dict[str, Quantity]:
    """In the order of the trial file; arms without a published rate are left out."""
    found = {}
    suffix = "rate" if request.month is None else f"at-{number(request.month)}"
    for arm in trial.arms:
        try:
            quantity = find(evidence, f"{request.readout}.{arm.id}.{suffix}")
        except UnknownPath:
            continue
        if quantity.value is not None:
            found[arm.id] = quantity
    if not found:
        raise UnknownPath(request.readout, f'readout "{readout.id}" has no rate in percent to show as icons')
    return found


def _grid(trial: Trial, arm_id: str, quantity: Quantity, event: str) -> IconGrid:
    arm = trial.arm(arm_id)
    filled = _whole(quantity)
    label = arm.short if arm else arm_id
    return IconGrid(label, slots(trial)[arm_id], filled, f"{filled} of 100 {event}", text(quantity, "estimate"))


def _whole(quantity: Quantity) -> int:
    return int(number(quantity.value or 0.0, 0))


def _difference(
    request: IconArray, evidence: Evidence, where: tuple[Trial, Readout], rates: dict[str, Quantity]
) -> str | None:
    """Calculated from the rates, with one decimal only where the counted icons would say another number."""
    arms = contrast(*where)
    if arms is None or not set(arms) <= set(rates):
        return None
    field = "difference" if request.month is None else f"gain-at-{number(request.month)}"
    gap = find(evidence, f"{request.readout}.{field}")
    value = gap.value or 0.0
    whole = number(abs(value), 0)
    counted = abs(_whole(rates[arms[0]]) - _whole(rates[arms[1]]))
    points = whole if whole == str(counted) else number(abs(round(value, 1)))
    return f"{more_or_fewer(points, value)} {request.event}, calculated"
