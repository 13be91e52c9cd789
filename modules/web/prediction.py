"""A figure asked for before its chart shows: the guess is in the journal first, then the page holds the answer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape

import streamlit as st

from modules.actions.house import house
from modules.actions.learn import standing
from modules.actions.predictions import Asked, predict
from modules.core.errors import LandmarkError, RecordsUnavailable
from modules.core.events import PredictionMade
from modules.core.module import Module, Predict
from modules.core.prediction import in_unit, miss, span
from modules.core.prose import Value
from modules.core.quantity import text
from modules.export.inline import rich_html
from modules.export.pieces import Pieces
from modules.web import session
from modules.web.attention import point
from modules.web.label import label
from modules.web.shell import guard, html

FORM, SHOWN = "form", "shown"
_SCALES = {"months": "%g months", "percent": "%g%%"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a prediction stands: whose, and of which lesson."""

    module: Module
    learner: str
    asked: Asked

    @property
    def key(self) -> str:
        return f"{self.module.id}/{self.asked.lesson}/{self.asked.figure}"

    @property
    def anchor(self) -> str:
        return f"prediction-{self.asked.figure.replace('.', '-')}"


@st.fragment
def prediction(place: Place, block: Predict, pieces: Pieces, show: Callable[[], None]) -> None:
    """`show` draws the body. It is not called, and nothing of the body is sent, before the guess stands."""
    guard(lambda: _prediction(place, block, pieces, show))


def _prediction(place: Place, block: Predict, pieces: Pieces, show: Callable[[], None]) -> None:
    made = _made_if_read(place)
    html(f'<div class="lm-check"><h3>Predict first</h3><p class="lm-stem">{escape(block.ask)}</p></div>')
    if made is None and not session.unveiled(place.key):
        session.set_on_screen(place.key, FORM)
        _form(place, block)
        return
    if made is None:
        html(f'<p class="lm-small" id="{place.anchor}">Shown without a prediction. Nothing was recorded.</p>')
    else:
        html(_verdict_html(made, block, place.anchor, pieces.within(place.anchor)))
    if session.on_screen(place.key) is not None:  # not on a page that opens with its answer
        session.set_on_screen(place.key, SHOWN)
        point(place.anchor, place.key, f"#{place.anchor}")
    show()


def _made_if_read(place: Place) -> PredictionMade | None:
    """None also when the records cannot be read while the form is on screen: it stays, and the guess in it."""
    try:
        mine = standing(house().records, place.learner, place.module)
    except RecordsUnavailable:
        if session.on_screen(place.key) != FORM:
            raise
        return None
    return mine.prediction(place.asked.lesson, place.asked.figure)


def _form(place: Place, block: Predict) -> None:
    def lock() -> None:
        guess, now = session.guess(place.key), datetime.now(UTC)
        try:
            predict(house().records, place.learner, place.module, place.asked, guess=guess, now=now)
        except LandmarkError as refused:
            session.set_notice(place.key, str(refused))
            return
        session.set_notice(place.key, None)

    _slider(place, block)
    _box(place, block)
    st.button("Lock in and show", type="primary", key=f"{place.anchor}-lock", on_click=lock)
    if sentence := session.notice(place.key):
        st.error(sentence)
    st.button("Show without guessing", key=f"{place.anchor}-show", on_click=session.unveil, args=(place.key,))


def _slider(place: Place, block: Predict) -> None:
    """For a thumb or the arrow keys. It moves the box, and the box moves it.

    The one that is moved is replaced by a new widget: a browser that has not heard of the move yet still sends the
    old value, with the very click that locks the guess in, and that value must not count.
    """
    key = f"{place.anchor}-slider"
    turn, held = session.turn(key), session.guess(place.key)

    def slid() -> None:
        if session.turn(key) == turn:
            session.set_guess(place.key, session.typed(f"{key}-{turn}"))
            session.next_turn(f"{place.anchor}-number")

    st.slider(
        label(block.ask), block.low, block.high, held if _fits(held, block) else block.low, block.step,
        format=_SCALES[block.quantity.unit], key=f"{key}-{turn}", on_change=slid, label_visibility="collapsed",
    )  # fmt: skip


def _box(place: Place, block: Predict) -> None:
    """For a number. One outside the scale stays, so that it can be refused in words."""
    key = f"{place.anchor}-number"
    turn, held = session.turn(key), session.guess(place.key)

    def typed() -> None:
        if session.turn(key) == turn:
            session.set_guess(place.key, session.typed(f"{key}-{turn}"))
            if _fits(session.guess(place.key), block):
                session.next_turn(f"{place.anchor}-slider")

    st.number_input(
        f"Your prediction, {span(block)}", value=held, step=block.step, format="%g", key=f"{key}-{turn}",
        on_change=typed, placeholder="Move the slider, or type",
    )  # fmt: skip


def _fits(value: float | None, block: Predict) -> bool:
    return value is not None and block.low <= value <= block.high


def _verdict_html(made: PredictionMade, block: Predict, anchor: str, pieces: Pieces) -> str:
    """Against what the record shows now, with its source one tap away; what it showed then, where it differs."""
    quantity = block.quantity
    found = rich_html((Value(quantity, "estimate", text(quantity, "estimate")),), pieces)
    who = "the trial found" if quantity.origin.trial and not quantity.calculated else "the record gives"
    now = quantity.value if quantity.value is not None else made.truth
    then = "" if now == made.truth else f" When you said it, the record showed {in_unit(made.truth, quantity)}."
    return (
        f'<p class="lm-verdict lm-predicted" id="{anchor}" role="status">'
        f"You said {escape(in_unit(made.guess, quantity))}; {who} {found}: "
        f"{miss(made.guess, now, quantity.unit)}.{escape(then)}</p>"
    )
