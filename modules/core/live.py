"""A live session: what the room is asked, the state of each poll, and what its votes come to."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from modules.core.authored import Authored, Id, Text
from modules.core.responses import Chosen, Given, Matched, Ordered, Response, Written

State = Literal["draft", "open", "closed", "revealed"]
"""Votes count while a poll is open, are shown once it is closed, and beside the key once it is revealed."""
ONWARD: dict[State, tuple[State, ...]] = {
    "draft": ("open",),
    "open": ("closed",),
    "closed": ("revealed", "open"),
    "revealed": (),
}
"""A revealed poll stays so: who saw the key cannot vote again."""

Moment = Literal["once", "before", "after"]


class ItemPoll(Authored):
    """An item of the module. `before` and `after` the teaching make a pair, whose votes give the shift."""

    kind: Literal["item"] = "item"
    quiz: str
    item: str
    moment: Moment = "once"


class PredictPoll(Authored):
    """A figure that the room guesses before the chart shows it."""

    kind: Literal["predict"] = "predict"
    lesson: str
    figure: str


class OpinionPoll(Authored):
    """Typed by the educator; it has no key."""

    kind: Literal["opinion"] = "opinion"
    ask: Annotated[Text, Field(max_length=200)]
    options: Annotated[tuple[Annotated[Text, Field(max_length=80)], ...], Field(min_length=2, max_length=8)]


class WordsPoll(Authored):
    """A few words each, shown as a cloud."""

    kind: Literal["words"] = "words"
    ask: Annotated[Text, Field(max_length=200)]


Poll = Annotated[ItemPoll | PredictPoll | OpinionPoll | WordsPoll, Field(discriminator="kind")]


class Placed(Authored):
    """A poll and where it is asked: at `anchor`, the address of a slide; None at the end."""

    id: Id
    poll: Poll
    anchor: str | None = None


class Plan(Authored):
    """The lessons that are taught, in the module's order, and the polls in the order they are asked."""

    lessons: tuple[str, ...]
    polls: tuple[Placed, ...] = ()


@dataclass(frozen=True, slots=True)
class LiveSession:
    """`code` is what the room types, `host` the account that leads it, `digest` the version of the module taught.

    `slide` counts from 1. `rehearsal`: its votes are simulated and count nowhere. `states`: of each poll by id.
    `latest`: the poll that changed last, None before the first. `hidden`: by poll, what the host lets nobody see.
    """

    code: str
    module: str
    digest: str
    host: str
    plan: Plan
    created: datetime
    ended: datetime | None = None
    slide: int = 1
    rehearsal: bool = False
    states: Mapping[str, State] = field(default_factory=dict)
    latest: str | None = None
    hidden: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def placed(self, poll: str) -> Placed | None:
        return next((one for one in self.plan.polls if one.id == poll), None)

    def state(self, poll: str) -> State:
        return self.states.get(poll, "draft")

    @property
    def on_phones(self) -> Placed | None:
        """What the room looks at: the poll that changed last, unless it went back to being a draft."""
        return None if self.latest is None else self.placed(self.latest)

    @property
    def open_poll(self) -> Placed | None:
        """The one that takes votes now: at most one does."""
        return next((one for one in self.plan.polls if self.state(one.id) == "open"), None)


@dataclass(frozen=True, slots=True)
class Tally:
    """`n` voters. `counts`: votes by option, or by what was written; a voter may have chosen several.

    `values`: the numbers that were given, in rising order.
    """

    n: int
    counts: Mapping[str, int]
    values: tuple[float, ...] = ()


def tally(votes: Iterable[Response]) -> Tally:
    counts: Counter[str] = Counter()
    values: list[float] = []
    every = tuple(votes)
    for vote in every:
        match vote:
            case Chosen():
                counts.update(vote.options)
            case Given():
                values.append(vote.value)
            case Written():
                counts[vote.text] += 1
            case Matched():
                counts.update(f"{stem}={option}" for stem, option in vote.pairs.items())
            case Ordered():
                counts[" > ".join(vote.steps)] += 1
            case _:
                pass
    return Tally(len(every), dict(counts), tuple(sorted(values)))


@dataclass(frozen=True, slots=True)
class Shift:
    """Voters who voted both before and after: four cells that add up to `n`."""

    stayed_right: int
    gained: int
    lost: int
    stayed_wrong: int

    @property
    def n(self) -> int:
        return self.stayed_right + self.gained + self.lost + self.stayed_wrong

    @property
    def cells(self) -> dict[str, int]:
        return {
            "stayed right": self.stayed_right,
            "gained": self.gained,
            "lost": self.lost,
            "stayed wrong": self.stayed_wrong,
        }


def shift(before: Mapping[str, bool], after: Mapping[str, bool]) -> Shift:
    """Whether each voter was right, by the voter's token; those who voted only once count nowhere."""
    pairs = Counter((before[one], after[one]) for one in before.keys() & after.keys())
    return Shift(pairs[True, True], pairs[False, True], pairs[True, False], pairs[False, False])


def pairs(plan: Plan) -> tuple[tuple[Placed, Placed], ...]:
    """The polls that ask the same item before and after, in the order of the first."""
    later = {(p.poll.quiz, p.poll.item): p for p in plan.polls if isinstance(p.poll, ItemPoll) and _is(p, "after")}
    firsts = ((p, p.poll) for p in plan.polls if isinstance(p.poll, ItemPoll) and _is(p, "before"))
    return tuple((p, later[poll.quiz, poll.item]) for p, poll in firsts if (poll.quiz, poll.item) in later)


def _is(placed: Placed, moment: Moment) -> bool:
    return isinstance(placed.poll, ItemPoll) and placed.poll.moment == moment
