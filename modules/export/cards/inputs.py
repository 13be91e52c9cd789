"""The native inputs of each kind of item. Every target is a row of at least 48 px; nothing here knows the key."""

from collections.abc import Collection, Mapping, Sequence
from html import escape
from string import ascii_uppercase
from typing import Literal

Row = tuple[str, str]
"""The value of an input, and the HTML that names it."""


def choices(
    name: str, rows: Sequence[Row], chosen: Collection[str], *, kind: Literal["radio", "checkbox"] = "radio"
) -> str:
    """Numbered rows: the number is also the key that chooses one."""
    made = (_choice(name, row, str(n), (row[0] in chosen, kind, "")) for n, row in enumerate(rows, 1))
    return f'<div class="lm-choices">{"".join(made)}</div>'


def lettered(name: str, rows: Sequence[Row], chosen: Collection[str], marks: Mapping[str, str]) -> str:
    """Rows with the letters that stand on a chart; `marks`: the path of the figure each value points to."""
    made = (
        _choice(name, row, letter, (row[0] in chosen, "radio", marks[row[0]]))
        for letter, row in zip(ascii_uppercase, rows, strict=False)
    )
    return f'<div class="lm-choices">{"".join(made)}</div>'


def _choice(name: str, row: Row, key: str, how: tuple[bool, str, str]) -> str:
    value, words = row
    checked, kind, mark = how
    points = f' data-mark="{escape(mark)}"' if mark else ""
    return (
        f'<label class="lm-choice"><input type="{kind}" name="{escape(name)}" value="{escape(value)}"'
        f'{" checked" if checked else ""}{points}><span class="lm-key" aria-hidden="true">{key}</span>'
        f"<span>{words}</span></label>"
    )


def fieldset(legend: str, body: str, *, kind: str = "", hidden: bool = False) -> str:
    shown = ' class="lm-hidden"' if hidden else ""
    return f'<fieldset class="lm-fields {kind}"><legend{shown}>{legend}</legend>{body}</fieldset>'


def number_box(name: str, label: str, value: str, *, slider: tuple[float, float, float] | None = None) -> str:
    """A box to type in; with `slider` (low, high, step) also a range that keeps in step with it."""
    box = (
        f'<label class="lm-labelled">{escape(label)}<input class="lm-box" type="text" inputmode="decimal" '
        f'name="{escape(name)}" value="{escape(value)}" autocomplete="off" data-pair></label>'
    )
    if slider is None:
        return box
    low, high, step = (f"{x:g}" for x in slider)
    at = value or f"{(slider[0] + slider[1]) / 2:g}"
    return (
        f'<div class="lm-pair">{box}<label class="lm-labelled"><span>Slide from {low} to {high}</span>'
        f'<input class="lm-range" type="range" min="{low}" max="{high}" step="{step}" value="{escape(at)}" '
        f'aria-label="{escape(label)}" data-pair></label></div>'
    )


def select(name: str, label: str, rows: Sequence[Row], chosen: str) -> str:
    """`rows`: values and plain words."""
    options = "".join(
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>{escape(words)}</option>'
        for value, words in rows
    )
    return (
        f'<label class="lm-labelled">{label}<select class="lm-box" name="{escape(name)}">'
        f'<option value="">Choose</option>{options}</select></label>'
    )


def text_box(name: str, label: str, value: str, longest: int, *, rows: int = 1) -> str:
    common = f'class="lm-box" name="{escape(name)}" maxlength="{longest}" autocomplete="off"'
    if rows == 1:
        return f'<label class="lm-labelled">{label}<input type="text" {common} value="{escape(value)}"></label>'
    return f'<label class="lm-labelled">{label}<textarea {common} rows="{rows}">{escape(value)}</textarea></label>'


def ordered(name: str, rows: Sequence[Row], said: Mapping[str, str]) -> str:
    """Steps with buttons that move them; the order is that of the hidden inputs. `said`: a step in plain words."""
    steps = "".join(
        f'<li class="lm-step"><input type="hidden" name="{escape(name)}" value="{escape(value)}">'
        f'<span class="lm-step-text">{words}</span>'
        f'<span class="lm-moves"><button type="button" data-move="-1" aria-label="Move up: {escape(said[value])}">↑'
        f'</button><button type="button" data-move="1" aria-label="Move down: {escape(said[value])}">↓</button>'
        "</span></li>"
        for value, words in rows
    )
    return f'<ol class="lm-steps">{steps}</ol><p class="lm-moved" role="status"></p>'
