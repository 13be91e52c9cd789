"""A path to a figure: `cleopatra.os-final.ptd.median` in, a Quantity with its origin out.

<trial>.n                         <trial>.<arm>.n
<trial>.<readout>                 the ratio (also .ratio, .hr), .p, .reduction, .follow-up, .difference,
                                  .published-difference
<trial>.<readout>.<arm>           the estimate (also .median, .rate), .events, .at-<month>
<trial>.<readout>.gain-at-<month> points between the arms' landmark rates; .nnt-at-<month>
<trial>.<readout>.subgroup.<id>   one row of a subgroup forest
<trial>.fact.<fact>.<number>      definition.<definition>.<number>
<a figure with an interval>.ci-low, .ci-high: an end of the interval of a ratio, a difference, a gain, a number
needed to treat, an arm's estimate or landmark rate, a row of a subgroup forest
"""

import difflib
import math
import re
from collections.abc import Iterable

from modules.core.effect import (
    Effect,
    Interval,
    difference,
    number_needed_to_treat,
    rate_difference,
    relative_reduction,
)
from modules.core.errors import NotPublished, UnknownPath
from modules.core.evidence import Bounds, Estimate, Evidence, Fact, LandmarkRate, Readout, Trial
from modules.core.quantity import Origin, Quantity

_AT = re.compile(r"^(at|gain-at|nnt-at)-(\d+(?:\.\d+)?)$")


def find(evidence: Evidence, path: str) -> Quantity:
    """The figure a path names. UnknownPath, with the nearest names, when there is none."""
    of, _, end = path.rpartition(".")
    if end not in ("ci-low", "ci-high"):
        return _figure(evidence, path)
    try:
        return _end(_figure(evidence, of), path, end)
    except UnknownPath as unknown:
        unknown.path = path
        raise


def _end(of: Quantity, path: str, end: str) -> Quantity:
    """One end of an interval, in the unit of what it belongs to; an end may be not reached."""
    if of.ci is None:
        raise NotPublished(path, f'"{of.path}" has no interval')
    value = of.ci.low if end == "ci-low" else of.ci.high
    return Quantity(path, value, of.unit, of.origin, calculated=of.calculated, not_reached=value is None)


def _figure(evidence: Evidence, path: str) -> Quantity:
    head, *rest = path.split(".")
    if head == "definition":
        return _definition(evidence, path, rest)
    trial = evidence.trials.get(head)
    if trial is None:
        raise _unknown(path, f'no trial has the id "{head}"', head, evidence.trials)
    return _in_trial(trial, path, rest)


def readout_at(evidence: Evidence, path: str) -> tuple[Trial, Readout]:
    """The trial and readout that `<trial>.<readout>` names."""
    head, _, tail = path.partition(".")
    trial = evidence.trials.get(head)
    if trial is None:
        raise _unknown(path, f'no trial has the id "{head}"', head, evidence.trials)
    return trial, _readout(trial, path, tail)


def _readout(trial: Trial, path: str, name: str) -> Readout:
    readout = trial.readout(name)
    if readout is None:
        raise _unknown(path, f'{trial.name} has no readout "{name}"', name, (r.id for r in trial.readouts))
    return readout


def origin(trial: Trial, readout: Readout) -> Origin:
    return Origin(
        trial.name, readout.detail, readout.cut.label, readout.assessor, readout.source,
        readout.confidence, readout.cut.after, readout.cut.follow_up_months,
    )  # fmt: skip


def contrast(trial: Trial, readout: Readout) -> tuple[str, str] | None:
    """(treated, control) arm ids: as the ratio or printed difference names them, else by the arms' roles."""
    for named in (readout.ratio, readout.difference):
        if named and named.treated and named.control:
            return named.treated, named.control
    shown = {e.arm for e in readout.estimates} | {m.arm for m in readout.landmarks}
    shown |= {c.arm for c in readout.curves}
    treated = [a.id for a in trial.arms if a.role == "experimental" and a.id in shown]
    control = [a.id for a in trial.arms if a.role == "control" and a.id in shown]
    return (treated[0], control[0]) if len(treated) == len(control) == 1 else None


def _unknown(path: str, sentence: str, wrong: str, known: Iterable[str]) -> UnknownPath:
    return UnknownPath(path, sentence, tuple(difflib.get_close_matches(wrong, list(known), n=3, cutoff=0.4)))


def _interval(ci: Bounds | None, level: float = 95) -> Interval | None:
    return None if ci is None else Interval(ci[0], ci[1], level)


def _definition(evidence: Evidence, path: str, rest: list[str]) -> Quantity:
    if not rest or rest[0] not in evidence.definitions:
        wrong = rest[0] if rest else ""
        raise _unknown(path, f'no definition has the id "{wrong}"', wrong, evidence.definitions)
    return _from_fact(evidence.definitions[rest[0]], None, path, rest[1:])


def _from_fact(fact: Fact, trial: Trial | None, path: str, rest: list[str]) -> Quantity:
    name = rest[0] if rest else ""
    if len(rest) != 1 or name not in fact.numbers:
        raise _unknown(path, f'"{fact.id}" has no number "{name}"', name, fact.numbers)
    figure = fact.numbers[name]
    where = Origin(trial.name if trial else None, fact.text, None, None, fact.source, fact.confidence)
    ratio = f"{figure.value:.1f}" if figure.unit == "ratio" and figure.value.is_integer() else None
    return Quantity(path, figure.value, figure.unit, where, printed=ratio)


def _in_trial(trial: Trial, path: str, rest: list[str]) -> Quantity:
    match rest:
        case ["n"]:
            return _count(trial, trial.n, path, f"patients in {trial.name}")
        case ["fact", name, *number]:
            fact = next((f for f in trial.facts if f.id == name), None)
            if fact is None:
                raise _unknown(path, f'{trial.name} has no fact "{name}"', name, (f.id for f in trial.facts))
            return _from_fact(fact, trial, path, number)
        case [name, "n"] if arm := trial.arm(name):
            return _count(trial, arm.n, path, f"patients in the arm {arm.label}")
        case [name, *inside]:
            return _in_readout(trial, _readout(trial, path, name), path, inside)
        case _:
            raise _unknown(path, f"say which readout of {trial.name}", "", (r.id for r in trial.readouts))


def _count(trial: Trial, n: int | None, path: str, detail: str) -> Quantity:
    """Arm sizes carry the source of the trial's first readout."""
    if n is None or not trial.readouts:
        raise NotPublished(path, f"the number of {detail} was not published")
    first = trial.readouts[0]
    return Quantity(path, n, "patients", Origin(trial.name, detail, None, None, first.source, first.confidence))


def _in_readout(trial: Trial, readout: Readout, path: str, inside: list[str]) -> Quantity:
    where = origin(trial, readout)
    match inside:
        case [] | ["hr"] | ["ratio"] | ["p"] | ["reduction"]:
            return _ratio(readout, path, where, inside[0] if inside else "ratio")
        case ["follow-up"] if readout.cut.follow_up_months is not None:
            return Quantity(path, readout.cut.follow_up_months, "months", where, name="median follow-up")
        case ["published-difference"] if readout.difference:
            found = readout.difference
            unit = "percentage points" if found.unit == "percent" else found.unit
            return Quantity(path, found.value, unit, where, _interval(found.ci))
        case ["follow-up" | "published-difference"]:
            raise NotPublished(path, f'readout "{readout.id}" has no {inside[0]}')
        case ["difference"]:
            return _difference(trial, readout, path, where)
        case ["subgroup", name]:
            return _subgroup(readout, path, where, name)
        case [name] if (at := _AT.match(name)) and at[1] != "at":
            return _gain(trial, readout, path, field=at[1], month=float(at[2]))
        case [name, *field] if trial.arm(name):
            return _in_arm(readout, path, where, arm=name, field=field)
    known = [*(a.id for a in trial.arms), "ratio", "difference", "subgroup", "follow-up"]
    wrong = inside[0]
    raise _unknown(path, f'readout "{readout.id}" of {trial.name} has no "{".".join(inside)}"', wrong, known)


def _ratio(readout: Readout, path: str, where: Origin, field: str) -> Quantity:
    found = readout.ratio
    if found is None or (field == "p" and found.p is None) or (field != "p" and found.value is None):
        raise NotPublished(path, f'readout "{readout.id}" has no {field}')
    if field == "p":
        return Quantity(path, None, "", where, name="p", printed=found.p)
    value = found.value or 0.0
    if field == "reduction":
        how = f"1 minus the {found.kind}"
        return Quantity(path, relative_reduction(value), "percent", where, calculated=how)
    return Quantity(path, value, "ratio", where, _interval(found.ci, found.ci_level), name=found.kind)


def _estimate(readout: Readout, arm: str) -> Estimate | None:
    return next((e for e in readout.estimates if e.arm == arm), None)


def _landmark(readout: Readout, arm: str, month: float) -> LandmarkRate | None:
    return next((m for m in readout.landmarks if m.arm == arm and m.month == month), None)


def _in_arm(readout: Readout, path: str, where: Origin, *, arm: str, field: list[str]) -> Quantity:
    at = _AT.match(field[0]) if len(field) == 1 else None
    if at and (rate := _landmark(readout, arm, float(at[2]))):
        return Quantity(path, rate.percent, "percent", where, _interval(rate.ci))
    if field == ["events"] and readout.ratio and arm in readout.ratio.events:
        return Quantity(path, readout.ratio.events[arm], "count", where)
    found = _estimate(readout, arm)
    if found and field in ([], ["median" if found.unit == "months" else "rate"]):
        return Quantity(path, found.value, found.unit, where, _interval(found.ci), not_reached=found.value is None)
    if at or field == ["events"]:
        raise NotPublished(path, f'readout "{readout.id}" has no {field[0]} for the arm "{arm}"')
    if found is None and field in ([], ["median"], ["rate"]):
        raise NotPublished(path, f'readout "{readout.id}" has no estimate for the arm "{arm}"')
    unit = f"; its unit is {found.unit}" if found else ""
    raise UnknownPath(path, f'the estimate has no "{".".join(field)}"{unit}')


def _difference(trial: Trial, readout: Readout, path: str, where: Origin) -> Quantity:
    arms = contrast(trial, readout)
    pair = [_estimate(readout, arm) for arm in arms] if arms else []
    first, second = (pair[0], pair[1]) if len(pair) == 2 else (None, None)
    if first is None or second is None or first.value is None or second.value is None:
        raise NotPublished(path, f'readout "{readout.id}" does not have two arms with a published value')
    if first.unit == "percent":
        gap = rate_difference(
            first.value, second.value, treated_ci=_interval(first.ci), control_ci=_interval(second.ci)
        )
        return Quantity(path, gap.value, "percentage points", where, gap.ci, calculated="difference of two rates")
    value = difference(first.value, second.value)
    return Quantity(path, value, "months", where, calculated="difference of two medians")


def landmark_gap(trial: Trial, readout: Readout, month: float) -> Effect | None:
    """Treated minus control at a month, in percentage points; None unless both arms published a rate there."""
    arms = contrast(trial, readout)
    first, second = (_landmark(readout, arm, month) for arm in arms) if arms else (None, None)
    if first is None or second is None:
        return None
    return rate_difference(
        first.percent, second.percent, treated_ci=_interval(first.ci), control_ci=_interval(second.ci)
    )


def _gain(trial: Trial, readout: Readout, path: str, *, field: str, month: float) -> Quantity:
    gap = landmark_gap(trial, readout, month)
    if gap is None:
        raise NotPublished(path, f'readout "{readout.id}" has no rate for both arms at {month:g} months')
    where = origin(trial, readout)
    if field == "gain-at":
        how = f"difference of the rates at {month:g} months"
        return Quantity(path, gap.value, "percentage points", where, gap.ci, calculated=how)
    needed = number_needed_to_treat(gap)
    if needed is None or (gap.ci is None and not _ratio_excludes_one(readout)):
        raise NotPublished(path, "no number needed to treat: the data do not rule out no difference")
    how = "100 over the difference of rates, rounded up"
    return Quantity(path, _up(needed.value), "patients", where, needed.ci, calculated=how)


def _ratio_excludes_one(readout: Readout) -> bool:
    """Where the rates have no interval, the ratio's own must leave out 1."""
    ci = readout.ratio.ci if readout.ratio else None
    return ci is not None and ci[0] is not None and ci[1] is not None and not ci[0] <= 1 <= ci[1]


def _up(value: float) -> float:
    """A number needed to treat is rounded up: Altman, BMJ 1998;317:1309."""
    return float(math.ceil(round(value, 6)))


def _subgroup(readout: Readout, path: str, where: Origin, name: str) -> Quantity:
    row = next((s for s in readout.subgroups if s.id == name), None)
    if row is None:
        raise _unknown(path, f'no subgroup "{name}"', name, (s.id for s in readout.subgroups))
    return Quantity(path, row.value, "ratio", where, _interval(row.ci), name=readout.subgroup_kind)
