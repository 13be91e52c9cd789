"""An item as the inside of a form: what it asks, its inputs, and how sure the learner is."""

from html import escape
from typing import Literal, assert_never

from modules.core.items import (
    ChartPoint,
    ChartValue,
    Commitment,
    CommitmentReview,
    ExtendedMatching,
    FreeText,
    Likert,
    Listed,
    MultipleResponse,
    Numeric,
    Option,
    PlainOption,
    Scored,
    ScriptConcordance,
    Sequencing,
    SingleBest,
)
from modules.core.prose import plain
from modules.core.quantity import number
from modules.core.responses import Chosen, Committed, Given, Matched, Ordered, Reviewed, Written
from modules.core.scored import CONCORDANCE
from modules.export.cards.ask import Ask
from modules.export.cards.inputs import Row, choices, fieldset, lettered, number_box, ordered, select, text_box
from modules.export.inline import rich_html
from modules.export.pieces import Pieces

SURE = (("1", "A guess"), ("2", "Fairly sure"), ("3", "Sure"))
"""The three steps of confidence."""


def fields_html(ask: Ask, pieces: Pieces) -> str:
    """Names of the inputs: `answer`, `answer-<stem>`, `confidence`. The caller wraps it in a form."""
    head = _vignette(ask, pieces)
    body = fieldset(_stem(ask, pieces), _hint(ask) + _inputs(ask, pieces), kind=f"lm-of-{ask.item.type}")
    sure = _confidence(ask) if ask.confidence and isinstance(ask.item, Scored) else ""
    return f"{head}{body}{sure}"


def _vignette(ask: Ask, pieces: Pieces) -> str:
    item, quiz = ask.item, ask.quiz
    parts = []
    if isinstance(item, Scored) and item.vignette:
        parts.append(f'<p class="lm-vignette">{rich_html(quiz.rich(item.vignette), pieces.within("v"))}</p>')
    if isinstance(item, ScriptConcordance):
        rows = (("If you were thinking of", item.hypothesis, "h"), ("and then you find", item.finding, "f"))
        told = "".join(
            f"<dt>{words}</dt><dd>{rich_html(quiz.rich(text), pieces.within(at))}</dd>" for words, text, at in rows
        )
        parts.append(f'<dl class="lm-script">{told}</dl>')
    if isinstance(item, ChartPoint | ChartValue):
        parts.append(f'<div class="lm-item-chart">{ask.chart(item.chart)}</div>')
    return "".join(parts)


def _stem(ask: Ask, pieces: Pieces) -> str:
    optional = "" if isinstance(ask.item, Scored) or ask.item.required else " (optional)"
    return f"{rich_html(ask.quiz.rich(ask.item.stem), pieces.within('s'))}{optional}"


def _hint(ask: Ask) -> str:
    match ask.item:
        case MultipleResponse() | Listed(many=True):
            words = "Choose all that apply."
        case Sequencing():
            words = "Put the steps in order with the arrows."
        case Commitment(most=most) if most > 1:
            words = f"Up to {most}, one a line. You will be asked about them again."
        case _:
            return ""
    return f'<p class="lm-small">{words}</p>'


def _inputs(ask: Ask, pieces: Pieces) -> str:
    item, response = ask.item, ask.draft.response
    chosen = response.options if isinstance(response, Chosen) else ()
    match item:
        case SingleBest():
            return choices(ask.name(), _options(ask, item.options, pieces), chosen)
        case ChartPoint():
            marks = {o.id: o.mark or "" for o in item.options}
            return lettered(ask.name(), _options(ask, item.options, pieces), chosen, marks)
        case MultipleResponse():
            return choices(ask.name(), _options(ask, item.options, pieces), chosen, kind="checkbox")
        case Listed():
            kind: Literal["checkbox", "radio"] = "checkbox" if item.many else "radio"
            return choices(ask.name(), _options(ask, item.options, pieces), chosen, kind=kind)
        case Numeric() | ChartValue():
            typed = number(response.value) if isinstance(response, Given) else ""
            scale = (item.scale.low, item.scale.high, item.scale.step) if item.scale else None
            return number_box(ask.name(), f"Your estimate, in {item.unit}", typed, slider=scale)
        case ExtendedMatching():
            return _matching(ask, item, pieces)
        case Sequencing():
            steps = {s.id: rich_html(ask.quiz.rich(s.text), pieces.within(s.id)) for s in item.steps}
            words = {s.id: plain(ask.quiz.rich(s.text)) for s in item.steps}
            drafted = response.steps if isinstance(response, Ordered) else ()
            # Steps are written in the right order: without another, that of their ids tells nothing.
            order = drafted if set(drafted) == set(steps) else ask.order or tuple(sorted(steps))
            return ordered(ask.name(), [(one, steps[one]) for one in order], words)
        case ScriptConcordance():
            return choices(ask.name(), [(str(n), words) for n, words in CONCORDANCE.items()], chosen)
        case Likert():
            return choices(ask.name(), [(str(n), escape(words)) for n, words in enumerate(item.scale, 1)], chosen)
        case FreeText():
            text = response.text if isinstance(response, Written) else ""
            return text_box(ask.name(), '<span class="lm-hidden">Your answer</span>', text, item.longest, rows=4)
        case Commitment():
            said = response.statements if isinstance(response, Committed) else ()
            lines = (*said, *[""] * (item.most - len(said)))
            return "".join(text_box(ask.name(), f"{n}. I will", s, item.longest) for n, s in enumerate(lines, 1))
        case CommitmentReview():
            return _reviewed(ask, item)
        case _:
            assert_never(item)


def _options(ask: Ask, options: tuple[Option, ...] | tuple[PlainOption, ...], pieces: Pieces) -> list[Row]:
    by_id = {o.id: rich_html(ask.quiz.rich(o.text), pieces.within(o.id)) for o in options}
    return [(one, by_id[one]) for one in ask.order or tuple(by_id)]


def _matching(ask: Ask, item: ExtendedMatching, pieces: Pieces) -> str:
    """One list to choose from for each stem: it works with a keyboard, a thumb and a screen reader alike."""
    words = {o.id: plain(ask.quiz.rich(o.text)) for o in item.options}
    rows = [(one, words[one]) for one in ask.order or tuple(words)]
    pairs = ask.draft.response.pairs if isinstance(ask.draft.response, Matched) else {}
    return "".join(
        select(ask.name(s.id), rich_html(ask.quiz.rich(s.text), pieces.within(s.id)), rows, pairs.get(s.id, ""))
        for s in item.stems
    )


def _reviewed(ask: Ask, item: CommitmentReview) -> str:
    given = ask.draft.response.states if isinstance(ask.draft.response, Reviewed) else ()
    rows = [(o.id, escape(o.text)) for o in item.states]
    return "".join(
        fieldset(escape(said), choices(ask.name(n), rows, given[n : n + 1])) for n, said in enumerate(ask.statements)
    )


def _confidence(ask: Ask) -> str:
    chosen = (str(ask.draft.confidence),) if ask.draft.confidence else ()
    rows = "".join(
        f'<label class="lm-choice"><input type="radio" name="{ask.prefix}confidence" value="{value}"'
        f"{' checked' if value in chosen else ''}><span>{words}</span></label>"
        for value, words in SURE
    )
    return fieldset("How sure are you? It never counts.", f'<div class="lm-sure">{rows}</div>', kind="lm-confidence")
