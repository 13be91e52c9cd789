"""The report on a module's items: from the journal, and apart from it from the votes of rooms."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime

from modules.actions.access import allow
from modules.actions.live.results import right_by_voter
from modules.actions.live.sessions import over
from modules.core.errors import NotAllowed
from modules.core.live import ItemPoll, LiveSession
from modules.core.module import Module
from modules.core.people import Actor
from modules.outcomes.items import ItemReport, Report, item_report
from modules.outcomes.live_votes import LiveItem, LiveVotes, live_items
from modules.outcomes.wording import flags, live_text, number_text, seconds_text, share_text
from modules.records.records import Records

HEADER = (
    "Form", "Item", "Family", "Test", "Answers", "Right", "Right from", "Right to", "Item-rest", "Item-rest from",
    "Item-rest to", "Distractors chosen", "Median seconds", "Flags",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """A figure is None where there are too few answers."""

    quiz: str
    item: str
    family: str
    test: str
    n: int
    right: float | None
    right_low: float | None
    right_high: float | None
    item_rest: float | None
    item_rest_low: float | None
    item_rest_high: float | None
    functional: float | None
    seconds: float | None
    flags: str


def items_of(actor: Actor, records: Records, module: Module) -> Report:
    """From everybody's first attempts."""
    allow(actor, "see-items")
    return item_report(module, records.journal(module.id))


def live_of(actor: Actor, records: Records, module: Module, *, now: datetime) -> tuple[LiveItem, ...]:
    """From the sessions that are over. Rehearsals count nowhere; votes are graded by the keys of now."""
    allow(actor, "see-items")
    sessions = records.live.sessions(module=module.id)
    return live_items(_votes(records, module, one) for one in sessions if over(one, now) and not one.rehearsal)


def _votes(records: Records, module: Module, session: LiveSession) -> Iterator[LiveVotes]:
    """Without items that are gone, and those without a key."""
    for placed in session.plan.polls:
        poll = placed.poll
        if not isinstance(poll, ItemPoll):
            continue
        try:
            rights = right_by_voter(records, module, session, placed)
        except NotAllowed:
            continue
        if rights is not None:
            yield LiveVotes(poll.quiz, poll.item, poll.moment, sum(rights.values()), len(rights))


def rows(report: Report) -> tuple[Row, ...]:
    """For a file: figures as numbers, to four digits."""
    return tuple(_row(one) for one in report.items)


def _row(one: ItemReport) -> Row:
    low, high = one.difficulty.interval or (None, None)
    rest_low, rest_high = one.discrimination.interval or (None, None)
    return Row(
        one.quiz, one.item, one.family, one.test, one.difficulty.n,
        _short(one.difficulty.value), _short(low), _short(high),
        _short(one.discrimination.value), _short(rest_low), _short(rest_high),
        _short(one.functional.value), _short(one.seconds[1] if one.seconds else None), " ".join(flags(one)),
    )  # fmt: skip


def json_text(report: Report) -> str:
    """The whole report: every figure with its n and interval, absent ones null."""
    return json.dumps(asdict(report), indent=1)


def _short(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def line(one: ItemReport) -> str:
    """One item in a line of words."""
    told = f"right {share_text(one.difficulty)}, item-rest {number_text(one.discrimination)}, {seconds_text(one)}"
    return " ".join((f"{one.quiz}#{one.item} ({one.test}): {told}.", *flags(one)))


def live_line(one: LiveItem) -> str:
    """One item in a line of words."""
    told = "; ".join(f"{moment} {live_text(figure)}" for moment, figure in one.shares)
    return f"{one.quiz}#{one.item}, live: {told}."
