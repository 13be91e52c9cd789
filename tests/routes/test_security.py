"""What strangers may type into addresses and fields: no way out of a folder, no script in a page, no SQL."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.testclient import TestClient

from modules.core.certificates import Certificate
from modules.records.audit import audit
from modules.records.records import Records
from modules.routes.table import routes
from tests.builders import certificate, claimed
from tests.routes.account_site import ANN, GOOD, Site
from tests.routes.site import ROOT, client, context

NUMBER = "LM-AAAA-BBBB-CCCC-DDDD"
OUT = ("../app.py", "..%2fapp.py", "..%2f..%2fapp.py", "%2e%2e/app.py", "....//app.py", "..\\app.py", "..%5capp.py")
OUT += ("%00", "..%00/app.py", "/etc/passwd", "%2fetc%2fpasswd", "file:///etc/passwd")
FOLDERS = (
    "/assets/", "/assets/css/", "/image/her2-maintenance/", "/read/", "/read/her2-maintenance/", "/present/",
    "/chart/her2-maintenance/", "/chart/evidence/cleopatra/", "/calendar/", "/card/her2-maintenance/", "/status/",
)  # fmt: skip
INSIDE = ("import streamlit", "root:x:0")
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'>"
SQL = ("'; DROP TABLE journal; --", '" OR "1"="1', "x' OR '1'='1", "1); DELETE FROM accounts; --", "\\'; SELECT 1")


def hostile() -> Certificate:
    return certificate(name=SCRIPT).model_copy(update={"title": f"Harbour {SCRIPT}", "provider": SCRIPT})


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_address_leads_out_of_a_folder(sqlite_records: Records, folder: str) -> None:
    mounted = Mount("/assets", StaticFiles(directory=ROOT / "assets"))
    app = Starlette(routes=[*routes(context(sqlite_records)), mounted])
    site = TestClient(app, raise_server_exceptions=True)
    for way in OUT:
        answer = site.get(folder + way)
        assert answer.status_code in (400, 401, 404, 405), (folder, way)
        assert not any(told in answer.text for told in INSIDE), (folder, way)


def test_a_name_is_never_read_as_markup(sqlite_records: Records) -> None:
    sqlite_records.issue(hostile(), claimed())
    sqlite_records.revoke(NUMBER, f"Because {SCRIPT}")
    told = client(sqlite_records).get(f"/verify/{NUMBER}").text
    assert "alert(1)" in told
    assert "<script>alert" not in told
    assert "<img src=x" not in told


@pytest.mark.parametrize("kind", ["json", "svg"])
def test_nor_in_what_programs_read(sqlite_records: Records, kind: str) -> None:
    sqlite_records.issue(hostile(), claimed())
    answer = client(sqlite_records).get(f"/credential/{NUMBER}.{kind}")
    assert answer.status_code == 200
    assert answer.headers["x-content-type-options"] == "nosniff"
    if kind == "svg":
        assert "<script" not in answer.text
        assert "<img" not in answer.text


@pytest.mark.parametrize("typed", [SCRIPT, *SQL])
def test_what_is_typed_into_a_field_stays_text(records: Records, typed: str) -> None:
    """On both engines; afterwards the tables are there, and journal and deeds are as they were written."""
    site = Site(records)
    site.owner_exists()
    ann, stranger = site.member(), site.browser()
    sent = [
        stranger.send("/account/sign-in", email=typed, password=typed),
        stranger.send("/account/sign-in", email=ANN, password=typed),
        stranger.send("/account/register", email=typed, password=GOOD),
        stranger.send("/account/forgot", email=typed),
        ann.send("/account/email", page="/account", email=typed, password=GOOD),
        ann.send("/account/profile", name=typed, given=typed, family=typed),
        stranger.get(f"/verify?number={typed}"),
        ann.get("/account/profile"),
        ann.get("/account/transcript"),
    ]
    for answer in sent:
        assert answer.status_code < 500
        assert "<script>alert" not in answer.text
        assert "<img src=x" not in answer.text
    assert ann.signed_in
    with records.engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM accounts")) == 2
        assert connection.scalar(text("SELECT count(*) FROM journal")) == 0
    assert audit(records).breaks == {}
