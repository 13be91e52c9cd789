"""How far curves rebuilt from a published figure may be trusted, in the sentences below a survival chart."""

from modules.core.evidence import Bounds, Fidelity, Readout, Trial
from modules.core.paths import origin
from modules.core.quantity import Quantity, number, text

_NOT_READ = "Medians and ratios beside the curve are the published ones; none is read from the curve."


def fidelity_notes(trial: Trial, drawn: Readout, published: Readout) -> tuple[str, ...]:
    """`published`: the readout whose results stand beside the curves. A partial check is told in the file's words."""
    if not drawn.curves:
        return ()
    fidelity = drawn.fidelity
    if fidelity is None:
        return ("Rebuilt from the published figure; not checked against a published result.",)
    ratio = published.ratio if published is not drawn else None
    if ratio is None or ratio.value is None or fidelity.ratio is None or fidelity.error_points is None:
        return (f"Rebuilt from the published figure. {fidelity.note}", _NOT_READ)
    ratios = f"{_ratio(trial, drawn, fidelity.ratio, fidelity.ratio_ci)} recomputed, "
    ratios += f"{_ratio(trial, drawn, ratio.value, ratio.ci)} published"
    return (
        f"Rebuilt from the published figure: {ratio.kind} {ratios}{_events(drawn, fidelity)}; "
        f"read the curve to about {number(fidelity.error_points)} percentage points.",
        _NOT_READ,
    )


def _events(drawn: Readout, fidelity: Fidelity) -> str:
    if fidelity.events is None or fidelity.events_published is None:
        return ""
    name = "deaths" if drawn.endpoint == "OS" else "events"
    return f"; {number(fidelity.events)} of {number(fidelity.events_published)} {name} recovered"


def _ratio(trial: Trial, drawn: Readout, value: float, ci: Bounds | None) -> str:
    quantity = Quantity("", value, "ratio", origin(trial, drawn))
    if ci is None:
        return text(quantity)
    return f"{text(quantity)} (95% CI {' to '.join(_end(end, quantity) for end in ci)})"


def _end(value: float | None, like: Quantity) -> str:
    return "not reached" if value is None else text(Quantity("", value, like.unit, like.origin))
