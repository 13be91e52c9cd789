"""The routes are tried on SQLite: their own work does not depend on the engine."""

import pytest
from starlette.testclient import TestClient

from modules.records.records import Records
from tests.routes.site import client


@pytest.fixture
def records(sqlite_records: Records) -> Records:
    return sqlite_records


@pytest.fixture
def site(records: Records) -> TestClient:
    return client(records)
