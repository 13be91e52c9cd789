"""The statistics of items and tests, as functions of counts and scores. Each says its source."""

from collections.abc import Sequence
from math import atanh, exp, inf, log, sqrt, tanh
from operator import mul
from statistics import variance

Interval = tuple[float, float]
Z = 1.959963984540054
"""The 97.5th percentile of the normal distribution: all intervals are of 95%."""


def wilson(right: int, n: int) -> Interval:
    """Score interval of a share (Wilson EB, J Am Stat Assoc 1927;22:209). `n` at least 1; shares from 0 to 1."""
    share, z2 = right / n, Z * Z
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = Z * sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return max(0.0, middle - half), min(1.0, middle + half)


def correlation(xs: Sequence[int], ys: Sequence[int]) -> float | None:
    """Pearson's r; of an item's 0 and 1 it is the point-biserial. None where one of the two does not vary.

    Of whole numbers, as counts are, so that the sums are exact.
    """
    n, x, y = len(xs), sum(xs), sum(ys)
    spread = (n * sum(map(mul, xs, xs)) - x * x) * (n * sum(map(mul, ys, ys)) - y * y)
    return (n * sum(map(mul, xs, ys)) - x * y) / sqrt(spread) if spread else None


def fisher(r: float, n: int) -> Interval:
    """Interval of a correlation by the z transformation (Fisher RA, Metron 1921;1:3). `n` at least 4."""
    if abs(r) >= 1:
        return r, r
    half = Z / sqrt(n - 3)
    return tanh(atanh(r) - half), tanh(atanh(r) + half)


def mcnemar(gained: int, lost: int) -> float:
    """Two-sided exact p of paired shares (McNemar Q, Psychometrika 1947;12:153): binomial, 0.5; 1 without a change."""
    n, few = gained + lost, min(gained, lost)
    ways = total = 1
    for k in range(few):
        ways = ways * (n - k) // (k + 1)
        total += ways
    tail: float = total / 2**n
    return min(1.0, 2 * tail)


def gain(gained: int, lost: int, n: int) -> tuple[float, Interval]:
    """The change of a paired share, and its interval with half a learner more in each of the four cells.

    Agresti A, Min Y, Stat Med 2005;24:729: without them, nobody changing would look like certainty. `n` at least 1.
    """
    more = n + 2
    middle = (gained - lost) / more
    half = Z * sqrt(((gained + lost + 1) / more - middle * middle) / more)
    return (gained - lost) / n, (max(-1.0, middle - half), min(1.0, middle + half))


def alpha_of(items: int, item_variances: float, total_variance: float) -> float:
    """Cronbach LJ, Psychometrika 1951;16:297; for items of 0 and 1 it is KR-20."""
    return items / (items - 1) * (1 - item_variances / total_variance)


def alpha(scores: Sequence[Sequence[float]]) -> float | None:
    """Rows are learners, columns items; at least two of each. None where all totals are the same."""
    totals = [sum(row) for row in scores]
    spread = variance(totals)
    each = sum(variance(column) for column in zip(*scores, strict=True))
    return alpha_of(len(scores[0]), each, spread) if spread else None


def alpha_interval(found: float, items: int, n: int) -> Interval:
    """By the logarithm of 1 less alpha (Bonett DG, J Educ Behav Stat 2002;27:335). `n` at least 3."""
    half = Z * sqrt(2 * items / ((items - 1) * (n - 2)))
    middle = log(1 - found) if found < 1 else -inf
    return 1 - exp(middle + half), 1 - exp(middle - half)


def error_of_measurement(totals: Sequence[float], found: float) -> float:
    """Standard error of a learner's score, in items: the spread times the root of 1 less the reliability.

    Lord FM, Novick MR, Statistical Theories of Mental Test Scores, 1968, chapter 3. At least two totals.
    """
    return sqrt(variance(totals) * max(0.0, 1 - found))


def quartiles(values: Sequence[float]) -> tuple[float, float, float]:
    """Lower quartile, median and upper quartile (type 7, Hyndman and Fan 1996)."""
    ordered = sorted(values)

    def at(share: float) -> float:
        place = share * (len(ordered) - 1)
        low = int(place)
        high = min(low + 1, len(ordered) - 1)
        return ordered[low] + (ordered[high] - ordered[low]) * (place - low)

    return at(0.25), at(0.5), at(0.75)
