"""The journal is told to a real learning record store: in order, once, through every kind of fault."""

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import pytest

from modules.actions.deliver import Delivered, Route, deliver, deliver_with_patience, pause
from modules.core.events import LessonOpened
from modules.core.module import Library
from modules.export.xapi import Telling, statement
from modules.export.xapi_names import Addresses
from modules.export.xapi_same import same_statement
from modules.export.xapi_store import client
from modules.records.appending import add_events
from modules.records.deliveries import events_after, move, position
from modules.records.records import Records, open_records
from modules.settings import Store
from tests.actions.journey import Walk
from tests.builders import opened
from tests.lrs import KEY, Line, RunningStore

HOME = "https://learn.example.org"
ROOT = Path(__file__).resolve().parents[2]


def now() -> datetime:
    return datetime.now(UTC)


def telling(walk: Walk) -> Telling:
    return Telling(Addresses(HOME), Library({walk.module.id: walk.module}))


def tell(records: Records, store: Store, told: Telling, *, batch: int = 4, seconds: float = 5) -> Delivered:
    with client(store, seconds=seconds) as http:
        return deliver(records, Route(store, http, told), clock=now, batch=batch)


def journal(records: Records) -> list[str]:
    return [str(event.id) for event in records.journal()]


def kept(lrs: RunningStore) -> list[str]:
    return [one["id"] for one in lrs.kept()]


def test_a_whole_journey_arrives_in_order_and_once(records: Records, lrs: RunningStore) -> None:
    walk = Walk(records).finish()
    done = tell(records, lrs.store, telling(walk))
    assert (done.told, done.away, done.trouble) == (len(journal(records)), False, "")
    assert kept(lrs) == journal(records)
    assert tell(records, lrs.store, telling(walk)) == Delivered()


def test_what_happens_later_is_all_that_is_told_later(records: Records, lrs: RunningStore) -> None:
    walk = Walk(records).begin()
    assert tell(records, lrs.store, telling(walk)).told == 1
    walk.sit("pre")
    assert tell(records, lrs.store, telling(walk)).told == len(journal(records)) - 1
    assert kept(lrs) == journal(records)


@pytest.mark.parametrize("fault", ["before", "after", "half", "cut", "slow"])
def test_a_store_in_trouble_loses_nothing_and_doubles_nothing(
    sqlite_records: Records, lrs: RunningStore, fault: str
) -> None:
    walk = Walk(sqlite_records).finish()
    line = Line(lrs, islice(cycle((fault, "")), 6), seconds=1.5)
    rounds: list[Delivered] = []
    while not rounds or rounds[-1].away:
        assert len(rounds) < 10
        rounds.append(tell(sqlite_records, line.target, telling(walk), seconds=1))
    line.close()
    assert sum(one.away for one in rounds) == 3
    assert kept(lrs) == journal(sqlite_records)


def test_trouble_is_told_with_what_to_do_and_without_the_key(sqlite_records: Records, lrs: RunningStore) -> None:
    walk = Walk(sqlite_records).begin()
    done = tell(sqlite_records, Store(lrs.url, KEY, "a wrong secret"), telling(walk))
    assert not done.away
    assert "refuses" in done.trouble
    assert "a wrong secret" not in done.trouble
    assert position(sqlite_records, lrs.url) == 0
    nobody = Store("http://127.0.0.1:9/xAPI", KEY, "x")
    away = tell(sqlite_records, nobody, telling(walk))
    assert away.away
    assert "tried again" in away.trouble
    assert "secret" not in repr(nobody)


def test_a_batch_too_large_is_halved(sqlite_records: Records, lrs: RunningStore) -> None:
    walk = Walk(sqlite_records).finish()
    line = Line(lrs, cycle(["full"]))
    done = tell(sqlite_records, line.target, telling(walk), batch=9)
    line.close()
    assert (done.away, done.trouble) == (False, "")
    assert kept(lrs) == journal(sqlite_records)


def test_a_store_that_has_the_same_statement_counts_as_told(sqlite_records: Records, lrs: RunningStore) -> None:
    """As after a restored backup: the position is behind what the store has."""
    walk = Walk(sqlite_records).finish()
    tell(sqlite_records, lrs.store, telling(walk))
    elsewhere = Store(lrs.url + "/", KEY, lrs.store.secret)
    done = tell(sqlite_records, elsewhere, telling(walk))
    assert (done.told, done.differing) == (len(journal(sqlite_records)), ())
    assert kept(lrs) == journal(sqlite_records)


def test_a_store_that_has_another_statement_under_an_id_is_told_of_and_passed(
    sqlite_records: Records, lrs: RunningStore
) -> None:
    walk = Walk(sqlite_records).finish()
    first = next(sqlite_records.journal())
    other = statement(first, telling(walk))
    other["verb"] = {"id": "http://adlnet.gov/expapi/verbs/voided-by-nobody"}
    with client(lrs.store) as http:
        assert http.post("/statements", json=other).status_code == 200
    done = tell(sqlite_records, lrs.store, telling(walk))
    assert done.differing == (str(first.id),)
    assert done.told == len(journal(sqlite_records))
    assert kept(lrs) == journal(sqlite_records)


def test_an_edited_title_is_still_the_same_statement(sqlite_records: Records) -> None:
    """xAPI 1.0.3, Data, 2.3.1: definitions are no part of what may not change."""
    walk = Walk(sqlite_records).begin()
    ours = statement(next(sqlite_records.journal()), telling(walk))
    theirs: dict[str, Any] = {
        **ours,
        "stored": "x",
        "authority": {},
        "timestamp": ours["timestamp"].replace("Z", "+00:00"),
    }
    theirs["object"] = {"id": ours["object"]["id"], "definition": {"name": {"en": "Another title"}}}
    assert same_statement(ours, theirs)
    assert not same_statement(ours, {**theirs, "actor": {"account": {"homePage": HOME, "name": "bob"}}})


def test_one_store_that_is_away_does_not_delay_another(sqlite_records: Records, lrs: RunningStore) -> None:
    walk = Walk(sqlite_records).finish()
    away = Store("http://127.0.0.1:9/xAPI", KEY, "x")
    assert tell(sqlite_records, away, telling(walk)).away
    assert tell(sqlite_records, lrs.store, telling(walk)).told == len(journal(sqlite_records))
    assert position(sqlite_records, away.url) == 0


def test_patience_doubles_the_waits_and_ends(sqlite_records: Records) -> None:
    walk = Walk(sqlite_records).begin()
    waits: list[float] = []
    away = Store("http://127.0.0.1:9/xAPI", KEY, "x")
    with client(away) as http:
        route = Route(away, http, telling(walk))
        done = deliver_with_patience(sqlite_records, route, clock=now, wait=waits.append)
    assert done.away
    assert waits == [1, 2, 4, 8]
    assert pause(100) == 600


def test_a_position_only_moves_forward(records: Records) -> None:
    move(records, "x", 7, now=now())
    move(records, "x", 3, now=now())
    assert position(records, "x") == 7
    assert position(records, "y") == 0


def test_an_event_that_commits_late_is_not_passed_over(postgres_url: str) -> None:
    """Two writers at once on PostgreSQL: the second waits for the first, so the outbox never sees a gap."""
    records = open_records(postgres_url)
    Walk(records).begin()
    with records.engine.connect() as slow:
        add_events(slow, [opened("01-lamp")])
        quick = threading.Thread(target=records.append, args=([opened("02-dark")],))
        quick.start()
        time.sleep(0.3)
        assert len(events_after(records, 0, 10)) == 1
        slow.commit()
    quick.join()
    found = events_after(records, 0, 10)
    assert [event.lesson for _, event in found if isinstance(event, LessonOpened)] == ["01-lamp", "02-dark"]
    records.close()


def test_a_delivery_killed_in_mid_batch_goes_on_without_loss_or_doubling(sqlite_url: str, lrs: RunningStore) -> None:
    """The store takes the batch, and the process is gone before it could note that."""
    records = open_records(sqlite_url)
    walk = Walk(records).finish()
    line = Line(lrs, cycle(["slow"]), seconds=20)
    environ = {
        **os.environ,
        "LANDMARK_DATABASE_URL": sqlite_url,
        "LANDMARK_BASE_URL": HOME,
        "LANDMARK_LRS_URL": line.target.url,
        "LANDMARK_LRS_KEY": line.target.key,
        "LANDMARK_LRS_SECRET": line.target.secret,
    }
    command = [sys.executable, "-m", "modules.cli", "deliver", "--once"]
    process = subprocess.Popen(command, cwd=ROOT, env=environ)
    until = time.monotonic() + 60
    while not lrs.kept() and time.monotonic() < until:
        time.sleep(0.1)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert kept(lrs) == journal(records)
    assert position(records, line.target.url) == 0
    line.faults = iter(())
    assert subprocess.run(command, cwd=ROOT, env=environ, check=False, capture_output=True).returncode == 0
    line.close()
    assert kept(lrs) == journal(records)
    assert position(records, line.target.url) > 0
    assert walk.learner == "ann"
    records.close()
