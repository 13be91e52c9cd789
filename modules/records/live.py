"""Live sessions as they are kept: one row a vote under a unique key, and polls that take votes only while open."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import BindParameter, Connection, Engine, Row, Select, bindparam, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from modules.core.live import LiveSession, Plan, State
from modules.core.responses import Response
from modules.records.engine import transaction, writing
from modules.records.rows import canonical, insert_new, moment, when
from modules.records.schema import FLOOR, LIVE_SESSIONS, POLLS, SECONDED, VOTES

NOT_KEPT = "This was not saved. Try again."
NOT_COUNTED = "Your vote was not counted. Try again."
NOT_READ = "The live session cannot be read at the moment. Try again."
_RESPONSE: TypeAdapter[Response] = TypeAdapter(Response)


@dataclass(frozen=True, slots=True)
class Vote:
    """`voter` names a device within one session and nobody outside of it."""

    session: str
    poll: str
    voter: str
    response: Response
    at: datetime


@dataclass(frozen=True, slots=True)
class Pulse:
    """`session` changes with its slide, plan and polls, `floor` with the questions and who seconds them."""

    session: str = ""
    votes: str = ""
    floor: str = ""


class Live:
    """Over the same pool as Records. Every method is one transaction, and committed when it returns."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writing = writing(engine)

    def begin(self, session: LiveSession) -> bool:
        """False when the code is taken; then nothing changed."""
        row = {
            "code": session.code,
            "module": session.module,
            "digest": session.digest,
            "host": session.host,
            "plan": canonical(session.plan),
            "slide": session.slide,
            "rehearsal": session.rehearsal,
            "created_at": moment(session.created),
        }
        with transaction(self._writing, NOT_KEPT) as connection:
            if connection.scalar(select(LIVE_SESSIONS.c.code).where(LIVE_SESSIONS.c.code == session.code)) is not None:
                return False
            connection.execute(LIVE_SESSIONS.insert(), row)
            self._new_polls(connection, session.code, session.plan, session.created)
            return True

    def put_plan(self, code: str, plan: Plan, now: datetime) -> None:
        """Polls added while the session goes on start as drafts; those there keep their state and votes."""
        with transaction(self._writing, NOT_KEPT) as connection:
            connection.execute(update(LIVE_SESSIONS).where(LIVE_SESSIONS.c.code == code).values(plan=canonical(plan)))
            self._new_polls(connection, code, plan, now)

    def _new_polls(self, connection: Connection, code: str, plan: Plan, now: datetime) -> None:
        rows = [{"session": code, "poll": p.id, "state": "draft", "changed_at": moment(now)} for p in plan.polls]
        if rows:
            insert_new(connection, POLLS, rows)

    def session(self, code: str) -> LiveSession | None:
        found = self._sessions(select(LIVE_SESSIONS).where(LIVE_SESSIONS.c.code == code))
        return found[0] if found else None

    def sessions(self, *, host: str | None = None, module: str | None = None) -> tuple[LiveSession, ...]:
        """Newest first."""
        query = select(LIVE_SESSIONS).order_by(LIVE_SESSIONS.c.created_at.desc(), LIVE_SESSIONS.c.code)
        for column, wanted in ((LIVE_SESSIONS.c.host, host), (LIVE_SESSIONS.c.module, module)):
            query = query if wanted is None else query.where(column == wanted)
        return self._sessions(query)

    def _sessions(self, query: Select[Any]) -> tuple[LiveSession, ...]:
        with transaction(self._engine, NOT_READ) as connection:
            rows = connection.execute(query).all()
            query = select(POLLS).where(POLLS.c.session.in_([row.code for row in rows])).order_by(POLLS.c.changed_at)
            polls: dict[str, list[Row[Any]]] = {}
            for one in connection.execute(query):
                polls.setdefault(one.session, []).append(one)
        return tuple(_session(row, polls.get(row.code, [])) for row in rows)

    def move(self, code: str, poll: str, states: tuple[State, State], now: datetime) -> bool:
        """From the first state to the second; False when it was not in the first, or another poll is open."""
        before, after = states
        mine = (POLLS.c.session == code) & (POLLS.c.poll == poll)
        with transaction(self._writing, NOT_KEPT) as connection:
            # The polls of a session are held in one order, so that of two that open at once one waits for the other.
            held = select(POLLS.c.poll, POLLS.c.state).where(POLLS.c.session == code).order_by(POLLS.c.poll)
            if connection.dialect.name != "sqlite":
                held = held.with_for_update()
            found = {row.poll: row.state for row in connection.execute(held)}
            another = any(state == "open" and one != poll for one, state in found.items())
            if found.get(poll) != before or (after == "open" and another):
                return False
            connection.execute(update(POLLS).where(mine).values(state=after, changed_at=moment(now)))
            return True

    def hide(self, code: str, poll: str, words: Sequence[str], now: datetime) -> None:
        """These and no others are hidden from the room."""
        mine = (POLLS.c.session == code) & (POLLS.c.poll == poll)
        values = {"hidden": json.dumps(sorted(set(words))), "changed_at": moment(now)}
        with transaction(self._writing, NOT_KEPT) as connection:
            connection.execute(update(POLLS).where(mine).values(values))

    def put_slide(self, code: str, slide: int) -> None:
        with transaction(self._writing, NOT_KEPT) as connection:
            connection.execute(update(LIVE_SESSIONS).where(LIVE_SESSIONS.c.code == code).values(slide=slide))

    def end(self, code: str, now: datetime) -> None:
        """Open polls are closed with it. The first end stands."""
        with transaction(self._writing, NOT_KEPT) as connection:
            still = (LIVE_SESSIONS.c.code == code) & LIVE_SESSIONS.c.ended_at.is_(None)
            connection.execute(update(LIVE_SESSIONS).where(still).values(ended_at=moment(now)))
            taking = (POLLS.c.session == code) & (POLLS.c.state == "open")
            connection.execute(update(POLLS).where(taking).values(state="closed", changed_at=moment(now)))

    def cast(self, votes: Sequence[Vote]) -> tuple[bool, ...]:
        """Whether each was counted: not when its poll is not open. A later vote of a voter replaces the earlier.

        All in one transaction: what is told to be counted is on disk.
        """
        with transaction(self._writing, NOT_COUNTED) as connection:
            polls = sorted({(vote.session, vote.poll) for vote in votes})
            # Closing a poll waits for the votes that were counted before it. SQLite has one writer anyway.
            state = _STATE if connection.dialect.name == "sqlite" else _STATE_HELD
            taking = {one for one in polls if connection.scalar(state, _named(*one)) == "open"}
            counted = tuple((vote.session, vote.poll) in taking for vote in votes)
            last = {(v.session, v.poll, v.voter): v for v, yes in zip(votes, counted, strict=True) if yes}
            _replace(connection, [_row(vote) for vote in last.values()])
        return counted

    def votes(self, code: str, poll: str) -> dict[str, Response]:
        """By voter, in the order of their tokens: it tells nothing of who voted when."""
        query = select(VOTES.c.voter, VOTES.c.response).where((VOTES.c.session == code) & (VOTES.c.poll == poll))
        with transaction(self._engine, NOT_READ) as connection:
            rows = connection.execute(query.order_by(VOTES.c.voter)).all()
        return {row.voter: _RESPONSE.validate_json(row.response) for row in rows}

    def counts(self, code: str, poll: str) -> tuple[tuple[Response, int], ...]:
        """Each response that was given, and how many gave it; most first."""
        with transaction(self._engine, NOT_READ) as connection:
            rows = connection.execute(_COUNTS, _named(code, poll)).all()
        return tuple((_RESPONSE.validate_json(text), n) for text, n in rows)

    def pulse(self, code: str) -> Pulse:
        """Other texts whenever anything about the session changed: cheap to ask for, again and again."""
        with transaction(self._engine, NOT_READ) as connection:
            read = (str(connection.execute(query, {"code": code}).fetchall()) for query in _PULSE)
            session, polls, votes, floor = read
        return Pulse(session + polls, votes, floor)

    def vote_of(self, code: str, poll: str, voter: str) -> Response | None:
        with transaction(self._engine, NOT_READ) as connection:
            found = connection.scalar(_VOTE_OF, _named(code, poll) | {"voter": voter})
        return None if found is None else _RESPONSE.validate_json(found)


def _session(row: Row[Any], polls: Sequence[Row[Any]]) -> LiveSession:
    """`polls` in the order in which they changed."""
    moved = [one.poll for one in polls if one.state != "draft"]
    return LiveSession(
        code=row.code,
        module=row.module,
        digest=row.digest,
        host=row.host,
        plan=Plan.model_validate_json(row.plan),
        created=datetime.fromisoformat(row.created_at),
        ended=when(row.ended_at),
        slide=row.slide,
        rehearsal=row.rehearsal,
        states={one.poll: one.state for one in polls},
        latest=moved[-1] if moved else None,
        hidden={one.poll: frozenset(json.loads(one.hidden)) for one in polls},
    )


def _row(vote: Vote) -> dict[str, str]:
    named = {"session": vote.session, "poll": vote.poll, "voter": vote.voter}
    return named | {"response": canonical(vote.response), "at": moment(vote.at)}


def _replace(connection: Connection, rows: Sequence[dict[str, str]]) -> None:
    if rows:
        connection.execute(_PUT_ON_POSTGRESQL if connection.dialect.name == "postgresql" else _PUT_ON_SQLITE, rows)


# What a room asks for again and again is built once: building a statement takes longer than SQLite takes to run it.


def _named(code: str, poll: str) -> dict[str, str]:
    return {"code": code, "of": poll}


def _pulse() -> tuple[Select[Any], ...]:
    """The session, its polls, how many voted in the open one (in others the votes cannot change), the floor.

    What they voted is shown to nobody before the poll is closed, so a changed vote changes nothing.
    """
    code: BindParameter[str] = bindparam("code")
    session = select(LIVE_SESSIONS.c.slide, LIVE_SESSIONS.c.ended_at, func.length(LIVE_SESSIONS.c.plan))
    polls = select(POLLS.c.poll, POLLS.c.state, POLLS.c.changed_at).where(POLLS.c.session == code)
    taking = (POLLS.c.session == code) & (POLLS.c.state == "open")
    # Counted by poll: joined, SQLite goes through the votes of all polls of the session.
    theirs = (VOTES.c.session == POLLS.c.session) & (VOTES.c.poll == POLLS.c.poll)
    votes = select(POLLS.c.poll, select(func.count()).select_from(VOTES).where(theirs).scalar_subquery()).where(taking)
    questions = select(FLOOR.c.seq, FLOOR.c.state, func.count(SECONDED.c.voter)).outerjoin(SECONDED)
    return (
        session.where(LIVE_SESSIONS.c.code == code),
        polls.order_by(POLLS.c.poll),
        votes,
        questions.where(FLOOR.c.session == code).group_by(FLOOR.c.seq, FLOOR.c.state).order_by(FLOOR.c.seq),
    )


def _put(dialect: Any) -> Any:
    put = dialect.insert(VOTES)
    changed = {"response": put.excluded.response, "at": put.excluded.at}
    return put.on_conflict_do_update(index_elements=["session", "poll", "voter"], set_=changed)


_PULSE = _pulse()
_STATE = select(POLLS.c.state).where((POLLS.c.session == bindparam("code")) & (POLLS.c.poll == bindparam("of")))
_STATE_HELD = _STATE.with_for_update(read=True)
_MINE = (VOTES.c.session == bindparam("code")) & (VOTES.c.poll == bindparam("of"))
_VOTE_OF = select(VOTES.c.response).where(_MINE & (VOTES.c.voter == bindparam("voter")))
_COUNTS = select(VOTES.c.response, func.count()).where(_MINE).group_by(VOTES.c.response)
_COUNTS = _COUNTS.order_by(func.count().desc(), VOTES.c.response)
_PUT_ON_SQLITE, _PUT_ON_POSTGRESQL = _put(sqlite), _put(postgresql)
