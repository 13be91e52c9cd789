"""Leading a live session: begin, open and close polls, move the slide, hide words, end. Votes from phones."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from modules.actions.access import allow, may
from modules.actions.live.asked import Asked, asked, vote_from
from modules.actions.live.plan import with_poll
from modules.core.errors import NotAllowed
from modules.core.live import ONWARD, LiveSession, OpinionPoll, Plan, State, WordsPoll
from modules.core.module import Module
from modules.core.people import Actor
from modules.records.ballot_box import BallotBox
from modules.records.deeds import by
from modules.records.live import Vote
from modules.records.records import Records

CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without 0, O, 1, I and L, which look alike from the back row."""
CODE_LENGTH = 6
OPEN_FOR = timedelta(hours=18)
"""A session that nobody ended is over after so long."""
NO_SESSION = "No live session has this code. Check it on the presenter's screen."
OVER = "This live session has ended."
NOT_YOURS = "Another educator leads this session. Only they, or an owner of the site, can do this."
ANOTHER_OPEN = "Another poll is open. Close it first."
MOVED_ON = "This poll has moved on meanwhile, perhaps in another window. Look at it again."
NOT_OPEN = "Voting is closed. Your vote was not counted."
NO_POLLS = "Choose at least one lesson."
MOST_POLLS = 60


def new_code(choose: Callable[[str], str] = secrets.choice) -> str:
    return "".join(choose(CODE_LETTERS) for _ in range(CODE_LENGTH))


def tidy_code(typed: str) -> str:
    """As it is kept: capitals, without spaces and dashes."""
    return "".join(c for c in typed.upper() if c in CODE_LETTERS)


def begin(
    records: Records, actor: Actor, module: Module, plan: Plan, *, now: datetime, rehearsal: bool = False
) -> LiveSession:
    """A session with a code that no other has."""
    allow(actor, "present")
    if not plan.lessons:
        raise NotAllowed(NO_POLLS)
    while True:
        session = LiveSession(new_code(), module.id, module.digest, by(actor), plan, now, rehearsal=rehearsal)
        if records.live.begin(session):
            return found(records, session.code)


def found(records: Records, code: str) -> LiveSession:
    """NotAllowed when there is none."""
    session = records.live.session(tidy_code(code))
    if session is None:
        raise NotAllowed(NO_SESSION)
    return session


def over(session: LiveSession, now: datetime) -> bool:
    return session.ended is not None or now >= session.created + OPEN_FOR


def led(records: Records, actor: Actor, code: str) -> LiveSession:
    """The session, for who may lead it: its host, or an owner."""
    allow(actor, "present")
    session = found(records, code)
    if session.host != by(actor) and not may(actor, "see-people"):
        raise NotAllowed(NOT_YOURS)
    return session


def led_by(records: Records, actor: Actor) -> tuple[LiveSession, ...]:
    """The actor's own sessions, newest first; an owner sees all."""
    allow(actor, "present")
    return records.live.sessions(host=None if may(actor, "see-people") else by(actor))


@dataclass(frozen=True, slots=True)
class Move:
    """A poll from the state that the presenter saw to the next."""

    poll: str
    before: State
    after: State


def move_poll(records: Records, actor: Actor, code: str, move: Move, *, now: datetime) -> None:
    """From the state that the presenter saw to the next: a second click, or a second window, changes nothing."""
    session, poll, before, after = led(records, actor, code), move.poll, move.before, move.after
    if over(session, now):
        raise NotAllowed(OVER)
    if after not in ONWARD[before] or session.placed(poll) is None:
        raise NotAllowed(MOVED_ON)
    if session.state(poll) == after:
        return
    if records.live.move(session.code, poll, (before, after), now):
        return
    taking = found(records, code).open_poll
    raise NotAllowed(ANOTHER_OPEN if after == "open" and taking is not None and taking.id != poll else MOVED_ON)


def put_slide(records: Records, actor: Actor, code: str, slide: int, *, now: datetime) -> None:
    session = led(records, actor, code)
    if not over(session, now) and 1 <= slide <= 9999:
        records.live.put_slide(session.code, slide)


def hide_word(records: Records, actor: Actor, code: str, poll: tuple[str, str], *, now: datetime) -> None:
    """`poll`: its id, and the word. What somebody wrote is shown to nobody from now on; it stays counted."""
    session, (which, word) = led(records, actor, code), poll
    if session.placed(which) is not None:
        records.live.hide(session.code, which, [*session.hidden.get(which, ()), word], now)


def add_poll(records: Records, actor: Actor, code: str, poll: OpinionPoll | WordsPoll, *, now: datetime) -> str:
    """The id of a poll that came to mind during the session; it stands at the end."""
    from_plan = led(records, actor, code)
    if over(from_plan, now):
        raise NotAllowed(OVER)
    if len(from_plan.plan.polls) >= MOST_POLLS:
        raise NotAllowed(f"A session holds at most {MOST_POLLS} polls.")
    plan = with_poll(from_plan.plan, poll)
    records.live.put_plan(from_plan.code, plan, now)
    return plan.polls[-1].id


def end(records: Records, actor: Actor, code: str, *, now: datetime) -> None:
    session = led(records, actor, code)
    records.live.end(session.code, now)


def voter_of(device: str, code: str) -> str:
    """A device in one session; in another session it is another, so that nobody can be followed."""
    return sha256(f"{code}\n{device}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Ballot:
    """What a phone sends. `device`: its random token."""

    poll: str
    device: str
    fields: Mapping[str, Sequence[str]]


def cast(box: BallotBox, module: Module, session: LiveSession, ballot: Ballot, *, now: datetime) -> Future[bool]:
    """True when the vote is on disk, False when its poll takes none. NotAllowed at once for what cannot be a vote.

    `session` may be a moment old: whether the poll is open is decided where the vote is written.
    """
    placed = session.placed(ballot.poll)
    if placed is None or over(session, now):
        raise NotAllowed(NOT_OPEN)
    response = vote_from(asked(module, placed.poll), ballot.fields)
    return box.cast(Vote(session.code, ballot.poll, voter_of(ballot.device, session.code), response, now))


def what_is_asked(module: Module, session: LiveSession, poll: str) -> Asked:
    placed = session.placed(poll)
    if placed is None:
        raise NotAllowed(MOVED_ON)
    return asked(module, placed.poll)
