"""What a learner meets at the address of a sitting, and what follows from each thing they do there."""

from dataclasses import replace

from modules.actions.attempts import before_lessons
from modules.actions.stage.case import case_act, case_card
from modules.actions.stage.check import check_act, check_card
from modules.actions.stage.drill import drill_act, drill_card
from modules.actions.stage.sit import test_act, test_card
from modules.actions.stage.survey import survey_act, survey_card
from modules.actions.stage.visit import NOWHERE, Card, Sent, Visit
from modules.core.errors import NotAllowed


def card(visit: Visit) -> Card:
    """What is on screen when the page opens: always from the records, so a reload shows where the learner stands."""
    kind, _, name = visit.where.partition("/")
    match kind, name:
        case (("pre" | "post"), ""):
            return test_card(visit, kind)
        case (("evaluation" | "follow-up"), ""):
            return survey_card(visit, kind)
        case (("practice" | "review"), ""):
            return drill_card(visit, kind)
        case (("check" | "case"), _) if name:
            _admit(visit)
            return check_card(visit, name) if kind == "check" else case_card(visit, name)
        case _:
            raise NotAllowed(NOWHERE)


def act(visit: Visit, sent: Sent) -> Card:
    """What follows. NotAllowed with a sentence: nothing was kept, and what is on screen stays."""
    kind, _, name = visit.where.partition("/")
    if sent.do == "onward":
        return replace(card(visit), done="onward")
    match kind, name:
        case (("pre" | "post"), ""):
            return test_act(visit, kind, sent)
        case (("evaluation" | "follow-up"), ""):
            return survey_act(visit, kind, sent)
        case (("practice" | "review"), ""):
            return drill_act(visit, kind, sent)
        case (("check" | "case"), _) if name:
            _admit(visit)
            return check_act(visit, name, sent) if kind == "check" else case_act(visit, name, sent)
        case _:
            raise NotAllowed(NOWHERE)


def _admit(visit: Visit) -> None:
    if said := before_lessons(visit.standing()):
        raise NotAllowed(said)
