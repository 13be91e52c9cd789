"""Icon arrays as SVG: 100 people an arm, ten a row; those with the event are filled, the others hollow."""

from dataclasses import dataclass

from modules.charts.chart import IconGrid, IconPlot
from modules.charts.ink.sheet import HALL_WIDTH, Point, Sheet, Words, coordinate
from modules.charts.lettering import wrapped

PUBLISHED = "published"


def ink_icons(plot: IconPlot, sheet: Sheet) -> float:
    """The height used."""
    scale = sheet.scale
    across = min(len(plot.grids), 2 if sheet.width < 520 else 4)
    draw = _beside if sheet.width == HALL_WIDTH else _band
    gutter = scale.small * 1.4
    column = (sheet.width - gutter * (across - 1)) / across
    y = scale.small * 0.3
    for start in range(0, len(plot.grids), across):
        y = draw(plot.grids[start : start + across], sheet, (column, gutter), y)
    if plot.difference:
        with sheet.step(plot.difference):
            for line in wrapped(plot.difference, scale.base, sheet.width - 4, bold=True):
                y += scale.base * 1.3
                sheet.text(2, y, Words(line, size=scale.base, bold=True))
    return y + scale.small * 0.6


def _band(grids: tuple[IconGrid, ...], sheet: Sheet, columns: tuple[float, float], y: float) -> float:
    """Grids side by side, their words above them and their first icons on one level."""
    column, gutter = columns
    words = [_words(grid, sheet, column) for grid in grids]
    tallest = max(len(lines) for lines in words)
    pitch = min(column / 10, sheet.scale.plot * 0.1)
    top = y + sheet.scale.base * 1.3 * tallest + sheet.scale.small * 0.6
    for at, (grid, lines) in enumerate(zip(grids, words, strict=True)):
        x = at * (column + gutter)
        for row, (line, bold) in enumerate(lines):
            fill = sheet.palette.of(grid.slot) if bold else None
            down = sheet.scale.base * 1.3 * (row + 1)
            sheet.text(x, y + down, Words(line, size=sheet.scale.base, fill=fill, bold=bold))
        _people(grid, sheet, (x, top), pitch)
    return top + pitch * 1.35 * 10 + sheet.scale.small * 0.4


def _beside(grids: tuple[IconGrid, ...], sheet: Sheet, columns: tuple[float, float], y: float) -> float:
    """Words to the right of their icons: a slide is wide and not tall."""
    column, gutter = columns
    pitch = sheet.scale.plot * 0.11
    room = column - pitch * 10 - gutter
    words = [_words(grid, sheet, room) for grid in grids]
    for at, (grid, lines) in enumerate(zip(grids, words, strict=True)):
        x = at * (column + gutter)
        _people(grid, sheet, (x, y), pitch)
        below = y + sheet.scale.base
        for line, bold in lines:
            below += sheet.scale.base * 0.3 if line.startswith(PUBLISHED) else 0
            fill = sheet.palette.of(grid.slot) if bold else None
            said = Words(line, size=sheet.scale.base, fill=fill, bold=bold)
            sheet.text(x + pitch * 10 + gutter * 0.7, below, said)
            below += sheet.scale.base * 1.2
    return y + max(pitch * 13.5, sheet.scale.base * (1.2 * max(map(len, words)) + 0.3)) + sheet.scale.small * 0.4


def _words(grid: IconGrid, sheet: Sheet, width: float) -> list[tuple[str, bool]]:
    """Name, count, and the published rate where it says more than the count."""
    base = sheet.scale.base
    lines = [(line, True) for line in wrapped(grid.label, base, width, bold=True)]
    lines += [(line, False) for line in wrapped(grid.text, base, width)]
    published = f"{PUBLISHED} {grid.detail}"
    if grid.detail != f"{grid.filled}%":
        lines += [(line, False) for line in wrapped(published, base, width)]
    return lines


def _people(grid: IconGrid, sheet: Sheet, corner: Point, pitch: float) -> None:
    """Hollow people are drawn twice: the rim, then the background colour inside it."""
    paper, rim = sheet.palette.background, max(1.2, pitch * 0.09) * 2
    filled, hollow = range(grid.filled), range(grid.filled, 100)
    _strokes(filled, sheet, corner, _Person(pitch, sheet.palette.of(grid.slot), 0, "filled"))
    _strokes(hollow, sheet, corner, _Person(pitch, sheet.palette.border, 0, "hollow"))
    _strokes(hollow, sheet, corner, _Person(pitch, paper, rim, "inside"))


@dataclass(frozen=True, slots=True)
class _Person:
    """How one icon is stroked; `thinner` narrows it to leave a rim."""

    pitch: float
    stroke: str
    thinner: float
    kind: str


def _strokes(places: range, sheet: Sheet, corner: Point, person: _Person) -> None:
    """A head and a body each, as round-ended strokes: 100 icons in a few kB."""
    pitch = person.pitch
    heads = bodies = ""
    for place in places:
        first = place % 10 == 0 or not heads
        y = corner[1] + pitch * 1.35 * (place // 10 + 0.5)
        x = coordinate(corner[0] + pitch * (place % 10 + 0.5))
        step, tall = coordinate(pitch), coordinate(pitch * 0.26)
        heads += f"M{x} {coordinate(y - pitch * 0.42)}h0" if first else f"m{step} 0h0"
        bodies += f"M{x} {coordinate(y + pitch * 0.08)}v{tall}" if first else f"m{step}-{tall}v{tall}"
    if not places:
        return
    sheet.path(
        heads,
        stroke=person.stroke,
        width=pitch * 0.34 - person.thinner,
        cap="round",
        kind=f"{person.kind}-heads",
    )
    sheet.path(bodies, stroke=person.stroke, width=pitch * 0.54 - person.thinner, cap="round", kind=person.kind)
