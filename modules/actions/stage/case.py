"""A branching case in a lesson: each decision an item, what it leads to, a way back, and all rationales at the end."""

from dataclasses import dataclass
from html import escape

from modules.actions.attempts import next_free
from modules.actions.stage.check import Asked, answers_to, ask_html, journaled, stale
from modules.actions.stage.drawn import all_texts, given, pieces
from modules.actions.stage.explained import explanation
from modules.actions.stage.visit import NOWHERE, Card, Sent, Visit, item_of, quiz_of
from modules.core.errors import NotAllowed
from modules.core.events import ItemAnswered
from modules.core.items import Case, ChartPoint, Consequence, Quiz, SingleBest, Turn
from modules.core.progress import Progress
from modules.core.responses import Chosen, Draft
from modules.export.cards.verdict import verdict_html
from modules.export.inline import rich_html
from modules.export.pieces import Pieces
from modules.export.stage_html import Button, Frame, form_html, stem_html


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision made: the newest answer to its item, and what the chosen option leads to."""

    item: SingleBest | ChartPoint
    answer: ItemAnswered
    leads: Consequence


@dataclass(frozen=True, slots=True)
class Path:
    """The decisions made so far, in order; `next` is the item that is asked now, None at the end of the case."""

    made: tuple[Decided, ...]
    next: str | None


def case_card(visit: Visit, name: str) -> Card:
    """`name` is `<quiz>/<case>`."""
    quiz, case = _case_at(visit, name)
    return _card(visit, quiz, case, path_of(visit.standing(), quiz, case))


def case_act(visit: Visit, name: str, sent: Sent) -> Card:
    quiz, case = _case_at(visit, name)
    path = path_of(visit.standing(), quiz, case)
    if sent.do == "again" and path.made:
        back = Path(path.made[:-1], path.made[-1].item.id)
        return _card(visit, quiz, case, back)
    asked = _asked(quiz, case, sent.first("place").partition("#")[2])
    if sent.do != "answer" or asked is None:
        raise NotAllowed(NOWHERE)
    if sent.version != visit.module.digest:
        return stale(_card(visit, quiz, case, path, draft=given(sent, asked.item)))
    journaled(visit, asked, sent)
    return _card(visit, quiz, case, path_of(visit.standing(), quiz, case))


def path_of(mine: Progress, quiz: Quiz, case: Case) -> Path:
    """Follows the newest answers from the first turn. A decision met a second time ends the case: no going in rings."""
    turns = [turn.item for turn in case.turns]
    made: list[Decided] = []
    here: str | None = turns[0]
    while here is not None and here not in {one.item.id for one in made}:
        found = _decided(mine, quiz, case.turns[turns.index(here)])
        if found is None:
            return Path(tuple(made), here)
        made.append(found)
        following = turns.index(here) + 1
        here = found.leads.to or (turns[following] if following < len(turns) else None)
        here = here if here in turns else None
    return Path(tuple(made), None)


def _decided(mine: Progress, quiz: Quiz, turn: Turn) -> Decided | None:
    item, answers = quiz.item(turn.item), answers_to(mine, quiz.id, turn.item)
    if not answers or not isinstance(item, SingleBest | ChartPoint):
        return None
    response = answers[-1].response
    chosen = response.options[0] if isinstance(response, Chosen) and response.options else ""
    return Decided(item, answers[-1], turn.leads[chosen]) if chosen in turn.leads else None


def _case_at(visit: Visit, name: str) -> tuple[Quiz, Case]:
    quiz_id, _, case_id = name.rpartition("/")
    quiz = quiz_of(visit.module, quiz_id)
    case = quiz.case(case_id)
    if case is None:
        raise NotAllowed(NOWHERE)
    return quiz, case


def _asked(quiz: Quiz, case: Case, item_id: str) -> Asked | None:
    item = quiz.item(item_id) if item_id in {turn.item for turn in case.turns} else None
    return Asked(quiz, item) if isinstance(item, SingleBest | ChartPoint) else None


def _card(visit: Visit, quiz: Quiz, case: Case, path: Path, *, draft: Draft | None = None) -> Card:
    texts = [quiz.rich(case.opening), *(t for one in path.made for t in all_texts(quiz, one.item))]
    here = pieces(visit, texts, f"case-{case.id}")
    told = f'<h3 id="case-{case.id}">{escape(case.title)}</h3>'
    told += f'<p class="lm-vignette">{rich_html(quiz.rich(case.opening), here.within("opening"))}</p>'
    last = len(path.made) - 1
    told += "".join(_told(quiz, one, here.within(one.item.id), n == last) for n, one in enumerate(path.made))
    body, focus = _rest(visit, quiz, case, (path, here, draft))
    return Card(f'<div class="lm-check lm-case">{told}{body}</div>', focus=focus)


def _told(quiz: Quiz, one: Decided, here: Pieces, last: bool) -> str:
    chosen = next(o for o in one.item.options if o.id in getattr(one.answer.response, "options", ()))
    anchor = ' id="case-consequence"' if last else ""
    return (
        f'<section class="lm-turn">{stem_html(one.item, quiz, here)}'
        f'<p class="lm-chose">You decided: <strong>{rich_html(quiz.rich(chosen.text), here.within("c"))}</strong></p>'
        f'<p class="lm-consequence"{anchor}>{rich_html(quiz.rich(one.leads.text), here.within("l"))}</p></section>'
    )


def _rest(visit: Visit, quiz: Quiz, case: Case, now: tuple[Path, Pieces, Draft | None]) -> tuple[str, str]:
    path, here, draft = now
    again = [Button("again", "Go back and decide again")] if path.made else []
    focus = "#case-consequence" if path.made else f"#case-{case.id}"
    if path.next is None:
        return _ending(visit, quiz, case, (path, here)) + form_html(Frame(visit.module.digest), "", again), focus
    item = item_of(quiz, path.next)
    asked = _asked(quiz, case, item.id)
    if asked is None:
        raise NotAllowed(NOWHERE)
    attempt = next_free(visit.standing(), quiz.id, item.id)
    frame = Frame(visit.module.digest, {"place": asked.place, "attempt": str(attempt)})
    label = f"Decision {len(path.made) + 1} of {len(case.turns)}"
    ways = [Button("answer", "Decide", main=True), *again]
    head = f'<p class="lm-place">{label}</p>'
    return form_html(frame, head + ask_html(visit, asked, draft), ways, label=label), focus


def _ending(visit: Visit, quiz: Quiz, case: Case, now: tuple[Path, Pieces]) -> str:
    path, here = now
    rows = "".join(
        f'<details class="lm-reveal"><summary>Decision {n}: why</summary>'
        f"{verdict_html(one.item, one.answer.response, one.answer.score, anchor=f'verdict-{one.item.id}')}"
        f"{explanation(visit, one.answer, here.within(f'why-{one.item.id}'))}</details>"
        for n, one in enumerate(path.made, 1)
    )
    closing = rich_html(quiz.rich(case.closing), here.within("closing"))
    return f'<p class="lm-closing">{closing}</p><h4>Your decisions, explained</h4>{rows}'
