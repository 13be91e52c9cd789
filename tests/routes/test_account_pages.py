"""The pages of accounts: register, confirm, sign in, get back in, change, sign out."""

import re

import pytest

from modules.actions.identity import COOKIE, SESSION_COOKIE, unseal
from modules.core.events import LessonFinished, event_id
from modules.records.records import Records
from tests.records.test_accounts import NOW
from tests.routes.account_site import ANN, GOOD, OTHER, Browser, Site
from tests.routes.site import SECRET


@pytest.fixture
def site(records: Records) -> Site:
    made = Site(records)
    made.owner_exists()
    return made


def guest_of(browser: Browser) -> str:
    browser.get("/account/register")
    guest = unseal(browser.cookie(COOKIE), SECRET)
    assert guest is not None
    return guest


def did(records: Records, learner: str) -> None:
    id = event_id(learner, "harbour", "one")
    done = LessonFinished(id=id, learner=learner, module="harbour", module_version="v", at=NOW, lesson="one")
    records.append([done])


def test_the_first_account_becomes_the_owner_and_the_page_says_so_before(records: Records) -> None:
    site = Site(records, letters=False)
    first = site.browser()
    assert "The first account made here becomes its owner" in first.get("/account/register").text
    answer = first.send("/account/register", email="owner@example.org", password=OTHER)
    assert (answer.status_code, answer.headers["location"]) == (303, "/account")
    assert "You are here as</dt><dd>owner" in first.get("/account").text
    assert "becomes its owner" not in site.browser().get("/account/register").text


def test_an_account_is_made_confirmed_and_signed_in_to(site: Site) -> None:
    ann = site.browser()
    assert ann.send("/account/register", email=ANN, password=GOOD).headers["location"] == "/account/waiting"
    assert not ann.signed_in
    assert ann.send("/account/sign-in", email=ANN, password=GOOD).status_code == 422
    link = site.link("Confirm your address")
    for _ in range(2):
        assert "Confirm and sign in" in ann.get(link).text
    assert not ann.signed_in
    assert ann.send(link, password=OTHER).status_code == 422
    assert ann.send(link, password=GOOD).headers["location"] == "/account"
    assert "Ann@Example.org" in ann.get("/account").text
    assert ann.get(link).status_code == 410


def test_without_letters_the_page_says_that_the_owner_confirms(records: Records) -> None:
    site = Site(records, letters=False)
    site.owner_exists()
    ann = site.browser()
    ann.send("/account/register", email=ANN, password=GOOD)
    assert "waits for the owner of this site to confirm it" in ann.get("/account/waiting").text
    assert "This site sends no letters" in ann.get("/account/sign-in").text
    assert records.accounts.mails.waiting() == 0
    found = records.accounts.find(ANN)
    assert found is not None
    assert ann.send("/account/sign-in", email=ANN, password=GOOD).status_code == 422
    records.accounts.confirm(found.id, NOW)
    assert ann.send("/account/sign-in", email=ANN, password=GOOD).status_code == 303
    assert ann.signed_in


def test_what_a_guest_did_comes_with_them_and_the_old_cookie_opens_nothing(site: Site, records: Records) -> None:
    ann = site.browser()
    guest = guest_of(ann)
    did(records, guest)
    old = ann.cookie(COOKIE)
    ann.send("/account/register", email=ANN, password=GOOD)
    ann.send(site.link("Confirm your address"), password=GOOD)
    found = records.accounts.find(ANN)
    assert found is not None
    assert found.learner == guest
    copy = site.browser()
    copy.client.cookies.set(COOKIE, old)
    assert unseal(guest_cookie_after(copy), SECRET) not in (None, guest)


def guest_cookie_after(browser: Browser) -> str:
    """What the next document sets in the place of a guest that was claimed."""
    told = browser.get("/").headers["set-cookie"]
    found = re.search(rf"{COOKIE}=([^;]+)", told)
    assert found
    return found[1]


def test_a_guest_of_another_browser_is_taken_along_at_sign_in(site: Site, records: Records) -> None:
    site.member()
    found = records.accounts.find(ANN)
    assert found is not None
    did(records, found.learner)
    phone = site.browser()
    guest = guest_of(phone)
    did(records, guest)
    phone.send("/account/sign-in", email=ANN, password=GOOD)
    assert records.accounts.claims.holder(guest) == found.id
    assert len(list(records.journal())) == 2


def test_a_forgotten_password_is_replaced_and_every_sign_in_ends(site: Site) -> None:
    laptop = site.member()
    phone = site.browser()
    phone.send("/account/sign-in", email=ANN, password=GOOD)
    elsewhere = site.browser()
    assert elsewhere.send("/account/forgot", email=" ann@EXAMPLE.org").headers["location"] == "/account/sent"
    link = site.link("A new password")
    elsewhere.get(link)
    assert elsewhere.send(link, password="short").status_code == 422
    assert elsewhere.send(link, password=OTHER).status_code == 303
    assert elsewhere.signed_in
    assert not laptop.signed_in
    assert not phone.signed_in
    assert elsewhere.get(link).status_code == 410
    assert phone.send("/account/sign-in", email=ANN, password=GOOD).status_code == 422
    assert phone.send("/account/sign-in", email=ANN, password=OTHER).status_code == 303
    assert "The password of your account was changed" in site.letter("Your account at")


def test_one_sign_in_is_closed_by_name_and_the_others_stay(site: Site) -> None:
    laptop = site.member()
    phone = site.browser(agent="Mozilla/5.0 (iPhone; CPU iPhone OS 18) Version/18 Safari/604")
    phone.send("/account/sign-in", email=ANN, password=GOOD)
    shown = laptop.get("/account").text
    assert "Safari on an iPhone" in shown
    assert "Firefox on Windows" in shown
    which = re.search(r'name="which" value="(\w+)"', shown)
    assert which
    laptop.send("/account/close", page="/account", which=which[1])
    assert laptop.signed_in
    assert not phone.signed_in


def test_signing_out_ends_this_browser_and_everywhere_ends_all(site: Site) -> None:
    laptop, phone = site.member(), site.browser()
    phone.send("/account/sign-in", email=ANN, password=GOOD)
    kept = phone.cookie(SESSION_COOKIE)
    phone.send("/account/sign-out", page="/account")
    assert phone.cookie(SESSION_COOKIE) == ""
    phone.client.cookies.set(SESSION_COOKIE, kept)
    assert not phone.signed_in
    assert laptop.signed_in
    phone.client.cookies.delete(SESSION_COOKIE)
    phone.send("/account/sign-in", email=ANN, password=GOOD)
    laptop.send("/account/sign-out-everywhere", page="/account")
    assert not laptop.signed_in
    assert not phone.signed_in


def test_a_password_is_changed_by_who_knows_the_present_one(site: Site) -> None:
    laptop, phone = site.member(), site.browser()
    phone.send("/account/sign-in", email=ANN, password=GOOD)
    wrong = laptop.send("/account/password", page="/account", old="not it at all", password=OTHER)
    assert wrong.status_code == 422
    before = laptop.cookie(SESSION_COOKIE)
    assert laptop.send("/account/password", page="/account", old=GOOD, password=OTHER).status_code == 303
    assert laptop.cookie(SESSION_COOKIE) != before
    assert laptop.signed_in
    assert not phone.signed_in


def test_an_address_changes_when_the_new_one_is_confirmed(site: Site, records: Records) -> None:
    ann = site.member()
    ann.send("/account/email", page="/account", new_email="ann@new.org", present=GOOD)
    assert records.accounts.find("ann@new.org") is None
    link = site.link("Confirm your new address")
    ann.get(link)
    assert records.accounts.find("ann@new.org") is None
    assert ann.send(link).headers["location"] == "/account"
    assert records.accounts.find("ann@new.org") is not None
    assert records.accounts.find(ANN) is None


def test_a_password_is_hashed_again_when_the_parameters_change(site: Site, records: Records) -> None:
    site.member()
    before = records.accounts.secret(ANN)
    site.hasher._parameters = type(site.hasher)(2)._parameters
    phone = site.browser()
    assert phone.send("/account/sign-in", email=ANN, password=GOOD).status_code == 303
    after = records.accounts.secret(ANN)
    assert before is not None
    assert after is not None
    assert "t=1" in str(before.password)
    assert "t=2" in str(after.password)


@pytest.mark.parametrize("path", ["/account/register", "/account/sign-in", "/account/forgot", "/account"])
def test_every_page_is_small_uncached_and_without_a_script(site: Site, path: str) -> None:
    ann = site.member()
    if path != "/account":
        ann.send("/account/sign-out", page="/account")
    shown = ann.get(path)
    assert shown.status_code == 200
    assert shown.headers["cache-control"] == "no-store"
    assert "<script" not in shown.text
    assert len(shown.content) < 20_000
