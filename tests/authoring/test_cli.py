"""`check` and `schema` as an author runs them."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from modules import cli
from modules.authoring.schema import SHAPES, schema
from tests.authoring.reading import GOOD, HERE
from tests.authoring.test_bad_files import expectation

ROOT = Path(cli.__file__).parents[1]
ON = ["--on", "2030-07-01"]


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the good site, which the environment names too."""
    copy = shutil.copytree(GOOD, tmp_path / "site")
    monkeypatch.setenv("LANDMARK_CONTENT_DIR", str(copy / "content"))
    monkeypatch.setenv("LANDMARK_QUIZZES_DIR", str(copy / "quizzes"))
    monkeypatch.chdir(tmp_path)
    return copy


def spoil(site: Path) -> None:
    checks = site / "quizzes/demo/checks.yaml"
    text = checks.read_text(encoding="utf-8").replace("tolerance", "tolerence")
    checks.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    "path", [None, "site", "site/content", "site/quizzes", "site/content/demo", "site/content/trials"]
)
def test_a_good_site_has_nothing_to_mend(site: Path, path: str | None, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", *ON, *([path] if path else [])]) == 0
    assert capsys.readouterr().out.startswith("0 errors, 0 warnings in ")


def test_a_problem_is_one_line_with_its_place_and_the_sum_follows(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(site)
    assert cli.main(["check", *ON]) == 1
    assert capsys.readouterr().out.splitlines() == [
        'site/quizzes/demo/checks.yaml:13: [S105] item "ck-difference": the key "tolerance" is missing. '
        'Add "tolerance: ...".',
        'site/quizzes/demo/checks.yaml:18: [S104] item "ck-difference": unknown key "tolerence". '
        'Did you mean "tolerance"?',
        "What a code means, with examples: check --explain S105",
        "2 errors, 0 warnings in 24 files",
    ]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("site/quizzes/demo/checks.yaml", 1),
        ("site/content/demo", 1),
        ("site/quizzes/demo", 1),
        ("site", 1),
        ("site/quizzes/demo/form-a.yaml", 0),
        ("site/content/trials", 0),
        ("site/content/demo/01-start.md", 0),
    ],
)
def test_a_path_narrows_what_is_shown(site: Path, path: str, code: int) -> None:
    spoil(site)
    assert cli.main(["check", *ON, path]) == code


def test_json_holds_the_same_report(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(site)
    assert cli.main(["check", "--json", *ON, "site/content/demo"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert (report["errors"], report["warnings"], report["files"]) == (2, 0, 10)
    assert set(report["problems"][0]) == {"code", "severity", "path", "line", "where", "message", "fix"}
    assert report["problems"][1]["path"] == "site/quizzes/demo/checks.yaml"


def test_a_warning_alone_ends_well(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    checks = site / "quizzes/demo/checks.yaml"
    text = checks.read_text(encoding="utf-8").replace("count as present?", "count as present.")
    checks.write_text(text, encoding="utf-8")
    assert cli.main(["check", *ON]) == 0
    assert capsys.readouterr().out.endswith("\n0 errors, 1 warning in 24 files\n")


def test_balance_prints_what_each_product_takes(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lesson = site / "content/demo/01-start.md"
    text = lesson.read_text(encoding="utf-8").replace("## What was given", "Barumab did harm.\n\n## What was given")
    lesson.write_text(text, encoding="utf-8")
    assert cli.main(["check", *ON, "--balance"]) == 0
    table = capsys.readouterr().out.splitlines()
    assert table[0] == "demo"
    assert table[2].split() == ["Barumab", "1", "0", "1", "3", "100%", "0", "0"]


def test_a_path_to_nothing_is_told_in_a_sentence(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", "site/nowhere.md"]) == 2
    assert capsys.readouterr().err == 'There is no file or folder "site/nowhere.md".\n'


def test_a_setting_that_cannot_be_used_is_told_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LANDMARK_CONTENT_DIR", "/nowhere/at/all")
    assert cli.main(["check"]) == 2
    assert "LANDMARK_CONTENT_DIR" in capsys.readouterr().err


def test_a_folder_elsewhere_is_checked_by_itself(site: Path, tmp_path: Path) -> None:
    other = shutil.copytree(GOOD / "content", tmp_path / "elsewhere/texts")
    shutil.copytree(GOOD / "quizzes", tmp_path / "elsewhere/quizzes")
    assert cli.main(["check", *ON, str(other)]) == 0
    assert cli.main(["check", *ON, str(other / "demo")]) == 0
    (other / "demo/01-start.md").write_text("no front matter", encoding="utf-8")
    assert cli.main(["check", *ON, str(other)]) == 1


STRAY = [
    "s101-not-utf-8.yaml",
    "s102-tab-in-indentation.yaml",
    "s104-misspelt-key.yaml",
    "s110-no-front-matter.md",
    "s106-no-such-day.md",
    "s203-directive-not-closed.md",
    "e101-path-to-nothing.md",
    "e104-interval-backwards.yaml",
    "r109-unknown-definition.yaml",
    "i101-options-alike.yaml",
    "f103-expires-too-late.md",
    "x103-heading-jump.md",
]


@pytest.mark.parametrize("name", STRAY)
def test_a_stray_file_is_tried_in_the_place_its_shape_suggests(
    site: Path, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copyfile(HERE / "bad" / name, tmp_path / name)
    assert cli.main(["check", *ON, name]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert any(f"[{name[:4].upper()}]" in line and line.startswith(f"{name}:") for line in lines), lines
    assert lines[-1].endswith(" in 1 file")


@pytest.mark.parametrize(
    "name",
    [
        "s103-key-twice.yaml",
        "s104-misspelt-key.yaml",
        "s106-octal-is-text.yaml",
        "s203-directive-not-closed.md",
        "f110-credit-not-in-quarters.md",
    ],
)
def test_a_stray_file_is_tried_with_the_shipped_content_around_it(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = HERE / "bad" / name
    code, line, _, _ = expectation(file)
    assert cli.main(["check", *ON, str(file)]) == 1
    assert f"{file}:{line}: [{code}]" in capsys.readouterr().out


def test_it_runs_as_a_module() -> None:
    asked = [sys.executable, "-m", "modules.cli", "check", "--json", *ON, str(GOOD)]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["problems"] == []


@pytest.mark.parametrize("name", SHAPES)
def test_the_schemas_for_editors_are_current(name: str) -> None:
    current = (ROOT / "assets/schema" / f"{name}.json").read_text(encoding="utf-8")
    assert current == schema(name), "run: python -m modules.cli schema"


def test_schema_writes_a_file_for_each_shape(tmp_path: Path) -> None:
    assert cli.main(["schema", str(tmp_path / "new")]) == 0
    assert {f.name for f in (tmp_path / "new").iterdir()} == {f"{name}.json" for name in SHAPES}
