"""From completions to the rows of a register's batch: who is refused and why, what is added, replaced and deleted."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from modules.core.people import Licence
from modules.core.registers import Batch, Completion, CreditName, Planned, Refusal, RegisterRule, Row, SentRow
from modules.export.register_checks import mended, refusals

ID_LENGTH = 12


def batch(rule: RegisterRule, completions: Iterable[Completion], sent: Mapping[str, SentRow], *, today: date) -> Batch:
    """`sent`: the last deed confirmed for each certificate. Rows that would be refused stay behind, with reasons.

    A certificate that was corrected is deleted only together with its correction: while that one is refused, the old
    row stands. What was sent and has not changed is not sent again.
    """
    found = sorted(completions, key=lambda one: one.certificate)
    refused = {one.certificate: refusals(one, rule, today=today) for one in found}
    for one in _twins(found, rule):
        refused[one.certificate] = (*refused[one.certificate], mended(one, "twice"))
    deeds = [
        *(deed for one in found if (deed := _ended(one, rule, sent, _corrections(found, refused), today=today))),
        *(deed for one in found if not refused[one.certificate] and (deed := _standing(one, rule, sent))),
    ]
    told = [r for one in found for r in refused[one.certificate] if not _settled(one, sent)]
    return Batch(rule.id, _id(rule, deeds, sent), tuple(deeds), tuple(told))


def row(one: Completion, credit: CreditName, *, given: str | None = None, family: str | None = None) -> Row:
    """Only of a completion without refusals; names as in the profile unless others are given."""
    mine, born = one.profile, one.profile.born
    licence = mine.licence(credit.identity)
    npi = mine.licence("npi")
    return Row(
        certificate=one.certificate,
        provider=one.provider,
        activity=one.activity,
        title=one.title,
        given_name=mine.given_name if given is None else given,
        family_name=mine.family_name if family is None else family,
        birth=(born.month, born.day) if born else (0, 0),
        domain=_domain(licence) if licence else "",
        licence=licence.number if licence else "",
        npi=npi.number if npi else "",
        credit=credit.name,
        credits=f"{one.amount.normalize():f}",
        completed=one.completed.isoformat(),
    )


def _domain(licence: Licence) -> str:
    """ACCME's draft names the state of a state licence and the board of a board's number, else the register."""
    parted = licence.register_name in ("us-state", "abms")
    return licence.region if parted and licence.region else licence.register_name.upper()


def _standing(one: Completion, rule: RegisterRule, sent: Mapping[str, SentRow]) -> Planned | None:
    credit, last = rule.credit(one.scheme), sent.get(one.certificate)
    if credit is None:
        return None
    new = row(one, credit)
    if last is None or last.deed == "delete":
        return Planned("add", one.certificate, new=new)
    if last.digest == new.digest:
        return None
    old, sure = _as_sent(one, credit, last.digest)
    return Planned("replace", one.certificate, old=old, new=new, sure=sure)


def _ended(
    one: Completion, rule: RegisterRule, sent: Mapping[str, SentRow], corrected: frozenset[str], *, today: date
) -> Planned | None:
    credit, last = rule.credit(one.scheme), sent.get(one.certificate)
    held = one.state == "superseded" and one.certificate not in corrected
    if one.state == "valid" or held or credit is None or last is None or last.deed == "delete":
        return None
    if rule.deadline_days is not None and (today - one.completed).days > rule.deadline_days:
        return None
    old, sure = _as_sent(one, credit, last.digest)
    return Planned("delete", one.certificate, old=old, sure=sure)


def _corrections(found: list[Completion], refused: Mapping[str, tuple[Refusal, ...]]) -> frozenset[str]:
    """The certificates whose line of corrections ends in one that can be sent, or in one that is revoked."""
    known = {one.certificate: one for one in found}
    ends = set()
    for one in found:
        last: Completion | None = one
        seen: set[str] = set()
        while last and last.state == "superseded" and last.certificate not in seen:
            seen.add(last.certificate)
            last = known.get(last.replaced_by or "")
        if last and last is not one and (last.state == "revoked" or not refused[last.certificate]):
            ends.add(one.certificate)
    return frozenset(ends)


def _as_sent(one: Completion, credit: CreditName, digest: str) -> tuple[Row, bool]:
    """The row as it was sent, and whether it is: only its digest is kept, so names are tried until one fits."""
    words = one.name.split()
    splits = [(" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words))]
    tried = [row(one, credit), *(row(one, credit, given=given, family=family) for given, family in splits)]
    # Somebody who added an NPI since was sent without one.
    bare = [replace(other, npi="") for other in tried]
    fits = next((other for other in (*tried, *bare) if other.digest == digest), None)
    return (fits, True) if fits else (tried[0], False)


def _twins(found: list[Completion], rule: RegisterRule) -> list[Completion]:
    """Valid ones of one person, module and scheme, all but the first. Two accounts with one licence are one person."""
    seen: set[tuple[str, ...]] = set()
    twins = []
    for one in found:
        if one.state != "valid":
            continue
        what, credit = (one.module, one.scheme), rule.credit(one.scheme)
        licence = one.profile.licence(credit.identity) if credit else None
        keys = {(*what, one.learner)} | ({(*what, _domain(licence), licence.number)} if licence else set())
        if keys & seen:
            twins.append(one)
        seen |= keys
    return twins


def _settled(one: Completion, sent: Mapping[str, SentRow]) -> bool:
    """Nothing is left to do: it ended and was deleted, or ended before anything was sent of a corrected one."""
    last = sent.get(one.certificate)
    return one.state != "valid" and last is not None and last.deed == "delete"


def _id(rule: RegisterRule, deeds: list[Planned], sent: Mapping[str, SentRow]) -> str:
    """What was confirmed before is part of it: the same rows at another time are another batch."""
    facts = []
    for one in deeds:
        last = sent.get(one.certificate)
        facts.append(f"{one.certificate} {one.deed} {one.digest} {last.batch if last else ''}")
    digest = hashlib.sha256("\n".join((rule.id, *facts)).encode()).hexdigest()
    return f"{rule.id}-{re.sub(r'[^0-9a-f]', '', digest)[:ID_LENGTH]}"
