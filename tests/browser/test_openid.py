"""Signing in by a provider of OpenID Connect: a real one, run on this machine, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from modules.actions.identity import SESSION_COOKIE
from modules.core.people import Account
from modules.records.records import Records, open_records
from tests.browser.conftest import PHONE
from tests.browser.doors import DOORS, through_doors
from tests.browser.gallery import become
from tests.browser.hands import Mouse
from tests.browser.journey import MODULE, QUIET, heading
from tests.browser.standing import Standing
from tests.load.server import Server
from tests.provider import PASSWORD, Provider

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Provider]]:
    folder = tmp_path_factory.mktemp("openid")
    server = Server(folder, extra={"LANDMARK_OPENID_FILE": str(folder / "secrets.toml")})
    provider = Provider(folder, f"{server.url}/account/openid/hospital/callback").start()
    (folder / "secrets.toml").write_text(provider.secrets)
    server.start()
    yield server, provider
    server.stop()
    provider.stop()


@pytest.fixture
def records(site: tuple[Server, Provider]) -> Iterator[Records]:
    opened = open_records(site[0].database)
    yield opened
    opened.close()


@pytest.fixture
def visitor(browser: Browser, site: tuple[Server, Provider]) -> Iterator[BrowserContext]:
    """The provider is another site on purpose, so no request is refused here."""
    with browser.new_context(base_url=site[0].url, viewport=PHONE) as context:
        context.set_default_timeout(QUIET)
        yield context


def through_provider(page: Page, name: str) -> None:
    page.get_by_role("link", name="Sign in with City Hospital").click()
    at_provider(page, name)


def at_provider(page: Page, name: str) -> None:
    """Canaille's own pages: the login, then the password."""
    page.locator("input[name=login]").fill(name)
    page.locator("button[type=submit]").first.click()
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("button[type=submit]").first.click()


def test_a_guest_signs_in_by_the_hospital_and_keeps_what_they_did(
    visitor: BrowserContext, site: tuple[Server, Provider], records: Records
) -> None:
    server, _ = site
    guest = Standing(server).declared().answered("pre")
    done = len(records.events(guest.learner, MODULE.id))
    become(visitor, server, guest.learner)
    page = visitor.new_page()
    page.goto("/account/sign-in?next=/learning")
    through_provider(page, "ann")
    heading(page, "My learning")
    expect(page.get_by_text(MODULE.front.title).first).to_be_visible()
    account = records.accounts.find("ann@example.org")
    assert account is not None
    assert account.confirmed is not None
    assert account.learner == guest.learner
    assert len(records.events(account.learner, MODULE.id)) == done
    cookies = {one["name"]: one for one in visitor.cookies()}
    assert cookies[SESSION_COOKIE]["httpOnly"]
    assert cookies[SESSION_COOKIE]["sameSite"] == "Lax"
    assert "landmark_openid" not in cookies
    page.goto("/account")
    expect(page.get_by_text("ann@example.org").first).to_be_visible()


def test_coming_back_opens_the_same_account_and_signing_out_everywhere_ends_it(
    browser: Browser, visitor: BrowserContext, site: tuple[Server, Provider], records: Records
) -> None:
    page = visitor.new_page()
    page.goto("/account/sign-in")
    through_provider(page, "ann")
    heading(page, "Landmark")
    assert [a.email for a in records.accounts.everyone()].count("ann@example.org") == 1
    with browser.new_context(base_url=site[0].url) as second:
        other = second.new_page()
        other.goto("/account/sign-in?next=/account")
        through_provider(other, "ann")
        other.get_by_role("button", name="Sign out everywhere").click()
        expect(other.get_by_role("heading", name="Signed out")).to_be_visible()
    page.goto("/account")
    expect(page.get_by_role("heading", level=1, name="Sign in")).to_be_visible()


def test_each_duty_opens_its_doors_to_somebody_signed_in_by_the_hospital(
    visitor: BrowserContext, records: Records
) -> None:
    page = visitor.new_page()
    page.goto("/account/sign-in?next=/account")
    through_provider(page, "ann")
    expect(page.get_by_role("heading", level=1, name="Your account")).to_be_visible()
    account = records.accounts.find("ann@example.org")
    assert account is not None
    for duty in DOORS:
        records.accounts.set_duties(account.id, {duty})
        through_doors(Mouse(page), duty)
    records.accounts.set_duties(account.id, ())


def test_an_address_the_hospital_has_not_confirmed_is_told_what_to_do(visitor: BrowserContext) -> None:
    page = visitor.new_page()
    page.goto("/account/sign-in")
    through_provider(page, "unverified")
    expect(page.get_by_role("alert")).to_contain_text("City Hospital has not confirmed your e-mail address")
    assert SESSION_COOKIE not in {one["name"] for one in visitor.cookies()}


def test_an_account_of_the_same_confirmed_address_is_found_again(
    visitor: BrowserContext, site: tuple[Server, Provider], records: Records
) -> None:
    account = Account("ben-account", "ben-learner", "Ben@example.org", NOW, frozenset({"learner"}), NOW)
    assert records.accounts.create(account)
    page = visitor.new_page()
    page.goto("/account/sign-in?next=/account")
    through_provider(page, "ben")
    expect(page.get_by_text("Ben@example.org").first).to_be_visible()
    found = records.accounts.of_identity(site[1].url, "ben")
    assert found is not None
    assert found.id == "ben-account"


def test_a_way_back_that_was_tampered_with_signs_nobody_in(visitor: BrowserContext) -> None:
    page = visitor.new_page()
    page.goto("/account/sign-in")
    page.get_by_role("link", name="Sign in with City Hospital").click()
    expect(page.locator("input[name=login]")).to_be_visible()
    for query in ("code=x&state=forged", "code=x", "error=access_denied&state=forged"):
        page.goto(f"/account/openid/hospital/callback?{query}")
        expect(page.get_by_role("alert")).to_contain_text("begun too long ago")
    assert SESSION_COOKIE not in {one["name"] for one in visitor.cookies()}


def test_the_way_back_of_another_browser_signs_nobody_in(
    visitor: BrowserContext, browser: Browser, site: tuple[Server, Provider]
) -> None:
    """Login CSRF: somebody is led to the callback address of an attacker, who would then own what they do."""
    seen: list[str] = []
    visitor.on("request", lambda request: seen.append(request.url))
    page = visitor.new_page()
    page.goto("/account/sign-in?next=/account")
    through_provider(page, "ann")
    expect(page.get_by_role("heading", level=1, name="Your account")).to_be_visible()
    back = next(url for url in seen if "/callback?" in url)
    with browser.new_context(base_url=site[0].url) as victim:
        led = victim.new_page()
        led.goto(back)
        expect(led.get_by_role("alert")).to_contain_text("begun too long ago")
        assert SESSION_COOKIE not in {one["name"] for one in victim.cookies()}


def test_a_provider_that_is_away_is_told_in_a_sentence(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("away")
    (folder / "secrets.toml").write_text(Provider(folder, "").secrets)
    server = Server(folder, extra={"LANDMARK_OPENID_FILE": str(folder / "secrets.toml")}).start()
    try:
        with browser.new_context(base_url=server.url) as context:
            page = context.new_page()
            page.goto("/account/sign-in?next=/learning")
            page.get_by_role("link", name="Sign in with City Hospital").click()
            expect(page.get_by_role("alert")).to_contain_text("City Hospital does not answer at the moment")
            assert page.url.endswith("next=%2Flearning")
            expect(page.get_by_label("Password")).to_be_visible()
    finally:
        server.stop()
