"""The transcript's page and files: whose they hold, what is said, and what never leaves."""

import io

import pikepdf
import pytest
from starlette.testclient import TestClient

from modules.actions.identity import COOKIE, seal
from modules.actions.transcript import write_note
from modules.core.events import event_id
from modules.records.records import Records
from tests.builders import certificate, claimed, minutes, module
from tests.routes.site import SECRET, client

LEARNER = "a" * 32
PAGE = "/account/transcript"


@pytest.fixture
def mine(records: Records) -> TestClient:
    """Two certificates of one learner in two schemes and two years, with a note; one of another learner."""
    records.issue(certificate(name="Ann <b> Åker"), claimed(LEARNER))
    later = certificate("LM-2").model_copy(
        update={
            "scheme": "ama", "scheme_name": "AMA <i>", "unit": "credit", "units": "credits", "title": "A second one",
            "completed": certificate().completed.replace(year=2025),
        }
    )  # fmt: skip
    event = {"scheme": "ama", "id": event_id(LEARNER, "harbour", "claim", "ama"), "certificate": "LM-2"}
    records.issue(later, claimed(LEARNER).model_copy(update=event))
    records.issue(certificate("LM-OTHER", name="Somebody Else"), claimed("b" * 32, "LM-OTHER"))
    write_note(records, LEARNER, module(), "<script>Look first.", now=minutes(1))
    site = client(records)
    site.cookies.set(COOKIE, seal(LEARNER, SECRET))
    return site


def test_it_shows_own_certificates_with_totals_apart_and_says_nothing_is_sent(mine: TestClient) -> None:
    answer = mine.get(PAGE)
    assert answer.status_code == 200
    for said in ("0.5 hours (1 certificate)", "0.5 credits (1 certificate)", "A second one", "AMA &lt;i&gt;",
                 "Reflection:", "&lt;script&gt;Look first.", "Nothing on it is sent anywhere"):  # fmt: skip
        assert said in answer.text
    assert "LM-OTHER" not in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-robots-tag"] == "noindex"


def test_a_cycle_and_a_scheme_narrow_page_and_files_alike(mine: TestClient) -> None:
    page = mine.get(PAGE, params={"year": "2026"}).text
    assert "A second one" not in page
    assert f"{PAGE}.pdf?year=2026" in page
    assert "A second one" in mine.get(PAGE, params={"from": "2025-01-01", "to": "2025-12-31"}).text
    rows = mine.get(f"{PAGE}.csv", params={"scheme": "ama"}).text
    assert "A second one" in rows
    assert "Into the harbour" not in rows


@pytest.mark.parametrize("query", [{"year": "soon"}, {"from": "1.2.26"}, {"from": "2026-02-01", "to": "2026-01-01"}])
def test_a_cycle_that_cannot_be_read_is_said_on_the_page(query: dict[str, str], mine: TestClient) -> None:
    answer = mine.get(PAGE, params=query)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert "Into the harbour" in answer.text
    assert mine.get(f"{PAGE}.pdf", params=query).status_code == 422


def test_the_files_are_attachments_that_nobody_keeps(mine: TestClient) -> None:
    for kind, media in (("pdf", "application/pdf"), ("csv", "text/csv; charset=utf-8")):
        answer = mine.get(f"{PAGE}.{kind}")
        assert answer.status_code == 200
        assert answer.headers["content-type"] == media
        assert answer.headers["cache-control"] == "private, no-store"
        assert f"landmark-transcript.{kind}" in answer.headers["content-disposition"]
    pdf = pikepdf.open(io.BytesIO(mine.get(f"{PAGE}.pdf").content))
    assert len(pdf.pages) == 1


@pytest.mark.parametrize("cookie", [None, "forged", seal(LEARNER, b"another secret of the same size.")])
def test_without_a_cookie_of_ours_there_is_nothing(cookie: str | None, mine: TestClient, records: Records) -> None:
    site = client(records)
    if cookie:
        site.cookies.set(COOKIE, cookie)
    assert "Into the harbour" not in site.get(PAGE).text
    for kind in ("pdf", "csv"):
        assert site.get(f"{PAGE}.{kind}").status_code == 404
