"""Every published figure of a trial by its path, so that two versions of a trial can be laid side by side."""

from collections.abc import Iterator

from modules.core.errors import UnknownPath
from modules.core.evidence import Evidence, Readout, Trial
from modules.core.paths import find
from modules.core.quantity import Quantity, number, text


def inventory(trial: Trial) -> dict[str, str]:
    """Path -> how the figure reads, with its interval. Calculated figures are left out: they follow the others."""
    alone = Evidence(trials={trial.id: trial})
    found: dict[str, str] = {}
    for path in _paths(trial):
        try:
            found[path] = reading(find(alone, path))
        except UnknownPath:
            continue
    return found | _wordings(trial)


def reading(quantity: Quantity) -> str:
    """`56.5 months (95% CI 49.3 to not reached)`."""
    return text(quantity, "estimate")


def _paths(trial: Trial) -> Iterator[str]:
    yield f"{trial.id}.n"
    yield from (f"{trial.id}.{arm.id}.n" for arm in trial.arms)
    for readout in trial.readouts:
        yield from (f"{trial.id}.{readout.id}{inside}" for inside in _inside(readout))
    yield from (f"{trial.id}.fact.{fact.id}.{name}" for fact in trial.facts for name in fact.numbers)


def _inside(readout: Readout) -> Iterator[str]:
    yield from (".ratio", ".p", ".follow-up", ".published-difference")
    yield from (f".{estimate.arm}" for estimate in readout.estimates)
    yield from (f".{rate.arm}.at-{number(rate.month)}" for rate in readout.landmarks)
    yield from (f".subgroup.{row.id}" for row in readout.subgroups)
    if readout.ratio:
        yield from (f".{arm}.events" for arm in readout.ratio.events)


def _wordings(trial: Trial) -> dict[str, str]:
    """What no role can reach but a chart or a learner can see: curves, approvals, milestones, statements."""
    found = {f"{trial.id}.fact.{fact.id}": fact.text for fact in trial.facts}
    found |= {f"{trial.id}.approval.{one.id}": f"{one.date}: {one.text}" for one in trial.approvals}
    found |= {f"{trial.id}.milestone.{one.id}": f"{one.date}: {one.text}" for one in trial.milestones}
    for readout in trial.readouts:
        for curve in readout.curves:
            points = ", ".join(map(number, curve.percent))
            at_risk = ", ".join(map(number, curve.at_risk))
            path = f"{trial.id}.{readout.id}.curve.{curve.arm}"
            found[path] = f"{points} percent; {at_risk} at risk; {number(curve.events)} of {number(curve.n)}"
    return found
