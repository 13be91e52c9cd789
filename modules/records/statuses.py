"""Where each certificate stands in the status lists: a place of its own, taken once and kept."""

import hashlib
import hmac

from modules.core.errors import RecordsUnavailable
from modules.records.records import Records

BITS = 131_072
MOST, TRIES = 1000, 64
"""Places tried in a list before the next one is begun: at 64 tries a list is more than nine tenths full."""


def take_place(records: Records, secret: bytes, number: str) -> tuple[int, int]:
    """(list, position) of a certificate's number: lists from 1, positions from 0.

    The places follow from the number as if drawn by chance, so that neighbours tell nothing (Bitstring Status
    List 1.0, section 5.1). One that is taken is passed over: no two certificates share a bit.
    """
    for listed in range(1, MOST + 1):
        if listed > 1:
            records.put_once(f"status-list-{listed}", "begun")
        for turn in range(TRIES):
            position = _drawn(secret, f"{number}/{listed}/{turn}")
            key = _key(listed, position)
            if (records.value(key) or records.put_once(key, number)) == number:
                return listed, position
    raise RecordsUnavailable("No place is left in the status lists.")


def last_list(records: Records) -> int:
    """How many lists there are: the first is there from the start."""
    listed = 1
    while records.value(f"status-list-{listed + 1}") is not None:
        listed += 1
    return listed


def ended_places(records: Records, listed: int) -> tuple[int, ...]:
    """Positions in a list whose certificates were revoked or superseded."""
    return tuple(int(key.rpartition("/")[2]) for key in records.ended(f"status/{listed}/"))


def _key(listed: int, position: int) -> str:
    return f"status/{listed}/{position}"


def _drawn(secret: bytes, text: str) -> int:
    digest = hmac.new(secret, f"status/{text}".encode(), hashlib.sha256).digest()
    return int.from_bytes(digest[:8], "big") % BITS
