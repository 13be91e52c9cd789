"""Who looks at the page, as the credit rules see them."""

from modules.actions.access import OPERATOR
from modules.core.credit import Claimant
from modules.core.people import Actor
from modules.web import session


def claimant() -> Claimant:
    """A guest, with an empty profile and no consents."""
    return Claimant(Actor(session.learner() or ""))


def desk_actor() -> Actor:
    """Who works at the coordinator's desk: whoever has shown the owner key in this session, else a guest."""
    return OPERATOR if session.is_owner() else claimant().actor
