"""What must not work: fixation, forged forms, altered cookies, ways off the site, and telling who has an account."""

from urllib.parse import quote

import pytest

from modules.actions.identity import COOKIE, SESSION_COOKIE, seal, seal_token
from modules.records.records import Records
from modules.routes.account import DRAWN, SENT
from modules.routes.account_guard import onward
from tests.routes.account_site import ANN, BASE, GOOD, OTHER, Site
from tests.routes.site import SECRET

POSTED = [path for path in SENT if "{" not in path]
ELSEWHERE = (
    "//evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example", "https:evil.example",
    "javascript:alert(1)", "/\t/evil.example", "/\n/evil.example", "\t//evil.example", "%2F%2Fevil.example",
    "//evil.example/%2e%2e", "///evil.example", " //evil.example", "evil.example", "/ /evil", "",
)  # fmt: skip


@pytest.fixture
def site(records: Records) -> Site:
    made = Site(records)
    made.owner_exists()
    return made


def test_a_token_that_was_there_before_signing_in_is_worth_nothing_after(site: Site) -> None:
    site.member()
    victim = site.browser()
    planted = seal_token("planted" * 6, SECRET)
    victim.client.cookies.set(SESSION_COOKIE, planted, domain="learn.example.org")
    victim.send("/account/sign-in", email=ANN, password=GOOD)
    thief = site.browser()
    thief.client.cookies.set(SESSION_COOKIE, planted)
    assert not thief.signed_in


def test_every_sign_in_gets_a_new_token_and_ends_the_one_before(site: Site) -> None:
    ann = site.member()
    first = ann.cookie(SESSION_COOKIE)
    page = ann.get("/account").text
    assert page
    again = site.browser()
    again.send("/account/sign-in", email=ANN, password=GOOD)
    assert again.cookie(SESSION_COOKIE) != first
    assert first not in page


def test_the_table_keeps_no_token(site: Site, records: Records) -> None:
    ann = site.member()
    found = records.accounts.find(ANN)
    assert found is not None
    kept = [one.token for one in records.accounts.sign_ins.of(found.id)]
    assert kept
    assert all(one not in ann.cookie(SESSION_COOKIE) for one in kept)
    assert all(len(one) == 64 for one in kept)


def test_the_cookie_is_hidden_from_scripts_and_sent_over_https_only(site: Site) -> None:
    site.member()
    answer = site.browser().send("/account/sign-in", email=ANN, password=GOOD)
    told = next(line for line in answer.headers.get_list("set-cookie") if line.startswith(SESSION_COOKIE))
    assert {"HttpOnly", "SameSite=Lax", "Path=/", "Secure", f"Max-Age={90 * 24 * 3600}"} <= set(told.split("; "))


@pytest.mark.parametrize("at", [0, 10, -1])
def test_an_altered_cookie_opens_nothing_and_is_cleared(site: Site, at: int) -> None:
    ann = site.member()
    good = ann.cookie(SESSION_COOKIE)
    changed = list(good)
    changed[at] = "A" if changed[at] != "A" else "B"
    other = site.browser()
    other.client.cookies.set(SESSION_COOKIE, "".join(changed))
    assert not other.signed_in
    cleared = other.get("/").headers.get_list("set-cookie")
    assert any(line.startswith(f"{SESSION_COOKIE}=;") and "Max-Age=0" in line for line in cleared)


def test_a_guest_cookie_is_no_sign_in(site: Site) -> None:
    other = site.browser()
    other.client.cookies.set(SESSION_COOKIE, seal("a" * 32, SECRET))
    assert not other.signed_in


@pytest.mark.parametrize("path", POSTED)
@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "", "Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "", "Origin": "null"},
    ],
)
def test_a_form_of_another_site_is_refused_even_with_the_right_token(
    site: Site, path: str, headers: dict[str, str]
) -> None:
    ann = site.member()
    page = path if path in DRAWN and path != "/account/email" else "/account"
    if page in ("/account/register", "/account/sign-in", "/account/forgot"):
        ann = site.browser()
    elif path == "/account/close":  # asked for each other browser that is signed in
        site.browser().send("/account/sign-in", email=ANN, password=GOOD)
    elif path == "/account/privacy/export":
        page = "/account/privacy"
    assert ann.send(path, page=page, headers=headers, email=ANN, password=GOOD).status_code == 403


@pytest.mark.parametrize("path", POSTED)
@pytest.mark.parametrize("token", [None, "", "0" * 64, "é"])
def test_a_form_without_its_own_token_is_refused(site: Site, path: str, token: str | None) -> None:
    ann = site.member()
    form = {"email": ANN, "password": GOOD} | ({} if token is None else {"csrf": token})
    assert ann.post(path, form).status_code == 403
    assert ann.signed_in


def test_the_token_of_one_form_or_one_browser_does_not_do_for_another(site: Site) -> None:
    ann, eve = site.member(), site.browser()
    shown = ann.get("/account").text
    token = shown.split('action="/account/sign-out"><input type="hidden" name="csrf" value="')[1][:64]
    assert ann.post("/account/sign-out-everywhere", {"csrf": token}).status_code == 403
    eve.get("/account/sign-in")
    assert eve.post("/account/sign-out", {"csrf": token}).status_code == 403
    assert ann.post("/account/sign-out", {"csrf": token}).status_code == 303


@pytest.mark.parametrize("path", [p for p in SENT if p not in DRAWN])
def test_what_acts_cannot_be_opened(site: Site, path: str) -> None:
    ann = site.member()
    assert ann.get(path).status_code == 405
    assert ann.signed_in


@pytest.mark.parametrize("typed", ELSEWHERE)
def test_no_way_leads_off_the_site(site: Site, typed: str) -> None:
    site.member()
    assert onward(typed) == "/"
    ann = site.browser()
    answer = ann.send(
        "/account/sign-in", page=f"/account/sign-in?next={quote(typed)}", email=ANN, password=GOOD, next=typed
    )
    assert answer.headers["location"] == "/"
    assert ann.get(f"/account/sign-in?next={quote(typed)}").headers["location"] == "/account"


@pytest.mark.parametrize("path", ["/", "/learning", "/lesson?module=a&lesson=b", "/credit?module=her2-maintenance#x"])
def test_a_way_on_the_site_is_kept(site: Site, path: str) -> None:
    site.member()
    assert onward(path) == path
    answer = site.browser().send(
        "/account/sign-in", page=f"/account/sign-in?next={quote(path)}", email=ANN, password=GOOD, next=path
    )
    assert answer.headers["location"] == path


def test_registering_tells_nobody_who_has_an_account(site: Site, records: Records) -> None:
    """Same answer, same hashing, one letter in either case."""
    site.member()
    told = []
    for email in (ANN, "nobody@example.org"):
        hashes, letters = site.hasher.hashes, records.accounts.mails.waiting()
        one = site.browser()
        answer = one.send("/account/register", email=email, password=OTHER)
        shown = one.get(answer.headers["location"]).text
        work = (site.hasher.hashes - hashes, records.accounts.mails.waiting() - letters)
        told.append((answer.status_code, answer.headers["location"], shown, work, one.signed_in))
    assert told[0] == told[1]
    assert told[0][3] == (1, 1)
    assert "There is one already" in site.letter("You already have an account")


@pytest.mark.parametrize("confirmed", [True, False])
def test_signing_in_tells_nobody_who_has_an_account(site: Site, confirmed: bool) -> None:
    """Known, unknown and unconfirmed addresses: the same page after one verification."""
    if confirmed:
        site.member()
    else:
        site.browser().send("/account/register", email=ANN, password=GOOD)
    site.browser().send("/account/sign-in", email="nobody@example.org", password=OTHER)
    told = []
    for email, password in ((ANN, OTHER if confirmed else GOOD), ("none@example.org", GOOD)):
        before = (site.hasher.verifications, site.hasher.hashes)
        answer = site.browser().send("/account/sign-in", email=email, password=password)
        work = (site.hasher.verifications - before[0], site.hasher.hashes - before[1])
        said = answer.text.split('role="alert">')[1].split("</div>")[0]
        told.append((answer.status_code, said, work, sorted(answer.headers)))
    assert told[0] == told[1]
    assert told[0][2] == (1, 0)


def test_asking_for_a_new_password_tells_nobody_who_has_an_account(site: Site, records: Records) -> None:
    site.member()
    told = []
    for email in (ANN, "nobody@example.org"):
        letters = records.accounts.mails.waiting()
        answer = site.browser().send("/account/forgot", email=email)
        told.append((answer.status_code, answer.headers["location"], records.accounts.mails.waiting() - letters))
    assert told[0] == told[1] == (303, "/account/sent", 1)


def test_registering_again_with_another_password_does_not_open_the_account(site: Site) -> None:
    site.member()
    site.browser().send("/account/register", email=ANN, password=OTHER)
    assert site.browser().send("/account/sign-in", email=ANN, password=OTHER).status_code == 422
    assert site.browser().send("/account/sign-in", email=ANN, password=GOOD).status_code == 303


def test_who_registers_an_address_of_somebody_else_is_out_once_they_take_it(site: Site) -> None:
    """The password of whoever came first does not survive the letter to the address's owner."""
    eve, ann = site.browser(), site.browser()
    eve.send("/account/register", email=ANN, password=OTHER)
    ann.send("/account/register", email=ANN, password=GOOD)
    ann.send(site.link("You already have an account"), password=GOOD)
    assert ann.signed_in
    assert eve.send("/account/sign-in", email=ANN, password=OTHER).status_code == 422


def test_wrong_tries_slow_down_who_makes_them_and_nobody_else(site: Site) -> None:
    laptop = site.member()
    laptop.send("/account/sign-out", page="/account")
    eve = site.browser(client="198.51.100.9")
    answers = [eve.send("/account/sign-in", email=ANN, password=OTHER).status_code for _ in range(7)]
    assert answers == [422] * 5 + [422, 429] or answers[-1] == 429
    tries = site.hasher.verifications
    assert eve.send("/account/sign-in", email=ANN, password=GOOD).status_code == 429
    assert site.hasher.verifications == tries
    assert site.browser(client="192.0.2.4").send("/account/sign-in", email=ANN, password=GOOD).status_code == 303
    laptop.client.headers["X-Forwarded-For"] = "198.51.100.9"
    assert laptop.send("/account/sign-in", email=ANN, password=GOOD).status_code == 303


def test_many_letters_to_one_address_are_not_sent_and_the_page_does_not_say_so(site: Site, records: Records) -> None:
    letters = records.accounts.mails.waiting()
    for _ in range(9):
        assert site.browser().send("/account/forgot", email="ann@example.org").headers["location"] == "/account/sent"
    assert records.accounts.mails.waiting() - letters == 6


def test_a_form_that_is_too_long_or_unreadable_is_refused(site: Site) -> None:
    one = site.browser()
    one.get("/account/sign-in")
    assert one.post("/account/sign-in", {"email": "x" * 20_000}).status_code == 413
    assert one.post("/account/sign-in", {f"f{n}": "x" for n in range(50)}).status_code == 400


@pytest.mark.parametrize(
    "typed",
    ["<script>alert(1)</script>@x.org", "' OR 1=1 --", "x" * 300 + "@x.org", "a@b", "\x00@x.org", "a\r\nBcc: b@x.org"],
)
def test_whatever_is_typed_as_an_address_is_refused_or_shown_as_text(site: Site, typed: str) -> None:
    shown = site.browser().send("/account/register", email=typed, password=GOOD)
    assert shown.status_code == 422
    assert "<script>" not in shown.text


def test_a_browser_without_cookies_cannot_send_forms(site: Site) -> None:
    one = site.browser()
    one.get("/account/sign-in")
    one.client.cookies.clear()
    assert one.post("/account/sign-in", {"email": ANN, "password": GOOD, "csrf": ""}).status_code == 403
    assert COOKIE not in one.client.cookies


def test_the_base_address_of_links_is_never_the_requests(site: Site) -> None:
    one = site.browser()
    one.send("/account/forgot", email="nobody@example.org", headers={"Host": "evil.example"})
    assert BASE in site.letter("No account")
