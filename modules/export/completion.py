"""Rows as CSV (RFC 4180) that a spreadsheet can open without running anything."""

import csv
import io
from collections.abc import Iterable
from dataclasses import astuple, is_dataclass

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_text(header: tuple[str, ...], rows: Iterable[object]) -> str:
    """`rows` are dataclasses with their fields in the header's order, or tuples."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([cell(name) for name in header])
    for row in rows:
        writer.writerow([cell(value) for value in _values(row, len(header))])
    return out.getvalue()


def cell(value: object) -> str:
    """Text that begins like a formula gets a leading apostrophe; numbers stay numbers."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return str(value)
    text = str(value)
    return f"'{text}" if text.lstrip().startswith(_FORMULA) or text.startswith(_FORMULA) else text


def _values(row: object, width: int) -> tuple[object, ...]:
    if isinstance(row, tuple):
        values: tuple[object, ...] = row
    elif is_dataclass(row) and not isinstance(row, type):
        values = astuple(row)
    else:
        raise TypeError(f"a row must be a dataclass or a tuple, not {type(row).__name__}")
    if len(values) != width:
        raise ValueError(f"a row has {len(values)} values; the header has {width}")
    return values
