"""Who may send to a card, and how much: only our own script, with the learner's cookie, in a body of fair size."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from modules.actions.identity import COOKIE, seal
from modules.records.records import Records
from modules.routes.card import FOREIGN, MOST_BYTES, NO_COOKIE, TOO_LONG
from tests.routes.site import MODULE, SECRET
from tests.routes.test_card import At

WHERE = f"/card/{MODULE}/pre"
OWN = {"X-Landmark": "1", "Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def at(records: Records) -> At:
    return At(records)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 403),
        ({"X-Landmark": "1", "Sec-Fetch-Site": "cross-site"}, 403),
        ({"X-Landmark": "1", "Sec-Fetch-Site": "same-site"}, 403),
        ({"X-Landmark": "1", "Origin": "https://elsewhere.example"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 403),
        ({"X-Landmark": "1", "Origin": "http://testserver"}, 422),
        ({"X-Landmark": "1", "Origin": "https://learn.example.org"}, 422),
    ],
)
def test_only_our_own_script_may_send(at: At, headers: dict[str, str], status: int) -> None:
    cookie = {"Cookie": f"{COOKIE}={seal(at.learner, SECRET)}"}
    sent = at.site.post(WHERE, json={"do": "send", "fields": {"attempt": ["1"]}}, headers=cookie | headers)
    expected = 409 if status == 422 else status
    assert sent.status_code == expected
    assert sent.headers["cache-control"] == "no-store"
    if status == 403:
        assert sent.json() == {"error": FOREIGN}


def test_a_stranger_is_told_about_the_cookie(site: TestClient) -> None:
    for answer in (site.get(WHERE), site.post(WHERE, json={"do": "begin"}, headers=OWN)):
        assert answer.status_code == 401
        assert answer.json() == {"error": NO_COOKIE}
    forged = site.get(WHERE, headers={"Cookie": f"{COOKIE}=" + seal("f" * 32, b"another secret of the same length")})
    assert forged.status_code == 401


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"do": 1}', b'{"do": "next", "fields": {"answer": "a"}}'])
def test_what_cannot_be_read_is_refused_in_words(at: At, body: bytes) -> None:
    headers = OWN | {"Cookie": f"{COOKIE}={seal(at.learner, SECRET)}"}
    answer = at.site.post(WHERE, content=body, headers=headers)
    assert answer.status_code == 400
    assert answer.json()["error"].endswith("try again.")


def test_too_long_a_body_is_refused(at: At) -> None:
    headers = OWN | {"Cookie": f"{COOKIE}={seal(at.learner, SECRET)}"}
    answer = at.site.post(WHERE, content=b"x" * (MOST_BYTES + 1), headers=headers)
    assert (answer.status_code, answer.json()) == (413, {"error": TOO_LONG})
