"""From a request to a chart."""

from typing import assert_never

from modules.charts.adverse import adverse_events
from modules.charts.chart import Chart
from modules.charts.comparison import comparison
from modules.charts.cuts import cuts
from modules.charts.forest import forest
from modules.charts.icons import icon_array
from modules.charts.survival import survival
from modules.charts.timeline import timeline
from modules.core.evidence import Evidence
from modules.core.figures import AdverseEvents, ChartRequest, Comparison, Cuts, Forest, IconArray, Survival, Timeline


def draw(request: ChartRequest, evidence: Evidence) -> Chart:
    """UnknownPath when the evidence does not hold what the request names."""
    match request:
        case Survival():
            return survival(request, evidence)
        case Forest():
            return forest(request, evidence)
        case Comparison():
            return comparison(request, evidence)
        case IconArray():
            return icon_array(request, evidence)
        case Timeline():
            return timeline(request, evidence)
        case AdverseEvents():
            return adverse_events(request, evidence)
        case Cuts():
            return cuts(request, evidence)
        case _:
            assert_never(request)
