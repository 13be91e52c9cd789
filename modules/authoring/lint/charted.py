"""Items answered on a chart: the chart can be drawn, and what is pointed to or read off stands on it."""

from modules.authoring.inline import Desk
from modules.authoring.lint.charts import ChartData
from modules.authoring.sheet import Sheet
from modules.authoring.source import Location
from modules.authoring.validate import where
from modules.core.drawn import shows
from modules.core.figures import ChartRequest
from modules.core.items import ChartPoint, ChartValue, Estimated, Numeric, Scored
from modules.core.scored import Scale

_TICK = 1e-9


def check_charted(item: Scored, desk: Desk, sheet: Sheet, at: Location) -> None:
    """The chart of an item and the figures that it must show; a path that leads nowhere is named as elsewhere."""
    match item:
        case ChartPoint():
            _chart(item.chart, desk, sheet, at)
            for n, option in enumerate(item.options):
                _mark(option.mark or "", item.chart, desk, (sheet, (*at, "options", n, "mark")))
        case ChartValue():
            _chart(item.chart, desk, sheet, at)
            if not shows(item.chart, desk.evidence, item.answer):
                message = f'the chart does not show "{item.answer}"'
                sheet.add("E116", (*at, "answer"), message, "Ask for a figure of the chart, or draw its readout.")
        case _:
            pass


def _chart(request: ChartRequest, desk: Desk, sheet: Sheet, at: Location) -> None:
    data = ChartData(desk, sheet.findings, sheet.source, where(sheet.source.value, at), above=(*at, "chart"))
    data.check(request)


def _mark(path: str, request: ChartRequest, desk: Desk, place: tuple[Sheet, Location]) -> None:
    sheet, at = place
    found = desk.figure(path, sheet.findings, sheet.source.line(at), where(sheet.source.value, at))
    if found is not None and not shows(request, desk.evidence, path):
        message = f'the chart does not show "{path}"'
        sheet.add("E115", at, message, "Mark a figure of the chart, or draw its readout.")


def check_scale(item: Estimated, key: float, sheet: Sheet, at: Location) -> None:
    """`key`: the answer's value, in the item's unit."""
    scale = item.scale if isinstance(item, Numeric | ChartValue) else None
    if scale is None:
        return
    if not scale.low <= key <= scale.high:
        message = f"the scale from {scale.low:g} to {scale.high:g} does not hold {key:g}"
        sheet.add("E117", (*at, "scale"), message, "Leave room on both sides of the answer.")
    elif not _reached(scale, key, item.tolerance):
        message = f"no step of {scale.step:g} from {scale.low:g} comes within {item.tolerance:g} of {key:g}"
        sheet.add("E117", (*at, "scale", "step"), message, "Take a smaller step, or a larger tolerance.")


def _reached(scale: Scale, key: float, tolerance: float) -> bool:
    last = int((scale.high - scale.low) / scale.step + _TICK)
    nearest = min(max(round((key - scale.low) / scale.step), 0), last)
    return abs(scale.low + nearest * scale.step - key) <= tolerance + _TICK
