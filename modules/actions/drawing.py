"""Charts as drawn once for a version of a module: drawing one takes longer than sending it."""

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock

from modules.charts.chart import Chart
from modules.charts.draw import draw
from modules.charts.svg import svg
from modules.charts.theme import Palette
from modules.core import module as content
from modules.core.evidence import Evidence

Key = tuple[str, str, int, Palette]
KEPT = 1000


@dataclass(frozen=True, slots=True)
class Drawing:
    chart: Chart
    svg: str


@dataclass(slots=True)
class _Drawn:
    """The most recently wanted drawings; a module's digest covers every file they were made from."""

    found: OrderedDict[Key, Drawing] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)


_DRAWN = _Drawn()


def drawing(
    module: content.Module, block: content.Chart, evidence: Evidence, *, width: int, palette: Palette
) -> Drawing:
    key = (module.digest, block.request.model_dump_json(), width, palette)
    with _DRAWN.lock:
        found = _DRAWN.found.get(key)
    if found is None:
        chart = draw(block.request, evidence)
        found = Drawing(chart, svg(chart, width=width, palette=palette))
    with _DRAWN.lock:
        _DRAWN.found[key] = found
        _DRAWN.found.move_to_end(key)
        while len(_DRAWN.found) > KEPT:
            _DRAWN.found.popitem(last=False)
    return found
