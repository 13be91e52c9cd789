"""A learner's credit over a cycle: one entry a certificate that stands, and totals that never mix units."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from modules.core.certificates import Certificate
from modules.core.credit import day_text
from modules.core.errors import NotAllowed
from modules.core.schemes import amount_number, plain_decimal, plain_words

UNREADABLE = "Write a cycle as two dates such as 2026-01-01 and 2026-12-31, or choose a year."


@dataclass(frozen=True, slots=True)
class Cycle:
    """Both days belong to it; None has no end on that side."""

    first: date | None = None
    last: date | None = None

    def holds(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    @property
    def text(self) -> str:
        first = day_text(self.first) if self.first else ""
        last = day_text(self.last) if self.last else ""
        if first and last:
            return f"{first} to {last}"
        return f"From {first}" if first else f"Until {last}" if last else "All years"


@dataclass(frozen=True, slots=True)
class Entry:
    """`note` is the learner's own reflection on the module, empty when there is none."""

    certificate: Certificate
    note: str = ""


@dataclass(frozen=True, slots=True)
class Total:
    """What one scheme adds up to, in its own unit."""

    scheme: str
    amount: Decimal
    unit: str
    certificates: int

    @property
    def text(self) -> str:
        return f"{amount_number(self.amount)} {self.unit}"


def cycle(year: str = "", first: str = "", last: str = "") -> Cycle:
    """As typed: a calendar year, or two days of which either may be missing. NotAllowed when it cannot be read."""
    try:
        if year:
            return Cycle(date(int(year), 1, 1), date(int(year), 12, 31))
        found = Cycle(_day(first), _day(last))
    except (ValueError, OverflowError):
        raise NotAllowed(UNREADABLE) from None
    if found.first and found.last and found.first > found.last:
        raise NotAllowed("A cycle ends after it begins. Change one of the two dates.")
    return found


def _day(typed: str) -> date | None:
    return date.fromisoformat(typed) if typed else None


def entries(
    certificates: Iterable[Certificate], notes: Mapping[str, str], *, within: Cycle, scheme: str = ""
) -> tuple[Entry, ...]:
    """By the day they were completed, oldest first; `scheme` empty means every scheme."""
    chosen = [
        one for one in certificates if within.holds(one.completed) and scheme in ("", one.scheme)
    ]  # fmt: skip
    ordered = sorted(chosen, key=lambda one: (one.completed, one.issued, one.number))
    return tuple(Entry(one, notes.get(one.module, "")) for one in ordered)


def totals(found: Iterable[Entry]) -> tuple[Total, ...]:
    """One for each scheme and unit, by name: hours are never added to credits, nor credits of two schemes."""
    sums: dict[tuple[str, str, str], list[Decimal]] = {}
    for entry in found:
        held = entry.certificate
        sums.setdefault((held.scheme_name, held.unit, held.units), []).append(held.amount)
    return tuple(
        Total(name, amount, plain_words(unit if amount == 1 else units or unit), len(parts))
        for (name, unit, units), parts in sorted(sums.items())
        for amount in (plain_decimal(sum(parts, Decimal(0))),)
    )
