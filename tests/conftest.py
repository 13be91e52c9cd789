"""Fixtures shared by all tests: both real databases, and records on each."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from modules.records.engine import make_engine
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


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with its tables and nothing in them: a copy costs less than every migration again."""
    file = tmp_path_factory.mktemp("template") / "landmark.db"
    opened = open_records(f"sqlite:///{file}")
    with opened.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    opened.close()
    return file


@pytest.fixture(scope="session")
def postgres_template(postgres_server: Server) -> str:
    """The same on PostgreSQL, by name."""
    url = postgres_server.new_database()
    open_records(url).close()
    return url.partition("@/")[2].partition("?")[0]


@pytest.fixture(params=["sqlite", "postgresql"])
def records_url(request: pytest.FixtureRequest) -> str:
    """A database with its tables, on both engines."""
    if request.param == "postgresql":
        server: Server = request.getfixturevalue("postgres_server")
        return server.new_database(request.getfixturevalue("postgres_template"))
    return _copied(request.getfixturevalue("sqlite_template"), request.getfixturevalue("sqlite_url"))


def _copied(template: Path, url: str) -> str:
    file = Path(url.removeprefix("sqlite:///"))
    file.parent.mkdir(parents=True)
    shutil.copyfile(template, file)
    return url


@pytest.fixture
def records(records_url: str) -> Iterator[Records]:
    """Empty records, on both engines."""
    opened = Records(make_engine(records_url))
    yield opened
    opened.close()


@pytest.fixture
def sqlite_records(sqlite_template: Path, sqlite_url: str) -> Iterator[Records]:
    opened = Records(make_engine(_copied(sqlite_template, sqlite_url)))
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
