"""The journals read last, by learner and module: the journal is only added to, so only what is new is read."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock

from modules.core.events import Event

SIZE = 500
"""Learners in a module; about 100 kB each at the end of a module."""
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Read:
    """A journal up to and with the row `seq`. `raw` has references, `refs`, where `events` has `texts`."""

    seq: int = 0
    events: tuple[Event, ...] = ()
    raw: tuple[Event, ...] = ()
    refs: tuple[str, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)


class Recent:
    """Safe over threads. An older reading may replace a newer one: the next look reads on from there."""

    def __init__(self, size: int = SIZE) -> None:
        self._size = size
        self._kept: OrderedDict[Key, Read] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key) -> Read:
        with self._lock:
            if key not in self._kept:
                return Read()
            self._kept.move_to_end(key)
            return self._kept[key]

    def keep(self, key: Key, read: Read) -> None:
        with self._lock:
            self._kept[key] = read
            self._kept.move_to_end(key)
            if len(self._kept) > self._size:
                self._kept.popitem(last=False)
