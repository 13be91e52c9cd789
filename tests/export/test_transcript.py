"""The transcript: a tagged PDF, and a CSV that runs nothing in a spreadsheet."""

import csv
import io
from collections.abc import Sequence

import pikepdf
import pytest

from modules.core.transcript import Cycle, Entry, entries, totals
from modules.export.transcript import HEADER, transcript_csv, transcript_pdf
from tests.builders import NOON, certificate
from tests.export.test_certificate import NAMES, credited, elements

MINE = (certificate(), credited().model_copy(update={"number": "LM-2"}))
NOTES = {"harbour": "I will look at the lamp first.\nThen at the shore."}


def opened(found: Sequence[Entry], name: str = "Ann Åker") -> pikepdf.Pdf:
    made = transcript_pdf(name, Cycle().text, found, totals(found), now=NOON)
    return pikepdf.open(io.BytesIO(made))


def test_it_is_tagged_titled_and_has_headings_and_tables_with_header_cells() -> None:
    """ISO 14289-1: 7.1 (title), 7.2 (natural language), 7.4 (headings), 7.5 (tables), 5 (identification)."""
    pdf = opened(entries(MINE, NOTES, within=Cycle()))
    assert pdf.Root.MarkInfo.Marked == True  # noqa: E712
    assert str(pdf.Root.Lang) == "en-GB"
    kinds = [str(e.S) for e in elements(pdf.Root.StructTreeRoot)]
    assert kinds.count("/H1") == 1
    assert kinds.count("/Table") == 2
    assert kinds.count("/TH") == 6
    with pdf.open_metadata() as told:
        assert told["pdfuaid:part"] == "1"
        assert told["dc:title"] == "Transcript of credit: Ann Åker"


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_no_name_and_no_note_breaks_it(name: str) -> None:
    notes = {"harbour": f"{name} #panic('x') * _"}
    assert len(opened(entries(MINE, notes, within=Cycle()), name).pages) == 1


def test_many_certificates_run_over_pages_and_none_is_a_page_too() -> None:
    many = [certificate(f"LM-{n}") for n in range(60)]
    assert len(opened(entries(many, NOTES, within=Cycle())).pages) > 2
    assert len(opened(()).pages) == 1


def test_the_same_transcript_of_a_moment_is_the_same_document() -> None:
    found = entries(MINE, NOTES, within=Cycle())
    made = {transcript_pdf("Ann", "All years", found, totals(found), now=NOON) for _ in range(2)}
    assert len(made) == 1


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_no_cell_of_the_csv_is_a_formula(start: str) -> None:
    """OWASP: CSV injection."""
    evil = certificate().model_copy(update={"title": f"{start}1+1", "provider": f"{start}cmd"})
    text = transcript_csv(entries([evil], {"harbour": f"{start}HYPERLINK()"}, within=Cycle()))
    (row,) = list(csv.reader(io.StringIO(text, newline="")))[1:]
    assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t"))]
    assert row[1] == f"'{start}1+1"


def test_a_row_holds_the_amount_beside_its_own_unit() -> None:
    rows = list(csv.DictReader(io.StringIO(transcript_csv(entries(MINE, NOTES, within=Cycle())), newline="")))
    assert tuple(rows[0]) == HEADER
    assert [(row["Claimed"], row["Unit"]) for row in rows] == [
        ("0.5", "AMA PRA Category 1 Credit(s)™"), ("0.5", "hours"),
    ]  # fmt: skip
    assert rows[0]["Reflection"] == NOTES["harbour"]
