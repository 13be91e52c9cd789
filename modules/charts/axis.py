"""Ticks, and how a month or a difference reads."""

import math

from modules.core.quantity import number

_STEPS = (1, 2, 2.5, 5, 10)
_RATIOS = ((0.1, 0.25, 0.5, 1, 2, 4, 10), (0.5, 0.75, 1, 1.5))


def month_ticks(end: float) -> tuple[float, ...]:
    """Whole quarters or years from 0; eight ticks at most."""
    step = next((s for s in (3, 6, 12, 24) if end / s <= 7), 36)
    return tuple(float(month) for month in range(0, int(end) + 1, step))


def value_ticks(largest: float) -> tuple[float, ...]:
    """Round numbers from 0 to just past the largest value; three to six of them."""
    rough = largest / 4 or 1
    power = 10 ** math.floor(math.log10(rough))
    step = next(s * power for s in _STEPS if s * power >= rough)
    return tuple(round(step * n, 6) for n in range(math.ceil(round(largest / step, 6)) + 1))


def ratio_ticks(low: float, high: float) -> tuple[float, ...]:
    """1 and its halves and doubles, or finer where the axis is short."""
    coarse, fine = (tuple(r for r in ratios if low <= r <= high) for ratios in _RATIOS)
    return coarse if len(coarse) >= 3 else fine


def at_month(month: float) -> str:
    """`4 years`, `1 year` or `30 months`."""
    value, unit = (month / 12, "year") if month % 12 == 0 else (month, "month")
    return f"{number(value)} {unit}{'' if value == 1 else 's'}"


def more_or_fewer(points: str, value: float) -> str:
    """`14 more per 100`, from an absolute difference already written out."""
    if value == 0:
        return "No difference per 100"
    return f"{points} {'more' if value > 0 else 'fewer'} per 100"


def listed(names: tuple[str, ...]) -> str:
    """`A`, `A and B`, `A, B and C`."""
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else "".join(names)
