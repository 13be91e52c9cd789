"""A branching case on paper: the patient, each decision with what its options lead to behind a fold, and the end."""

from collections.abc import Iterator
from html import escape

from modules.core.items import Case, OneBest, Quiz, Turn, texts_of, texts_of_case
from modules.core.prose import Rich
from modules.export.checks import asked_html, formative
from modules.export.inline import rich_html
from modules.export.pieces import Pieces


def case_html(quiz: Quiz, case_id: str, pieces: Pieces) -> str:
    """Empty unless the quiz is only formative and holds that case."""
    case = quiz.case(case_id)
    if case is None or not formative(quiz):
        return ""
    place = pieces.within(case.id)
    title = escape(f"Case: {case.title}")
    opening = rich_html(quiz.rich(case.opening), place.within("opening"))
    closing = rich_html(quiz.rich(case.closing), place.within("closing"))
    turns = "".join(_turn(quiz, case, n, place) for n in range(len(case.turns)))
    return (
        f'<div class="lm-check lm-case" role="group" aria-label="{title}">'
        f'<p class="lm-callout-title">{title}</p><p>{opening}</p>{turns}'
        f'<details class="lm-answer"><summary>How it went on</summary><p>{closing}</p></details></div>'
    )


def _turn(quiz: Quiz, case: Case, n: int, pieces: Pieces) -> str:
    turn = case.turns[n]
    item = quiz.item(turn.item)
    if not isinstance(item, OneBest):
        return ""
    place = pieces.within(f"turn{n}")
    led = {name: _led(quiz, case, (turn, name), place) for name in turn.leads}
    return f'<p class="lm-callout-title">Decision {n + 1}</p>{asked_html(quiz, item, place, led)}'


def _led(quiz: Quiz, case: Case, taken: tuple[Turn, str], pieces: Pieces) -> str:
    turn, name = taken
    lead = turn.leads[name]
    text = rich_html(quiz.rich(lead.text), pieces.within(f"led-{name}"))
    places = {one.item: n for n, one in enumerate(case.turns)}
    to = "" if lead.to is None else f" Go to decision {places[lead.to] + 1}."
    return f"<p>{text}{to}</p>"


def case_prose(quiz: Quiz, case_id: str) -> Iterator[Rich]:
    """Every sentence of a case and its decisions, for its citations."""
    case = quiz.case(case_id)
    if case is None:
        return
    items = [item for turn in case.turns if (item := quiz.item(turn.item)) is not None]
    texts = [case.opening, *(text for item in items for text in texts_of(item)), *texts_of_case(case).values()]
    yield from (quiz.rich(text) for text in dict.fromkeys(texts))
