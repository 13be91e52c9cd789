"""A figure found by its path: value, unit, interval, and where it comes from; and how it reads in a sentence."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from modules.core.effect import Interval
from modules.core.evidence import Confidence, Source

Style = Literal["value", "estimate"]
FORMATS = ("", "years", "plain", "whole", "per-100")
"""What may follow the bar in a role: `path|years`."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a figure was published; `trial` is its name, None for a definition; `follow_up` is in months."""

    trial: str | None
    detail: str
    cut: str | None
    assessor: str | None
    source: Source
    confidence: Confidence
    after: bool = False
    follow_up: float | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """`value` None with `not_reached` True: the median was not reached. `calculated`: how, when not published."""

    path: str
    value: float | None
    unit: str
    origin: Origin
    ci: Interval | None = None
    name: str | None = None
    calculated: str | None = None
    not_reached: bool = False
    printed: str | None = None
    """The source's own characters, where they are not a plain number (`<0.001`)."""


def number(value: float, places: int | None = None) -> str:
    """As published: no trailing zeros beyond what a float needs; thousands with a comma, a true minus sign."""
    text = f"{value:,.6f}".rstrip("0").rstrip(".") if places is None else f"{_half_up(value, places):,.{places}f}"
    return text.replace("-", "−")


def _half_up(value: float, places: int) -> Decimal:
    """56.5 becomes 57, as a reader expects; binary floats and round() would give 56."""
    return Decimal(str(round(value, 9))).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _unit(value_text: str, unit: str) -> str:
    match unit:
        case "percent":
            return f"{value_text}%"
        case "ratio" | "count" | "":
            return value_text
        case _:
            singular = {"months": "month", "years": "year", "cycles": "cycle", "patients": "patient"}
            return f"{value_text} {singular.get(unit, unit) if value_text == '1' else unit}"


def _bound(value: float | None, quantity: Quantity) -> str:
    return "not reached" if value is None else _number(value, quantity)


def _number(value: float, quantity: Quantity) -> str:
    """Calculated figures carry one decimal, a published one as many as its source printed; ratios keep two."""
    if quantity.unit == "ratio":
        return number(value) if len(number(value).partition(".")[2]) > 2 else f"{value:.2f}"
    return number(float(_half_up(value, 1))) if quantity.calculated else number(value)


def interval_text(quantity: Quantity) -> str:
    """`95% CI 49.3 to not reached`; empty when no interval was published."""
    if quantity.ci is None:
        return ""
    low, high = (_bound(end, quantity) for end in (quantity.ci.low, quantity.ci.high))
    return f"{number(quantity.ci.level)}% CI {low} to {high}"


def text(quantity: Quantity, style: Style = "value", form: str = "") -> str:
    """The figure as it stands in a sentence: `56.5 months`, or with style estimate its interval too.

    `form` is one of FORMATS: years (from months), plain (no unit), whole (no decimals), per-100 (from percent).
    """
    if quantity.printed is not None:
        return f"{quantity.name} {quantity.printed}" if style == "estimate" and quantity.name else quantity.printed
    if quantity.value is None:
        return "not reached" if quantity.not_reached else "not published"
    body = _shaped(quantity, form)
    interval = interval_text(quantity) if style == "estimate" else ""
    prefix = f"{quantity.name} " if style == "estimate" and quantity.name else ""
    return f"{prefix}{body} ({interval})" if interval else f"{prefix}{body}"


def _shaped(quantity: Quantity, form: str) -> str:
    value = quantity.value or 0.0
    match form:
        case "years":
            return _unit(number(float(_half_up(value / 12, 1))), "years")
        case "plain":
            return _number(value, quantity)
        case "whole":
            return _unit(number(value, 0), quantity.unit)
        case "per-100":
            return f"{number(value, 0)} per 100"
        case _:
            return _unit(_number(value, quantity), quantity.unit)
