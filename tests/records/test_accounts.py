"""Accounts on both engines: one for an address, one owner at first, each guest claimed once, each link used once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import pytest

from modules.actions.account_claims import further
from modules.core.events import LessonFinished, event_id
from modules.core.people import Account
from modules.records.accounts import mail_key
from modules.records.accounts_links import Link
from modules.records.mails import Letter
from modules.records.records import Records

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
R = TypeVar("R")
EIGHT = [f"{n:032x}" for n in range(8)]


def account(id: str, email: str | None = None, learner: str | None = None) -> Account:
    return Account(id, learner or f"learner-{id}", email or f"{id}@example.org", NOW, frozenset({"learner"}))


def did(records: Records, learner: str, *lessons: str, module: str = "harbour") -> None:
    for lesson in lessons:
        id = event_id(learner, module, lesson)
        records.append(
            [LessonFinished(id=id, learner=learner, module=module, module_version="v", at=NOW, lesson=lesson)]
        )


def all_at_once(work: Callable[[str], R], items: list[str]) -> list[R]:
    with ThreadPoolExecutor(len(items)) as threads:
        return list(threads.map(work, items))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ann@Example.org", "ann@example.ORG"), ("straße@x.org", "STRASSE@x.org"), ("ａnn@x.org", " ann@x.org ")],
)
def test_two_spellings_of_an_address_are_one(one: str, other: str) -> None:
    assert mail_key(one) == mail_key(other)


def test_an_address_has_one_account_in_whatever_spelling(records: Records) -> None:
    assert records.accounts.create(account("a", "Ann@Example.org"), "hash") is not None
    assert records.accounts.create(account("b", "ann@example.org"), "other") is None
    found = records.accounts.find(" ANN@example.org")
    assert found is not None
    assert (found.id, found.email, found.has_password) == ("a", "Ann@Example.org", True)
    secret = records.accounts.secret("ann@example.org")
    assert secret is not None
    assert secret.password == "hash"
    assert records.accounts.account("b") is None


def test_of_many_first_accounts_at_once_exactly_one_is_the_owner_and_confirmed(records: Records) -> None:
    assert not records.accounts.owned()
    made = all_at_once(lambda id: records.accounts.create(account(id), "hash", first=True), EIGHT)
    owners = [one for one in made if one is not None and "owner" in one.duties]
    assert len([one for one in made if one is not None]) == 8
    assert len(owners) == 1
    assert [one.id for one in records.accounts.everyone() if one.confirmed] == [owners[0].id]
    assert records.accounts.owned()


def test_an_instance_that_had_an_owner_makes_nobody_owner_by_being_first(records: Records) -> None:
    records.accounts.create(account("a"), first=True)
    records.accounts.set_duties("a", set())
    records.accounts.create(account("b"), first=True)
    assert [one.duties for one in records.accounts.everyone()] == [frozenset({"learner"})] * 2


def test_duties_are_given_and_taken_and_a_learner_stays_one(records: Records) -> None:
    records.accounts.create(account("a"))
    records.accounts.set_duties("a", {"author", "educator"})
    found = records.accounts.account("a")
    assert found is not None
    assert found.duties == {"learner", "author", "educator"}
    records.accounts.set_duties("a", {"author"})
    assert records.accounts.everyone()[0].duties == {"learner", "author"}


def test_a_new_address_is_taken_with_its_confirmation_unless_somebody_has_it(records: Records) -> None:
    records.accounts.create(account("a"))
    records.accounts.create(account("b"))
    assert not records.accounts.set_email("a", "B@example.org", NOW)
    assert records.accounts.set_email("a", "ann@new.org", NOW)
    found = records.accounts.find("ann@new.org")
    assert found is not None
    assert (found.id, found.confirmed) == ("a", NOW)


def test_an_account_that_did_nothing_takes_the_guests_journal_for_its_own(records: Records) -> None:
    records.accounts.create(account("a"))
    did(records, "guest", "one")
    assert records.accounts.claims.claim("a", "guest", NOW, further=further)
    assert records.accounts.claims.holder("guest") == "a"
    assert records.accounts.claims.claimed("guest")
    found = records.accounts.account("a")
    assert found is not None
    assert found.learner == "guest"


def test_a_guest_who_did_nothing_is_left_a_guest(records: Records) -> None:
    records.accounts.create(account("a"))
    assert not records.accounts.claims.claim("a", "guest", NOW, further=further)
    assert not records.accounts.claims.claimed("guest")


def test_the_journal_that_is_further_along_stands_in_each_module_and_a_tie_leaves_the_accounts_own(
    records: Records,
) -> None:
    records.accounts.create(account("a"))
    for module, mine, theirs in (("bay", 1, 2), ("cove", 2, 1), ("fjord", 1, 1), ("gulf", 0, 1)):
        did(records, "learner-a", *map(str, range(mine)), module=module)
        did(records, "guest", *map(str, range(theirs)), module=module)
    assert records.accounts.claims.claim("a", "guest", NOW, further=further)
    records.accounts.sign_ins.open("t", "a", "Firefox", NOW)
    who = records.accounts.sign_ins.who("t")
    assert who is not None
    assert who.others == ("guest",)
    assert dict(who.stands) == {"bay": "guest", "gulf": "guest"}
    assert who.account.learner == "learner-a"


def test_of_many_claims_of_one_guest_at_once_one_holds(records: Records) -> None:
    for id in EIGHT:
        records.accounts.create(account(id))
    did(records, "guest", "one", "two")
    before = list(records.journal())
    won = all_at_once(lambda id: records.accounts.claims.claim(id, "guest", NOW, further=further), EIGHT)
    assert won.count(True) == 1
    assert records.accounts.claims.holder("guest") == EIGHT[won.index(True)]
    assert list(records.journal()) == before


def test_of_many_guests_claimed_at_once_by_one_account_each_is_held_once(records: Records) -> None:
    records.accounts.create(account("a"))
    guests = [f"guest-{n}" for n in range(8)]
    for guest in guests:
        did(records, guest, "one")
    assert all(all_at_once(lambda one: records.accounts.claims.claim("a", one, NOW, further=further), guests))
    records.accounts.sign_ins.open("t", "a", "Firefox", NOW)
    who = records.accounts.sign_ins.who("t")
    assert who is not None
    assert {who.account.learner, *who.others} == set(guests)
    assert dict(who.stands) == {}


def test_a_token_is_rotated_once_and_the_old_one_ends_later(records: Records) -> None:
    records.accounts.create(account("a"))
    records.accounts.sign_ins.open("old", "a", "Firefox", NOW)
    later = NOW + timedelta(days=1)
    ends = later + timedelta(minutes=2)
    done = all_at_once(lambda new: records.accounts.sign_ins.rotate("old", new, later, ends=ends), EIGHT)
    assert done.count(True) == 1
    old, new = (records.accounts.sign_ins.who(one) for one in ("old", EIGHT[done.index(True)]))
    assert old is not None
    assert new is not None
    assert (old.sign_in.ends, new.sign_in.ends) == (ends, None)
    assert (new.sign_in.began, new.sign_in.created) == (NOW, later)
    assert [one.token for one in records.accounts.sign_ins.of("a")] == [new.sign_in.token]
    records.accounts.sign_ins.close("a", new.sign_in.token)
    assert records.accounts.sign_ins.who("old") is None


def test_a_sign_in_of_somebody_else_is_not_closed(records: Records) -> None:
    for id in ("a", "b"):
        records.accounts.create(account(id))
        records.accounts.sign_ins.open(f"token-{id}", id, "Firefox", NOW)
    records.accounts.sign_ins.close("a", "token-b")
    records.accounts.sign_ins.close_all("a")
    assert records.accounts.sign_ins.who("token-a") is None
    assert records.accounts.sign_ins.who("token-b") is not None


def test_a_link_is_used_once_and_never_after_its_time(records: Records) -> None:
    records.accounts.create(account("a"))
    for token in ("one", "two"):
        records.accounts.links.make(token, Link("a", "reset", NOW + timedelta(hours=1), None))
    assert all_at_once(lambda _: records.accounts.links.use("one", NOW), EIGHT).count(True) == 1
    assert not records.accounts.links.use("two", NOW + timedelta(hours=1))
    found = records.accounts.links.find("one")
    assert found is not None
    assert found.used == NOW


def test_a_letter_is_taken_by_one_sender_and_again_after_the_hold(records: Records) -> None:
    records.accounts.mails.post(Letter("ann@example.org", "Hello", "Words."), NOW)
    hold = timedelta(minutes=5)
    taken = all_at_once(lambda _: records.accounts.mails.take(NOW, hold=hold), EIGHT)
    assert len([one for one in taken if one is not None]) == 1
    again = records.accounts.mails.take(NOW + hold, hold=hold)
    assert again is not None
    assert (again.tries, again.letter.subject) == (2, "Hello")
    records.accounts.mails.sent(again.seq)
    assert records.accounts.mails.waiting() == 0


def test_a_subject_of_a_provider_belongs_to_one_account(records: Records) -> None:
    for id in ("a", "b"):
        records.accounts.create(account(id))
    assert records.accounts.add_identity("a", "https://idp.example.org", "17")
    assert not records.accounts.add_identity("b", "https://idp.example.org", "17")
    found = records.accounts.of_identity("https://idp.example.org", "17")
    assert found is not None
    assert found.id == "a"
