"""Which readouts may stand in one chart: data cuts of one endpoint, adverse events of the same two arms."""

from collections.abc import Sequence

from modules.core.evidence import Readout, Trial

Where = tuple[Trial, Readout]
Odd = tuple[int, str]
"""Which readout does not belong, counted from 0, and why."""


def odd_cut(used: Sequence[Where]) -> Odd | None:
    """None when all are data cuts of one endpoint, the oldest first."""
    for at in range(1, len(used)):
        if reason := _out_of_line(used[:at], used[at][1], used[at][0]):
            return at, reason
    return (len(used) - 1, "it is the only data cut here; how an estimate matured needs two") if len(used) < 2 else None


def _out_of_line(before: Sequence[Where], readout: Readout, trial: Trial) -> str | None:
    first, last = before[-1]
    if (trial.id, readout.endpoint) != (first.id, last.endpoint):
        return f"it is {trial.name} {readout.endpoint}, the one before it {first.name} {last.endpoint}"
    if (readout.population, readout.assessor) != (last.population, last.assessor):
        return "its population or its assessor differs from that of the one before it"
    if readout.cut.label in [earlier.cut.label for _, earlier in before]:
        return f'its cut "{readout.cut.label}" stands twice'
    return "its cut is older than the one before it" if _older(readout, last) else None


def _older(readout: Readout, before: Readout) -> bool:
    one, other = readout.cut, before.cut
    if one.date is not None and other.date is not None:
        return one.date < other.date
    months = one.follow_up_months, other.follow_up_months
    return months[0] is not None and months[1] is not None and months[0] < months[1]


def odd_event(used: Sequence[Where]) -> Odd | None:
    """None when all are rates of adverse events in the same two arms, and no event stands twice with one grade."""
    names: set[tuple[str, str | None, str]] = set()
    for at, (trial, readout) in enumerate(used):
        name = (event_of(readout), readout.grade, readout.population)
        if reason := _other_event(trial, readout, used[0]):
            return at, reason
        if name in names:
            return at, f'"{name[0]}" stands twice with the same grade'
        names.add(name)
    return None


def event_of(readout: Readout) -> str:
    """The adverse event's plain name, with a capital."""
    name = readout.event or readout.detail
    return name[:1].upper() + name[1:]


def _other_event(trial: Trial, readout: Readout, first: Where) -> str | None:
    if trial.id != first[0].id:
        return f"it is from {trial.name}, the first one from {first[0].name}"
    if readout.endpoint != "AE":
        return f"its endpoint is {readout.endpoint}, not AE"
    rates = [e for e in readout.estimates if e.unit == "percent" and e.value is not None]
    if len(rates) != 2 or len(readout.estimates) != 2:
        return "it does not have a rate in percent for exactly two arms"
    return None if {e.arm for e in rates} == {e.arm for e in first[1].estimates} else "it is about other arms"
