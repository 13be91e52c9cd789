"""Fixtures shared by all tests: both real databases, and records on each."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from modules.records.records import Records, open_records
from tests.lrs import RunningStore
from tests.postgres import Server, new_server

# How long an example takes says something of the machine: timings belong to the bench.
settings.register_profile("landmark", deadline=None)
settings.load_profile("landmark")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    server = new_server()
    yield server
    server.stop()
    shutil.rmtree(server.folder, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres_server: Server) -> str:
    """A fresh, empty database on a real PostgreSQL."""
    return postgres_server.new_database()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'records' / 'landmark.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Both engines, one after the other."""
    name = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    return str(request.getfixturevalue(name))


@pytest.fixture
def records(database_url: str) -> Iterator[Records]:
    """Empty records, on both engines."""
    opened = open_records(database_url)
    yield opened
    opened.close()


@pytest.fixture
def sqlite_records(sqlite_url: str) -> Iterator[Records]:
    opened = open_records(sqlite_url)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def running_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStore]:
    """A real learning record store; what it keeps stays from test to test. See `lrs`."""
    store = RunningStore(tmp_path_factory.mktemp("lrs"))
    store.start()
    yield store
    store.stop()


@pytest.fixture
def lrs(running_store: RunningStore) -> RunningStore:
    """The store, empty."""
    running_store.forget()
    return running_store
