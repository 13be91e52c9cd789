"""Credit schemes as data: what is stated, in which steps, to whom, and what is never exceeded."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from modules.core.credit import (
    NO_CREDIT,
    Claimant,
    carried,
    certificate_words,
    claimable,
    designations,
    offers,
    requirements,
)
from modules.core.events import CreditClaimed, Event, FeedbackShown, event_id
from modules.core.people import Actor, Consent, Profile
from modules.core.progress import progress
from modules.core.schemes import (
    PARTICIPATION,
    Scheme,
    amount_text,
    amounts,
    fill,
    minutes_of,
    plain_decimal,
    plain_words,
    stressed,
)
from tests.builders import NOON, acknowledged, closed, finished, front, minutes
from tests.credited import ALL, carrying, configured, person, shipped

SITE = configured()
DONE: tuple[Event, ...] = (
    acknowledged(),
    closed("pre"),
    finished("01-lamp"),
    finished("02-shore"),
    closed("post"),
    closed("evaluation"),
)
IN_TIME = date(2026, 5, 1)
PROFESSIONS = {
    "Physician": ("ama-pra-1", "eaccme", "abim-moc", "uk-cpd"),
    "Nurse": ("ancc",),
    "Pharmacist": ("acpe",),
    "Pharmacy technician": ("acpe",),
    "Physician assistant or associate": ("aapa",),
    "Student of a health profession": (),
}


def scheme(name: str) -> Scheme:
    found = SITE.scheme(name)
    assert found is not None
    return found


def seen(attempt: int = 1) -> FeedbackShown:
    return FeedbackShown(
        id=event_id("ann", "harbour", "feedback", "q", attempt), learner="ann", module="harbour",
        module_version="d", at=minutes(3), quiz="q", attempt=attempt,
    )  # fmt: skip


def claimed(name: str, amount: str, quarters: int) -> CreditClaimed:
    return CreditClaimed(
        id=event_id("ann", "harbour", "claim", name), learner="ann", module="harbour", module_version="d",
        at=minutes(5), scheme=name, quarter_hours=quarters, amount=Decimal(amount), unit="credit", certificate="LM",
    )  # fmt: skip


def unmet(name: str, by: Claimant, *events: Event) -> list[str]:
    found = requirements(carrying(), progress((*DONE, *events)), on=IN_TIME, scheme=scheme(name), by=by, crediting=SITE)
    return [r.name for r in found if not r.met]


def test_as_shipped_nobody_provides_and_participation_alone_is_offered() -> None:
    assert shipped().provider is None
    assert shipped().offered == ("participation",)
    assert [one.id for one in shipped().schemes] == list(ALL)
    assert offers(shipped(), carrying(), progress(DONE), person("Physician")) == (PARTICIPATION,)
    assert designations(shipped(), carrying().front) == designations(NO_CREDIT, front())


def test_every_scheme_says_where_its_words_come_from_and_that_they_were_not_read_in_full() -> None:
    assert all(one.unread and len(one.source) > 60 for one in shipped().schemes)


@pytest.mark.parametrize(
    ("name", "most", "said", "certified"),
    [
        (
            "ama-pra-1",
            "0.75 AMA PRA Category 1 Credit(s)™",
            "The Harbour Institute designates this enduring material for a maximum of 0.75 *AMA PRA Category 1 "
            "Credit(s)*™. Physicians should claim only the credit commensurate with the extent of their participation "
            "in the activity.",
            "Credit awarded for this enduring material, as claimed by the physician: 0.75 *AMA PRA Category 1 "
            "Credit(s)*™.",
        ),
        ("eaccme", "0.5 ECMEC", "for a maximum of 0.5 ECMEC.", "0.5 ECMEC, as claimed by the learner."),
        ("ancc", "0.75 contact hours", "0.75 contact hours, the evaluation included.", "0.75 contact hours for"),
        ("acpe", "0.75 contact hours", "Universal activity number: 0129-0000-26-001-H01-P.", "0.75 contact hours of"),
        ("aapa", "0.75 AAPA Category 1 CME credits", "at most 0.75 AAPA", "0.75 AAPA Category 1 CME credits"),
        ("abim-moc", "0.75 ABIM MOC points", "up to 0.75 ABIM MOC points beside", "records 0.75 ABIM MOC points"),
        ("uk-cpd", "0.75 CPD credits", "at most 0.75 CPD credits.", "0.75 CPD credits, as claimed"),
    ],
)  # fmt: skip
def test_a_configured_site_states_each_scheme(name: str, most: str, said: str, certified: str) -> None:
    """AMA PRA: "for a maximum of [n]", in italics, with the learning format; never typed."""
    built, one = carrying(name, hours=0.75), scheme(name)
    amount = claimable(built.front, one)[0]
    assert amount_text(one, amount) == most
    told, plain = designations(SITE, built.front)
    assert said in told
    assert "{" not in told
    assert plain.startswith("The Harbour Institute issues a certificate of participation")
    assert certified in certificate_words(SITE, one, amount, "Into the harbour")


def test_the_words_of_a_certificate_name_the_provider_and_the_joint_one() -> None:
    site = configured(joint="The Lighthouse Board")
    words = certificate_words(site, scheme("ama-pra-1"), Decimal("0.25"), "Into the harbour")
    assert words.startswith("Provided jointly by The Harbour Institute and The Lighthouse Board. Accredited provider:")
    assert designations(site, carrying("ancc").front)[0] == (
        "Provided jointly by The Harbour Institute and The Lighthouse Board."
    )


@pytest.mark.parametrize(("profession", "schemes"), PROFESSIONS.items())
def test_what_is_offered_follows_the_profession_and_falls_back_to_participation(
    profession: str, schemes: tuple[str, ...]
) -> None:
    """AMA PRA: credit is for physicians; others receive a certificate of participation."""
    found = [one.id for one in offers(SITE, carrying(), progress(DONE), person(profession))]
    assert tuple(found) == (schemes or ("participation",))


def test_the_profession_in_the_profile_weighs_more_than_the_declared_one() -> None:
    declared = acknowledged().model_copy(update={"profession": "Nurse"})
    standing = progress((declared, *DONE[1:]))
    assert [one.id for one in offers(SITE, carrying(), standing)] == ["ancc", "participation"]
    assert "ancc" not in [one.id for one in offers(SITE, carrying(), standing, person("Pharmacist"))]


def test_a_scheme_is_carried_only_when_module_site_and_activity_number_allow_it() -> None:
    assert [one.id for one in carried(SITE, carrying().front)] == list(ALL)
    assert "acpe" not in [one.id for one in carried(SITE, carrying(uan=None).front)]
    closed_site = SITE.model_copy(update={"offered": ("participation", "ancc")})
    assert [one.id for one in carried(closed_site, carrying().front)] == ["ancc"]
    assert [one.id for one in carried(SITE, carrying("ancc").front)] == ["ancc"]
    assert "eaccme" not in [one.id for one in carried(SITE, carrying(hours=0.25).front)]


def test_each_thing_a_register_asks_for_is_a_requirement_with_the_way_to_it() -> None:
    nobody = Claimant(Actor("ann", account="a", confirmed=True), Profile(profession="Physician"))
    assert unmet("ama-pra-1", nobody) == [
        "Given and family name", "Month and day of birth", "State licence", "Consent to report",
    ]  # fmt: skip
    assert unmet("ama-pra-1", person("Physician", given=False)) == ["Consent to report"]
    assert unmet("ama-pra-1", person("Physician")) == []
    assert unmet("acpe", Claimant()) == [
        "Profession", "Account", "Given and family name", "NABP e-Profile", "Month and day of birth",
        "Consent to report",
    ]  # fmt: skip
    found = requirements(carrying(), progress(DONE), on=IN_TIME, scheme=scheme("acpe"), crediting=SITE)
    assert {r.name: r.stage for r in found if not r.met} == {
        "Profession": "profile", "Account": "account", "Given and family name": "profile",
        "NABP e-Profile": "profile", "Month and day of birth": "profile", "Consent to report": "consents",
    }  # fmt: skip


def test_an_account_that_is_not_confirmed_claims_no_accredited_credit() -> None:
    by = person("Nurse")
    waiting = Claimant(Actor("ann", account="a", confirmed=False), by.profile, by.consents)
    assert unmet("ancc", waiting) == ["Account"]


def test_consent_taken_back_is_no_consent() -> None:
    by = person("Physician")
    changed = (*by.consents, Consent("registers", False, NOON + timedelta(days=1)))
    assert unmet("ama-pra-1", Claimant(by.actor, by.profile, changed)) == ["Consent to report"]


def test_moc_needs_the_explained_result_and_its_cme_claim() -> None:
    """ABIM MOC: evaluation of the learner with feedback; the points go with the CME credit."""
    by, cme = person("Physician"), claimed("ama-pra-1", "0.25", 1)
    assert unmet("abim-moc", by) == ["Feedback seen", "Credit claimed with it"]
    assert unmet("abim-moc", by, seen(attempt=2), cme) == ["Feedback seen"]
    assert unmet("abim-moc", by, seen(), cme) == []
    standing = progress((*DONE, seen(), cme))
    assert claimable(carrying().front, scheme("abim-moc"), standing) == (Decimal("0.25"),)
    assert claimable(carrying().front, scheme("abim-moc"), progress(DONE)) == ()


@given(st.sampled_from(("participation", *ALL)), st.integers(0, 40))
def test_a_claim_never_exceeds_the_designation_and_is_always_in_steps(name: str, quarters: int) -> None:
    one, hours = scheme(name), quarters / 4
    possible = claimable(carrying(hours=hours).front, one)
    assert list(possible) == sorted(set(possible), reverse=True)
    for amount in possible:
        assert amount > 0
        assert amount % one.step == 0
        assert minutes_of(one, amount) <= hours * 60
    if hours * 60 >= one.step_minutes:
        assert minutes_of(one, possible[0]) + one.step_minutes > hours * 60


@given(st.sets(st.sampled_from(range(len(DONE)))), st.integers(-400, 400), st.sampled_from(ALL))
def test_more_events_never_undo_what_was_met_and_nothing_is_met_after_expiry(
    which: set[int], days: int, name: str
) -> None:
    """ACCME enduring materials: no credit after the termination date."""
    built, by = carrying(), person("Physician")
    on = built.front.expires + timedelta(days=days)
    some = progress([DONE[n] for n in which])
    every = progress((*DONE, seen(), claimed("ama-pra-1", "0.5", 2)))

    def met(standing: object) -> set[str]:
        found = requirements(built, standing, on=on, scheme=scheme(name), by=by, crediting=SITE)  # type: ignore[arg-type]
        return {r.name for r in found if r.met}

    assert met(some) <= met(every)
    assert ("Module open for credit" in met(every)) == (days <= 0)


@given(st.decimals(min_value=0, max_value=1000, places=4))
def test_the_same_amount_is_always_the_same_text(value: Decimal) -> None:
    assert plain_decimal(value) == value
    assert str(plain_decimal(value)) == str(plain_decimal(plain_decimal(value * 10) / 10))
    assert "E" not in f"{plain_decimal(value):f}"


@given(st.text())
def test_stressing_loses_nothing_but_asterisks(text: str) -> None:
    assert "".join(words for words, _ in stressed(text)) == plain_words(text)


def test_nothing_but_the_named_places_is_filled() -> None:
    assert fill("The {provider} and {other}", {"provider": "The Board"}) == "The Board and {other}"
    assert amounts(PARTICIPATION, 10) == ()


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("step", "0", "more than 0"),
        ("step", "NaN", "finite"),
        ("step", "a quarter", "is not an amount"),
        ("step", "1e999999", "is not an amount"),
        ("professions", ("Sailor",), "no profession a learner can choose"),
        ("certificate", "{provider.__class__}", "cannot be filled in"),
        ("designation", "{}", "cannot be filled in"),
    ],
)
def test_a_scheme_that_cannot_work_is_refused(key: str, value: object, said: str) -> None:
    told = PARTICIPATION.model_dump() | {key: value}
    with pytest.raises(ValidationError, match=said):
        Scheme.model_validate(told)
