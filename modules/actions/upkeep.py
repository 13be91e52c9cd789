"""What authors look after: the problems of the content as it is now, and the evidence that is due."""

from datetime import date

from modules.actions.access import allow
from modules.actions.house import Shelf
from modules.authoring.library import Loaded
from modules.core.evidence import Evidence
from modules.core.freshness import Due, freshness
from modules.core.people import Actor


def content_problems(actor: Actor, shelf: Shelf) -> Loaded:
    """Everything to mend, what a person has waived, and the library that is offered meanwhile."""
    allow(actor, "see-problems")
    return shelf.current()


def evidence_due(actor: Actor, evidence: Evidence, *, on: date) -> list[Due]:
    """Every trial and its day, the most pressing first."""
    allow(actor, "see-evidence-due")
    return list(freshness(evidence.trials, on=on))
