"""How far curves rebuilt from a published figure may be trusted, in the sentences below a survival chart."""

from collections.abc import Iterator

from modules.charts.axis import listed
from modules.core.evidence import Bounds, Fidelity, FidelityCheck, Readout, Trial
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
    if fidelity.checks:
        return (_badge(trial, drawn, fidelity), _NOT_READ)
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


def _badge(trial: Trial, drawn: Readout, fidelity: Fidelity) -> str:
    """Each result recomputed from the rebuilt patients beside the published one, how far it may be off, the verdict."""
    rows = "; ".join(_rows(trial, drawn, fidelity.checks))
    missed = [_name(trial, drawn, check) for check in fidelity.checks if not check.within]
    verdict = f"Outside its tolerance: {listed(tuple(missed))}." if missed else "All within tolerance."
    return f"Patients rebuilt from the published figure (Guyot method), recomputed against published: {rows}. {verdict}"


def _rows(trial: Trial, drawn: Readout, checks: tuple[FidelityCheck, ...]) -> Iterator[str]:
    for what in ("patients", "events"):
        counted = [check for check in checks if check.what == what]
        if counted:
            found, published = (sum(n or 0.0 for n in ns) for ns in zip(*map(_pair, counted), strict=True))
            each = "" if what == "patients" else " in each arm"
            named = _name(trial, drawn, counted[0].model_copy(update={"arm": None}))
            yield f"{named} {number(found)} of {number(published)} ({counted[0].allowed}{each})"
    for check in checks:
        if check.what == "median":
            ours, theirs = (_months(value) for value in _pair(check))
            yield f"{_name(trial, drawn, check)} {ours} against {theirs} ({check.allowed})"
        if check.what == "hazard ratio" and check.published is not None:
            ours = "none" if check.value is None else _ratio(trial, drawn, check.value, check.ci)
            theirs = _ratio(trial, drawn, check.published, check.published_ci)
            yield f"hazard ratio {ours} against {theirs} ({check.allowed})"
    curves = [check for check in checks if check.what == "curve"]
    if curves:
        farthest = max(check.value or 0.0 for check in curves)
        yield f"curves up to {number(farthest)} percentage points from the coordinates ({curves[0].allowed})"


def _pair(check: FidelityCheck) -> tuple[float | None, float | None]:
    return check.value, check.published


def _name(trial: Trial, drawn: Readout, check: FidelityCheck) -> str:
    what = "deaths" if check.what == "events" and drawn.endpoint == "OS" else check.what
    arm = trial.arm(check.arm) if check.arm else None
    return f"{what} with {arm.short}" if arm else what


def _months(value: float | None) -> str:
    return "not reached" if value is None else f"{number(value)} months"


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
