"""How often one client may ask: a sliding minute, in this process."""

import ipaddress
from collections import OrderedDict, deque
from threading import Lock
from time import monotonic

from starlette.requests import Request

MINUTE = 60.0
CLIENTS = 10_000


class Limit:
    """Holds the times of recent requests; the oldest clients are forgotten first."""

    def __init__(self, most: int, seconds: float = MINUTE) -> None:
        self._most, self._seconds = most, seconds
        self._seen: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = Lock()

    def allows(self, request: Request) -> bool:
        return self.allowed(client(request), monotonic())

    def allowed(self, who: str, now: float) -> bool:
        with self._lock:
            times = self._seen.setdefault(who, deque())
            self._seen.move_to_end(who)
            while times and times[0] <= now - self._seconds:
                times.popleft()
            while len(self._seen) > CLIENTS:
                self._seen.popitem(last=False)
            if len(times) >= self._most:
                return False
            times.append(now)
            return True


def client(request: Request) -> str:
    """The peer; behind a proxy of our own network, whom that proxy saw."""
    peer = request.client.host if request.client else ""
    forwarded = request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
    return forwarded if forwarded and _near(peer) else peer


def _near(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return True
