"""One's own data over plain pages: what is kept, a copy, and erasing it after a step that says what stays."""

import json
import logging
import re
from datetime import UTC, datetime

import pytest
from starlette.testclient import TestClient

from modules.actions.identity import COOKIE, SESSION_COOKIE, hashed, new_token, seal, seal_token, unseal
from modules.actions.privacy import PARTS
from modules.records.audit import audit
from modules.records.deeds import deeds
from modules.records.records import Records
from modules.records.schema import METADATA
from tests.builders import acknowledged, answered, certificate, claimed
from tests.records.persons import EMAIL, NAME, everything, left_marks, marked
from tests.routes.site import SECRET

GUEST = "a" * 32
HOST = "testserver.local"


@pytest.fixture
def guest(site: TestClient, records: Records) -> TestClient:
    """A browser whose guest has a certificate."""
    records.append([acknowledged(GUEST), answered(learner=GUEST)])
    records.issue(certificate(name=NAME), claimed(GUEST), email=EMAIL)
    site.cookies.set(COOKIE, seal(GUEST, SECRET), domain=HOST)
    return site


@pytest.fixture
def signed_in(site: TestClient, records: Records) -> TestClient:
    """A browser that signed in to an account with marks in every table; it has no password."""
    marked(records)
    records.accounts.set_duties("acc-1", {"learner"})
    with records.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE accounts SET password = NULL")
    token = new_token()
    records.accounts.sign_ins.open(hashed(token), "acc-1", "Firefox", datetime.now(UTC))
    site.cookies.set(SESSION_COOKIE, seal_token(token, SECRET), domain=HOST)
    return site


def csrf_of(html: str, action: str) -> str:
    found = re.search(rf'action="{action}"><input type="hidden" name="csrf" value="(\w+)"', html)
    assert found is not None
    return found[1]


def erase(site: TestClient, **fields: str) -> tuple[int, str]:
    token = csrf_of(site.get("/account/privacy/erase").text, "/account/privacy/erase")
    answer = site.post("/account/privacy/erase", data={"csrf": token, **fields}, follow_redirects=False)
    return answer.status_code, answer.text or answer.headers["location"]


def test_the_page_says_what_is_kept_also_to_a_guest(guest: TestClient) -> None:
    page = guest.get("/account/privacy")
    assert page.status_code == 200
    assert "<td>Your certificates as they were issued, and whether they stand.</td><td>1</td>" in page.text
    assert page.headers["cache-control"] == "no-store"


def test_the_flow_of_data_can_be_read_by_anybody(site: TestClient) -> None:
    page = site.get("/account/privacy/flow")
    assert page.status_code == 200
    assert "<td><code>journal</code></td>" in page.text


def test_a_browser_without_a_cookie_is_told_that_nothing_is_its_own(site: TestClient) -> None:
    assert "nothing here belongs to it" in site.get("/account/privacy").text
    assert site.get("/account/privacy/erase", follow_redirects=False).status_code == 303


def test_the_copy_holds_every_part_with_what_it_is(signed_in: TestClient, records: Records) -> None:
    token = csrf_of(signed_in.get("/account/privacy").text, "/account/privacy/export")
    answer = signed_in.post("/account/privacy/export", data={"csrf": token})
    assert answer.headers["content-disposition"].startswith("attachment")
    told = json.loads(answer.text)
    assert [part["part"] for part in told["parts"]] == list(PARTS)
    assert NAME in answer.text
    assert [deed.act for deed in deeds(records, actor="acc-1")] == ["export-own"]
    assert "export-own" in answer.text


def test_every_table_about_people_is_a_part_of_the_copy() -> None:
    about_nobody = {"versions", "instance", "words", "purging", "deliveries", "polls", "votes", "floor", "seconded"}
    assert set(PARTS) == set(METADATA.tables) - about_nobody


def test_nothing_is_erased_before_the_step_that_says_what_stays(guest: TestClient, records: Records) -> None:
    page = guest.get("/account/privacy/erase").text
    assert "What stays" in page
    assert "for 6 years" in page
    assert "1 March 2032" in page
    assert erase(guest)[0] == 422
    assert guest.post("/account/privacy/erase", data={"sure": "yes", "csrf": "x"}).status_code == 403
    assert records.certificates(GUEST)[0].certificate.name == NAME


def test_a_guest_is_erased_and_the_number_still_answers(
    guest: TestClient, records: Records, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    assert erase(guest, sure="yes") == (303, "/account/privacy/erased")
    assert unseal(guest.cookies[COOKIE], SECRET) not in (None, GUEST)
    assert "new guest" in guest.get("/account/privacy/erased").text
    verified = guest.get(f"/verify/{certificate().number}")
    assert verified.status_code == 200
    assert "Name erased at the learner&#x27;s request" in verified.text
    assert "This certificate is valid" in verified.text
    assert left_marks(everything(records) + caplog.text) == []
    assert audit(records).sound


def test_an_account_is_erased_and_signed_out(
    signed_in: TestClient, records: Records, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    assert erase(signed_in, sure="yes")[0] == 303
    assert not signed_in.cookies.get(SESSION_COOKIE)
    assert left_marks(everything(records) + caplog.text) == []
    assert signed_in.get("/account", follow_redirects=False).status_code == 303


def test_with_a_password_it_is_asked_for(signed_in: TestClient, records: Records) -> None:
    records.accounts.set_password("acc-1", "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAA")
    status, said = erase(signed_in, sure="yes", present="wrong")
    assert status == 422
    assert "not your present password" in said
    assert records.accounts.account("acc-1") is not None


def test_the_only_owner_cannot_leave_the_site_without_one(signed_in: TestClient, records: Records) -> None:
    records.accounts.set_duties("acc-1", {"owner"})
    status, said = erase(signed_in, sure="yes")
    assert status == 422
    assert "Make somebody else an owner first" in said
