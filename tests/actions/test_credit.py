"""Claiming credit, and the whole way to a certificate on both engines."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from modules.actions.credit import Claim, claim_credit, trials
from modules.actions.learn import standing
from modules.core.certificates import EvidenceCut, certificate_number
from modules.core.errors import NotAllowed
from modules.core.module import UNNAMED
from modules.core.progress import forms, stage
from modules.records.records import Issued, Records
from tests.actions.journey import Walk
from tests.builders import minutes, module

SECRET = b"0123456789abcdef"
ANN = Claim("Ann Åker", "ann@example.org", Decimal("0.5"))


def claim(walk: Walk, asked: Claim = ANN) -> Issued:
    return claim_credit(walk.records, walk.learner, walk.module, asked, secret=SECRET, now=walk.now())


def test_a_learner_goes_all_the_way_to_a_certificate(records: Records) -> None:
    walk = Walk(records).begin().sit("pre", wrong=("one", "two")).learn()
    walk.sit("post", wrong=("one", "two")).sit("post", wrong=("one",)).sit("evaluation")
    assert stage(walk.module, standing(records, "ann", walk.module)) == "claim"
    issued = claim(walk, replace(ANN, amount=Decimal("0.25")))
    document = issued.certificate
    assert document.number == certificate_number(SECRET, "ann", "harbour")
    assert (document.name, document.profession, document.provider) == ("Ann Åker", "Pilot", UNNAMED)
    assert (document.rule, document.score, document.form) == ("2 of 3", "2 of 3", forms("ann", "harbour")[1])
    assert (document.quarter_hours, document.amount_text, document.scheme) == (1, "0.25 hours", "participation")
    assert (document.title, document.module_version, document.digest) == (
        "Into the harbour",
        "1.2.0",
        "d" * 64,
    )
    assert (document.completed, document.issued) == (date(2026, 3, 1), minutes(walk.minute))
    assert document.trials == ("LIGHTHOUSE",)
    assert document.cuts == (EvidenceCut(trial="LIGHTHOUSE", cut="final"),)
    assert "it carries no designated credit" in document.statement
    found = standing(records, "ann", walk.module)
    assert stage(walk.module, found) == "done"
    assert found.claim is not None
    assert (found.claim.certificate, found.claim.quarter_hours) == (document.number, 1)
    person = records.person("ann")
    assert person is not None
    assert (person.name, person.email) == ("Ann Åker", "ann@example.org")
    assert records.certificate(document.number) == issued


def test_a_second_claim_returns_the_first_certificate_whatever_it_says(sqlite_records: Records) -> None:
    walk = Walk(sqlite_records).finish()
    first = claim(walk)
    assert claim(walk, Claim("", "not an address", Decimal(99))) == first
    walk.module = replace(walk.module, digest="e" * 64)
    assert claim(walk, replace(ANN, name="Someone Else")) == first
    person = sqlite_records.person("ann")
    assert person is not None
    assert person.name == "Ann Åker"


def test_eight_claims_at_once_are_one_certificate(records: Records) -> None:
    walk = Walk(records).finish()
    asked = [replace(ANN, name=f"Ann {n}", email=f"ann{n}@example.org") for n in range(8)]
    with ThreadPoolExecutor(8) as threads:
        issued = list(threads.map(lambda one: claim(walk, one), asked))
    assert all(one == issued[0] for one in issued)
    person = records.person("ann")
    assert person is not None
    assert person.name == issued[0].certificate.name
    assert person.email == f"ann{person.name[-1]}@example.org"
    assert [e.type for e in records.events("ann", "harbour")].count("credit-claimed") == 1


def test_a_claim_is_refused_with_what_is_still_needed(sqlite_records: Records) -> None:
    walk = Walk(sqlite_records).begin().sit("pre").learn()
    with pytest.raises(NotAllowed) as caught:
        claim(walk)
    assert str(caught.value) == (
        "Still needed: Post-test passed (At least 2 of 3 correct); Evaluation sent (Answer the evaluation)."
    )
    assert sqlite_records.certificates("ann") == ()
    assert [e.type for e in sqlite_records.events("ann", "harbour")].count("credit-claimed") == 0


def test_no_credit_after_the_module_has_expired(sqlite_records: Records) -> None:
    walk = Walk(sqlite_records).finish()
    late = minutes(0) + timedelta(days=400)
    with pytest.raises(NotAllowed, match="Credit ends on 6 January 2027"):
        claim_credit(sqlite_records, "ann", walk.module, ANN, secret=SECRET, now=late)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"name": " "}, "Write your name"),
        ({"name": "A"}, "Write your name"),
        ({"name": "A" * 121}, "Write your name"),
        ({"name": "Ann\nÅker"}, "cannot be printed"),
        ({"name": "Ann \u202erekÅ"}, "cannot be printed"),
        ({"name": "Ann\x00"}, "cannot be printed"),
        ({"email": ""}, "e-mail address"),
        ({"email": "ann"}, "e-mail address"),
        ({"email": "ann@harbour"}, "e-mail address"),
        ({"email": "ann@@example.org"}, "e-mail address"),
        ({"email": "Ann <ann@example.org>"}, "e-mail address"),
        ({"email": "ann@example.org, bo@example.org"}, "e-mail address"),
        ({"email": "a" * 250 + "@example.org"}, "e-mail address"),
        ({"amount": Decimal(0)}, "at most 0.5 hours"),
        ({"amount": Decimal("0.75")}, "at most 0.5 hours"),
        ({"amount": Decimal("0.3")}, "in steps of 0.25 hours"),
        ({"scheme": "nothing"}, "does not carry this credit"),
    ],
)
def test_a_claim_that_cannot_stand_on_a_certificate_is_refused(
    changes: dict[str, str | Decimal], says: str, sqlite_records: Records
) -> None:
    walk = Walk(sqlite_records).finish()
    with pytest.raises(NotAllowed, match=says):
        claim(walk, replace(ANN, **changes))  # type: ignore[arg-type]
    assert sqlite_records.certificates("ann") == ()


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("  Ann   Åker ", "Ann Åker"),
        ("A\u030aker", "Åker"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("O'Neil-Å", "O'Neil-Å"),
    ],
)
def test_names_are_printed_as_people_write_them(typed: str, printed: str, sqlite_records: Records) -> None:
    assert claim(Walk(sqlite_records).finish(), replace(ANN, name=typed)).certificate.name == printed


def test_the_certificate_names_the_trials_whose_figures_the_lessons_show() -> None:
    assert trials(module()) == ("LIGHTHOUSE",)
    assert trials(replace(module(), lessons=())) == ()
