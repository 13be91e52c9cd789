"""From a guest to an account with each duty, and back in when the password is lost: by keyboard and by mouse."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, cast

import pytest
from playwright.sync_api import Browser, Page, expect

from modules.actions.identity import SESSION_COOKIE
from modules.core.people import Duty
from modules.routes.account_enter import FIRST
from tests.browser.conftest import DESK, PHONE, visit
from tests.browser.doors import through_doors
from tests.browser.gallery import become
from tests.browser.hands import Hand, Keyboard, Mouse
from tests.browser.journal import records_of
from tests.browser.journey import MODULE, QUIET, heading
from tests.browser.standing import Standing
from tests.browser.test_access import AXE, RUN, TAGS
from tests.load.server import SECRET, Server, free_port
from tests.mail import MailServer
from tests.owner import account_with, owner_cookies

FIRST_PASSWORD, SECOND_PASSWORD = "walnut harbour teapot lantern", "seven quiet otters 1987 drum"


@dataclass(frozen=True)
class Site:
    server: Server
    mail: MailServer


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """With a mail server, and an owner already."""
    mail, port = MailServer().start(), free_port()
    extra = {
        "LANDMARK_SMTP_URL": mail.url,
        "LANDMARK_MAIL_FROM": "Landmark <learn@example.org>",
        "LANDMARK_BASE_URL": f"http://127.0.0.1:{port}",
    }
    server = Server(tmp_path_factory.mktemp("accounts"), port, extra).start()
    with records_of(server) as records:
        account_with(records, "owner")
    yield Site(server, mail)
    server.stop()
    mail.stop()


JOURNEYS: dict[Duty, Literal["keyboard", "mouse"]] = {
    "learner": "keyboard", "author": "mouse", "educator": "keyboard", "coordinator": "mouse", "owner": "keyboard",
}  # fmt: skip
"""By keyboard at a desk in light, by mouse on a phone in dark."""


@pytest.fixture(params=JOURNEYS)
def duty(request: pytest.FixtureRequest) -> Duty:
    return cast(Duty, request.param)


@pytest.fixture
def hand(duty: Duty, browser: Browser, site: Site) -> Iterator[Hand]:
    keyboard = JOURNEYS[duty] == "keyboard"
    size, scheme = (DESK, "light") if keyboard else (PHONE, "dark")
    with visit(browser, site.server, viewport=size, color_scheme=scheme) as context:
        context.add_init_script(AXE)
        page = context.new_page()
        yield Keyboard(page) if keyboard else Mouse(page)


def send(hand: Hand, title: str, button: str, **fields: str) -> None:
    """Fills in the form of the page with this heading; axe looks at it first."""
    page = hand.page
    expect(page.get_by_role("heading", level=1, name=title, exact=True)).to_be_visible(timeout=QUIET)
    assert page.evaluate(RUN, TAGS) == []
    last = page.locator("form").filter(has=page.get_by_role("button", name=button, exact=True))
    for name, text in fields.items():
        hand.write(last.locator(f"[name={name}]"), text)
    hand.press(last.get_by_role("button", name=button, exact=True))


def signed_in(page: Page) -> bool:
    """By what the server says of the page that only an account opens."""
    page.goto("/account")
    return page.get_by_role("heading", level=1, name="Your account").count() == 1


def link_in(letter: str) -> str:
    found = re.search(r"http://\S+(/account/\S+)", letter)
    assert found, letter
    return found[1]


def test_a_guest_makes_an_account_keeps_what_they_did_and_gets_back_in_without_the_password(
    duty: Duty, hand: Hand, browser: Browser, site: Site
) -> None:
    page, email = hand.page, f"{duty}@example.org"
    guest = Standing(site.server).declared().answered("pre")
    become(page.context, site.server, guest.learner)
    page.goto("/account/register")
    send(hand, "Make an account", "Make an account", email=email, password="password12")
    expect(page.get_by_role("alert")).to_contain_text("guessed too soon")
    assert page.locator("[name=email]").input_value() == email
    hand.write(page.locator("[name=password]"), FIRST_PASSWORD)
    hand.press(page.get_by_role("button", name="Make an account"))
    heading_plain(page, "One more step")
    assert not signed_in(page)
    page.goto(link_in(site.mail.letter_to(email, subject="Confirm your address")))
    send(hand, "Confirm your address", "Confirm and sign in", password=FIRST_PASSWORD)
    heading_plain(page, "Your account")
    assert page.evaluate(RUN, TAGS) == []
    page.goto("/learning")
    heading(page, "My learning")
    expect(page.get_by_text(MODULE.front.title).first).to_be_visible()
    if duty != "learner":
        _the_owner_gives(browser, site, email, duty)
    through_doors(hand, duty)
    _another_browser_signs_everybody_out(browser, site, email)
    assert not signed_in(page)
    _a_lost_password(hand, site, email)
    through_doors(hand, duty)
    cookie = next(one for one in page.context.cookies() if one["name"] == SESSION_COOKIE)
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Lax")
    with records_of(site.server) as records:
        account = records.accounts.find(email)
        assert account is not None
        assert account.learner == guest.learner


def _the_owner_gives(browser: Browser, site: Site, email: str, duty: Duty) -> None:
    """On the page of people, as owners do."""
    with visit(browser, site.server, viewport=DESK) as context, records_of(site.server) as records:
        for name, value in owner_cookies(records, SECRET.encode()).items():
            context.add_cookies([{"name": name, "value": value, "url": site.server.url}])
        page = context.new_page()
        page.goto("/people")
        heading(page, "People")
        search = page.get_by_label("Search a name or an e-mail")
        search.fill(email)
        search.press("Enter")
        expect(page.get_by_text("Found: 1.")).to_be_visible(timeout=QUIET)
        page.locator("summary").click()
        Mouse(page).tick(re.compile(f"^{duty.capitalize()}:"), page.locator("main"))
        page.get_by_role("button", name="Save duties").click()
        expect(page.get_by_text("Saved.")).to_be_visible(timeout=QUIET)


def test_the_first_account_of_an_empty_site_becomes_its_owner(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    server = Server(tmp_path_factory.mktemp("first")).start()
    try:
        with visit(browser, server, viewport=PHONE) as context:
            context.add_init_script(AXE)
            hand = Mouse(context.new_page())
            hand.page.goto("/account/register")
            expect(hand.page.get_by_text(FIRST)).to_be_visible()
            send(hand, "Make an account", "Make an account", email="first@example.org", password=FIRST_PASSWORD)
            heading_plain(hand.page, "Your account")
            through_doors(hand, "owner")
    finally:
        server.stop()


def heading_plain(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1, name=text, exact=True)).to_be_visible(timeout=QUIET)


def _another_browser_signs_everybody_out(browser: Browser, site: Site, email: str) -> None:
    with visit(browser, site.server, viewport=DESK) as context:
        context.add_init_script(AXE)
        other = Mouse(context.new_page())
        other.page.goto("/account/sign-in?next=/account")
        send(other, "Sign in", "Sign in", email=email, password=SECOND_PASSWORD)
        expect(other.page.get_by_role("alert")).to_contain_text("do not belong together")
        send(other, "Sign in", "Sign in", password=FIRST_PASSWORD)
        send(other, "Your account", "Sign out everywhere")
        heading_plain(other.page, "Signed out")
        assert not signed_in(other.page)


def _a_lost_password(hand: Hand, site: Site, email: str) -> None:
    page = hand.page
    page.goto("/account/sign-in")
    hand.press(page.get_by_role("link", name="Forgotten your password?"))
    send(hand, "A new password", "Send the letter", email=email)
    heading_plain(page, "Look in your mail")
    page.goto(link_in(site.mail.letter_to(email, subject="A new password")))
    send(hand, "A new password", "Keep this password", password=SECOND_PASSWORD)
    heading_plain(page, "Your account")
    page.go_back()
    expect(page.locator("body")).not_to_contain_text(SECOND_PASSWORD)
    assert signed_in(page)
