"""A site of plain routes over the shipped content and real records on SQLite."""

from functools import lru_cache
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from modules.authoring.library import load
from modules.core.module import Library
from modules.records.keys import open_keys
from modules.records.records import Records
from modules.routes.compress import Compress
from modules.routes.context import RouteContext
from modules.routes.table import routes
from tests.builders import NOON
from tests.keys import document_key

ROOT = Path(__file__).resolve().parents[2]
SECRET = b"only for tests, thirty-two bytes"
MODULE = "her2-maintenance"


@lru_cache(maxsize=1)
def shipped() -> Library:
    return load(ROOT / "content", ROOT / "quizzes").library


def context(records: Records, library: Library | None = None) -> RouteContext:
    return RouteContext(
        library=lambda: library or shipped(),
        records=records,
        secret=SECRET,
        keys=open_keys(records, SECRET, document_key(), name="Landmark", now=NOON),
        assets=ROOT / "assets",
        content=ROOT / "content",
        base_url="https://learn.example.org",
    )


def client(records: Records, library: Library | None = None) -> TestClient:
    app = Starlette(routes=routes(context(records, library)), middleware=[Middleware(Compress)])
    return TestClient(app, headers={"Accept-Encoding": "br"})
