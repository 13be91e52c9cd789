"""Learners answer at once while the server is killed: no acknowledged answer is lost or doubled, the chain is whole.

`kill -9` leaves what the kernel holds. That the disk holds it too is a matter of settings: see
tests/records/test_durable.py.
"""

from pathlib import Path

from tests.load.power import ANSWERS, power
from tests.load.seeding import shipped
from tests.load.server import Server

LEARNERS, KILLS = 20, 4


def test_no_acknowledged_answer_is_lost_or_doubled_while_the_server_is_killed(
    database_url: str, tmp_path: Path
) -> None:
    server = Server(tmp_path, extra={"LANDMARK_DATABASE_URL": database_url})
    outcome = power(server, database_url, shipped(), learners=LEARNERS, kills=KILLS)
    assert (outcome.lost, outcome.doubled, outcome.changed) == (0, 0, 0)
    assert outcome.found.sound, outcome.found
    assert len(outcome.told) == LEARNERS * ANSWERS
    assert outcome.kills == KILLS
