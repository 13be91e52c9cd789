"""Who is asking: how long a sign-in lasts, what ends it, and what its cookie says when it has ended."""

from datetime import UTC, datetime, timedelta

import pytest

from modules.actions.identity import COOKIE, SESSION_COOKIE, actor_of, hashed, new_learner, new_token, seal, seal_token
from modules.core.people import Account, Duty
from modules.records.records import Records

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
SECRET = b"only for tests, thirty-two bytes"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
GUEST = new_learner()


def signed_in(records: Records, *duties: Duty) -> dict[str, str]:
    """The cookies of a browser that signed in, with a guest of its own beside it."""
    new = Account("a", "learner-a", "ann@example.org", NOW, frozenset({"learner", *duties}), confirmed=NOW)
    assert records.accounts.create(new) is not None
    token = new_token()
    records.accounts.sign_ins.open(hashed(token), "a", "Firefox", NOW)
    return {SESSION_COOKIE: seal_token(token, SECRET), COOKIE: seal(GUEST, SECRET)}


def account_at(records: Records, cookies: dict[str, str], now: datetime) -> str | None:
    found = actor_of(records, cookies, SECRET, now)
    return None if found is None else found.account


def test_an_account_comes_before_the_guest_of_the_same_browser(records: Records) -> None:
    cookies = signed_in(records)
    assert account_at(records, cookies, NOW) == "a"
    guest = actor_of(records, {COOKIE: cookies[COOKIE]}, SECRET, NOW)
    assert guest is not None
    assert (guest.learner, guest.account, guest.confirmed) == (GUEST, None, False)
    assert actor_of(records, {}, SECRET, NOW) is None


@pytest.mark.parametrize(("duties", "idle"), [((), 14 * DAY), (("author",), 12 * HOUR), (("owner",), 12 * HOUR)])
def test_a_sign_in_that_is_not_used_ends(sqlite_records: Records, duties: tuple[Duty, ...], idle: timedelta) -> None:
    cookies = signed_in(sqlite_records, *duties)
    assert account_at(sqlite_records, cookies, NOW + idle - timedelta(seconds=1)) == "a"
    assert account_at(sqlite_records, cookies, NOW + 2 * idle) is None


@pytest.mark.parametrize(("duties", "longest"), [((), 90 * DAY), (("coordinator",), 7 * DAY)])
def test_a_sign_in_that_is_used_every_few_hours_ends_in_any_case(
    sqlite_records: Records, duties: tuple[Duty, ...], longest: timedelta
) -> None:
    cookies, at = signed_in(sqlite_records, *duties), NOW
    while at < NOW + longest:
        assert account_at(sqlite_records, cookies, at) == "a"
        at += 6 * HOUR
    assert account_at(sqlite_records, cookies, NOW + longest) is None


def test_a_duty_that_is_given_shortens_the_sign_ins_there_are(sqlite_records: Records) -> None:
    cookies = signed_in(sqlite_records)
    sqlite_records.accounts.set_duties("a", {"owner"})
    assert account_at(sqlite_records, cookies, NOW + DAY) is None


def test_an_ended_sign_in_is_nobody_and_not_the_guest_beside_it(records: Records) -> None:
    cookies = signed_in(records)
    records.accounts.sign_ins.close_all("a")
    assert actor_of(records, cookies, SECRET, NOW) is None


def test_a_closed_account_is_nobody_at_once(records: Records) -> None:
    cookies = signed_in(records)
    records.accounts.close("a", NOW)
    assert account_at(records, cookies, NOW) is None
    records.accounts.reopen("a")
    assert account_at(records, cookies, NOW) is None


def test_a_token_that_was_replaced_counts_for_two_minutes_more(records: Records) -> None:
    cookies = signed_in(records)
    (mine,) = records.accounts.sign_ins.of("a")
    new, later = new_token(), NOW + DAY
    assert records.accounts.sign_ins.rotate(mine.token, hashed(new), later, ends=later + timedelta(minutes=2))
    assert account_at(records, cookies, later + timedelta(minutes=1)) == "a"
    assert account_at(records, cookies, later + timedelta(minutes=2)) is None
    fresh = {SESSION_COOKIE: seal_token(new, SECRET)}
    assert account_at(records, fresh, later + timedelta(minutes=2)) == "a"
    records.accounts.sign_ins.close_all("a")
    assert account_at(records, fresh, later) is None


def test_a_claimed_guest_is_nobody(records: Records) -> None:
    learner = new_learner()
    records.accounts.create(Account("a", learner, "ann@example.org", NOW, frozenset({"learner"})))
    assert actor_of(records, {COOKIE: seal(learner, SECRET)}, SECRET, NOW) is None
