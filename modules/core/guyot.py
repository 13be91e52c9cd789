"""Individual times rebuilt from a published curve and its numbers at risk.

The method is that of Guyot P, Ades AE, Ouwens MJNM, Welton NJ. Enhanced secondary analysis of survival data:
reconstructing the data from published Kaplan-Meier survival curves. BMC Med Res Methodol 2012;12:9. Written from the
paper's description: the R packages for it are under the GPL, and no maintained Python one was found.
"""

import heapq
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from modules.core.survival import FollowUp

_ROUNDS = 60


class Point(NamedTuple):
    """A coordinate of the published curve: percent (0 to 100) without an event from this month on."""

    month: float
    percent: float


class AtRisk(NamedTuple):
    """A printed number at risk: patients followed to this month or longer."""

    month: float
    patients: int


@dataclass(frozen=True, slots=True)
class _Walk:
    """Where the reconstruction stands after some months: patients left, height of the rebuilt curve, times so far."""

    left: int
    height: float
    events: int
    times: tuple[FollowUp, ...]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """The months from one printed number at risk to the next (the next one's month belongs to the next)."""

    start: float
    end: float
    points: tuple[Point, ...]


def reconstruct(
    coordinates: tuple[Point, ...], at_risk: tuple[AtRisk, ...], total_events: int | None = None
) -> tuple[FollowUp, ...]:
    """Times of `at_risk[0].patients` patients, in order, whose Kaplan-Meier curve runs through the coordinates.

    Months must not fall and percentages must not rise; the months at risk start at 0 and rise, the counts must not.
    Between two counts, patients are censored at even distances, as many as the next count asks for; after the last
    one at the rate before it, or as many as the published total of events asks for. ValueError for any other input.
    """
    _demand(coordinates, at_risk)
    last = max(coordinates[-1].month, at_risk[-1].month)
    ends = (*(row.month for row in at_risk[1:]), math.inf)
    walk, censored = _Walk(at_risk[0].patients, 1.0, 0, ()), 0
    for row, end, target in zip(at_risk, ends, (*at_risk[1:], None), strict=True):
        inside = tuple(p for p in coordinates if row.month <= p.month < end)
        if target is not None:
            before, walk = walk, _to_count(walk, _Stretch(row.month, end, inside), target.patients)
            censored += (before.left - walk.left) - (walk.events - before.events)
        else:
            rate = censored / row.month if row.month else 0.0
            walk = _to_total(walk, _Stretch(row.month, last, inside), (rate, total_events))
    return tuple(sorted((*walk.times, *[FollowUp(last, False)] * walk.left)))


def _demand(coordinates: tuple[Point, ...], at_risk: tuple[AtRisk, ...]) -> None:
    months, counts = [row.month for row in at_risk], [row.patients for row in at_risk]
    if not coordinates or not at_risk or months[0] != 0 or months != sorted(set(months)):
        raise ValueError("the months at risk must start at 0 and rise, and the curve needs a coordinate")
    if counts != sorted(counts, reverse=True) or counts[-1] < 0:
        raise ValueError("the numbers at risk may not rise")
    months, heights = [p.month for p in coordinates], [p.percent for p in coordinates]
    if months != sorted(months) or heights != sorted(heights, reverse=True):
        raise ValueError("months must not fall and percentages must not rise")
    if months[0] < 0 or not 0 <= heights[-1] <= heights[0] <= 100:
        raise ValueError("months must be 0 or more, and percentages between 0 and 100")


def _to_count(walk: _Walk, stretch: _Stretch, target: int) -> _Walk:
    """Through a stretch, with the censoring that leaves `target` patients (steps 1 to 4 of the paper)."""
    height = 100 * walk.height
    survived = stretch.points[-1].percent / height if stretch.points and height else 1.0
    first = round(walk.left * min(1.0, survived) - target)
    return _search(first, lambda censored: _through(walk, stretch, censored), lambda end: end.left - target)


def _to_total(walk: _Walk, stretch: _Stretch, known: tuple[float, int | None]) -> _Walk:
    """After the last number at risk: censoring at the rate so far, then towards the total (steps 6 to 8)."""
    rate, total = known
    first = min(walk.left, round(rate * (stretch.end - stretch.start)))
    if total is None:
        return _through(walk, stretch, first)
    if walk.events >= total:
        return walk
    return _search(first, lambda censored: _through(walk, stretch, censored), lambda end: end.events - total)


def _search(first: int, through: Callable[[int], _Walk], excess: Callable[[_Walk], int]) -> _Walk:
    """The number of censored patients at which the excess is least: it falls as the number grows."""
    censored, seen = max(0, first), set[int]()
    best = through(censored)
    walk = best
    for _ in range(_ROUNDS):
        seen.add(censored)
        if abs(excess(walk)) < abs(excess(best)):
            best = walk
        censored = max(0, censored + excess(walk))
        if excess(walk) == 0 or censored in seen:
            break
        walk = through(censored)
    return best


def _through(walk: _Walk, stretch: _Stretch, censored: int) -> _Walk:
    """Events where the published curve falls, and `censored` patients lost at even distances (step 3)."""
    gap = (stretch.end - stretch.start) / (censored + 1)
    losses = ((stretch.start + gap * place, 1, 0.0) for place in range(1, censored + 1))
    falls = ((point.month, 0, point.percent / 100) for point in stretch.points)
    left, height, events = walk.left, walk.height, walk.events
    times: list[FollowUp] = []
    for month, loss, published in heapq.merge(falls, losses):
        if left == 0:
            break
        if loss:
            times.append(FollowUp(month, False))
            left -= 1
        elif published < height:
            died = min(left, math.floor(left * (1 - published / height) + 0.5))
            times.extend([FollowUp(month, True)] * died)
            left, height, events = left - died, height * (left - died) / left, events + died
    return _Walk(left, height, events, (*walk.times, *times))
