"""Claiming credit of a scheme on a configured site, on both engines."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from modules.actions.credit import Claim, claim_credit
from modules.actions.stage.stage import card
from modules.actions.stage.visit import Visit
from modules.core.credit import Claimant
from modules.core.errors import NotAllowed
from modules.core.events import CreditClaimed, FeedbackShown
from modules.core.people import Actor
from modules.records.records import Issued, Records
from tests.actions.journey import Walk
from tests.builders import evidence, minutes
from tests.credited import ALL, INSTITUTE, UAN, carrying, configured, person

SECRET = b"0123456789abcdef"
SITE = configured()
OF = {
    "ama-pra-1": "Physician",
    "eaccme": "Physician",
    "ancc": "Nurse",
    "acpe": "Pharmacist",
    "aapa": "Physician assistant or associate",
    "uk-cpd": "Physician",
}


def walked(records: Records, hours: float = 0.75) -> Walk:
    return Walk(records, built=carrying(hours=hours)).finish()


def claim(walk: Walk, scheme: str, amount: str, by: Claimant) -> Issued:
    asked = Claim("Typed Name", "", Decimal(amount), scheme)
    return claim_credit(
        walk.records, walk.learner, walk.module, asked, secret=SECRET, now=walk.now(), crediting=SITE, by=by
    )


@pytest.mark.parametrize(("scheme", "profession"), OF.items())
def test_each_scheme_is_claimed_in_its_own_unit_and_frozen(scheme: str, profession: str, records: Records) -> None:
    walk = walked(records)
    held = claim(walk, scheme, "0.5", person(profession)).certificate
    own = SITE.scheme(scheme)
    assert own is not None
    assert (held.scheme, held.scheme_name, held.unit, held.amount) == (scheme, own.name, own.unit, Decimal("0.5"))
    assert held.quarter_hours == 2
    assert held.heading == own.title
    assert (held.provider, held.provider_address) == (INSTITUTE.name, INSTITUTE.address)
    assert held.accreditation == INSTITUTE.accreditation.get(scheme, "")
    assert held.uan == (UAN if scheme == "acpe" else None)
    assert held.profession == profession
    assert held.name == "Ann Åker, MD"
    assert "0.5" in held.statement
    event = next(e for e in records.events("ann", "harbour") if isinstance(e, CreditClaimed))
    assert (event.scheme, event.amount, event.quarter_hours, event.certificate) == (
        scheme, Decimal("0.5"), 2, held.number,
    )  # fmt: skip
    assert records.certificate(held.number) is not None


def test_points_for_moc_need_the_explained_result_and_the_credit_beside_them(records: Records) -> None:
    """ABIM MOC: passed with feedback; CME and MOC go together, and the points do not exceed the credit."""
    walk, by = walked(records), person("Physician")
    with pytest.raises(NotAllowed, match=r"Feedback seen .*; Credit claimed with it"):
        claim(walk, "abim-moc", "0.5", by)
    visit = Visit(records, evidence(), walk.module, walk.learner, "post", walk.now())
    for _ in range(2):
        assert "Every question, explained" in (card(visit).html or "")
    assert sum(isinstance(e, FeedbackShown) for e in records.events("ann", "harbour")) == 1
    claim(walk, "ama-pra-1", "0.5", by)
    with pytest.raises(NotAllowed, match=r"at most 0\.5 ABIM MOC points"):
        claim(walk, "abim-moc", "0.75", by)
    assert claim(walk, "abim-moc", "0.5", by).certificate.amount_text == "0.5 ABIM MOC points"
    assert [one.certificate.scheme for one in records.certificates("ann")] == ["ama-pra-1", "abim-moc"]


@pytest.mark.parametrize(
    ("scheme", "amount", "by", "said"),
    [
        ("ama-pra-1", "1", person("Physician"), r"in steps of 0\.25 AMA PRA .* at most 0\.75"),
        ("ama-pra-1", "0.3", person("Physician"), r"in steps of 0\.25"),
        ("eaccme", "0.75", person("Physician"), r"in steps of 0\.5 ECMEC and at most 0\.5 ECMEC"),
        ("ama-pra-1", "0.5", person("Nurse"), r"Profession \(It is for: Physician\. You stated: Nurse\)"),
        ("ama-pra-1", "0.5", person("Physician", given=False), "Consent to report"),
        ("ancc", "0.5", Claimant(Actor("ann")), "Account .*confirmed"),
        ("acpe", "0.5", Claimant(Actor("ann", account="a", confirmed=True)), "NABP e-Profile"),
    ],
)
def test_a_claim_outside_the_rules_of_its_scheme_is_refused(
    scheme: str, amount: str, by: Claimant, said: str, sqlite_records: Records
) -> None:
    walk = walked(sqlite_records)
    with pytest.raises(NotAllowed, match=said):
        claim(walk, scheme, amount, by)
    assert sqlite_records.certificates("ann") == ()


@pytest.mark.parametrize("scheme", ALL)
def test_no_scheme_is_claimed_after_the_module_has_expired(scheme: str, sqlite_records: Records) -> None:
    walk = walked(sqlite_records)
    asked, late = Claim("Ann", "", Decimal("0.25"), scheme), minutes(0) + timedelta(days=400)
    with pytest.raises(NotAllowed, match="Credit ends on 6 January 2027"):
        claim_credit(
            sqlite_records, "ann", walk.module, asked, secret=SECRET, now=late, crediting=SITE, by=person("Physician")
        )


def test_without_a_provider_no_accredited_credit_can_be_claimed(sqlite_records: Records) -> None:
    walk = walked(sqlite_records)
    with pytest.raises(NotAllowed, match="does not carry this credit"):
        claim_credit(
            sqlite_records, "ann", walk.module, Claim("Ann", "", Decimal("0.5"), "ama-pra-1"),
            secret=SECRET, now=walk.now(), by=person("Physician"),
        )  # fmt: skip


def test_a_guest_still_claims_participation_with_a_typed_name(sqlite_records: Records) -> None:
    walk = walked(sqlite_records)
    asked = Claim("Ann Guest", "ann@example.org", Decimal("0.75"))
    held = claim_credit(
        sqlite_records, "ann", walk.module, asked, secret=SECRET, now=walk.now(), crediting=SITE
    ).certificate
    assert (held.name, held.amount_text, held.scheme) == ("Ann Guest", "0.75 hours", "participation")
    assert held.statement == (
        "Issued by The Harbour Institute. The learner claimed 0.75 hours, commensurate with the time spent."
    )


def test_eight_claims_of_two_schemes_at_once_are_one_certificate_each(records: Records) -> None:
    """Double click, two tabs: one standing certificate for a learner, a module and a scheme."""
    walk, by, now = walked(records), person("Physician"), minutes(99)
    asked = [
        Claim("Ann", "", Decimal(amount), scheme) for scheme, amount in 4 * [("ama-pra-1", "0.25"), ("uk-cpd", "0.5")]
    ]

    def send(one: Claim) -> str:
        return claim_credit(
            records, "ann", walk.module, one, secret=SECRET, now=now, crediting=SITE, by=by
        ).certificate.number

    with ThreadPoolExecutor(8) as threads:
        numbers = set(threads.map(send, asked))
    assert len(numbers) == len(records.certificates("ann")) == 2
    assert [e.type for e in records.events("ann", "harbour")].count("credit-claimed") == 2


def test_what_is_frozen_does_not_follow_a_change_of_provider_or_wording(sqlite_records: Records) -> None:
    walk, by = walked(sqlite_records), person("Nurse")
    first = claim(walk, "ancc", "0.5", by)
    other = SITE.model_copy(update={"provider": INSTITUTE.model_copy(update={"name": "Another"})})
    again = claim_credit(
        sqlite_records, "ann", replace(walk.module, digest="e" * 64), Claim("X", "", Decimal("0.25"), "ancc"),
        secret=SECRET, now=walk.now(), crediting=other, by=by,
    )  # fmt: skip
    assert again == first
