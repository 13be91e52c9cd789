"""A check that remembers finds exactly what a check that reads everything finds, whatever was changed in between."""

import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from modules import cli
from modules.authoring.kept import Kept, keep_in, kept_in, mark
from modules.authoring.library import Loaded, load
from tests.authoring.reading import GOOD

ON = date(2030, 7, 1)
Edit = Callable[[Path], object]


def edit(place: str, old: str, new: str) -> Edit:
    def change(site: Path) -> None:
        file = site / place
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")

    return change


def copied(site: Path) -> None:
    """A second module beside the first."""
    shutil.copytree(site / "content/demo", site / "content/twin")
    shutil.copytree(site / "quizzes/demo", site / "quizzes/twin")


EDITS: dict[str, Edit] = {
    "nothing": lambda site: None,
    "a typed figure in a lesson": edit("content/demo/01-start.md", "*nothing*", "12.5%"),
    "and its cure": edit("content/demo/01-start.md", "12.5%", "*nothing*"),
    "an estimate of a trial": edit(
        "content/trials/demo.yaml", "percent: 60, ci: [50, 70]", "percent: 80, ci: [50, 70]"
    ),
    "a name of a trial": edit("content/trials/bare.yaml", "name: ", "name: X"),
    "a broken trial": edit("content/trials/demo.yaml", "phase:", "fase:"),
    "and its repair": edit("content/trials/demo.yaml", "fase:", "phase:"),
    "a reference": edit("content/references.yaml", "id: roe-2031", "id: roe-2032"),
    "its return": edit("content/references.yaml", "id: roe-2032", "id: roe-2031"),
    "a second module": copied,
    "without it": lambda site: (shutil.rmtree(site / "content/twin"), shutil.rmtree(site / "quizzes/twin")),
    "a retired item": edit("quizzes/retired.yaml", "retired: [", "retired: [demo/checks#ck-marker, "),
    "coordinates of a curve": edit("content/trials/curves/traced-new.csv", "0,100", "0,99"),
    "a lesson less": lambda site: (site / "content/demo/02-reading.md").unlink(),
}


def told(loaded: Loaded) -> object:
    return loaded.problems, loaded.waived, loaded.files


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return shutil.copytree(GOOD, tmp_path / "site")


def test_after_every_edit_the_remembered_check_agrees_with_a_fresh_one(site: Path, tmp_path: Path) -> None:
    file, found = tmp_path / "kept", set()
    for name, change in EDITS.items():
        change(site)
        kept = kept_in(file)
        remembered = load(site / "content", site / "quizzes", ON, kept=kept, whole=False)
        keep_in(file, kept)
        assert told(remembered) == told(load(site / "content", site / "quizzes", ON)), name
        found.add(len(remembered.problems))
    assert len(found) > 3, "the edits made no difference"


def test_a_server_that_remembers_offers_the_library_a_fresh_one_would(site: Path) -> None:
    kept = Kept()
    for name, change in EDITS.items():
        change(site)
        remembered = load(site / "content", site / "quizzes", ON, kept=kept)
        fresh = load(site / "content", site / "quizzes", ON)
        assert told(remembered) == told(fresh), name
        assert remembered.library == fresh.library, name


def test_a_module_that_has_not_changed_is_not_read_again(site: Path) -> None:
    kept = Kept()
    first = load(site / "content", site / "quizzes", ON, kept=kept).library.modules["demo"]
    assert load(site / "content", site / "quizzes", ON, kept=kept).library.modules["demo"] is first
    edit("content/demo/01-start.md", "*nothing*", "*little*")(site)
    assert load(site / "content", site / "quizzes", ON, kept=kept).library.modules["demo"] is not first


def test_another_day_is_another_check(site: Path) -> None:
    kept = Kept()
    load(site / "content", site / "quizzes", ON, kept=kept)
    late = date(2034, 1, 1)
    assert told(load(site / "content", site / "quizzes", late, kept=kept)) == told(
        load(site / "content", site / "quizzes", late)
    )


@pytest.mark.parametrize("damage", [b"", b"not a pickle", b"\x80\x05K\x01.", b"\x80\x05]."])
def test_a_damaged_memory_is_an_empty_one(damage: bytes, tmp_path: Path) -> None:
    file = tmp_path / "kept"
    file.write_bytes(damage)
    assert kept_in(file) == Kept()


def test_bytecode_leaves_the_memory_valid_and_changed_code_does_not(tmp_path: Path) -> None:
    code, bytecode = tmp_path / "rule.py", tmp_path / "__pycache__"
    code.write_text("ASKED = 1\n")
    before = mark(tmp_path)
    bytecode.mkdir()
    (bytecode / "rule.cpython-311.pyc").write_bytes(b"bytecode")
    assert mark(tmp_path) == before
    code.write_text("ASKED = 12\n")
    assert mark(tmp_path) != before


def test_a_folder_that_cannot_be_written_does_not_fail_a_check(tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where a folder should be")
    keep_in(blocked / "kept", Kept())
    assert os.listdir(tmp_path) == ["blocked"]


def test_fresh_reads_everything_again(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(site.parent)
    for _ in range(2):
        assert cli.main(["check", "site", "--on", "2030-07-01"]) == 0
        assert cli.main(["check", "site", "--on", "2030-07-01", "--fresh"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(set(lines)) == 1
