"""Correcting and revoking certificates: who may, what stays, and what a second click does."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest

from modules.actions.access import OPERATOR, REFUSED
from modules.actions.credit import Claim, claim_credit
from modules.actions.credit_desk import correct_name, correct_own_name, find_certificate, revoke_certificate
from modules.core.certificates import certificate_number
from modules.core.errors import NotAllowed
from modules.core.people import DUTIES, Actor, Duty
from modules.records.deeds import by, deeds
from modules.records.records import Issued, Records
from tests.actions.journey import Walk
from tests.builders import minutes

SECRET = b"0123456789abcdef"
DESK = Actor("clerk", account="c", duties=frozenset({"coordinator"}), confirmed=True)
REASON = "Issued by mistake"


def certified(records: Records) -> Issued:
    """As often as it is asked: the second time finds what the first led to."""
    walk = Walk(records)
    if not records.events("ann", "harbour"):
        walk.finish()
    asked = Claim("Ann Aker", "ann@example.org", Decimal("0.5"))
    return claim_credit(records, "ann", walk.module, asked, secret=SECRET, now=minutes(100))


def correct(records: Records, number: str, name: str, actor: Actor = DESK) -> Issued:
    return correct_name(records, actor, number, name, secret=SECRET, now=minutes(500))


def own_name(records: Records, number: str, actor: Actor) -> Issued:
    return correct_own_name(records, actor, number, "Ann Åker", secret=SECRET, now=minutes(500))


def test_a_corrected_name_gets_a_new_number_and_both_stay_on_record(records: Records) -> None:
    first = certified(records).certificate
    after = correct(records, first.number, " Ann  Åker ")
    assert after.state == "valid"
    assert (after.certificate.name, after.certificate.revision, after.certificate.replaces) == (
        "Ann Åker", 2, first.number,
    )  # fmt: skip
    assert after.certificate.number == certificate_number(SECRET, "ann", "harbour", revision=2) != first.number
    kept = {"number", "name", "revision", "replaces", "issued"}
    assert after.certificate.model_dump(exclude=kept) == first.model_dump(exclude=kept)
    before = records.certificate(first.number)
    assert before is not None
    assert (before.state, before.replaced_by, before.ended) == ("superseded", after.certificate.number, minutes(500))
    assert before.certificate == first
    person = records.person("ann")
    assert person is not None
    assert person.name == "Ann Åker"


def test_a_correction_can_be_corrected_and_a_claim_finds_the_one_that_stands(records: Records) -> None:
    first = certified(records).certificate.number
    second = correct(records, first, "Ann Åker").certificate.number
    third = correct(records, second, "Anna Åker").certificate
    assert (third.revision, third.replaces) == (3, second)
    with pytest.raises(NotAllowed, match=f"replaced by {second}"):
        correct(records, first, "Someone Else")
    assert certified(records).certificate == third
    assert [one.state for one in records.certificates("ann")].count("valid") == 1


def test_the_same_correction_clicked_twice_is_one(records: Records) -> None:
    number = certified(records).certificate.number

    def click(name: str) -> str:
        try:
            return correct(records, number, name).certificate.name
        except NotAllowed as refused:
            return str(refused)

    with ThreadPoolExecutor(8) as threads:
        said = set(threads.map(click, ["Ann Åker"] * 8))
    assert "Ann Åker" in said
    assert len(records.certificates("ann")) == 2


def test_correcting_to_the_same_name_changes_nothing(sqlite_records: Records) -> None:
    issued = certified(sqlite_records)
    assert correct(sqlite_records, issued.certificate.number, "Ann Aker") == issued


def test_a_name_that_cannot_be_printed_is_refused(sqlite_records: Records) -> None:
    number = certified(sqlite_records).certificate.number
    for name in ("", "A", "A" * 121, "Ann\nÅker"):
        with pytest.raises(NotAllowed):
            correct(sqlite_records, number, name)
    assert len(sqlite_records.certificates("ann")) == 1


def test_a_revoked_certificate_says_why_and_is_not_issued_again(records: Records) -> None:
    first = certified(records).certificate
    revoked = revoke_certificate(records, DESK, first.number, f"  {REASON}\n by us ", now=minutes(501))
    assert (revoked.state, revoked.reason, revoked.ended) == ("revoked", f"{REASON} by us", minutes(501))
    assert certified(records) == revoked
    with pytest.raises(NotAllowed, match="revoked already"):
        correct(records, first.number, "Ann Åker")
    with pytest.raises(NotAllowed, match="revoked already"):
        revoke_certificate(records, DESK, first.number, REASON, now=minutes(502))


@pytest.mark.parametrize(
    ("reason", "said"), [("", "Say why"), ("a mistake", "at least 3 words"), ("no " * 200, "at most 300")]
)
def test_revoking_needs_a_reason_of_a_few_words(reason: str, said: str, sqlite_records: Records) -> None:
    number = certified(sqlite_records).certificate.number
    with pytest.raises(NotAllowed, match=said):
        revoke_certificate(sqlite_records, DESK, number, reason, now=minutes(501))


@pytest.mark.parametrize("duty", DUTIES)
def test_only_coordinators_and_owners_correct_revoke_and_look_up(duty: Duty, sqlite_records: Records) -> None:
    number = certified(sqlite_records).certificate.number
    actor = Actor("bo", account="b", duties=frozenset({duty}), confirmed=True)
    if duty in ("coordinator", "owner"):
        assert find_certificate(sqlite_records, actor, number.lower(), now=minutes(501)).certificate.number == number
        return
    for act in (
        lambda: correct(sqlite_records, number, "Someone Else", actor),
        lambda: revoke_certificate(sqlite_records, actor, number, REASON, now=minutes(501)),
        lambda: find_certificate(sqlite_records, actor, number, now=minutes(501)),
        lambda: find_certificate(sqlite_records, actor, "LM-NOTHING", now=minutes(501)),
    ):
        with pytest.raises(NotAllowed, match=REFUSED):
            act()


def test_a_learner_corrects_their_own_name_and_nobody_elses(sqlite_records: Records) -> None:
    number = certified(sqlite_records).certificate.number
    for other in (Actor("ann"), Actor("ann", account="a"), Actor("bo", account="b", confirmed=True)):
        with pytest.raises(NotAllowed, match=REFUSED):
            own_name(sqlite_records, number, other)
        with pytest.raises(NotAllowed, match=REFUSED):
            correct(sqlite_records, number, "Ann Åker", other)
    own = Actor("ann", account="a", confirmed=True)
    after = own_name(sqlite_records, number, own).certificate
    assert (after.name, after.replaces) == ("Ann Åker", number)
    with pytest.raises(NotAllowed, match=REFUSED):
        revoke_certificate(sqlite_records, own, number, REASON, now=minutes(501))


def test_an_unknown_number_is_said_to_be_unknown(sqlite_records: Records) -> None:
    with pytest.raises(NotAllowed, match="No certificate has this number"):
        find_certificate(sqlite_records, OPERATOR, "LM-ZZZZ-ZZZZ-ZZZZ-ZZZZ", now=minutes(501))


def test_who_looked_corrected_and_revoked_is_on_record_once_each(records: Records) -> None:
    number = certified(records).certificate.number
    for minute in (501, 502):
        find_certificate(records, DESK, number, now=minutes(minute))
    after = correct(records, number, "Ann Åker").certificate.number
    correct(records, after, "Ann Åker")
    revoke_certificate(records, DESK, after, REASON, now=minutes(503))
    with pytest.raises(NotAllowed):
        revoke_certificate(records, DESK, after, REASON, now=minutes(504))
    assert [(d.act, d.subject, d.detail) for d in deeds(records, actor=by(DESK))] == [
        ("see-certificate", number, {}),
        ("correct-certificate", number, {"replaced_by": after}),
        ("revoke-certificate", after, {}),
    ]
