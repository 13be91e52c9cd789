"""Data cuts that replace one another: what a readout says once later cuts of the same trial are read in its place."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from modules.core.errors import UnknownPath
from modules.core.evidence import Evidence, Readout, Trial
from modules.core.paths import find

Part = TypeVar("Part")


def followed(evidence: Evidence) -> Evidence:
    """The evidence with every superseded readout holding what its successors report; paths stay the same.

    Estimates are replaced arm by arm, landmark rates arm and month by arm and month: what a later cut does not
    report anew stays as it was, under the later cut's name and source.
    """
    return evidence.model_copy(update={"trials": {name: followed_trial(t) for name, t in evidence.trials.items()}})


def followed_trial(trial: Trial) -> Trial:
    if not any(readout.supersedes for readout in trial.readouts):
        return trial
    readouts = tuple(_updated(readout, tuple(successors(trial, readout.id))) for readout in trial.readouts)
    return trial.model_copy(update={"readouts": readouts})


def successors(trial: Trial, readout_id: str) -> Iterator[Readout]:
    """The readouts that replace this one, directly or by way of another, each after what it replaces."""
    seen, waiting = {readout_id}, [readout_id]
    while waiting:
        older = waiting.pop(0)
        for readout in trial.readouts:
            if older in readout.supersedes and readout.id not in seen:
                seen.add(readout.id)
                waiting.append(readout.id)
                yield readout


def superseded(trial: Trial) -> frozenset[str]:
    """The ids of the readouts that a later cut replaces."""
    return frozenset(name for readout in trial.readouts for name in readout.supersedes)


def newest_path(evidence: Evidence, path: str) -> str:
    """The path of the same figure in the latest cut that reports it; the path itself where none does."""
    head, _, tail = path.partition(".")
    name, dot, inside = tail.partition(".")
    trial = evidence.trials.get(head)
    for later in reversed(tuple(successors(trial, name)) if trial else ()):
        candidate = f"{head}.{later.id}{dot}{inside}"
        try:
            find(evidence, candidate)
        except UnknownPath:
            continue
        return candidate
    return path


def _updated(readout: Readout, later: tuple[Readout, ...]) -> Readout:
    for newer in later:
        readout = readout.model_copy(
            update={
                "estimates": _merged(readout.estimates, newer.estimates, lambda e: e.arm),
                "landmarks": _merged(readout.landmarks, newer.landmarks, lambda m: (m.arm, m.month)),
                "subgroups": _merged(readout.subgroups, newer.subgroups, lambda s: s.id),
                "curves": _merged(readout.curves, newer.curves, lambda c: c.arm),
                "ratio": newer.ratio or readout.ratio,
                "difference": newer.difference or readout.difference,
                "fidelity": newer.fidelity or readout.fidelity,
                "cut": newer.cut,
                "source": newer.source,
                "confidence": newer.confidence,
            }
        )
    return readout


def _merged(old: Iterable[Part], new: Iterable[Part], key: Callable[[Part], object]) -> tuple[Part, ...]:
    """Newer parts in the places of the older ones they replace, the others after them."""
    return tuple(({key(part): part for part in old} | {key(part): part for part in new}).values())
