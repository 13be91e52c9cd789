"""How often somebody may try: wrong tries slow down who makes them, and nobody else. Kept in this process only."""

from collections import OrderedDict
from dataclasses import dataclass, field
from hashlib import sha256
from threading import Lock

from modules.routes.limit import Limit

FREE_TRIES = 5
LONGEST_WAIT = 300.0
REMEMBERED = 20_000
FORGIVEN_AFTER = 3600.0
TRIES_FROM_ONE_PLACE = 300
"""In a minute, by browsers that have not signed in here before: against trying many accounts from one place."""
HOUR = 3600.0
LETTERS_FROM_ONE_PLACE = 300
LETTERS_TO_ONE_ADDRESS = 6
"""In an hour. A whole ward may sit behind one address. Links in earlier letters stay good, so that a flood of requests
keeps nobody from getting in."""


class Slowdown:
    """After some wrong tries each one must wait, twice as long as the one before, up to five minutes.

    The key is the address that was typed together with the client, or with the browser that signed in there before:
    wrong tries from elsewhere do not count for either.
    """

    def __init__(self) -> None:
        self._wrong: OrderedDict[str, tuple[int, float]] = OrderedDict()
        self._lock = Lock()

    def wait(self, key: str, now: float) -> int:
        """Seconds until the next try; 0 when it may be now."""
        with self._lock:
            count, last = self._wrong.get(key, (0, now))
            if now - last > FORGIVEN_AFTER:
                self._wrong.pop(key, None)
                return 0
        if count < FREE_TRIES:
            return 0
        until = last + min(2.0 ** (count - FREE_TRIES), LONGEST_WAIT)
        return max(0, int(until - now + 0.999))

    def wrong(self, key: str, now: float) -> None:
        with self._lock:
            count, _ = self._wrong.pop(key, (0, now))
            self._wrong[key] = (count + 1, now)
            while len(self._wrong) > REMEMBERED:
                self._wrong.popitem(last=False)

    def right(self, key: str) -> None:
        with self._lock:
            self._wrong.pop(key, None)


def key_of(*parts: str) -> str:
    """Nothing personal stays, not even in memory."""
    return sha256("\n".join(parts).encode()).hexdigest()


@dataclass(frozen=True)
class Limits:
    tries: Slowdown = field(default_factory=Slowdown)
    strangers: Limit = field(default_factory=lambda: Limit(TRIES_FROM_ONE_PLACE))
    from_one_place: Limit = field(default_factory=lambda: Limit(LETTERS_FROM_ONE_PLACE, HOUR))
    to_one_address: Limit = field(default_factory=lambda: Limit(LETTERS_TO_ONE_ADDRESS, HOUR))
