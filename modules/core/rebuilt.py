"""Digitised coordinates -> curves with their bands and counts, and how well they repeat the published results."""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from modules.core.digitised import Digitised, DigitisedArm, Tolerance
from modules.core.evidence import Bounds, Curve, Fidelity, FidelityCheck, Readout
from modules.core.guyot import AtRisk, Point, reconstruct
from modules.core.hazard import hazard_ratio
from modules.core.survival import FollowUp, Step, kaplan_meier, median, step_at

_STEPS = (0.5, 1.0, 2.0, 3.0, 6.0, 12.0, 24.0)
_MOST_STEPS = 40
"""A curve is also a table: half-months of a year can be read, half-months of ten years cannot."""


@dataclass(frozen=True, slots=True)
class RebuiltArm:
    """One arm as given, and the patients rebuilt from it, in order of their time."""

    given: DigitisedArm
    points: tuple[Point, ...]
    times: tuple[FollowUp, ...]
    steps: tuple[Step, ...]

    @property
    def events(self) -> int:
        return sum(time.event for time in self.times)

    def at_risk(self, month: float) -> int:
        return len(self.times) - bisect_left(self.times, month, key=lambda time: time.months)


def rebuilt_arm(given: DigitisedArm, points: tuple[Point, ...], total: int | None) -> RebuiltArm:
    """`total`: the published number of events, where there is one. ValueError as `reconstruct`."""
    printed = tuple(map(AtRisk, given.at_risk.months, given.at_risk.counts))
    times = reconstruct(points, printed, total)
    return RebuiltArm(given, points, times, kaplan_meier(times))


def published_events(given: DigitisedArm, against: Readout) -> int | None:
    """The arm's own number, else the one that the readout printed with its ratio."""
    if given.events is not None:
        return given.events
    return against.ratio.events.get(given.arm) if against.ratio else None


def curve(arm: RebuiltArm) -> Curve:
    """The rebuilt curve at even months, the months of the printed numbers at risk, and its last coordinate."""
    months = _months(arm)
    steps = [step_at(arm.steps, month) for month in months]
    events_by = [sum(t.event for t in arm.times if t.months < month) for month in months]
    at_risk = _at_risk(arm, months)
    censored_by, lost = [], 0
    for left, happened in zip(at_risk, events_by, strict=True):
        lost = max(lost, arm.given.n - left - happened)
        censored_by.append(lost)
    return Curve(
        arm=arm.given.arm,
        n=arm.given.n,
        events=arm.events,
        months=months,
        percent=tuple(round(100 * step.survival, 1) for step in steps),
        at_risk=at_risk,
        low=tuple(round(100 * step.low, 1) for step in steps),
        high=tuple(round(100 * step.high, 1) for step in steps),
        events_by=tuple(events_by),
        censored_by=tuple(censored_by),
    )


def _months(arm: RebuiltArm) -> tuple[float, ...]:
    end = arm.points[-1].month
    step = next((step for step in _STEPS if end / step <= _MOST_STEPS), end / _MOST_STEPS)
    even = (step * place for place in range(int(end / step) + 1))
    return tuple(sorted({0.0, *even, *(m for m in arm.given.at_risk.months if m <= end), end}))


def _at_risk(arm: RebuiltArm, months: tuple[float, ...]) -> tuple[int, ...]:
    """The printed number where there is one; between two of them, the rebuilt one, kept between them."""
    printed = dict(zip(arm.given.at_risk.months, arm.given.at_risk.counts, strict=True))
    found: list[int] = []
    for month in months:
        following = max((count for m, count in printed.items() if m >= month), default=0)
        counted = printed.get(month, max(arm.at_risk(month), following))
        found.append(min(counted, found[-1]) if found else counted)
    return tuple(found)


def fidelity(digitised: Digitised, arms: tuple[RebuiltArm, ...], against: Readout) -> Fidelity:
    """Patients, events, medians and hazard ratio, each recomputed beside what `against` published of it."""
    checks = [check for arm in arms for check in _arm_checks(arm, against, digitised.tolerance)]
    ratio = _ratio_check(arms, against, digitised.tolerance)
    events = [check for check in checks if check.what == "events"]
    return Fidelity(
        against=against.id,
        ratio=ratio.value if ratio else None,
        ratio_ci=ratio.ci if ratio else None,
        events=sum(int(c.value or 0) for c in events) if events else None,
        events_published=sum(int(c.published or 0) for c in events) if events else None,
        error_points=max(check.value or 0.0 for check in checks if check.what == "curve"),
        note="Patients were rebuilt from the coordinates by the method of Guyot et al. 2012.",
        checks=(*checks, *([ratio] if ratio else ())),
    )


def _arm_checks(arm: RebuiltArm, against: Readout, allowed: Tolerance) -> Iterator[FidelityCheck]:
    name, people = arm.given.arm, len(arm.times)
    yield _check("patients", name, (people, arm.given.n), (people == arm.given.n, "exactly"))
    total = published_events(arm.given, against)
    if total is not None:
        near = abs(arm.events - total) <= max(1, allowed.events / 100 * total)
        yield _check("events", name, (arm.events, total), (near, f"within {allowed.events:g}% or 1"))
    for estimate in against.estimates:
        if estimate.arm == name and estimate.unit == "months":
            yield _median_check(arm, estimate.value, allowed)
    yield _curve_check(arm, allowed)


def _curve_check(arm: RebuiltArm, allowed: Tolerance) -> FidelityCheck:
    """Patients are whole: where few are left, the curve cannot come nearer than a part of one patient's step."""
    far, near = 0.0, True
    for month, percent in _lowest(arm.points):
        index = bisect_right(arm.steps, month, key=lambda step: step.months) - 1
        step, before = arm.steps[index], arm.steps[max(index - 1, 0)].survival
        off = abs(100 * step.survival - percent)
        ended = month > step.months and step.at_risk == step.events + step.censored
        room = 0.0 if ended or not step.at_risk else 100 * before / step.at_risk
        far, near = max(far, off), near and off <= max(allowed.points, room)
    words = f"within {allowed.points:g} points, or one patient's step"
    return _check("curve", arm.given.arm, (round(far, 1), 0), (near, words))


def _lowest(points: tuple[Point, ...]) -> Iterator[Point]:
    """Where both ends of a step were read at one month, the lower one: the curve counts from there on."""
    lowest = {point.month: point for point in points}
    yield from lowest.values()


def _median_check(arm: RebuiltArm, published: float | None, allowed: Tolerance) -> FidelityCheck:
    found, _ = median(arm.steps)
    room = max(allowed.median_months, allowed.median / 100 * (published or 0.0))
    both = found is not None and published is not None
    near = abs((found or 0.0) - (published or 0.0)) <= room if both else found is None and published is None
    words = f"within {allowed.median:g}% or {allowed.median_months:g} month{'' if allowed.median_months == 1 else 's'}"
    value = None if found is None else round(found, 1)
    return _check("median", arm.given.arm, (value, published), (near, words))


def _ratio_check(arms: tuple[RebuiltArm, ...], against: Readout, allowed: Tolerance) -> FidelityCheck | None:
    """None when the readout has no hazard ratio of two of these arms, or does not say which way round it is."""
    ratio, by_arm = against.ratio, {arm.given.arm: arm for arm in arms}
    if ratio is None or ratio.value is None or ratio.value <= 0 or ratio.kind != "hazard ratio":
        return None
    if ratio.treated not in by_arm or ratio.control not in by_arm:
        return None
    found = hazard_ratio(by_arm[ratio.treated].times, by_arm[ratio.control].times)
    near = found is not None and abs(math.log(found.value / ratio.value)) <= allowed.ratio
    ends: Bounds | None = None
    if found and found.ci and found.ci.low is not None and found.ci.high is not None:
        ends = (round(found.ci.low, 2), round(found.ci.high, 2))
    return FidelityCheck(
        what="hazard ratio",
        value=round(found.value, 2) if found else None,
        ci=ends,
        published=ratio.value,
        published_ci=ratio.ci if ratio.ci_level == 95 else None,
        allowed=f"within {allowed.ratio:g} on the log scale",
        within=near,
    )


def _check(what: str, arm: str, figures: tuple[float | None, float | None], verdict: tuple[bool, str]) -> FidelityCheck:
    (value, published), (within, allowed) = figures, verdict
    return FidelityCheck.model_validate(
        {"what": what, "arm": arm, "value": value, "published": published, "allowed": allowed, "within": within}
    )
