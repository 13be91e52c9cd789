"""A small module in a lecture room: polls of every kind, and votes as given. No figure here is clinical."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from modules.actions.live.sessions import Move, begin, end, move_poll
from modules.core.items import Quiz, QuizFile, texts_of
from modules.core.live import ItemPoll, LiveSession, OpinionPoll, Placed, Plan, PredictPoll, WordsPoll
from modules.core.module import Check, Module, Predict
from modules.core.paths import find
from modules.core.people import Actor
from modules.core.prose import Words
from modules.core.responses import Chosen, Given, Response, Written
from modules.records.live import Vote
from modules.records.records import Records
from tests.builders import evidence, minutes, module, numeric, single

HOST = Actor("host", "host", frozenset({"learner", "educator"}), confirmed=True)
OTHER = Actor("other", "other", frozenset({"learner", "educator"}), confirmed=True)
OWNER = Actor("owner", "owner", frozenset({"learner", "owner"}), confirmed=True)
RIGHT, WRONG, WORSE = (Chosen(options=(one,)) for one in "abc")
LATER = minutes(90)
PLAN = Plan(
    lessons=("01-lamp",),
    polls=(
        Placed(id="p1", poll=ItemPoll(quiz="harbour/checks", item="look", moment="before")),
        Placed(id="p2", poll=PredictPoll(lesson="01-lamp", figure="lighthouse.os-final.lamp")),
        Placed(id="p3", poll=ItemPoll(quiz="harbour/checks", item="look", moment="after")),
        Placed(id="p4", poll=OpinionPoll(ask="=Tea or coffee?", options=("+Tea", "Coffee"))),
        Placed(id="p5", poll=WordsPoll(ask="Why?")),
        Placed(id="p6", poll=ItemPoll(quiz="harbour/checks", item="how-long")),
        Placed(id="p7", poll=OpinionPoll(ask="Not asked", options=("Yes", "No"))),
    ),
)
Votes = Mapping[str, Mapping[str, Response]]
"""By poll, then by device."""


def room_module() -> Module:
    """The builders' module, with prose, a check of a number, and a figure to predict in its first lesson."""
    built = module()
    checks = QuizFile(id="harbour/checks", items=(single("look"), numeric("how-long")))
    quizzes = built.quizzes | {"harbour/checks": Quiz(checks, keys={"how-long": 56.5})}
    quantity = find(evidence(), "lighthouse.os-final.lamp")
    asked = Predict(quantity, "How long did ships last?", 0, 100, 1, built.lessons[0].blocks, line=5)
    blocks = (*built.lessons[0].blocks, Check("harbour/checks", "look", line=4), asked)
    first = replace(built.lessons[0], blocks=blocks)
    spoken = {name: _spoken(quiz) for name, quiz in quizzes.items()}
    return replace(built, lessons=(first, *built.lessons[1:]), quizzes=spoken)


def _spoken(quiz: Quiz) -> Quiz:
    return replace(quiz, prose={text: (Words(text),) for item in quiz.items for text in texts_of(item)})


def twice(cells: Sequence[int]) -> dict[str, dict[str, Response]]:
    """Votes of so many devices that stayed right, gained, lost, stayed wrong."""
    kinds = ((RIGHT, RIGHT), (WRONG, RIGHT), (RIGHT, WRONG), (WORSE, WRONG))
    each = [kind for kind, n in zip(kinds, cells, strict=True) for _ in range(n)]
    return {
        "p1": {f"d{n}": one for n, (one, _) in enumerate(each)},
        "p3": {f"d{n}": o for n, (_, o) in enumerate(each)},
    }


FULL: Votes = {
    **twice((14, 12, 5, 9)),
    "p2": {f"d{n}": Given(value=30.0 + n) for n in range(10)},
    "p4": {f"d{n}": Chosen(options=("1" if n < 3 else "2",)) for n in range(9)},
    "p5": {
        "d1": Written(text="time"),
        "d2": Written(text="time"),
        "d3": Written(text="=cmd"),
        "d4": Written(text="rude"),
    },
    "p6": {"d1": Given(value=56.0), "x1": Given(value=20.0)},
}


def held(
    records: Records, votes: Votes = FULL, *, over: bool = True, rehearsal: bool = False, built: Module | None = None
) -> LiveSession:
    """A session whose polls took these votes, one after the other."""
    session = begin(records, HOST, built or room_module(), PLAN, now=minutes(0), rehearsal=rehearsal)
    for poll, given in votes.items():
        move_poll(records, HOST, session.code, Move(poll, "draft", "open"), now=minutes(1))
        counted = records.live.cast([Vote(session.code, poll, d, r, minutes(2)) for d, r in given.items()])
        assert all(counted)
        move_poll(records, HOST, session.code, Move(poll, "open", "closed"), now=minutes(3))
    if over:
        end(records, HOST, session.code, now=_end())
    found = records.live.session(session.code)
    assert found is not None
    return found


def _end() -> datetime:
    return minutes(60)
