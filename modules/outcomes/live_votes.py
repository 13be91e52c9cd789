"""How items do when a room votes on them: kept apart from first attempts, since nobody there sat a test."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import get_args

from modules.core.live import Moment
from modules.outcomes.items import Figure, share


@dataclass(frozen=True, slots=True)
class LiveVotes:
    """One poll on an item in one session: so many devices voted, so many of them right."""

    quiz: str
    item: str
    moment: Moment
    right: int
    n: int


@dataclass(frozen=True, slots=True)
class LiveItem:
    """`shares`: the share right, by when it was asked, over all sessions; only the moments at which it was."""

    quiz: str
    item: str
    sessions: int
    shares: tuple[tuple[Moment, Figure], ...]

    def at(self, moment: Moment) -> Figure | None:
        return dict(self.shares).get(moment)


def live_items(sessions: Iterable[Iterable[LiveVotes]]) -> tuple[LiveItem, ...]:
    """By quiz and item. A device that came to two sessions is two: that it was the same is not known."""
    votes: dict[tuple[str, str], list[tuple[int, LiveVotes]]] = defaultdict(list)
    for number, session in enumerate(sessions):
        for one in session:
            if one.n:
                votes[one.quiz, one.item].append((number, one))
    return tuple(
        LiveItem(quiz, item, len({number for number, _ in found}), _shares([one for _, one in found]))
        for (quiz, item), found in sorted(votes.items())
    )


def _shares(votes: list[LiveVotes]) -> tuple[tuple[Moment, Figure], ...]:
    moments: tuple[Moment, ...] = get_args(Moment)
    by_moment = ((moment, [one for one in votes if one.moment == moment]) for moment in moments)
    return tuple(
        (moment, share(sum(one.right for one in found), sum(one.n for one in found)))
        for moment, found in by_moment
        if found
    )
