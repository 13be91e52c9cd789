"""A chart for a lecture hall: in as many parts as it takes for its lettering to be read from the back row."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TypeVar

from modules.charts.chart import (
    AdversePlot,
    BarGroup,
    Chart,
    ComparisonPlot,
    CutsPlot,
    ForestPlot,
    ForestRow,
    IconPlot,
    Plot,
    SurvivalPlot,
    TimelinePlot,
)
from modules.charts.ink.sheet import HALL_WIDTH, Sheet, scale_for
from modules.charts.svg import ink, svg
from modules.charts.theme import LIGHT, Palette

TALLEST, LINE = 212, 20
"""Of a sheet HALL_WIDTH wide: what a 16:9 slide holds below a finding of two lines and above its sources."""
FILE_WIDTH = 1280
"""In files, whose pictures are made of dots."""
SHORT = 56
"""Characters of a finding that stands on one line."""

T = TypeVar("T")


def parts(chart: Chart) -> tuple[Chart, ...]:
    """Few parts of like size, in order, on the same axis; what stands below a survival plot is left to `listed`."""
    whole = _bare(chart.plot)
    found: Sequence[Plot] = (whole,)
    room = _room(chart)
    for count in range(2, _units(whole) + 1):
        if all(_height(plot) <= room for plot in found):
            break
        found = _split(whole, count)
    return tuple(replace(chart, plot=plot) for plot in found)


def part_svg(part: Chart, palette: Palette) -> str:
    """Curves and rates take all the height there is; other charts have the height of their rows."""
    scale = scale_for(HALL_WIDTH)
    if isinstance(part.plot, SurvivalPlot) and not part.plot.medians:
        scale = replace(scale, plot=scale.plot + _room(part) - _height(part.plot))
    return svg(part, width=HALL_WIDTH, palette=palette, scale=scale, shown=FILE_WIDTH)


def _room(chart: Chart) -> float:
    return TALLEST + (LINE if len(chart.title) <= SHORT else 0)


def listed(chart: Chart) -> tuple[str, ...]:
    """Published results and calculations that lessons show below a survival plot."""
    if not isinstance(chart.plot, SurvivalPlot):
        return ()
    plot = chart.plot
    named = [("published median" if row.slot else "published", row) for row in plot.published]
    named += [("published", row) for row in plot.rates]
    named += [("calculated", row) for row in plot.calculated]
    return tuple(f"{row.label}, {how}: {row.text}" for how, row in named)


def _height(plot: Plot) -> float:
    return ink(plot, Sheet(HALL_WIDTH, LIGHT, scale_for(HALL_WIDTH)))[1]


def _bare(plot: Plot) -> Plot:
    return replace(plot, published=(), rates=(), calculated=()) if isinstance(plot, SurvivalPlot) else plot


def _units(plot: Plot) -> int:
    """Into how many parts a chart could be split at most; 1 where its parts mean nothing alone."""
    match plot:
        case ForestPlot() | AdversePlot():
            return len(plot.rows)
        case TimelinePlot():
            return len(plot.moments)
        case ComparisonPlot():
            return len(plot.groups) if len(plot.groups) > 1 else len(plot.groups[0].bars)
        case CutsPlot():
            return _units(plot.drawn)
        case IconPlot():
            return -(-len(plot.grids) // 2)
        case SurvivalPlot():
            return 1


def _split(plot: Plot, count: int) -> list[Plot]:
    match plot:
        case ForestPlot():
            return [replace(plot, rows=_once(rows)) for rows in _shares(_headed(plot.rows), count)]
        case AdversePlot():
            return [replace(plot, rows=rows) for rows in _shares(plot.rows, count)]
        case TimelinePlot():
            return [replace(plot, moments=moments) for moments in _shares(plot.moments, count)]
        case ComparisonPlot() if len(plot.groups) > 1:
            return [replace(plot, groups=groups) for groups in _shares(plot.groups, count)]
        case ComparisonPlot():
            return [replace(plot, groups=(group,)) for group in _group_shares(plot.groups[0], count)]
        case CutsPlot():
            return [CutsPlot(plot.cuts, part) for part in _split_cuts(plot, count)]
        case IconPlot():
            return [replace(plot, grids=grids) for grids in _shares(plot.grids, count)]
        case SurvivalPlot():
            return [plot]


def _split_cuts(plot: CutsPlot, count: int) -> list[ForestPlot | ComparisonPlot]:
    return [part for part in _split(plot.drawn, count) if isinstance(part, ForestPlot | ComparisonPlot)]


def _group_shares(group: BarGroup, count: int) -> list[BarGroup]:
    """The words below a group are about all of its bars: they stand on the last part."""
    shares = [replace(group, bars=bars, footer=None) for bars in _shares(group.bars, count)]
    return [*shares[:-1], replace(shares[-1], footer=group.footer)]


def _headed(rows: Sequence[ForestRow]) -> tuple[ForestRow, ...]:
    """Every row knows its factor while it is parted from the first row; see `_once`."""
    heading, found = "", []
    for row in rows:
        heading = row.heading or heading
        found.append(replace(row, heading=heading))
    return tuple(found)


def _once(rows: Sequence[ForestRow]) -> tuple[ForestRow, ...]:
    """The factor above its first row of a part only."""
    before = ("", *(row.heading for row in rows))
    return tuple(
        replace(row, heading="") if row.heading == last else row for row, last in zip(rows, before, strict=False)
    )


def _shares(rows: Sequence[T], count: int) -> list[tuple[T, ...]]:
    """As equal as they can be, in order."""
    ends = [round(len(rows) * n / count) for n in range(count + 1)]
    return [tuple(rows[a:b]) for a, b in pairwise(ends)]
