"""What a card says once the response is in the journal: the verdict, and why each option is right or wrong."""

from collections import Counter
from html import escape
from math import comb
from typing import assert_never

from modules.core.items import (
    Estimated,
    ExtendedMatching,
    MultipleResponse,
    OneBest,
    Option,
    Scored,
    ScoredItem,
    ScriptConcordance,
    Sequencing,
)
from modules.core.quantity import number
from modules.core.responses import Chosen, Given, Matched, Ordered, Response
from modules.core.scored import CONCORDANCE, PANEL
from modules.export.cards.ask import Ask
from modules.export.inline import rich_html
from modules.export.pieces import Pieces


def verdict_html(item: Scored, response: Response, score: float | None, *, anchor: str) -> str:
    """Icon, word and border: nothing by colour alone."""
    kind, icon, words = _verdict(item, response, score)
    return (
        f'<p class="lm-verdict lm-{kind}" id="{escape(anchor)}" role="status">'
        f'<span aria-hidden="true">{icon}</span> {words}</p>'
    )


def _verdict(item: Scored, response: Response, score: float | None) -> tuple[str, str, str]:
    if score is None:
        panel = len(item.panel) if isinstance(item, ScriptConcordance) else 0
        return "open", "○", f"Not scored yet: the panel has {panel} of {PANEL} answers"
    if score == 1:
        return "right", "✓", "Correct"
    if isinstance(item, ExtendedMatching) and isinstance(response, Matched):
        right = sum(response.pairs.get(s.id) == s.key for s in item.stems)
        return "wrong", "✕", f"Not quite: {right} of {len(item.stems)} matched"
    if isinstance(item, ScriptConcordance):
        return "open", "○", f"{round(score * 100)} of 100 by the panel's answers"
    if isinstance(item, Sequencing):
        return "wrong", "✕", f"Not quite: {_pairs_in_order(item, score)}"
    if score > 0:
        return "wrong", "✕", f"Not quite: {round(score * 100)} of 100"
    return "wrong", "✕", "Not quite"


def _pairs_in_order(item: Sequencing, score: float) -> str:
    """The score in words: it is 1 less the share of pairs in the wrong order."""
    pairs = comb(len(item.steps), 2)
    return f"{round(score * pairs)} of {pairs} pairs of steps in the right order"


def explained_html(ask: Ask, response: Response, pieces: Pieces, *, everything: bool = True) -> str:
    """`everything` False: only what was chosen, and why; the key stays hidden for another try."""
    item = ask.item
    if not isinstance(item, Scored):
        return ""
    if not everything:
        return _chosen_only(ask, item, response, pieces)
    return _explained(ask, item, response, pieces)


def hints(item: Scored) -> bool:
    """Whether a first miss can be told something without giving the key away."""
    return isinstance(item, OneBest | MultipleResponse)


def _chosen_only(ask: Ask, item: Scored, response: Response, pieces: Pieces) -> str:
    if not isinstance(item, OneBest | MultipleResponse) or not isinstance(response, Chosen):
        return ""
    rows = "".join(_option(ask, o, response, pieces, reveal=False) for o in item.options if o.id in response.options)
    return f'<ul class="lm-options">{rows}</ul>'


def _explained(ask: Ask, item: ScoredItem, response: Response, pieces: Pieces) -> str:
    match item:
        case OneBest() | MultipleResponse():
            by_id = {o.id: o for o in item.options}
            order = ask.order or tuple(by_id)
            rows = "".join(_option(ask, by_id[one], response, pieces, reveal=True) for one in order)
            return f'<ul class="lm-options">{rows}</ul>'
        case Estimated():
            return _estimate(ask, item, response, pieces)
        case ExtendedMatching():
            return _matched(ask, item, response, pieces)
        case Sequencing():
            return _ordered(ask, item, response, pieces)
        case ScriptConcordance():
            return _panel(item) + _why(ask, item.rationale, pieces)
        case _:
            assert_never(item)


def _option(ask: Ask, option: Option, response: Response, pieces: Pieces, *, reveal: bool) -> str:
    chosen = isinstance(response, Chosen) and option.id in response.options
    right = reveal and option.correct
    marks = _mark("right", "✓", "Right answer") if right else ""
    if chosen:
        marks += _mark("right", "✓", "Your answer") if right else _mark("mine", "●", "Your answer")
    kind = "right" if right else "wrong" if chosen else "plain"
    here = pieces.within(option.id)
    harm = ""
    if chosen and option.unsafe is not None:
        told = rich_html(ask.quiz.rich(option.unsafe), here.within("u"))
        harm = f'<p class="lm-harm"><strong><span aria-hidden="true">⚠</span> Could harm.</strong> {told}</p>'
    return (
        f'<li class="lm-option lm-option-{kind}">'
        f'<p class="lm-option-text">{rich_html(ask.quiz.rich(option.text), here.within("t"))}</p>{marks}{harm}'
        f'<p class="lm-rationale">{rich_html(ask.quiz.rich(option.rationale), here)}</p></li>'
    )


def _mark(kind: str, icon: str, words: str) -> str:
    return f'<span class="lm-mark lm-mark-{kind}"><span aria-hidden="true">{icon}</span> {words}</span>'


def _estimate(ask: Ask, item: Estimated, response: Response, pieces: Pieces) -> str:
    mine = f"{number(response.value)} {escape(item.unit)}" if isinstance(response, Given) else "none"
    key = f"{number(ask.quiz.keys[item.id])} {escape(item.unit)}"
    span = f" (within {number(item.tolerance)} counts as correct)" if item.tolerance else ""
    told = f"Your estimate: <strong>{mine}</strong>. Published: <strong>{key}</strong>{span}."
    return f'<p class="lm-numeric">{told}</p>{_why(ask, item.rationale, pieces)}'


def _matched(ask: Ask, item: ExtendedMatching, response: Response, pieces: Pieces) -> str:
    words = {o.id: rich_html(ask.quiz.rich(o.text), pieces.within(f"o-{o.id}")) for o in item.options}
    pairs = response.pairs if isinstance(response, Matched) else {}
    rows = []
    for stem in item.stems:
        right, here = pairs.get(stem.id) == stem.key, pieces.within(stem.id)
        mine = words.get(pairs.get(stem.id, ""), "nothing")
        mark = _mark("right", "✓", "Correct") if right else _mark("mine", "✕", f"You chose: {mine}")
        rows.append(
            f'<li class="lm-option lm-option-{"right" if right else "wrong"}">'
            f'<p class="lm-option-text">{rich_html(ask.quiz.rich(stem.text), here.within("t"))}</p>{mark}'
            f"<p>Right: <strong>{words[stem.key]}</strong></p>"
            f'<p class="lm-rationale">{rich_html(ask.quiz.rich(stem.rationale), here)}</p></li>'
        )
    return f'<ul class="lm-options">{"".join(rows)}</ul>'


def _ordered(ask: Ask, item: Sequencing, response: Response, pieces: Pieces) -> str:
    mine = {one: n for n, one in enumerate(response.steps, 1)} if isinstance(response, Ordered) else {}
    rows = "".join(
        f"<li>{rich_html(ask.quiz.rich(s.text), pieces.within(s.id))} {_place(n, mine.get(s.id))}</li>"
        for n, s in enumerate(item.steps, 1)
    )
    return f'<p>The right order:</p><ol class="lm-right-order">{rows}</ol>{_why(ask, item.rationale, pieces)}'


def _place(right: int, mine: int | None) -> str:
    if mine == right:
        return _mark("right", "✓", "In its place")
    return _mark("mine", "✕", "You left it out" if mine is None else f"You put it at {mine}")


def _panel(item: ScriptConcordance) -> str:
    if len(item.panel) < PANEL:
        return ""
    votes = Counter(item.panel)
    rows = "".join(f"<tr><th scope='row'>{words}</th><td>{votes[n]}</td></tr>" for n, words in CONCORDANCE.items())
    return (
        f'<table class="lm-panel"><caption>What {len(item.panel)} experts answered</caption>'
        f"<thead><tr><th scope='col'>Answer</th><th scope='col'>Experts</th></tr></thead><tbody>{rows}</tbody></table>"
    )


def _why(ask: Ask, text: str, pieces: Pieces) -> str:
    return f'<p class="lm-rationale">{rich_html(ask.quiz.rich(text), pieces.within("r"))}</p>'
