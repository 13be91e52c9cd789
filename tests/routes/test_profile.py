"""The profile page over HTTP: whose it is, what is refused at which field, and that nothing typed is lost."""

import re
from html import unescape

import pytest
from starlette.testclient import TestClient

from modules.core.people import Licence
from modules.records.profiles import consents_of, profile_of
from modules.records.records import Records
from tests.owner import account_with, signed_in_as
from tests.routes.site import SECRET, client

PATH = "/account/profile"
GOOD = {
    "name": "Ana María Díaz",
    "given_name": "Ana María",
    "family_name": "Díaz",
    "profession": "Physician",
    "country": "US",
    "npi": "1234567893",
    "us-state": "35.012345",
    "us-state-region": "OH",
    "month": "2",
    "day": "29",
}


@pytest.fixture
def account(records: Records) -> str:
    return account_with(records).id


@pytest.fixture
def mine(records: Records, account: str) -> TestClient:
    found = records.accounts.account(account)
    assert found is not None
    site = client(records)
    site.cookies.update(signed_in_as(records, found, SECRET))
    return site


def token(site: TestClient) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', site.get(PATH).text)
    assert found
    return found[1]


def send(site: TestClient, **fields: str) -> str:
    answer = site.post(PATH, data={"csrf": token(site), **fields})
    return unescape(answer.text)


def test_a_guest_is_sent_to_sign_in_and_comes_back(site: TestClient) -> None:
    answer = site.get(PATH, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/account/sign-in?next=/account/profile"
    assert site.post(PATH, data=GOOD, follow_redirects=False).status_code == 303


def test_what_is_sent_is_kept_and_shown_again(mine: TestClient, records: Records, account: str) -> None:
    text = send(mine, **GOOD)
    assert "Saved." in text
    assert 'value="35.012345"' in text
    kept = profile_of(records, account)
    assert kept.name == "Ana María Díaz"
    assert kept.licence("npi") == Licence(register="npi", number="1234567893")


def test_every_field_says_why_it_is_asked_and_consents_are_off(mine: TestClient) -> None:
    text = mine.get(PATH).text
    fields = re.findall(r'<(?:input|select) id="([\w-]+)"', text)
    assert len(fields) == 15
    for field in fields:
        assert f'id="{field}-why"' in text or field.endswith("-region") or field in ("day", "month")
    assert " checked" not in text
    assert "Nothing about you is ever given to industry" in text


def test_a_bad_number_is_told_at_its_field_and_nothing_typed_is_lost(
    mine: TestClient, records: Records, account: str
) -> None:
    wrong = GOOD | {"npi": "1234567894", "day": "31", "gmc": '<script>"x"', "consent-registers": "yes"}
    answer = mine.post(PATH, data={"csrf": token(mine), **wrong})
    assert answer.status_code == 422
    assert "<script>" not in answer.text
    text = unescape(answer.text)
    assert re.search(r'id="npi-wrong">This NPI cannot be right', text)
    assert re.search(r'id="npi" name="npi" value="1234567894"[^>]*aria-invalid="true"', text)
    assert re.search(r'id="born-wrong">There is no such day', text)
    assert "A GMC number has 7 digits." in text
    for value in ("Ana María", "35.012345", '<script>"x"'):
        assert f'value="{value}"' in text
    assert '<option value="OH" selected>' in text
    assert 'name="consent-registers" value="yes" checked' in text
    assert profile_of(records, account).name == ""
    assert consents_of(records, account) == ()


def test_consents_are_given_and_withdrawn_one_by_one_with_their_history(
    mine: TestClient, records: Records, account: str
) -> None:
    send(mine, **{"consent-registers": "yes"})
    send(mine, **{"consent-follow-up": "yes"})
    assert [(one.kind, one.given) for one in consents_of(records, account)] == [
        ("registers", True), ("registers", False), ("follow-up", True),
    ]  # fmt: skip
    text = mine.get(PATH).text
    assert "Report my credit to registers, withdrawn" in text
    assert "Write to me later, given" in text


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}]
)
def test_a_form_of_another_site_changes_nothing(
    mine: TestClient, records: Records, account: str, headers: dict[str, str]
) -> None:
    sent = {"csrf": token(mine), **GOOD}
    assert mine.post(PATH, data=sent, headers=headers).status_code == 403
    assert profile_of(records, account).name == ""


def test_a_form_without_its_token_is_not_taken_but_keeps_what_was_typed(
    mine: TestClient, records: Records, account: str
) -> None:
    for held in ({}, {"csrf": "x"}, {"csrf": "é" * 64}):
        answer = mine.post(PATH, data={**held, **GOOD})
        assert answer.status_code == 403
        assert 'value="Díaz"' in answer.text
    assert profile_of(records, account).name == ""


def test_a_token_of_one_account_does_not_open_another(mine: TestClient, records: Records) -> None:
    other = account_with(records)
    site = client(records)
    site.cookies.update(signed_in_as(records, other, SECRET))
    assert site.post(PATH, data={"csrf": token(mine), **GOOD}).status_code == 403
    assert profile_of(records, other.id).name == ""


def test_a_body_that_is_too_large_is_refused(mine: TestClient) -> None:
    assert mine.post(PATH, data={"csrf": token(mine), "name": "x" * 20_000}).status_code == 413


def test_the_page_is_nobody_elses_to_keep(mine: TestClient) -> None:
    answer = mine.get(PATH)
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-robots-tag"] == "noindex"
