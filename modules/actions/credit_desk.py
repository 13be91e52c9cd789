"""Correcting the name on a certificate, and revoking one: both stay on record beside what follows them."""

from dataclasses import replace
from datetime import datetime

from modules.actions.access import REFUSED, allow
from modules.actions.credit import tidy_name
from modules.core.certificates import Certificate, certificate_number, tidy_number
from modules.core.errors import NotAllowed
from modules.core.people import Actor
from modules.records.deed_rows import Deed
from modules.records.deeds import by, note_look
from modules.records.records import Issued, Records

UNKNOWN = "No certificate has this number. Check it against the document."
NAME_CORRECTED = "The name was corrected."
FEWEST_WORDS, LONGEST_REASON = 3, 300


def correct_name(records: Records, actor: Actor, number: str, name: str, *, secret: bytes, now: datetime) -> Issued:
    """Issues a corrected certificate in the place of this one, with a new number; both stay on record.

    Everything but the name stays as it was frozen at the first issue.
    """
    allow(actor, "correct-certificate")
    return _correct(records, Deed(0, now, by(actor), "correct-certificate", number, {}), name, secret=secret)


def correct_own_name(records: Records, actor: Actor, number: str, name: str, *, secret: bytes, now: datetime) -> Issued:
    """The same for the learner whose certificate it is; no duty is asked, but a confirmed account."""
    if not _own(records, actor, number):
        raise NotAllowed(REFUSED)
    return _correct(records, Deed(0, now, by(actor), "correct-own-certificate", number, {}), name, secret=secret)


def revoke_certificate(records: Records, actor: Actor, number: str, reason: str, *, now: datetime) -> Issued:
    """It no longer stands, and whoever checks it reads why."""
    allow(actor, "revoke-certificate")
    said = " ".join(reason.split())
    if len(said.split()) < FEWEST_WORDS:
        raise NotAllowed(f"Say why, in at least {FEWEST_WORDS} words. Whoever checks the certificate will read it.")
    if len(said) > LONGEST_REASON:
        raise NotAllowed(f"Say why in at most {LONGEST_REASON} characters; these are {len(said)}.")
    issued = _standing(records, number)
    deed = Deed(0, now, by(actor), "revoke-certificate", issued.certificate.number, {})
    found = records.revoke(issued.certificate.number, said, now, deed=deed)
    if found is None:
        raise NotAllowed(UNKNOWN)
    return found


def find_certificate(records: Records, actor: Actor, number: str, *, now: datetime) -> Issued:
    """For the coordinator; a number may be typed carelessly. The look is noted before it is given."""
    allow(actor, "see-learner")
    found = _known(records, number)
    note_look(records, by(actor), "see-certificate", found.certificate.number, now=now)
    return found


def _correct(records: Records, deed: Deed, name: str, *, secret: bytes) -> Issued:
    """`deed`: who does it, and to which number, however it was typed."""
    name = tidy_name(name)
    issued = _standing(records, deed.subject)
    if issued.certificate.name == name:
        return issued
    corrected = _corrected(issued, name, secret=secret, now=deed.at)
    was = issued.certificate.number
    done = replace(deed, subject=was, detail={"replaced_by": corrected.number})
    found = records.supersede(was, corrected, NAME_CORRECTED, deed.at, deed=done)
    if found is None or found.certificate.name != name:
        raise NotAllowed("This certificate has just been changed by somebody else. Look at it again.")
    return found


def _own(records: Records, actor: Actor, number: str) -> bool:
    """A learner with a confirmed account, and a certificate of their own."""
    if actor.account is None or not actor.confirmed:
        return False
    found = records.certificate(tidy_number(number))
    return found is not None and found.learner in actor.learners


def _known(records: Records, number: str) -> Issued:
    found = records.certificate(tidy_number(number))
    if found is None:
        raise NotAllowed(UNKNOWN)
    return found


def _standing(records: Records, number: str) -> Issued:
    found = _known(records, number)
    match found.state:
        case "superseded":
            after = f" by {found.replaced_by}" if found.replaced_by else ""
            raise NotAllowed(f"This certificate was replaced{after}. Look up that one.")
        case "revoked":
            raise NotAllowed("This certificate was revoked already. It cannot be changed any more.")
        case "valid":
            return found


def _corrected(issued: Issued, name: str, *, secret: bytes, now: datetime) -> Certificate:
    was = issued.certificate
    revision = was.revision + 1
    number = certificate_number(secret, issued.learner, was.module, scheme=was.scheme, revision=revision)
    changed = {"number": number, "name": name, "revision": revision, "replaces": was.number, "issued": now}
    return was.model_copy(update=changed)
