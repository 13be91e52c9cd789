"""The host's desk beside the slides: polls, words and questions, in plain forms that need no script."""

from collections.abc import Sequence
from html import escape

from modules.actions.live.asked import asked
from modules.actions.live.results import Results, ask_text, results
from modules.core.errors import NotAllowed
from modules.core.live import LiveSession, Placed, State, WordsPoll
from modules.core.module import Module
from modules.records.floor import Question, Standing
from modules.records.records import Records

PLACE = "\x00"
"""Where the token stands until the page is whole."""
STATES: dict[State, str] = {
    "draft": "not open yet",
    "open": "open",
    "closed": "closed",
    "revealed": "answer shown",
}
MOVES: dict[State, tuple[tuple[State, str], ...]] = {
    "draft": (("open", "Open voting"),),
    "open": (("closed", "Close voting"),),
    "closed": (("revealed", "Reveal the answer"), ("open", "Open it again")),
    "revealed": (),
}
STANDINGS: dict[Standing, tuple[tuple[Standing, str], ...]] = {
    "waiting": (("shown", "Show"), ("hidden", "Hide")),
    "shown": (("answered", "Answered"), ("hidden", "Hide")),
    "answered": (("shown", "Show again"),),
    "hidden": (("shown", "Show"),),
}


def desk_html(records: Records, module: Module, session: LiveSession, *, token: str, ended: bool) -> str:
    """`token`: what binds its forms to this sign-in."""
    polls = "" if ended else "".join(_poll(records, module, session, one) for one in session.plan.polls)
    questions = records.floor.questions(session.code)
    told = "The session has ended." if ended else f"Join with the code {session.code}."
    body = (
        f"<h1>Host desk</h1><p>{escape(module.front.title)}. {told}</p>"
        f'<div class="steps"><a class="button" href="/present/{escape(module.id)}?session={session.code}">'
        f'The slides</a><a class="button" href="/room/{session.code}">Look again</a></div>'
        f"<h2>Questions from the room</h2>{_questions(session.code, questions)}"
        f'<h2>Polls</h2><table><thead><tr><th scope="col">Poll</th><th scope="col">State</th>'
        f'<th scope="col">Votes</th><th scope="col">What next</th></tr></thead><tbody>{polls}</tbody></table>'
    )
    return body.replace(PLACE, escape(token))


def _poll(records: Records, module: Module, session: LiveSession, placed: Placed) -> str:
    state = session.state(placed.id)
    try:
        what = ask_text(asked(module, placed.poll))
        found: Results | None = results(records, module, session, placed)
    except NotAllowed as gone:
        what, found = str(gone), None
    moment = getattr(placed.poll, "moment", "once")
    when = f" ({moment})" if moment != "once" else ""
    moves = "".join(
        _form(session.code, words, do="move", poll=placed.id, before=state, after=after)
        for after, words in MOVES[state]
    )
    words = _words(session.code, placed, found) if isinstance(placed.poll, WordsPoll) and found else ""
    votes = "" if found is None else str(found.n)
    return f"<tr><td>{escape(what)}{when}{words}</td><td>{STATES[state]}</td><td>{votes}</td><td>{moves}</td></tr>"


def _words(code: str, placed: Placed, found: Results) -> str:
    rows = "".join(
        f"<li>{escape(word)} ({n}) {_form(code, 'Hide', do='hide', poll=placed.id, word=word)}</li>"
        for word, n in found.words
    )
    return f"<ul>{rows}</ul>"


def _questions(code: str, questions: Sequence[Question]) -> str:
    if not questions:
        return "<p>None yet.</p>"
    rows = "".join(
        f"<tr><td>{escape(one.text)}</td><td>{one.state}</td><td>{one.seconded}</td><td>"
        + "".join(
            _form(code, words, do="question", question=str(one.id), after=to) for to, words in STANDINGS[one.state]
        )
        + "</td></tr>"
        for one in questions
    )
    head = "".join(f'<th scope="col">{words}</th>' for words in ("Question", "State", "Seconded", "What next"))
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _form(code: str, words: str, **fields: str) -> str:
    hidden = "".join(f'<input type="hidden" name="{name}" value="{escape(value)}">' for name, value in fields.items())
    return (
        f'<form method="post" action="/room/{code}/do" class="inline"><input type="hidden" name="csrf" value="{PLACE}">'
        f'{hidden}<button class="button" type="submit">{words}</button></form>'
    )
