"""A formative check on paper: the stem, the options, and the answer behind a fold. Never for scored items."""

from collections.abc import Iterator
from html import escape

from modules.core.items import (
    Estimated,
    MultipleResponse,
    Numeric,
    OneBest,
    Option,
    Quiz,
    ScoredItem,
)
from modules.core.prose import Rich
from modules.core.quantity import number
from modules.export.inline import rich_html
from modules.export.pieces import Pieces


def check_html(quiz: Quiz, item_id: str, pieces: Pieces) -> str:
    """Empty unless the quiz is only for checks and holds that item: a scored key never leaves the server."""
    item = quiz.item(item_id)
    match item:
        case OneBest() | MultipleResponse() | Numeric() if formative(quiz):
            return _check(quiz, item, pieces)
        case _:
            return ""


def formative(quiz: Quiz) -> bool:
    """A quiz whose items may also be scored is not."""
    return set(quiz.file.roles) <= {"check", "review"}


def check_prose(quiz: Quiz, item_id: str) -> Iterator[Rich]:
    """Every sentence of a check in reading order, for its citations."""
    item = quiz.item(item_id)
    match item:
        case OneBest() | MultipleResponse():
            told = (*(o.text for o in item.options), *(o.rationale for o in item.options))
            texts: tuple[str | None, ...] = (item.vignette, item.stem, *told)
        case Estimated():
            texts = (item.vignette, item.stem, item.rationale)
        case _:
            texts = ()
    yield from (quiz.rich(text) for text in texts if text is not None)


def _check(quiz: Quiz, item: ScoredItem, pieces: Pieces) -> str:
    place = pieces.within(item.id)
    vignette = f"<p>{rich_html(quiz.rich(item.vignette), place.within('v'))}</p>" if item.vignette else ""
    stem = rich_html(quiz.rich(item.stem), place.within("s"))
    match item:
        case OneBest() | MultipleResponse():
            body = _options(quiz, item.options, place)
        case Estimated():
            body = _numeric(quiz, item, place)
        case _:
            body = ""
    return (
        f'<div class="lm-check" role="group" aria-label="Check your understanding">'
        f'<p class="lm-callout-title">Check your understanding</p>{vignette}'
        f'<p class="lm-stem">{stem}</p>{body}</div>'
    )


def _options(quiz: Quiz, options: tuple[Option, ...], pieces: Pieces) -> str:
    rows = "".join(f"<li>{rich_html(quiz.rich(o.text), pieces.within(f'o{i}'))}</li>" for i, o in enumerate(options))
    answers = "".join(_rationale(quiz, o, i, pieces) for i, o in enumerate(options))
    return (
        f'<ol class="lm-options">{rows}</ol><details class="lm-answer"><summary>Show the answer</summary>'
        f"<ul>{answers}</ul></details>"
    )


def _rationale(quiz: Quiz, option: Option, index: int, pieces: Pieces) -> str:
    letter, word = chr(ord("A") + index), "Correct" if option.correct else "Not correct"
    why = rich_html(quiz.rich(option.rationale), pieces.within(f"r{index}"))
    kind = "lm-right" if option.correct else "lm-wrong"
    return f'<li class="{kind}"><strong>{letter}. {word}.</strong> {why}</li>'


def _numeric(quiz: Quiz, item: Estimated, pieces: Pieces) -> str:
    why = rich_html(quiz.rich(item.rationale), pieces.within("r"))
    key = f"{number(quiz.keys[item.id])} {escape(item.unit)}" if item.id in quiz.keys else ""
    return (
        f"<p>Your answer in {escape(item.unit)}.</p>"
        f'<details class="lm-answer"><summary>Show the answer</summary>'
        f"<p><strong>{key}</strong></p><p>{why}</p></details>"
    )
