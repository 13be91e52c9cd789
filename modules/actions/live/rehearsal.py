"""Votes of nobody, so that an educator can try a session before the room is there."""

import random
from collections.abc import Sequence
from datetime import datetime

from modules.actions.live.asked import Asked, AskedFigure, asked, correct
from modules.actions.live.results import key_of, options_of
from modules.actions.live.sessions import voter_of
from modules.core.items import Estimated, ExtendedMatching, FreeText, Listed, MultipleResponse
from modules.core.live import ItemPoll, LiveSession
from modules.core.module import Module
from modules.core.responses import Chosen, Given, Matched, Response, Written
from modules.records.live import Vote
from modules.records.records import Records

VOTERS = 60
RIGHT = {"before": 0.4, "once": 0.55, "after": 0.75}
"""How many of them know, so that a shift can be seen."""
WORDS = ("time", "cost", "habit", "evidence", "guideline", "team", "access")


def simulate(records: Records, module: Module, session: LiveSession, poll: str, *, now: datetime) -> int:
    """Votes in a poll that is open. Nothing for a session that is no rehearsal; how many were counted."""
    placed = session.placed(poll)
    if placed is None or not session.rehearsal:
        return 0
    what, rng = asked(module, placed.poll), random.Random(f"{session.code}{poll}")  # noqa: S311 -- nothing secret
    share = RIGHT[placed.poll.moment if isinstance(placed.poll, ItemPoll) else "once"]
    votes = [
        Vote(session.code, poll, voter_of(f"rehearsal {n}", session.code), _vote(what, rng, share), now)
        for n in range(VOTERS)
    ]
    return sum(records.live.cast(votes))


def _vote(what: Asked, rng: random.Random, share: float) -> Response:
    if isinstance(what, AskedFigure):
        return Given(value=_near(rng, (what.block.low, what.block.high, what.block.step)))
    item = what.item
    if isinstance(item, Estimated):
        key = what.quiz.keys[item.id]
        return Given(value=key if rng.random() < share else round(key * rng.uniform(0.3, 1.8), 1))
    if isinstance(item, FreeText):
        return Written(text=rng.choice(WORDS))
    if isinstance(item, ExtendedMatching):
        options = [o.id for o in item.options]
        return Matched(pairs={s.id: s.key if rng.random() < share else rng.choice(options) for s in item.stems})
    values, key_values = [value for value, _ in options_of(what)], tuple(sorted(key_of(what)))
    if key_values and rng.random() < share:
        return Chosen(options=key_values)
    return _other(what, values, rng)


def _other(what: Asked, values: Sequence[str], rng: random.Random) -> Response:
    """Any choice; where there is a key, a wrong one."""
    for _ in range(20):
        several = not isinstance(what, AskedFigure) and isinstance(what.item, MultipleResponse | Listed)
        vote = Chosen(options=tuple(sorted(rng.sample(values, rng.randint(1, 2) if several else 1))))
        if not correct(what, vote):
            return vote
    return Chosen(options=(values[0],))


def _near(rng: random.Random, scale: tuple[float, float, float]) -> float:
    low, high, step = scale
    return round(low + step * round(rng.betavariate(4, 4) * (high - low) / step), 6)
