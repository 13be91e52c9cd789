"""Questions from the floor: asked from a phone, shown when the host says so, seconded by others."""

from datetime import datetime

from modules.actions.live.sessions import OVER, led, over, voter_of
from modules.core.errors import NotAllowed
from modules.core.live import LiveSession
from modules.core.people import Actor
from modules.records.floor import Question, Standing
from modules.records.records import Records

LONGEST, MOST_EACH = 200, 5
EMPTY = "Write your question first."
TOO_LONG = f"Ask it in at most {LONGEST} characters."
ENOUGH = f"You have asked {MOST_EACH} questions. The speaker will come to them."
NOT_SHOWN = "This question is not on the list any more."


def ask(records: Records, session: LiveSession, device: str, text: str, *, now: datetime) -> None:
    """NotAllowed with a sentence. The same question sent twice is one."""
    said = " ".join(text.split())
    if over(session, now):
        raise NotAllowed(OVER)
    if not said:
        raise NotAllowed(EMPTY)
    if len(said) > LONGEST:
        raise NotAllowed(TOO_LONG)
    if not records.floor.ask(session.code, voter_of(device, session.code), said, most=MOST_EACH, now=now):
        raise NotAllowed(ENOUGH)


def second(records: Records, session: LiveSession, device: str, question: int) -> None:
    if not records.floor.second(session.code, question, voter_of(device, session.code)):
        raise NotAllowed(NOT_SHOWN)


def on_phone(records: Records, session: LiveSession, device: str) -> tuple[Question, ...]:
    """What the host has shown, and the voter's own that wait."""
    every = records.floor.questions(session.code, voter_of(device, session.code))
    return tuple(one for one in every if one.state == "shown" or (one.mine and one.state == "waiting"))


def moderate(records: Records, actor: Actor, code: str, question: tuple[int, Standing]) -> None:
    """`question`: its id, and the state it is put in."""
    session = led(records, actor, code)
    records.floor.put_state(session.code, *question)


def on_screen(records: Records, actor: Actor, code: str) -> tuple[Question, ...]:
    """All of them, for the host."""
    session = led(records, actor, code)
    return records.floor.questions(session.code)
