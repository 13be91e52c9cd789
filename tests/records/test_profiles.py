"""Profiles and consents, duties and closing, on both engines."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from modules.core.people import Account, BirthDay, Consent, Duty, Licence, Profile, consents_to
from modules.records.duties import close_account, give_duty, take_duty
from modules.records.profiles import consents_of, keep_profile, names_of, profile_of
from modules.records.records import Records

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
PROFILE = Profile(
    name="Ana Díaz",
    licences=(Licence(register="us-state", number="12", region="OH"),),
    born=BirthDay(month=2, day=29),
)


def someone(records: Records, name: str, *duties: Duty, confirmed: bool = True) -> str:
    account = Account(
        name,
        f"learner-of-{name}",
        f"{name}@example.org",
        NOW,
        frozenset({"learner", *duties}),
        NOW if confirmed else None,
    )
    assert records.accounts.create(account)
    return name


def test_a_profile_is_empty_until_it_is_kept_and_then_replaced(records: Records) -> None:
    ana = someone(records, "ana")
    assert profile_of(records, ana) == Profile()
    keep_profile(records, ana, PROFILE, {}, now=NOW)
    assert profile_of(records, ana) == PROFILE
    keep_profile(records, ana, Profile(name="Ana D."), {}, now=NOW)
    assert profile_of(records, ana) == Profile(name="Ana D.")
    assert names_of(records) == {ana: "Ana D."}


def test_consent_is_off_until_given_and_only_a_change_of_mind_is_added(records: Records) -> None:
    ana = someone(records, "ana")
    keep_profile(records, ana, PROFILE, {"registers": False, "follow-up": False}, now=NOW)
    assert consents_of(records, ana) == ()
    later = [NOW + timedelta(hours=n) for n in range(4)]
    for at, given in zip(later, (True, True, False, True), strict=True):
        keep_profile(records, ana, PROFILE, {"registers": given, "follow-up": False}, now=at)
    history = consents_of(records, ana)
    assert [(one.kind, one.given, one.at) for one in history] == [
        ("registers", True, later[0]), ("registers", False, later[2]), ("registers", True, later[3]),
    ]  # fmt: skip
    assert consents_to(history, "registers")
    assert not consents_to(history, "follow-up")


def test_the_last_word_stands_when_two_came_in_one_instant() -> None:
    history = (Consent("registers", True, NOW), Consent("registers", False, NOW))
    assert not consents_to(history, "registers")


def test_two_tabs_that_consent_at_once_leave_one_entry(records: Records) -> None:
    ana = someone(records, "ana")
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: keep_profile(records, ana, PROFILE, {"registers": True}, now=NOW), range(8)))
    assert len(consents_of(records, ana)) == 1


def test_an_owner_can_be_taken_off_while_another_stays(records: Records) -> None:
    ana, ben = someone(records, "ana", "owner"), someone(records, "ben")
    assert not take_duty(records, ana, "owner")
    give_duty(records, ben, "owner")
    give_duty(records, ben, "owner")
    assert take_duty(records, ana, "owner")
    assert not take_duty(records, ben, "owner")
    assert {a.id: a.duties for a in records.accounts.everyone()}[ben] == {"learner", "owner"}


@pytest.mark.parametrize("able", ["closed", "unconfirmed"])
def test_an_owner_who_cannot_sign_in_does_not_count(records: Records, able: str) -> None:
    ana = someone(records, "ana", "owner")
    ben = someone(records, "ben", "owner", confirmed=able != "unconfirmed")
    if able == "closed":
        assert close_account(records, ben, NOW)
    assert not take_duty(records, ana, "owner")
    assert not close_account(records, ana, NOW)


def test_two_owners_who_take_the_duty_from_each_other_leave_one(records: Records) -> None:
    names = [someone(records, name, "owner") for name in ("ana", "ben")]
    with ThreadPoolExecutor(2) as pool:
        taken = list(pool.map(lambda name: take_duty(records, name, "owner"), names))
    assert sorted(taken) == [False, True]


def test_two_owners_closed_at_once_leave_one(records: Records) -> None:
    names = [someone(records, name, "owner") for name in ("ana", "ben")]
    with ThreadPoolExecutor(2) as pool:
        closed = list(pool.map(lambda name: close_account(records, name, NOW), names))
    assert sorted(closed) == [False, True]
