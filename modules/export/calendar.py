"""Dates for a learner's own calendar (RFC 5545): planned reviews and the follow-up. It names nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from icalendar import Calendar, Event


@dataclass(frozen=True, slots=True)
class Entry:
    """`uid` stays the same when the date moves, so that a second import replaces the first."""

    uid: str
    start: datetime
    end: datetime
    title: str
    text: str


def calendar(entries: Sequence[Entry], *, url: str, now: datetime) -> bytes:
    """An iCalendar file, times in UTC."""
    made = Calendar()
    made.add("prodid", "-//Landmark//Reviews//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    for entry in entries:
        event = Event()
        event.add("uid", entry.uid)
        event.add("dtstamp", now.astimezone(UTC))
        event.add("dtstart", entry.start.astimezone(UTC))
        event.add("dtend", entry.end.astimezone(UTC))
        event.add("summary", entry.title)
        event.add("description", entry.text)
        event.add("url", url)
        event.add("transp", "TRANSPARENT")
        made.add_component(event)
    text: bytes = made.to_ical()
    return text
