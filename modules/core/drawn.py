"""Which figures a chart has a place for: what an option may point to, and what a learner can read off."""

from typing import assert_never

from modules.core.errors import UnknownPath
from modules.core.evidence import Evidence, Readout, Trial
from modules.core.figures import AdverseEvents, ChartRequest, Comparison, Cuts, Forest, IconArray, Survival, Timeline
from modules.core.paths import find, readout_at
from modules.core.shown import Kind, shown


def shows(request: ChartRequest, evidence: Evidence, path: str) -> bool:
    """Whether the chart has a point, a bar or a row for the figure at a path. A timeline has dates only."""
    what = None if path.endswith((".ci-low", ".ci-high")) else shown(evidence, path)
    if what is None or what.readout is None or not _leads(evidence, path):
        return False
    name = f"{what.trial.id}.{what.readout.id}"
    match request:
        case Survival():
            return what.kind in ("median", "landmark") and name in _curves(request, evidence)
        case Forest():
            row = ".subgroup." in path
            whole = name in request.readouts or name == request.subgroups
            return what.kind == "ratio" and (name == request.subgroups if row else whole)
        case Comparison():
            return what.kind in ("median", "rate", "landmark") and name in request.readouts
        case IconArray():
            wanted = "rate" if request.month is None else "landmark"
            at = request.month is None or path.endswith(f".at-{request.month:g}")
            return what.kind == wanted and at and name == request.readout
        case AdverseEvents():
            return what.kind == "rate" and name in request.readouts
        case Cuts():
            measured: Kind = "ratio" if request.measure == "ratio" else "median"
            return what.kind == measured and name in request.readouts
        case Timeline():
            return False
        case _:
            assert_never(request)


def _leads(evidence: Evidence, path: str) -> bool:
    try:
        return find(evidence, path).value is not None
    except UnknownPath:
        return False


def _curves(request: Survival, evidence: Evidence) -> tuple[str, ...]:
    """The paths of the readout drawn and of the published one printed beside it."""
    try:
        trial, drawn = drawn_readout(request, evidence)
    except UnknownPath:
        return ()
    return tuple(f"{trial.id}.{readout.id}" for readout in (drawn, published_readout(trial, drawn)))


def drawn_readout(request: Survival, evidence: Evidence) -> tuple[Trial, Readout]:
    """The one asked for, else the first with curves, else the first with landmark rates; medians only if asked for.

    UnknownPath when there is nothing to draw.
    """
    path = f"{request.trial}.{request.readout or request.endpoint}"
    if request.readout is not None:
        trial, named = readout_at(evidence, path)
        candidates: tuple[Readout, ...] = (named,)
    else:
        found = evidence.trials.get(request.trial)
        if found is None:
            raise UnknownPath(path, f'no trial has the id "{request.trial}"')
        trial = found
        candidates = tuple(r for r in trial.readouts if r.endpoint == request.endpoint)
    medians = [named for named in candidates if request.readout is not None and _has_medians(named)]
    for readout in (*(r for r in candidates if r.curves), *(r for r in candidates if r.landmarks), *medians):
        return trial, readout
    raise UnknownPath(path, f'"{path}" has neither a published curve nor landmark rates to draw')


def published_readout(trial: Trial, drawn: Readout) -> Readout:
    """The readout of the same endpoint that a rebuilt curve was held against, else the one drawn."""
    against = trial.readout(drawn.fidelity.against) if drawn.fidelity else None
    return against if against is not None and against.endpoint == drawn.endpoint else drawn


def _has_medians(readout: Readout) -> bool:
    return any(e.unit == "months" and e.value is not None for e in readout.estimates)
