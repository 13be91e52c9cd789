"""Databases of every earlier schema come forward with what is in them, and the audit finds them sound."""

import json

import pytest
import sqlalchemy as sa
from alembic import command

from modules.core.events import Event
from modules.core.grading import Written
from modules.core.responses import Committed
from modules.records.audit import audit
from modules.records.engine import alembic_config, make_engine, writing
from modules.records.records import open_records
from modules.records.rows import canonical, moment
from tests.builders import NOON, acknowledged, answered, certificate, claimed, opened

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006")
WROTE = answered("wish").model_copy(update={"response": Written(text='Ærlig\x00 "sagt"')})
MEANT = answered("meant").model_copy(update={"response": Committed(statements=("To ask", "", "To look"))})
EMPTY = answered("left-out").model_copy(update={"response": Written(text="")})
EVENTS: tuple[Event, ...] = (acknowledged(), opened("01-lamp"), answered(), WROTE, EMPTY, MEANT, claimed())


def old_database(url: str, revision: str) -> None:
    """As the app of that day left it."""
    engine = make_engine(url)
    with writing(engine).begin() as connection:
        command.upgrade(alembic_config(connection), revision)
        learner = {"id": "ann", "kind": "guest", "created_at": moment(NOON), "name": "Ann", "email": "ann@example.org"}
        _insert(connection, "learners", learner)
        for event in EVENTS:
            row = {"id": str(event.id), "learner": "ann", "module": "harbour", "type": event.type}
            _insert(connection, "journal", {**row, "at": moment(event.at), "payload": canonical(event)})
        issued = {"number": certificate().number, "learner": "ann", "module": "harbour", "issued_at": moment(NOON)}
        _insert(connection, "certificates", {**issued, "document": canonical(certificate()), "state": "valid"})
    engine.dispose()


def _insert(connection: sa.Connection, table: str, row: dict[str, str]) -> None:
    connection.execute(sa.insert(sa.table(table, *map(sa.column, row))), row)


@pytest.fixture
def old_url(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    if database_url.startswith("sqlite"):
        return f"sqlite:///{tmp_path_factory.mktemp('old') / 'landmark.db'}"
    return database_url


@pytest.mark.parametrize("revision", REVISIONS)
def test_an_earlier_database_comes_forward_whole(old_url: str, revision: str) -> None:
    old_database(old_url, revision)
    records = open_records(old_url)
    assert records.events("ann", "harbour") == EVENTS
    found = audit(records)
    assert found.sound, found
    assert found.rows["journal"] == len(EVENTS)
    with records.engine.connect() as connection:
        kept = " ".join(connection.scalars(sa.text("SELECT payload FROM journal")))
    assert "To ask" not in kept
    assert json.dumps(WROTE.response.text if isinstance(WROTE.response, Written) else "") not in kept
    records.append([answered("later")])
    assert audit(records).sound
    records.close()


def test_taken_back_the_texts_stand_in_the_journal_again(old_url: str) -> None:
    old_database(old_url, "0006")
    records = open_records(old_url)
    with writing(records.engine).begin() as connection:
        command.downgrade(alembic_config(connection), "0006")
        kept = connection.scalars(sa.text("SELECT payload FROM journal ORDER BY seq")).all()
    assert kept == [canonical(event) for event in EVENTS]
    records.close()
