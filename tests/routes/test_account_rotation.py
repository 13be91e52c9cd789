"""A sign-in gets a new token once a day, with a document that the browser loads, and only once."""

from datetime import UTC, datetime, timedelta

from modules.actions.identity import SESSION_COOKIE, hashed, new_token, seal_token
from modules.records.records import Records
from tests.owner import account_with
from tests.routes.account_site import Browser, Site
from tests.routes.site import SECRET


def began(site: Site, ago: timedelta) -> tuple[Browser, str]:
    token, account = new_token(), account_with(site.records)
    site.records.accounts.sign_ins.open(hashed(token), account.id, "Firefox", datetime.now(UTC) - ago)
    cookie = seal_token(token, SECRET)
    one = site.browser()
    one.client.cookies.set(SESSION_COOKIE, cookie, domain="learn.example.org", path="/")
    return one, cookie


def given(answer_lines: list[str]) -> list[str]:
    return [line for line in answer_lines if line.startswith(SESSION_COOKIE)]


def test_after_a_day_the_next_document_brings_a_new_token(records: Records) -> None:
    one, old = began(Site(records), timedelta(hours=25))
    lines = given(one.get("/").headers.get_list("set-cookie"))
    assert len(lines) == 1
    assert old not in lines[0]
    assert one.signed_in
    assert given(one.get("/").headers.get_list("set-cookie")) == []


def test_within_the_day_the_token_stays(records: Records) -> None:
    one, _ = began(Site(records), timedelta(hours=23))
    assert given(one.get("/").headers.get_list("set-cookie")) == []


def test_a_request_under_way_with_the_old_token_still_counts_and_gets_no_second_one(records: Records) -> None:
    site = Site(records)
    one, old = began(site, timedelta(hours=25))
    one.get("/")
    late = site.browser()
    late.client.cookies.set(SESSION_COOKIE, old, domain="learn.example.org", path="/")
    assert given(late.get("/").headers.get_list("set-cookie")) == []
    assert late.signed_in


def test_what_is_no_document_rotates_nothing(records: Records) -> None:
    site = Site(records)
    one, _ = began(site, timedelta(hours=25))
    one.get("/read")
    one.get("/account/reset/no-such-link")
    (account,) = records.accounts.everyone()
    (mine,) = records.accounts.sign_ins.of(account.id)
    assert datetime.now(UTC) - mine.created > timedelta(days=1)
