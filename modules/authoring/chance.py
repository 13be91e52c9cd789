"""How likely a count is when only chance is at work."""

from collections.abc import Sequence
from math import erfc, exp, lgamma, log, sqrt


def upper_tail(chances: Sequence[float], hits: int) -> float:
    """P(at least `hits`) of independent trials with these chances: the Poisson binomial law, exactly."""
    return min(1.0, sum(_counts(chances)[max(hits, 0) :]))


def needed(chances: Sequence[float], alpha: float) -> int | None:
    """The fewest hits whose upper tail is at most `alpha`; None when even all of them are not enough."""
    tail, fewest = 0.0, None
    for hits, probability in reversed(list(enumerate(_counts(chances)))):
        tail += probability
        if tail > alpha:
            break
        fewest = hits
    return fewest


def _counts(chances: Sequence[float]) -> list[float]:
    """The probability of each number of hits, built up trial by trial (Wang, Statistica Sinica 1993;3:295-312)."""
    counts = [1.0]
    for chance in chances:
        missed = (p * (1 - chance) for p in counts)
        hit = (p * chance for p in counts)
        counts = [a + b for a, b in zip([*missed, 0.0], [0.0, *hit], strict=True)]
    return counts


def chi_square_tail(statistic: float, freedom: int) -> float:
    """P(chi-square > statistic) for whole degrees of freedom (Abramowitz and Stegun, 26.4.4 and 26.4.5)."""
    half = statistic / 2
    odd = freedom % 2 / 2
    terms = (exp(-half + (i - odd) * log(half) - lgamma(i + 1 - odd)) for i in range(freedom % 2, (freedom + 1) // 2))
    return 1.0 if half == 0 else sum(terms) + (erfc(sqrt(half)) if odd else 0.0)
