"""Votes that arrive together are written together: one transaction and one wait for the disk for all of them."""

import logging
import time
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from threading import Lock, Thread

from modules.core.errors import LandmarkError
from modules.records.live import Live, Vote

log = logging.getLogger("landmark.live")
MOST = 500
"""Votes in one transaction."""
APART_SECONDS = 0.2
"""From one write to the next: a vote that comes alone is written at once, of many each waits so long at most.

A transaction costs as much as fifty votes in it.
"""
IDLE_SECONDS = 5.0
_Cast = tuple[Vote, Future[bool]]


class BallotBox:
    """One writer for the process. Its thread begins with the first vote and ends when none came for a while."""

    def __init__(self, live: Live) -> None:
        self._live = live
        self._waiting: SimpleQueue[_Cast] = SimpleQueue()
        self._lock = Lock()
        self._running = False

    def cast(self, vote: Vote) -> Future[bool]:
        """Done when the vote is on disk (True) or its poll takes none (False); RecordsUnavailable when it failed."""
        done: Future[bool] = Future()
        with self._lock:
            self._waiting.put((vote, done))
            if not self._running:
                self._running = True
                Thread(target=self._run, name="ballot-box", daemon=True).start()
        return done

    def _run(self) -> None:
        wrote = -APART_SECONDS
        while True:
            try:
                first = self._waiting.get(timeout=IDLE_SECONDS)
            except Empty:
                with self._lock:
                    # Nothing can be put between this look and the end: `cast` holds the same lock.
                    if self._waiting.empty():
                        self._running = False
                        return
                continue
            time.sleep(max(0.0, wrote + APART_SECONDS - time.monotonic()))
            wrote = time.monotonic()
            self._write([first, *self._rest()])

    def _rest(self) -> list[_Cast]:
        found: list[_Cast] = []
        while len(found) < MOST - 1:
            try:
                found.append(self._waiting.get_nowait())
            except Empty:
                break
        return found

    def _write(self, votes: list[_Cast]) -> None:
        try:
            counted = self._live.cast([vote for vote, _ in votes])
        except LandmarkError as away:
            for _, done in votes:
                done.set_exception(away)
        except Exception as broken:
            # Nobody may wait for ever, whatever went wrong; the log has what it was.
            log.exception("votes could not be written")
            for _, done in votes:
                done.set_exception(broken)
        else:
            for (_, done), yes in zip(votes, counted, strict=True):
                done.set_result(yes)
