"""What a register would refuse is said before anything is sent."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from modules.core.people import BirthDay
from modules.export.register_checks import refusals
from modules.export.register_rows import batch
from tests.reported import TODAY, completion, licence, pharmacist, profile, rule

PARS = rule()
BAD: dict[str, dict[str, Any]] = {
    "has not agreed": {"consent": False},
    "Given name or family name": {"profile": profile(given_name=" ")},
    "does not belong in a name": {"profile": profile(family_name="King\tX")},
    "Month and day of birth are missing": {"profile": profile(born=None)},
    "no day of the calendar": {"profile": profile(born=BirthDay(month=2, day=30))},
    "This NPI cannot be right": {
        "profile": profile(licences=(licence("us-state", "A1", "CA"), licence("npi", "1234567890")))
    },
    "The state licence is missing": {"profile": profile(licences=())},
    "Choose the state": {"profile": profile(licences=(licence("us-state", "A1", "XX"),))},
    "not a whole number of quarters": {"amount": Decimal("0.3")},
    "more than the 0.75": {"amount": Decimal("1.00")},
    "must be the nine digits": {"activity": "12345678"},
    "must have 7 digits": {"provider": "123456"},
    "was corrected": {"state": "superseded"},
    "is revoked": {"state": "revoked"},
    "later than today": {"completed": TODAY + timedelta(days=1)},
    "no name in this register": {"scheme": "participation"},
}


def test_a_completion_with_everything_in_order_is_not_refused() -> None:
    assert refusals(completion(), rule(), today=TODAY) == ()
    assert refusals(pharmacist(), rule("cpe-monitor"), today=TODAY) == ()


@pytest.mark.parametrize("said", BAD)
def test_each_fault_is_named_with_a_way_out(said: str) -> None:
    (found,) = refusals(completion(**BAD[said]), rule(), today=TODAY)
    assert said in found.why
    assert found.mend.endswith(".")


def test_all_faults_of_a_row_are_told_at_once() -> None:
    wrong = completion(consent=False, profile=profile(born=None, licences=()), activity="", amount=Decimal(0))
    assert len(refusals(wrong, rule(), today=TODAY)) == 5


def test_cpe_monitor_takes_nothing_after_sixty_days() -> None:
    """ACPE: upload within 60 days of the activity."""
    sixty = pharmacist(completed=TODAY - timedelta(days=60))
    assert refusals(sixty, rule("cpe-monitor"), today=TODAY) == ()
    (late,) = refusals(replace(sixty, completed=TODAY - timedelta(days=61)), rule("cpe-monitor"), today=TODAY)
    assert "61 days ago" in late.why


def test_a_pharmacist_needs_an_e_profile_number_of_digits_and_a_uan() -> None:
    wrong = pharmacist(profile=profile(licences=(licence("nabp", "76x"),)), activity="0129-0000-26-001-X01-P")
    said = [one.why for one in refusals(wrong, rule("cpe-monitor"), today=TODAY)]
    assert len(said) == 2
    assert "e-Profile" in " ".join(said)
    assert "UAN" in " ".join(said)


def test_a_second_certificate_for_the_same_credit_stays_behind() -> None:
    twins = [completion("LM-A", learner="ann"), completion("LM-B", learner="ann")]
    made = batch(rule(), twins, {}, today=TODAY)
    assert [one.certificate for one in made.deeds] == ["LM-A"]
    assert [(one.certificate, "another certificate" in one.why) for one in made.refused] == [("LM-B", True)]


def test_two_accounts_with_one_licence_are_one_person() -> None:
    both = [completion("LM-A", profile=profile()), completion("LM-B", profile=profile())]
    made = batch(rule(), both, {}, today=TODAY)
    assert [one.certificate for one in made.deeds] == ["LM-A"]
    assert "one licence" in made.refused[0].mend


def test_good_rows_go_while_bad_ones_stay_behind() -> None:
    made = batch(rule(), [completion("LM-A"), completion("LM-B", consent=False)], {}, today=TODAY)
    assert [one.certificate for one in made.deeds] == ["LM-A"]
    assert [one.certificate for one in made.refused] == ["LM-B"]


@settings(deadline=None)
@given(
    st.decimals(min_value=-2, max_value=4, places=2),
    st.decimals(min_value=Decimal("0.25"), max_value=3, places=2),
    st.booleans(),
    st.dates(date(2026, 1, 1), date(2026, 6, 1)),
    st.text("0123456789", max_size=10),
)
def test_a_row_goes_exactly_when_every_condition_holds(
    amount: Decimal, maximum: Decimal, consent: bool, completed: date, activity: str
) -> None:
    one = completion(amount=amount, maximum=maximum, consent=consent, completed=completed, activity=activity)
    fine = (
        consent
        and amount > 0
        and amount % Decimal("0.25") == 0
        and amount <= maximum
        and len(activity) == 9
        and completed <= TODAY
    )
    assert (refusals(one, PARS, today=TODAY) == ()) is fine
    made = batch(PARS, [one], {}, today=TODAY)
    assert [d.deed for d in made.deeds] == (["add"] if fine else [])
    assert bool(made.refused) is not fine
