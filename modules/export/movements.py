"""What the evidence has done since a module was completed, as a short list: information, never a verdict on credit."""

from collections.abc import Sequence
from html import escape

from modules.core.versions import Movement

TITLE = "The evidence has moved since you completed this"
TITLE_FOR_OTHERS = "The evidence has moved since this was completed"
STANDS = "The credit stands as it was earned; this is for information."
SHOWN = 12


def movements_html(found: Sequence[Movement], *, level: int, title: str = TITLE) -> str:
    """Empty when nothing has moved."""
    if not found:
        return ""
    rows = "".join(f"<li>{_row(one)}</li>" for one in found[:SHOWN])
    more = f"<p>And {len(found) - SHOWN} more figures.</p>" if len(found) > SHOWN else ""
    return (
        f'<section class="lm-callout lm-note"><h{level} class="lm-callout-title">{escape(title)}</h{level}>'
        f"<ul>{rows}</ul>{more}<p>{STANDS}</p></section>"
    )


def _row(one: Movement) -> str:
    what = f"<strong>{escape(one.trial)}</strong>" + (f", {escape(one.detail)}" if one.detail else "")
    if one.now is None:
        return f"{what}: {escape(one.was)} is no longer stated here."
    cut = f" ({escape(one.cut)})" if one.cut else ""
    return f"{what}: was {escape(one.was)}, now {escape(one.now)}{cut}."
