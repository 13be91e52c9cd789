"""The report on a live session as PDF: before veraPDF, and read back by poppler."""

from pathlib import Path

import pytest

from modules.actions.live.report import session_report
from modules.core.session_report import SessionReport
from modules.export.live_report import REHEARSAL, live_report_pdf
from modules.records.records import Records
from tests.actions.live_room import FULL, HOST, LATER, Votes, held, room_module, twice
from tests.export.test_certificate import NAMES
from tests.verifier.programs import accessible, pages

FEW: Votes = twice((20, 8, 2, 10))


def report(records: Records, votes: Votes, *, rehearsal: bool = False) -> SessionReport:
    session = held(records, votes, rehearsal=rehearsal)
    for number, text in enumerate(NAMES):
        records.floor.ask(session.code, f"d{number}", f"{text} #panic('x') * _", most=5, now=LATER)
    for one in records.floor.questions(session.code):
        records.floor.put_state(session.code, one.id, "answered")
    return session_report(records, HOST, room_module(), session.code, now=LATER)


def written(folder: Path, name: str, found: SessionReport) -> Path:
    file = folder / f"{name}.pdf"
    file.write_bytes(live_report_pdf(found, now=LATER))
    return file


def words(file: Path) -> str:
    return " ".join(" ".join(pages(file)).split())


@pytest.fixture
def files(sqlite_records: Records, tmp_path: Path) -> dict[str, Path]:
    made = {
        "whole": report(sqlite_records, FULL),
        "rehearsal": report(sqlite_records, FULL, rehearsal=True),
        "few": report(sqlite_records, FEW),
        "nothing": report(sqlite_records, {}),
    }
    return {name: written(tmp_path, name, one) for name, one in made.items()}


def test_reports_keep_pdf_ua_1_by_verapdf(files: dict[str, Path]) -> None:
    """ISO 14289-1, whatever was asked from the floor."""
    found = accessible(list(files.values()))
    assert [(one.compliant, one.failed) for one in found] == [(True, ())] * len(files)
    assert all(one.checks > 1000 for one in found)


def test_the_report_says_its_figures_and_how_they_are_made(files: dict[str, Path]) -> None:
    told = words(files["whole"])
    for said in (
        "19 of 40 right, 48% (95% interval 33 to 63%).",
        "Median of the guesses: 34.5 months. The record shows 56.5 months.",
        "Polls 1 and 3 · 40 voted both times",
        "Paired change (adjusted interval of Agresti and Min): +17.5 percentage points (95% interval −2.5 to +35.8).",
        "Exact McNemar test, two-sided: p = 0.143.",
        "Wilson EB, J Am Stat Assoc 1927;22:209",
        "Stat Med 2005;24:729",
        "Psychometrika 1947;12:153",
        "Questions from the room",
    ):
        assert said in told
    assert "REHEARSAL" not in told


def test_a_small_cell_is_nowhere_in_it(files: dict[str, Path]) -> None:
    told = words(files["few"])
    assert "Fewer than 5 devices fall into one of the four cells, so that none of them is shown." in told
    assert "p =" not in told
    assert "Stayed right" not in told


def test_a_rehearsal_says_so_on_every_page(files: dict[str, Path]) -> None:
    found = pages(files["rehearsal"])
    assert len(found) >= 2
    assert [page.count(REHEARSAL) for page in found] == [2] * len(found)
