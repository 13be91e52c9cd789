"""Charts as drawn once for a version of a module: drawing one takes longer than sending it."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

from modules.charts.chart import Chart
from modules.charts.draw import draw
from modules.charts.hall import part_svg, parts
from modules.charts.svg import svg
from modules.charts.theme import Palette
from modules.core import module as content
from modules.core.evidence import Evidence

Key = tuple[str, str, int | None, Palette]
KEPT = 1000


@dataclass(frozen=True, slots=True)
class Drawing:
    chart: Chart
    svg: str


@dataclass(slots=True)
class _Drawn:
    """The most recently wanted drawings; a module's digest covers every file they were made from."""

    found: OrderedDict[Key, tuple[Drawing, ...]] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)


_DRAWN = _Drawn()


def drawing(
    module: content.Module, block: content.Chart, evidence: Evidence, *, width: int, palette: Palette
) -> Drawing:
    def make(chart: Chart) -> tuple[Drawing, ...]:
        return (Drawing(chart, svg(chart, width=width, palette=palette)),)

    return _kept((module.digest, block.request.model_dump_json(), width, palette), block, evidence, make)[0]


def hall_drawings(
    module: content.Module, block: content.Chart, evidence: Evidence, *, palette: Palette
) -> tuple[Drawing, ...]:
    """For slides: in the parts that can be read from afar."""

    def make(chart: Chart) -> tuple[Drawing, ...]:
        return tuple(Drawing(chart, part_svg(part, palette)) for part in parts(chart))

    return _kept((module.digest, block.request.model_dump_json(), None, palette), block, evidence, make)


Made = tuple[Drawing, ...]


def _kept(key: Key, block: content.Chart, evidence: Evidence, make: Callable[[Chart], Made]) -> Made:
    with _DRAWN.lock:
        found = _DRAWN.found.get(key)
    if found is None:
        found = make(draw(block.request, evidence))
    with _DRAWN.lock:
        _DRAWN.found[key] = found
        _DRAWN.found.move_to_end(key)
        while len(_DRAWN.found) > KEPT:
            _DRAWN.found.popitem(last=False)
    return found
