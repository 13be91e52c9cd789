"""What a phone shows in a live session. Plain words only: the chart and the figures' sources are on the screen."""

from collections.abc import Sequence
from html import escape

from modules.actions.live.asked import LONGEST_WORDS, Asked, AskedFigure, asked, correct
from modules.actions.live.floor import LONGEST
from modules.actions.live.plan import shows_chart
from modules.actions.live.results import ask_text, key_text, options_of
from modules.core.errors import NotAllowed
from modules.core.items import Estimated, ExtendedMatching, FreeText, Listed, MultipleResponse, Scored
from modules.core.live import LiveSession, Placed
from modules.core.module import Module
from modules.core.prediction import span
from modules.core.prose import plain
from modules.core.quantity import number
from modules.core.responses import Chosen, Given, Matched, Response, Written
from modules.export.cards.inputs import choices, number_box, select, text_box
from modules.records.floor import Question

WAITING = "Nothing to vote on now. The next question comes up here by itself."
VOTED = "Your vote is in. You can change it while voting is open."
CLOSED = "Voting is closed. The result is on the screen."


def stage_of(module: Module, session: LiveSession, own: Response | None) -> str:
    """The part of the page that changes. `own`: this voter's vote in the poll on show."""
    placed = session.on_phones
    if session.ended is not None:
        return "<h1>The session has ended</h1><p>Thank you for taking part. Nothing here says who you are.</p>"
    if placed is None:
        return f"<h1>{escape(module.front.title)}</h1><p>{WAITING}</p>"
    try:
        what = asked(module, placed.poll)
    except NotAllowed as gone:
        return f"<h1>{escape(module.front.title)}</h1><p>{escape(str(gone))}</p>"
    match session.state(placed.id):
        case "open":
            return _form(module, session, placed, (what, own))
        case "closed":
            return f"<h1>{escape(ask_text(what))}</h1><p>{CLOSED}</p>{_yours(what, own)}"
        case "revealed":
            return _told(what, own)
        case _:
            return f"<h1>{escape(module.front.title)}</h1><p>{WAITING}</p>"


def key_on_phones(session: LiveSession) -> str:
    """What a phone is at: it draws anew only when this changes, so that half a vote is not lost."""
    placed = session.on_phones
    at = "waiting" if placed is None else f"{placed.id}:{session.state(placed.id)}"
    return "over" if session.ended is not None else at


def _form(module: Module, session: LiveSession, placed: Placed, vote: tuple[Asked, Response | None]) -> str:
    what, own = vote
    look = '<p class="fine">Look at the chart on the screen.</p>' if shows_chart(module, placed.poll) else ""
    said = f'<p class="said good" role="status">{VOTED}</p>' if own is not None else '<p class="said" hidden></p>'
    words = "Change my vote" if own is not None else "Vote"
    return (
        f'<form method="post" action="/join/{session.code}"><input type="hidden" name="poll" value="{placed.id}">'
        f"{_vignette(what)}{look}<fieldset><legend><h1>{escape(ask_text(what))}</h1></legend>"
        f"{_inputs(what, own)}</fieldset>"
        f'<button type="submit">{words}</button>{said}</form>'
    )


def _vignette(what: Asked) -> str:
    if isinstance(what, AskedFigure) or not isinstance(what.item, Scored) or not what.item.vignette:
        return ""
    return f"<p>{escape(plain(what.quiz.rich(what.item.vignette)))}</p>"


def _inputs(what: Asked, own: Response | None) -> str:
    typed = number(own.value) if isinstance(own, Given) else ""
    if isinstance(what, AskedFigure):
        block = what.block
        return number_box("answer", f"Your guess, {span(block)}", typed, slider=(block.low, block.high, block.step))
    item = what.item
    if isinstance(item, Estimated):
        scale = (item.scale.low, item.scale.high, item.scale.step) if item.scale else None
        return number_box("answer", f"Your estimate, in {item.unit}", typed, slider=scale)
    if isinstance(item, FreeText):
        words = own.text if isinstance(own, Written) else ""
        return text_box("answer", "A word or two", words, LONGEST_WORDS)
    if isinstance(item, ExtendedMatching):
        return _matching(what, item, own)
    rows = [(value, escape(words)) for value, words in options_of(what)]
    several = isinstance(item, MultipleResponse) or (isinstance(item, Listed) and item.many)
    chosen = own.options if isinstance(own, Chosen) else ()
    return choices("answer", rows, chosen, kind="checkbox" if several else "radio")


def _matching(what: Asked, item: ExtendedMatching, own: Response | None) -> str:
    if isinstance(what, AskedFigure):
        return ""
    pairs = own.pairs if isinstance(own, Matched) else {}
    rows = [(o.id, plain(what.quiz.rich(o.text))) for o in item.options]
    return "".join(
        select(f"answer-{s.id}", escape(plain(what.quiz.rich(s.text))), rows, pairs.get(s.id, "")) for s in item.stems
    )


def _yours(what: Asked, own: Response | None) -> str:
    if own is None:
        return '<p class="fine">You did not vote in this one.</p>'
    return f'<p class="said">Your vote: {escape(vote_text(what, own))}</p>'


def vote_text(what: Asked, vote: Response) -> str:
    words = dict(options_of(what))
    match vote:
        case Chosen():
            return "; ".join(words.get(one, one) for one in vote.options)
        case Matched():
            return "; ".join(words.get(f"{stem}={option}", option) for stem, option in vote.pairs.items())
        case Given():
            return number(vote.value)
        case Written():
            return vote.text
        case _:
            return ""


def _told(what: Asked, own: Response | None) -> str:
    key, right = key_text(what), None if own is None else correct(what, own)
    answer = f"<p>The answer: <strong>{escape(key)}</strong></p>" if key else f"<p>{CLOSED}</p>"
    verdict = ""
    if right is not None:
        words, kind = ("✓ Correct", "good") if right else ("✗ Not quite", "bad")
        verdict = f'<p class="said {kind}">{words}</p>'
    return f"<h1>{escape(ask_text(what))}</h1>{verdict}{answer}{_yours(what, own)}"


def floor_html(session: LiveSession, questions: Sequence[Question]) -> str:
    """Asking the speaker, and the questions of others that the host has let through."""
    if session.ended is not None:
        return ""
    rows = "".join(_question(session.code, one) for one in questions)
    listed = f"<ul>{rows}</ul>" if rows else ""
    return (
        f'<h2>Ask the speaker</h2><form method="post" action="/join/{session.code}/ask">'
        f"{text_box('question', 'Your question. The host reads it first.', '', LONGEST)}"
        f'<button type="submit" class="quiet">Send the question</button></form>{listed}'
    )


def _question(code: str, one: Question) -> str:
    if one.mine:
        told = "waits for the host" if one.state == "waiting" else f"yours, {one.seconded} second it"
        return f'<li><span>{escape(one.text)} <span class="fine">({told})</span></span></li>'
    words = "Seconded" if one.by_me else "Second it"
    off = " disabled" if one.by_me else ""
    button = (
        f'<form method="post" action="/join/{code}/second"><input type="hidden" name="question" value="{one.id}">'
        f'<button type="submit" class="quiet"{off} aria-label="{words}: {escape(one.text)}">{words} · {one.seconded}'
        "</button></form>"
    )
    return f"<li><span>{escape(one.text)}</span>{button}</li>"
