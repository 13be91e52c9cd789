"""Numbers as files write them -> exact decimals, and back."""

from decimal import Decimal, InvalidOperation

_MOST = 30
"""More digits before or behind the point are no answer, and would fill the memory when written out."""


def number_of(written: str) -> Decimal:
    """`3`, `-0.5`, `2e3`; ValueError for anything else."""
    try:
        number = Decimal(written.strip())
    except InvalidOperation:
        raise ValueError(written) from None
    if (
        not number.is_finite()
        or (number and abs(number.adjusted()) > _MOST)
        or abs(int(number.as_tuple().exponent)) > _MOST
    ):
        raise ValueError(written)
    return number


def number_text(number: Decimal) -> str:
    """Without exponent and trailing zeros."""
    text = format(number, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"
