"""Draw an item in a form, and read the Response a learner gave."""

import re
from collections.abc import Callable

import streamlit as st

from modules.core.grading import Chosen, Given, Response, Written, read_number
from modules.core.items import (
    Choice,
    Estimated,
    FreeText,
    Likert,
    MultipleResponse,
    Option,
    PlainOption,
    Quiz,
    ScoredItem,
    SingleBest,
    UnscoredItem,
)
from modules.core.prose import plain
from modules.web import session

_MARKDOWN = re.compile(r"[\\`*_\[\]~$]|<(?=[A-Za-z/!?])|:(?=//|[\w+\-/]+[:\[])")
_AT_START = re.compile(r"^(\s*(?:\d+(?=[.)]\s)|(?=>|[#+\-]+\s)))")


def label(text: str) -> str:
    """Plain text as a widget's label: nothing in it is Markdown.

    Only what would act is escaped: Streamlit hands the label to screen readers as it is, backslashes and all.
    """
    return _AT_START.sub(r"\1\\", _MARKDOWN.sub(r"\\\g<0>", text))


def ask(item: ScoredItem | UnscoredItem, quiz: Quiz, *, key: str, button: str, on_answer: Callable[[], None]) -> None:
    """The item's inputs in one form; `on_answer` runs when it is sent, before anything is drawn again."""
    with st.form(key, border=False):
        draw(item, quiz, key=key)
        st.form_submit_button(button, type="primary", on_click=on_answer, key=f"{key}-send")


def draw(item: ScoredItem | UnscoredItem, quiz: Quiz, *, key: str) -> None:
    """The inputs alone, named by the stem."""
    stem = label(plain(quiz.rich(item.stem)))
    match item:
        case SingleBest():
            _radio(stem, {o.id: _text(o, quiz) for o in item.options}, key, hidden=True)
        case Choice(many=False):
            _radio(stem, {o.id: _text(o, quiz) for o in item.options}, key, hidden=False)
        case Likert():
            points = {str(n + 1): label(s) for n, s in enumerate(item.scale)}
            _radio(stem, points, key, hidden=False, horizontal=True)
        case MultipleResponse():
            st.caption("Choose all that apply.")
            _boxes(item.options, quiz, key)
        case Choice():
            st.markdown(f"**{stem}**")
            st.caption("Choose all that apply.")
            _boxes(item.options, quiz, key)
        case Estimated():
            st.text_input(f"Your estimate, in {item.unit}", key=key + "-v", placeholder="for example 12.5")
        case FreeText():
            extra = "" if item.required else " (optional)"
            st.text_area(stem + extra, key=key + "-v", max_chars=item.longest)
        case _:
            raise ValueError(item.type)


def given(item: ScoredItem | UnscoredItem, *, key: str) -> Response | None:
    """The response in the form now; None when it is empty or cannot be read."""
    value = session.typed(key + "-v")
    match item:
        case SingleBest() | Likert() | Choice(many=False):
            return Chosen(options=(value,)) if value else None
        case MultipleResponse() | Choice():
            ticked = tuple(o.id for o in item.options if session.typed(f"{key}-{o.id}"))
            return Chosen(options=ticked) if ticked else None
        case Estimated():
            number = read_number(value or "")
            return None if number is None else Given(value=number)
        case FreeText():
            return Written(text=(value or "").strip())
        case _:
            raise ValueError(item.type)


def missing(item: ScoredItem | UnscoredItem) -> str:
    """What to say when the form is empty."""
    match item:
        case Estimated():
            return f"Type one number, in {item.unit}, then send it. A comma or a point both work."
        case MultipleResponse() | Choice(many=True):
            return "Choose at least one answer, then send it."
        case FreeText():
            return "Write a few words, then send them."
        case _:
            return "Choose an answer, then check it."


def _text(option: Option | PlainOption, quiz: Quiz) -> str:
    return label(plain(quiz.rich(option.text)))


def _radio(stem: str, options: dict[str, str], key: str, *, hidden: bool, horizontal: bool = False) -> None:
    st.radio(
        stem,
        list(options),
        format_func=options.__getitem__,
        index=None,
        key=key + "-v",
        label_visibility="collapsed" if hidden else "visible",
        horizontal=horizontal,
        width="stretch",
    )


def _boxes(options: tuple[Option, ...] | tuple[PlainOption, ...], quiz: Quiz, key: str) -> None:
    for option in options:
        st.checkbox(_text(option, quiz), key=f"{key}-{option.id}")
