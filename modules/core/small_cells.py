"""Counts that are too small to be shown, and those that would give them away."""

from collections.abc import Mapping

LEAST = 5
"""A count below it is hidden: few enough people to be recognised by somebody who was there."""


def hidden(counts: Mapping[str, int], least: int = LEAST) -> frozenset[str]:
    """The cells of a table with a known total that must not be shown.

    Complementary suppression (Hundepool A et al., Statistical Disclosure Control, Wiley 2012, 4.2): one hidden cell
    could be had by subtraction. The smallest of the others are hidden too, equal ones together, until no small cell
    could be told even by somebody who knows this rule; the test tries every table of four cells.
    """
    shut = {name for name, n in counts.items() if n < least}
    small, others = len(shut), sorted(counts.keys() - shut, key=lambda name: counts[name], reverse=True)
    while (
        shut and others and not _vague(sum(counts[one] for one in shut), (small, len(shut)), counts[others[-1]], least)
    ):
        tied = counts[others[-1]]
        while others and counts[others[-1]] == tied:
            shut.add(others.pop())
    return frozenset(shut)


def hidden_beside_margins(counts: Mapping[str, int], least: int = LEAST) -> frozenset[str]:
    """The cells of a table of two by two that must not be shown where its margins can be seen: all of them, or none.

    A poll's bars before and after are the margins of the shift. With them and the total a single cell tells the other
    three, so that there is nothing between the whole table and no table.
    """
    return frozenset(counts) if any(n < least for n in counts.values()) else frozenset()


def _vague(held: int, cells: tuple[int, int], shown: int, least: int) -> bool:
    """Whether hidden cells that hold so many leave each small one open. `shown`: the smallest cell left to see.

    Every hidden cell that is not small holds fewer than `shown`; if the total forced them all to their most, the
    small ones would be known.
    """
    small, every = cells
    most = (least - 1) * small + (every - small) * (shown - 1)
    return every >= 2 and least <= held < most
