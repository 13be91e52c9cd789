"""The report on items from real records: on the page, in a file, and on the command line."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from modules.actions.access import OPERATOR
from modules.actions.outcomes import HEADER, items_of, json_text, line, rows
from modules.cli import main
from modules.core.items import Quiz, texts_of
from modules.core.module import Module
from modules.core.prose import Words
from modules.export.completion import csv_text
from modules.records.records import Records
from modules.web.item_table import families_html, form_html
from tests.outcomes.simulated import MISKEYED, bank, sat

ROOT = Path(__file__).resolve().parents[2]


def kept(records: Records, learners: int) -> Module:
    made = bank()
    events, _ = sat(made, learners)
    records.append(events)
    return made.module


def spoken(quiz: Quiz) -> Quiz:
    return replace(quiz, prose={text: (Words(text),) for item in quiz.items for text in texts_of(item)})


def test_a_row_an_item_and_test_with_numbers_a_spreadsheet_can_use(sqlite_records: Records) -> None:
    module = kept(sqlite_records, 300)
    table = list(csv.reader(io.StringIO(csv_text(HEADER, rows(items_of(OPERATOR, sqlite_records, module))))))
    assert tuple(table[0]) == HEADER
    assert len(table) == 1 + 2 * 2 * 12
    wrong = next(r for r in table if r[1] == f"a{MISKEYED}" and r[3] == "pre")
    assert "Possibly miskeyed" in wrong[-1]
    assert float(wrong[8]) < 0


def test_the_page_says_flags_first_and_few_answers_in_words(sqlite_records: Records) -> None:
    module = kept(sqlite_records, 8)
    report = items_of(OPERATOR, sqlite_records, module)
    html = "".join(form_html(f, report, spoken(module.quizzes[f.quiz])) for f in report.forms)
    assert "too few answers (n = " in html
    assert "to look at" not in html
    assert "too few answers (n = 8)" in families_html(report.families)


def test_the_page_flags_what_is_wrong(sqlite_records: Records) -> None:
    module = kept(sqlite_records, 300)
    report = items_of(OPERATOR, sqlite_records, module)
    html = "".join(form_html(f, report, spoken(module.quizzes[f.quiz])) for f in report.forms)
    assert "Possibly miskeyed" in html
    assert "Better third" in html
    assert any("Possibly miskeyed" in line(one) for one in report.items)


def test_the_whole_report_is_json_with_absent_figures_null(sqlite_records: Records) -> None:
    module = kept(sqlite_records, 8)
    told = json.loads(json_text(items_of(OPERATOR, sqlite_records, module)))
    assert {"items", "families", "forms"} == told.keys()
    assert told["items"][0]["difficulty"]["value"] is None
    assert told["families"][0]["sensitivity"]["n"] == 8


@pytest.fixture
def shipped(monkeypatch: pytest.MonkeyPatch, sqlite_url: str) -> None:
    monkeypatch.setenv("LANDMARK_DATABASE_URL", sqlite_url)


@pytest.mark.usefixtures("shipped")
def test_the_command_says_when_nobody_has_answered(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["outcomes", "items", "her2-maintenance"]) == 0
    assert capsys.readouterr().out == "Nobody has answered a test of this module yet.\n"


@pytest.mark.usefixtures("shipped")
def test_the_command_names_the_modules_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["outcomes", "items", "nowhere"]) == 2
    assert "her2-maintenance" in capsys.readouterr().err
