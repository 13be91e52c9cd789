"""Security headers on every answer: pages, files, refusals, Streamlit's own document."""

import re

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.testclient import TestClient

from modules.records.records import Records
from modules.routes.compress import Compress
from modules.routes.headers import FILE_POLICY, HEADERS, SecurityHeaders, app_policy, source_hash
from modules.routes.shell import Shell, head_for
from modules.routes.table import routes
from tests.routes.site import MODULE, ROOT, context
from tests.routes.test_middleware import STATIC


async def index(_request: Request) -> FileResponse:
    return FileResponse(STATIC / "index.html")


async def uploaded(_request: Request) -> HTMLResponse:
    return HTMLResponse("<script>alert(1)</script>")


@pytest.fixture
def site(records: Records) -> TestClient:
    here = context(records)
    app = Starlette(
        routes=[
            *routes(here),
            Mount("/assets", StaticFiles(directory=ROOT / "assets")),
            Route("/media/uploaded.html", uploaded),
            Route("/app", index),
        ],
        middleware=[Middleware(SecurityHeaders), Middleware(Compress), Middleware(Shell, head=head_for(here))],
    )
    return TestClient(app, headers={"Accept": "text/html", "Accept-Encoding": "br"})


PATHS = [
    "/app", "/read", f"/read/{MODULE}", f"/present/{MODULE}", "/verify", "/verify/LM-AAAA-BBBB-CCCC-DDDD", "/healthz",
    "/assets/css/page.css", "/assets/logo.svg", "/no/such/page", "/certificate/LM-AAAA-BBBB-CCCC-DDDD.pdf",
    "/chart/evidence/cleopatra/os-final.svg", "/card/nowhere/post", "/media/uploaded.html", "/favicon.png",
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_carries_the_headers(site: TestClient, path: str) -> None:
    told = site.get(path).headers
    assert {name: told[name] for name in HEADERS} == HEADERS
    assert told["content-security-policy"].startswith(("default-src 'self'; ", "default-src 'none'; "))
    assert "strict-transport-security" not in told


@pytest.mark.parametrize("path", PATHS)
def test_over_https_the_browser_is_told_to_stay_there(site: TestClient, path: str) -> None:
    """RFC 6797, 7.2: only over a secure transport."""
    told = site.get(path, headers={"X-Forwarded-Proto": "https"}).headers
    assert told["strict-transport-security"] == "max-age=31536000"


@pytest.mark.parametrize("path", ["/read", "/verify", f"/present/{MODULE}"])
def test_a_plain_page_keeps_its_stricter_policy(site: TestClient, path: str) -> None:
    policy = site.get(path).headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "blob:" not in policy


def test_a_file_that_is_opened_by_itself_runs_nothing(site: TestClient) -> None:
    for path in ("/media/uploaded.html", "/assets/logo.svg", "/healthz"):
        assert site.get(path).headers["content-security-policy"] == FILE_POLICY
    chart = site.get("/chart/evidence/cleopatra/os-final.svg").headers["content-security-policy"]
    assert chart.startswith("default-src 'none'")
    assert "script-src" not in chart
    assert "script-src" not in FILE_POLICY
    assert FILE_POLICY.startswith("default-src 'none'")


def test_streamlits_document_allows_its_inline_script_by_hash_alone(site: TestClient) -> None:
    answer = site.get("/app")
    policy = answer.headers["content-security-policy"]
    scripts = re.search(r"script-src ([^;]*)", policy)
    assert scripts
    inline = re.findall(r"<script>(.*?)</script>", answer.text, re.DOTALL)
    assert len(inline) == 1
    assert source_hash(inline[0]) in scripts[1]
    assert "'unsafe-inline'" not in scripts[1]
    assert "'unsafe-eval'" not in scripts[1]
    assert re.search(r"object-src 'none'.*base-uri 'none'.*form-action 'self'", policy)


def test_no_outside_host_stands_in_a_policy() -> None:
    for policy in (app_policy("<script>x</script>"), FILE_POLICY):
        assert re.findall(r"https?:|\*", policy) == []
