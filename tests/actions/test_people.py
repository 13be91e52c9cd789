"""The owner's work with accounts, on both engines."""

from datetime import UTC, datetime

import pytest

from modules.actions.access import OPERATOR
from modules.actions.people import (
    CLOSED,
    LAST_OWNER,
    NOBODY,
    NOT_A_DUTY,
    UNCONFIRMED,
    close,
    give,
    people,
    put_duties,
    reopen,
    take,
)
from modules.actions.privacy import LAST_OWNER_ERASED, erase_learner
from modules.core.errors import NotAllowed
from modules.core.people import Account, Actor, Profile
from modules.records.deeds import deeds
from modules.records.profiles import keep_profile
from modules.records.records import Records
from tests.owner import account_with

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)


def test_people_are_found_by_any_part_of_name_and_address_and_by_duty(records: Records) -> None:
    ann = account_with(records, "author", email="ann@example.org")
    account_with(records, email="ben@hospital.example")
    keep_profile(records, ann.id, Profile(name="Ann Müller"), {}, now=NOW)

    def found(wanted: str = "", **options: str) -> list[str]:
        return [one.account.email for one in people(OPERATOR, records, wanted, **options)]  # type: ignore[arg-type]

    assert found() == ["ann@example.org", "ben@hospital.example"]
    assert found("MÜLLER ann") == ["ann@example.org"]
    assert found("hospital") == ["ben@hospital.example"]
    assert found("%") == found("' OR 1=1 --") == []
    assert found(duty="author") == ["ann@example.org"]


def test_duties_are_given_and_taken_in_one_step(records: Records) -> None:
    ann = account_with(records, "author")
    put_duties(OPERATOR, records, ann.id, ["educator", "coordinator"], now=NOW)
    found = records.accounts.account(ann.id)
    assert found is not None
    assert found.duties == {"learner", "educator", "coordinator"}


def test_the_last_owner_keeps_the_duty_and_the_account(records: Records) -> None:
    owner = account_with(records, "owner").id
    for act in (
        lambda: take(OPERATOR, records, owner, "owner", now=NOW),
        lambda: put_duties(OPERATOR, records, owner, [], now=NOW),
        lambda: close(OPERATOR, records, owner, now=NOW),
    ):
        with pytest.raises(NotAllowed, match=LAST_OWNER):
            act()
    give(OPERATOR, records, account_with(records).id, "owner", now=NOW)
    take(OPERATOR, records, owner, "owner", now=NOW)


def test_a_duty_needs_somebody_known(records: Records) -> None:
    account_with(records, "owner")
    unknown = Account("unknown", "l", "u@example.org", NOW, frozenset({"learner"}))
    assert records.accounts.create(unknown)
    closed = account_with(records).id
    close(OPERATOR, records, closed, now=NOW)
    for account, sentence in (("unknown", UNCONFIRMED), (closed, CLOSED), ("nobody", NOBODY)):
        with pytest.raises(NotAllowed, match=sentence):
            give(OPERATOR, records, account, "author", now=NOW)
    with pytest.raises(NotAllowed, match=NOT_A_DUTY):
        take(OPERATOR, records, "unknown", "learner", now=NOW)
    reopen(OPERATOR, records, closed, now=NOW)
    give(OPERATOR, records, closed, "author", now=NOW)


def test_who_gave_and_took_what_is_on_record_and_a_refused_act_is_not(records: Records) -> None:
    owner, ann = account_with(records, "owner"), account_with(records, "author")
    asks = actor_of(owner)
    put_duties(asks, records, ann.id, ["educator"], now=NOW)
    close(asks, records, ann.id, now=NOW)
    reopen(asks, records, ann.id, now=NOW)
    with pytest.raises(NotAllowed, match=LAST_OWNER):
        take(asks, records, owner.id, "owner", now=NOW)
    assert [(d.act, d.detail) for d in deeds(records, actor=owner.id)] == [
        ("take-duty", {"duty": "author"}),
        ("give-duty", {"duty": "educator"}),
        ("close-account", {}),
        ("reopen-account", {}),
    ]
    assert {d.subject for d in deeds(records, actor=owner.id)} == {ann.id}


def actor_of(account: Account) -> Actor:
    return Actor(account.learner, account.id, account.duties, confirmed=True)


def test_the_last_owner_cannot_be_erased_and_another_person_can(records: Records) -> None:
    owner, ann = account_with(records, "owner"), account_with(records)
    with pytest.raises(NotAllowed, match=LAST_OWNER_ERASED):
        erase_learner(records, actor_of(owner), owner.learner, NOW)
    assert not erase_learner(records, actor_of(owner), ann.learner, NOW).nothing
    assert records.accounts.account(ann.id) is None
    assert records.accounts.account(owner.id) is not None
