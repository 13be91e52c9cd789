"""The outbox: the journal is told to each learning record store, in order, from where the last delivery ended."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

import httpx

from modules.core.errors import RecordsUnavailable
from modules.export.xapi import Telling, statement
from modules.export.xapi_store import Answer, post
from modules.records.deliveries import events_after, move, position
from modules.records.records import Records
from modules.settings import Store

log = logging.getLogger("landmark.deliver")
BATCH = 100
FIRST_WAIT, LONGEST_WAIT = 1.0, 600.0
"""Seconds between two tries at a store that is away: doubled each time, ten minutes at most."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """`told` statements were taken. `away`: there is more, and the store should be tried again later.

    `trouble`: somebody must look; a sentence. `differing`: statements the store keeps in another wording.
    """

    told: int = 0
    away: bool = False
    trouble: str = ""
    differing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Route:
    """One store, how to reach it, and what to tell."""

    store: Store
    http: httpx.Client
    telling: Telling


def deliver(records: Records, route: Route, *, clock: Callable[[], datetime], batch: int = BATCH) -> Delivered:
    """All that waits, until the store is away or refuses. The position moves only after a batch was taken.

    A process that ends between the two sends the batch again; the store knows the ids and keeps one of each.
    """
    done, size = Delivered(), batch
    while True:
        try:
            events = events_after(records, position(records, route.store.url), size)
            if not events:
                return done
            answer = post(route.http, [statement(event, route.telling) for _, event in events])
            if answer.standing == "too-large" and len(events) > 1:
                size = len(events) // 2
                continue
            if answer.standing != "taken":
                return replace(done, away=answer.standing == "away", trouble=_trouble(route.store, answer))
            move(records, route.store.url, events[-1][0], now=clock())
        except RecordsUnavailable as away:
            return replace(done, away=True, trouble=str(away))
        done = replace(done, told=done.told + len(events), differing=(*done.differing, *answer.differing))
        size = batch
        if answer.differing:
            log.warning("%s keeps another wording of %s", route.store.url, ", ".join(answer.differing))


def deliver_with_patience(
    records: Records,
    route: Route,
    *,
    clock: Callable[[], datetime],
    wait: Callable[[float], None],
    tries: int = 5,
) -> Delivered:
    """Tries a store that is away again, after 1, 2, 4 ... seconds; each batch it takes begins the count anew."""
    before, failed = Delivered(), 0
    while True:
        now = deliver(records, route, clock=clock)
        done = replace(now, told=before.told + now.told, differing=(*before.differing, *now.differing))
        failed = 1 if now.told else failed + 1
        if not done.away or failed >= tries:
            return done
        wait(pause(failed))
        before = done


def pause(failed: int) -> float:
    """Seconds to wait after so many tries in a row that failed."""
    return float(min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** min(failed - 1, 20)))


def _trouble(store: Store, answer: Answer) -> str:
    if answer.standing == "away":
        return f"{store.url} could not be reached ({answer.why}). Nothing is lost; it is tried again."
    return (
        f"{store.url} refuses what it is sent ({answer.why}). Nothing is lost, and nothing more is sent to it. "
        "Check its address, its key and its log."
    )
