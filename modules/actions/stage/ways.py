"""Cards that only lead on: what is missing, and thanks for what was sent."""

from modules.actions.onward import step_words
from modules.actions.stage.visit import Card, Visit
from modules.core.progress import Progress
from modules.export.stage_html import Button, Frame, form_html, notice_html, thanks_html

NOTICE = "#stage-notice"


def onward(visit: Visit, mine: Progress) -> Button:
    return Button("onward", step_words(visit.module, mine, wanted=visit.lesson), main=True)


def notice_card(visit: Visit, mine: Progress, sentence: str) -> Card:
    """Why there are no questions now, and where to go instead."""
    body = notice_html(sentence)
    return Card(form_html(Frame(visit.module.digest), body, [onward(visit, mine)]), focus=NOTICE)


def thanks_card(visit: Visit, mine: Progress, sentence: str, *more: str) -> Card:
    body = thanks_html(sentence) + "".join(more)
    return Card(form_html(Frame(visit.module.digest), body, [onward(visit, mine)]), focus="#score")
