"""The report on a live session, made once it is over: from then on it says the same whenever it is made."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from statistics import median

from modules.actions.live.asked import Asked, AskedFigure, AskedItem, asked, correct
from modules.actions.live.results import ask_text, case_of, key_of, key_text, options_of, right_by_voter
from modules.actions.live.sessions import led, over
from modules.core.errors import NotAllowed
from modules.core.items import Estimated
from modules.core.live import ItemPoll, LiveSession, Placed, pairs, shift, tally
from modules.core.module import Module
from modules.core.people import Actor
from modules.core.prediction import in_unit
from modules.core.quantity import number
from modules.core.responses import Response
from modules.core.session_report import (
    Guesses,
    OptionVotes,
    PairReport,
    PollReport,
    RoomQuestion,
    SessionReport,
    Share,
    left_in,
)
from modules.core.small_cells import LEAST, hidden_beside_margins
from modules.outcomes.statistics import gain, mcnemar, wilson
from modules.records.deeds import by, note
from modules.records.records import Records

NOT_OVER = "This session is still going on. End it first; then its report can be made."
ANOTHER_MODULE = "This session taught another module."


def session_report(records: Records, actor: Actor, module: Module, code: str, *, now: datetime) -> SessionReport:
    """For its host, or an owner, and noted as a deed.

    Not while votes can still come in: the difference of two reports would be the vote of one device.
    """
    session = led(records, actor, code)
    if not over(session, now):
        raise NotAllowed(NOT_OVER)
    if session.module != module.id:
        raise NotAllowed(ANOTHER_MODULE)
    note(records, by(actor), "export-live-report", session.code, now=now)
    opened = [one for one in session.plan.polls if session.state(one.id) != "draft"]
    votes = {one.id: records.live.votes(session.code, one.id) for one in opened}
    found = [_poll(module, session, one, tuple(votes[one.id].values())) for one in opened if _there(module, one)]
    return SessionReport(
        code=session.code,
        module=module.id,
        title=module.front.title,
        version=_version(records, module, session.digest),
        changed=session.digest != module.digest,
        began=session.created,
        ended=session.ended,
        rehearsal=session.rehearsal,
        devices=len(set().union(*votes.values())),
        polls=tuple(found),
        pairs=tuple(_pairs(records, module, session)),
        questions=_questions(records, session.code),
        unopened=len(session.plan.polls) - len(opened),
        gone=len(opened) - len(found),
    )


def _version(records: Records, module: Module, digest: str) -> str:
    if digest == module.digest:
        return module.front.version
    kept = records.version(digest)
    return "" if kept is None else kept.version


def _there(module: Module, placed: Placed) -> bool:
    try:
        asked(module, placed.poll)
    except NotAllowed:
        return False
    return True


def _poll(module: Module, session: LiveSession, placed: Placed, votes: Sequence[Response]) -> PollReport:
    what, found, poll = asked(module, placed.poll), tally(votes), placed.poll
    words = left_in(found, session.hidden.get(placed.id, frozenset())) if poll.kind == "words" else ()
    return PollReport(
        id=placed.id,
        kind=poll.kind,
        ask=ask_text(what),
        moment=poll.moment if isinstance(poll, ItemPoll) else "once",
        n=found.n,
        case=case_of(what),
        options=_options(what, votes),
        right=_right(what, votes),
        guesses=_guesses(what, found.values),
        words=words,
        left_out=found.n - sum(n for _, n in words) if poll.kind == "words" else 0,
    )


def _options(what: Asked, votes: Sequence[Response]) -> tuple[OptionVotes, ...]:
    counts, keys = tally(votes).counts, key_of(what)
    return tuple(
        OptionVotes(words, counts.get(value, 0), value in keys if keys else None) for value, words in options_of(what)
    )


def _right(what: Asked, votes: Sequence[Response]) -> Share | None:
    graded = [correct(what, vote) for vote in votes]
    if not graded or None in graded:
        return None
    count, n = sum(map(bool, graded)), len(graded)
    return Share(count, n, wilson(count, n))


def _guesses(what: Asked, values: Sequence[float]) -> Guesses | None:
    middle = round(median(values), 2) if values else None
    match what:
        case AskedFigure(block):
            said = "" if middle is None else in_unit(middle, block.quantity)
            return Guesses(middle, said, block.quantity.value, key_text(what), block.quantity.unit)
        case AskedItem(quiz, Estimated() as item):
            said = "" if middle is None else f"{number(middle)} {item.unit}"
            return Guesses(middle, said, quiz.keys[item.id], key_text(what), item.unit)
        case _:
            return None


def _pairs(records: Records, module: Module, session: LiveSession) -> Iterator[PairReport]:
    for first, after in pairs(session.plan):
        asked_twice = all(session.state(one.id) != "draft" for one in (first, after))
        if not asked_twice or not _there(module, first):
            continue
        before, later = (right_by_voter(records, module, session, one) for one in (first, after))
        if before is None or later is None:
            continue
        found = shift(before, later)
        bare = PairReport((first.id, after.id), ask_text(asked(module, first.poll)), None, {})
        if found.n < LEAST:
            yield bare
        elif hidden_beside_margins(found.cells):
            yield PairReport(bare.polls, bare.ask, found.n, {})
        else:
            change, interval = gain(found.gained, found.lost, found.n)
            p = mcnemar(found.gained, found.lost)
            yield PairReport(bare.polls, bare.ask, found.n, found.cells, change, interval, p)


def _questions(records: Records, code: str) -> tuple[RoomQuestion, ...]:
    """Those that wait or that the host hid were never before the room."""
    shown = (one for one in records.floor.questions(code) if one.state in ("shown", "answered"))
    return tuple(RoomQuestion(one.text, one.seconded, one.state == "answered") for one in shown)
