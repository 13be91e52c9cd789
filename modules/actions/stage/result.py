"""After a test: the recorded score, what to look at first, how well sureness matched, and the next step."""

from contextlib import suppress
from dataclasses import dataclass
from html import escape

from modules.actions.attempts import barred
from modules.actions.learn import stamp
from modules.actions.stage.drawn import all_texts, pieces
from modules.actions.stage.explained import explanation, taught
from modules.actions.stage.visit import Card, Visit, item_of, quiz_of
from modules.actions.stage.ways import onward, thanks_card
from modules.core.debrief import Kind, Looked, calibration, debrief
from modules.core.errors import RecordsUnavailable
from modules.core.events import AttemptClosed, FeedbackShown
from modules.core.items import Scored
from modules.core.progress import Progress
from modules.core.sitting import Assessed, conduct_of, may_explain, sitting
from modules.export.cards.verdict import verdict_html
from modules.export.references import references_html
from modules.export.stage_html import Button, Frame, calibration_html, form_html, notice_html, stem_html

KINDS: dict[Kind, str] = {
    "unsafe": "You were not guessing, and acting on this could harm",
    "sure and wrong": "You were sure",
    "wrong": "",
    "right by a guess": "A guess",
    "right": "",
}
PRE = "Thank you. Your starting point is recorded."


@dataclass(frozen=True, slots=True)
class Outcome:
    visit: Visit
    mine: Progress
    closed: AttemptClosed
    looked: tuple[Looked, ...]


def result_card(visit: Visit, role: Assessed, mine: Progress, closed: AttemptClosed) -> Card:
    if role != "post":
        return thanks_card(visit, mine, PRE)
    found = Outcome(visit, mine, closed, _looked(visit, mine, closed))
    told = may_explain(visit.module, mine, "post", closed.attempt)
    body = _score(closed) + _next_time(found)
    after = calibration_html(calibration(one.answer for one in found.looked))
    after += _explained(found) if told else _to_read(found)
    if told and closed.passed:
        _keep_shown(found)
    form = form_html(Frame(visit.module.digest), body, _buttons(found))
    return Card(form + after, focus="#score")


def _keep_shown(found: Outcome) -> None:
    """ABIM MOC: the learner is given feedback. A write that fails is made up for when the result is looked at again."""
    visit, closed = found.visit, found.closed
    if closed.attempt in found.mine.explained:
        return
    address = ("feedback", closed.quiz, closed.attempt)
    shown = FeedbackShown(
        **stamp(visit.learner, visit.module, visit.now, *address), quiz=closed.quiz, attempt=closed.attempt
    )
    with suppress(RecordsUnavailable):
        visit.records.append([shown])


def _looked(visit: Visit, mine: Progress, closed: AttemptClosed) -> tuple[Looked, ...]:
    here = sitting(visit.module, visit.learner, mine, "post", attempt=closed.attempt)
    found = []
    for place, slot in enumerate(here.slots, 1):
        item, answer = item_of(quiz_of(visit.module, slot.quiz), slot.item), here.answer(mine, slot)
        if answer is not None and isinstance(item, Scored):
            found.append(Looked(place, item, answer))
    return debrief(found)


def _score(closed: AttemptClosed) -> str:
    word, kind, icon = ("Passed", "right", "✓") if closed.passed else ("Not passed yet", "wrong", "✕")
    earlier = " (with what you had right before)" if closed.attempt > 1 else ""
    return (
        f'<p class="lm-verdict lm-{kind}" id="score" role="status"><span aria-hidden="true">{icon}</span> '
        f"{word}: {closed.correct} of {closed.asked} correct{earlier}, {closed.needed} needed</p>"
    )


def _next_time(found: Outcome) -> str:
    most = conduct_of(found.visit.module, "post").attempts
    if found.mine.passed is not None:
        return ""
    if said := _no_retry(found):
        return notice_html(said)
    left = "" if most is None else f" Attempts left: {most - len(found.mine.attempts('post'))}."
    return f"<p>Trying again asks other questions about what you missed.{left}</p>"


def _no_retry(found: Outcome) -> str | None:
    visit = found.visit
    return barred(visit.module, visit.learner, found.mine, "post", now=visit.now)


def _buttons(found: Outcome) -> list[Button]:
    if found.mine.passed is not None:
        return [onward(found.visit, found.mine)]
    return [Button("retry", "Try again", main=True)] if _no_retry(found) is None else []


def _explained(found: Outcome) -> str:
    """Wrong and sure first; every option with its rationale."""
    visit = found.visit
    quizzes = [quiz_of(visit.module, one.answer.quiz) for one in found.looked]
    items = [item_of(quiz, one.item.id) for quiz, one in zip(quizzes, found.looked, strict=True)]
    texts = [text for quiz, item in zip(quizzes, items, strict=True) for text in all_texts(quiz, item)]
    here = pieces(visit, texts, "r")
    rows = []
    for one, quiz, item in zip(found.looked, quizzes, items, strict=True):
        name = here.within(item.id)
        kind = f'<p class="lm-kind">{escape(KINDS[one.kind])}</p>' if KINDS[one.kind] else ""
        rows.append(
            f'<section class="lm-debrief"><h3>Question {one.place}</h3>'
            f"{stem_html(item, quiz, name.within('q'))}"
            f"{verdict_html(one.item, one.answer.response, one.answer.score, anchor=f'verdict-{one.item.id}')}{kind}"
            f"{explanation(visit, one.answer, name)}{taught(visit, one.item, 'post')}</section>"
        )
    return f"<h2>Every question, explained</h2>{''.join(rows)}{references_html(here.references, level=3)}"


def _to_read(found: Outcome) -> str:
    """Rationales wait for the pass; the lessons of what was missed do not."""
    ways = dict.fromkeys(taught(found.visit, one.item, "post") for one in found.looked if one.answer.score != 1)
    if not ways:
        return ""
    return f"<h2>Worth reading again</h2><p>The answers are explained once you have passed.</p>{''.join(ways)}"
