"""What a learner sees after answering: the verdict, every option with its rationale, the way back to the lesson."""

from html import escape

from modules.core.grading import Chosen, Given, Response
from modules.core.items import Estimated, MultipleResponse, OneBest, Option, Quiz, ScoredItem
from modules.core.quantity import number
from modules.export.inline import rich_html
from modules.export.pieces import Pieces


def stem_html(item: ScoredItem, quiz: Quiz, pieces: Pieces) -> str:
    """The vignette and the question, with their sources one tap away."""
    vignette = (
        f'<p class="lm-vignette">{rich_html(quiz.rich(item.vignette), pieces.within("v"))}</p>' if item.vignette else ""
    )
    return f'{vignette}<p class="lm-stem">{rich_html(quiz.rich(item.stem), pieces.within("s"))}</p>'


def verdict_html(correct: bool, *, anchor: str) -> str:
    """Icon, word and border: nothing by colour alone."""
    kind, icon, word = ("right", "✓", "Correct") if correct else ("wrong", "✕", "Not quite")
    return (
        f'<p class="lm-verdict lm-{kind}" id="{anchor}" role="status"><span aria-hidden="true">{icon}</span> {word}</p>'
    )


def chosen_rationale_html(item: ScoredItem, quiz: Quiz, response: Response, pieces: Pieces) -> str:
    """Only what was chosen, and why; the key stays hidden for another try."""
    if isinstance(item, Estimated) or not isinstance(response, Chosen):
        return ""
    options = item.options if isinstance(item, OneBest | MultipleResponse) else ()
    picked = [o for o in options if o.id in response.options]
    return "".join(_option(o, quiz, response, pieces, reveal=False) for o in picked)


def options_html(item: ScoredItem, quiz: Quiz, response: Response | None, pieces: Pieces) -> str:
    """Every option with its mark and rationale."""
    match item:
        case OneBest() | MultipleResponse():
            rows = "".join(_option(o, quiz, response, pieces, reveal=True) for o in item.options)
            return f'<ul class="lm-options">{rows}</ul>'
        case Estimated():
            return _numeric(item, quiz, response, pieces)
        case _:
            return ""


def _option(option: Option, quiz: Quiz, response: Response | None, pieces: Pieces, *, reveal: bool) -> str:
    chosen = isinstance(response, Chosen) and option.id in response.options
    marks = []
    if reveal and option.correct:
        marks.append('<span class="lm-mark lm-mark-right"><span aria-hidden="true">✓</span> Right answer</span>')
    if chosen:
        right = option.correct and reveal
        marks.append(
            f'<span class="lm-mark {"lm-mark-right" if right else "lm-mark-mine"}">'
            f'<span aria-hidden="true">{"✓" if right else "●"}</span> Your answer</span>'
        )
    kind = "lm-option-right" if reveal and option.correct else "lm-option-wrong" if chosen else "lm-option-plain"
    here = pieces.within(option.id)
    return (
        f'<li class="lm-option {kind}">'
        f'<p class="lm-option-text">{rich_html(quiz.rich(option.text), here.within("t"))}</p>'
        f"{''.join(marks)}"
        f'<p class="lm-rationale">{rich_html(quiz.rich(option.rationale), here)}</p></li>'
    )


def _numeric(item: Estimated, quiz: Quiz, response: Response | None, pieces: Pieces) -> str:
    mine = f"{number(response.value)} {escape(item.unit)}" if isinstance(response, Given) else "none"
    key = f"{number(quiz.keys[item.id])} {escape(item.unit)}"
    span = f" (within {number(item.tolerance)} counts as correct)" if item.tolerance else ""
    return (
        f'<p class="lm-numeric">Your estimate: <strong>{mine}</strong>. Published: <strong>{key}</strong>{span}.</p>'
        f'<p class="lm-rationale">{rich_html(quiz.rich(item.rationale), pieces.within("r"))}</p>'
    )
