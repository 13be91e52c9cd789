"""The frames of a card: a form with its buttons, a notice, a list of questions, a table."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from modules.core.debrief import Step
from modules.core.items import Quiz, ScoredItem, UnscoredItem
from modules.core.items import Scored as Scored
from modules.export.inline import rich_html
from modules.export.pieces import Pieces

SURE = {1: "A guess", 2: "Fairly sure", 3: "Sure"}


@dataclass(frozen=True, slots=True)
class Button:
    """`does` is what the server is told; the first of a form is also what Enter does."""

    does: str
    words: str
    main: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """`version` names the text on screen; `hidden` goes back with the response; `drafts`: changes are kept at once."""

    version: str
    hidden: Mapping[str, str] = field(default_factory=dict)
    drafts: bool = False


def form_html(frame: Frame, body: str, buttons: Sequence[Button], *, label: str = "") -> str:
    hidden = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">' for name, value in frame.hidden.items()
    )
    ways = f'<div class="lm-actions">{"".join(map(button_html, buttons))}</div>' if buttons else ""
    kept = '<p class="lm-kept" role="status"></p>' if frame.drafts else ""
    named = f' aria-label="{escape(label)}"' if label else ""
    return (
        f'<form class="lm-card" data-version="{escape(frame.version)}"{" data-drafts" if frame.drafts else ""}'
        f'{named} novalidate>{hidden}{body}<p class="lm-card-error" role="alert"></p>'
        f"{ways}{kept}</form>"
    )


def button_html(button: Button) -> str:
    kind = ' class="lm-first"' if button.main else ""
    return f'<button type="submit"{kind} value="{escape(button.does)}">{escape(button.words)}</button>'


def flag_html(*, flagged: bool) -> str:
    return (
        f'<label class="lm-choice lm-flag"><input type="checkbox" name="flag" value="1"{" checked" if flagged else ""}>'
        "<span>Flag to come back to</span></label>"
    )


def head_html(words: str, *, anchor: str = "item-head", small: str = "") -> str:
    below = f'<p class="lm-small">{escape(small)}</p>' if small else ""
    return f'<h2 id="{anchor}">{escape(words)}</h2>{below}'


def stem_html(item: ScoredItem | UnscoredItem, quiz: Quiz, pieces: Pieces) -> str:
    """The vignette and the question, to be read again beside the verdict."""
    vignette = item.vignette if isinstance(item, Scored) else None
    told = f'<p class="lm-vignette">{rich_html(quiz.rich(vignette), pieces.within("v"))}</p>' if vignette else ""
    return f'{told}<p class="lm-stem">{rich_html(quiz.rich(item.stem), pieces.within("s"))}</p>'


def review_html(rows: Sequence[tuple[str, str]], *, ways: Collection[int]) -> str:
    """Each question with its state in words; the name of one in `ways` is the button that leads to it."""
    listed = []
    for number, (stem, state) in enumerate(rows, 1):
        name = f"Question {number}"
        way = (
            f'<button type="submit" class="lm-link" value="go-{number}">{name}</button>'
            if number in ways
            else f"<strong>{name}</strong>"
        )
        listed.append(
            f'<li>{way} <span class="lm-state">{escape(state)}</span>'
            f'<span class="lm-small lm-excerpt">{escape(stem)}</span></li>'
        )
    return f'<ol class="lm-review">{"".join(listed)}</ol>'


def calibration_html(steps: Sequence[Step]) -> str:
    """How sure, and how often right; empty when sureness was never said."""
    if not steps:
        return ""
    rows = "".join(
        f'<tr><th scope="row">{SURE[s.confidence]}</th><td>{s.asked}</td><td>{s.right} of {s.asked}</td></tr>'
        for s in steps
    )
    return (
        '<section class="lm-calibration"><h3>How sure, and how often right</h3>'
        '<p class="lm-small">Never part of your score.</p>'
        '<table><thead><tr><th scope="col">You were</th><th scope="col">Answers</th><th scope="col">Right</th></tr>'
        f"</thead><tbody>{rows}</tbody></table></section>"
    )


def notice_html(sentence: str, *, anchor: str = "stage-notice") -> str:
    return f'<p class="lm-callout" id="{anchor}">{escape(sentence)}</p>'


def thanks_html(sentence: str) -> str:
    """Something is recorded: icon, words and border."""
    return (
        f'<p class="lm-verdict lm-right" id="score" role="status"><span aria-hidden="true">✓</span> '
        f"{escape(sentence)}</p>"
    )


def taught_html(href: str, words: str) -> str:
    return f'<p class="lm-taught"><a href="{escape(href)}" target="_self">{escape(words)}</a></p>'
