"""The routes are tried on SQLite: their own work does not depend on the engine."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from modules.records.records import Records, open_records
from tests.routes.site import client


@pytest.fixture
def records(sqlite_url: str) -> Iterator[Records]:
    opened = open_records(sqlite_url)
    yield opened
    opened.close()


@pytest.fixture
def site(records: Records) -> TestClient:
    return client(records)
