"""Who may do what. Every act that is not a learner's own goes through `allow`; pages only hide what it would refuse."""

from typing import Literal

from modules.core.errors import NotAllowed
from modules.core.people import Actor, Duty

Act = Literal[
    "see-problems",
    "see-items",
    "see-completion",
    "export-completion",
    "see-evidence-due",
    "accept-evidence",
    "present",
    "see-people",
    "give-duties",
    "confirm-account",
    "close-account",
    "see-learner",
    "correct-certificate",
    "revoke-certificate",
    "export-registers",
    "erase-learner",
    "see-deeds",
]

_AUTHORS: frozenset[Duty] = frozenset({"author", "owner"})
_DESK: frozenset[Duty] = frozenset({"coordinator", "owner"})
_OWNER: frozenset[Duty] = frozenset({"owner"})

MAY: dict[Act, frozenset[Duty]] = {
    "see-problems": _AUTHORS | {"educator"},
    "see-items": _AUTHORS | {"educator", "coordinator"},
    "see-completion": _DESK,
    "export-completion": _DESK,
    "see-evidence-due": _AUTHORS,
    "accept-evidence": _OWNER,
    "present": frozenset({"educator", "owner"}),
    "see-people": _OWNER,
    "give-duties": _OWNER,
    "confirm-account": _OWNER,
    "close-account": _OWNER,
    "see-learner": _DESK,
    "correct-certificate": _DESK,
    "revoke-certificate": _DESK,
    "export-registers": _DESK,
    "erase-learner": _OWNER,
    "see-deeds": _OWNER,
}

REFUSED = "Your account does not open this. Ask the owner of this site if you need it."
OPERATOR = Actor(learner="", account="operator", duties=frozenset({"owner"}), confirmed=True)
"""Whoever can run commands on the machine: they hold the database, so no duty is asked of them."""


def may(actor: Actor, act: Act) -> bool:
    """False for guests and for accounts whose e-mail is not confirmed, whatever duties they hold."""
    return actor.account is not None and actor.confirmed and bool(actor.duties & MAY[act])


def allow(actor: Actor, act: Act) -> None:
    """NotAllowed, with a sentence that tells nothing of what is behind the door."""
    if not may(actor, act):
        raise NotAllowed(REFUSED)
