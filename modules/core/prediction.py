"""A prediction in words: the range it is asked in, the guess, and by how much it missed."""

from dataclasses import replace

from modules.core.effect import difference
from modules.core.module import Predict
from modules.core.quantity import Quantity, number, text

UNITS = ("months", "percent")
"""What can be placed on a scale by somebody who has not seen it yet."""
_GAPS = {"months": ("month", "months"), "percent": ("percentage point", "percentage points")}


def span(block: Predict) -> str:
    """`from 0 to 96 months`."""
    return f"from {number(block.low)} to {in_unit(block.high, block.quantity)}"


def in_unit(value: float, quantity: Quantity) -> str:
    """A guess in the form in which the figure itself is printed."""
    return text(replace(quantity, value=value, ci=None, calculated=None, printed=None, not_reached=False))


def error(guess: float, truth: float) -> float:
    """Negative when the guess is too low; free of binary noise."""
    return difference(guess, truth)


def miss(guess: float, truth: float, unit: str) -> str:
    """`16.5 months too low`."""
    gap = error(guess, truth)
    if gap == 0:
        return "exactly right"
    size = number(abs(gap))
    one, many = _GAPS[unit]
    return f"{size} {one if size == '1' else many} too {'high' if gap > 0 else 'low'}"
