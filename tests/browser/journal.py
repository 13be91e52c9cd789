"""What the server has really kept, read from its database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import BrowserContext

from modules.actions.identity import COOKIE, unseal
from modules.core.events import AttemptClosed, Event, ItemAnswered, PredictionMade
from modules.records.records import Records, open_records
from tests.browser.journey import MODULE
from tests.load.server import SECRET, Server


@contextmanager
def records_of(server: Server) -> Iterator[Records]:
    opened = open_records(server.database)
    try:
        yield opened
    finally:
        opened.close()


def learner_of(context: BrowserContext) -> str:
    """Whom the browser's cookie names."""
    value = next(c["value"] for c in context.cookies() if c["name"] == COOKIE)
    learner = unseal(value, SECRET.encode())
    assert learner is not None
    return learner


class Journal:
    """One learner's events in the module, as they stood when it was read."""

    def __init__(self, server: Server, learner: str) -> None:
        with records_of(server) as records:
            self.events: tuple[Event, ...] = records.events(learner, MODULE.id)

    @property
    def answers(self) -> list[ItemAnswered]:
        return [e for e in self.events if isinstance(e, ItemAnswered)]

    @property
    def predictions(self) -> list[PredictionMade]:
        return [e for e in self.events if isinstance(e, PredictionMade)]

    def scores(self, role: str) -> list[float | None]:
        """In the order given."""
        return [a.score for a in self.answers if a.role == role]

    def closed(self, role: str) -> list[AttemptClosed]:
        return [e for e in self.events if isinstance(e, AttemptClosed) and e.role == role]

    def assert_nothing_counted_twice(self) -> None:
        addresses = Counter((a.role, a.quiz, a.attempt, a.item) for a in self.answers)
        assert [where for where, count in addresses.items() if count > 1] == []
        attempts = Counter((c.role, c.quiz, c.attempt) for c in (*self.closed("pre"), *self.closed("post")))
        assert [where for where, count in attempts.items() if count > 1] == []
        acts = Counter(e.id for e in self.events)
        assert max(acts.values()) == 1
