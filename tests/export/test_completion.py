"""Rows as CSV: RFC 4180, and nothing a spreadsheet would run."""

import csv
import io
from dataclasses import dataclass

import pytest

from modules.export.completion import csv_text


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    hours: float
    note: str | None


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def test_commas_quotes_and_line_breaks_come_back_as_they_were() -> None:
    """RFC 4180, 2.6 and 2.7."""
    rows = [Row('A "quoted", name', 0.5, "two\nlines"), Row("Bo", -1, None)]
    text = csv_text(("Name", "Hours", "Note"), rows)
    assert read(text) == [
        ["Name", "Hours", "Note"],
        ['A "quoted", name', "0.5", "two\nlines"],
        ["Bo", "-1", ""],
    ]
    assert text.endswith("\r\n")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", " ="])
def test_a_cell_that_begins_like_a_formula_is_only_text(start: str) -> None:
    text = csv_text(("Name", "Hours", "Note"), [Row(f'{start}HYPERLINK("x")', 1.0, "")])
    assert read(text)[1][0].startswith("'")


def test_a_row_of_another_width_is_refused() -> None:
    with pytest.raises(ValueError, match="3 values; the header has 2"):
        csv_text(("Name", "Hours"), [Row("Ann", 1.0, None)])
