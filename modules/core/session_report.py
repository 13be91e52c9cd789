"""What a live session came to, as it is told once it is over: every figure with its n, small cells taken out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from modules.core.live import Moment, Tally

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Share:
    """`count` of `n`, and the interval of 95%; `n` is at least 1."""

    count: int
    n: int
    interval: Interval

    @property
    def value(self) -> float:
        return self.count / self.n


@dataclass(frozen=True, slots=True)
class OptionVotes:
    """`right` None where there is no key."""

    label: str
    votes: int
    right: bool | None = None


@dataclass(frozen=True, slots=True)
class Guesses:
    """`median` None when nobody guessed; `said` is how it reads, `found` what the record shows; `truth` its value."""

    median: float | None
    said: str
    truth: float | None
    found: str
    unit: str


@dataclass(frozen=True, slots=True)
class PollReport:
    """A poll that was opened, with `n` voters. `words` without those that the host hid; `left_out`: how many votes."""

    id: str
    kind: str
    ask: str
    moment: Moment
    n: int
    case: tuple[str, ...] = ()
    options: tuple[OptionVotes, ...] = ()
    right: Share | None = None
    guesses: Guesses | None = None
    words: tuple[tuple[str, int], ...] = ()
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class PairReport:
    """The polls `polls` asked one question before and after. `n` None: so few voted both times that it is not told.

    `cells` is empty when one of the four is small; then nothing else that rests on them is told either.
    `change`: share right after less share right before, of those who voted twice; `p` of the exact McNemar test.
    """

    polls: tuple[str, str]
    ask: str
    n: int | None
    cells: Mapping[str, int]
    change: float | None = None
    interval: Interval | None = None
    p: float | None = None


@dataclass(frozen=True, slots=True)
class RoomQuestion:
    """A question from the room that the host showed, and how many seconded it."""

    text: str
    seconded: int
    answered: bool


@dataclass(frozen=True, slots=True)
class SessionReport:
    """`version` is of the module as it was taught, empty when that text was not kept; `changed`: it is another now.

    `devices` voted at least once. `unopened`: how many polls were planned and not asked; `gone`: how many ask for
    what the author has taken out since. `rehearsal`: its votes are simulated.
    """

    code: str
    module: str
    title: str
    version: str
    changed: bool
    began: datetime
    ended: datetime | None
    rehearsal: bool
    devices: int
    polls: tuple[PollReport, ...]
    pairs: tuple[PairReport, ...]
    questions: tuple[RoomQuestion, ...]
    unopened: int = 0
    gone: int = 0


def left_in(found: Tally, hidden: frozenset[str]) -> tuple[tuple[str, int], ...]:
    """What was written and may be seen, most frequent first."""
    shown = sorted((one for one in found.counts if one not in hidden), key=lambda one: (-found.counts[one], one))
    return tuple((one, found.counts[one]) for one in shown)
