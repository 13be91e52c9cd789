"""Who looks at the page, as the credit rules see them."""

from modules.actions.house import house
from modules.actions.profile import own_profile
from modules.core.credit import GUEST, Claimant
from modules.web import session


def claimant() -> Claimant:
    """With what stands in their profile; a guest has none."""
    actor = session.actor()
    if actor is None:
        return GUEST
    if actor.account is None:
        return Claimant(actor)
    own = own_profile(house().records, actor.account)
    return Claimant(actor, own.profile, own.history[::-1])
