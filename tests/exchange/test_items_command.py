"""`items import` and `items export` as an author runs them."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from modules import cli
from tests.authoring.reading import GOOD
from tests.exchange.test_gift import SAMPLES

ROOT = Path(cli.__file__).parents[1]


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copy = shutil.copytree(GOOD, tmp_path / "site")
    monkeypatch.setenv("LANDMARK_CONTENT_DIR", str(copy / "content"))
    monkeypatch.setenv("LANDMARK_QUIZZES_DIR", str(copy / "quizzes"))
    monkeypatch.chdir(tmp_path)
    return copy


def took(*arguments: str) -> int:
    return cli.main(["items", "import", str(SAMPLES / "gift-wrapper.txt"), "--format", "gift", *arguments])


def test_an_imported_quiz_stands_in_its_place_and_the_check_asks_for_the_rest(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert took("--quiz", "demo/buoys") == 1
    out = capsys.readouterr().out
    assert out.startswith(f"{site / 'quizzes/demo/buoys.yaml'}: 3 items\nthe file (line 1): lost. The category")
    assert "sectors-of-a-light (line 3): add. Still missing: objectives, see and evidence, the rationale of " in out
    written = (site / "quizzes/demo/buoys.yaml").read_text(encoding="utf-8")
    assert written.startswith(
        "id: demo/buoys\nroles: [check]\nitems:\n  - id: sectors-of-a-light\n    type: single-best\n"
    )
    assert cli.main(["check", "--on", "2030-07-01", "site/quizzes/demo/buoys.yaml"]) == 1
    found = capsys.readouterr().out
    assert 'item "cardinal-marks": the key "objectives" is missing' in found
    assert "S102" not in found


def test_without_a_place_the_draft_is_printed_and_the_report_goes_beside_it(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert took() == 1
    printed = capsys.readouterr()
    assert printed.out.startswith("id: imported/gift-wrapper\n")
    assert printed.err.startswith("imported/gift-wrapper: 3 items\n")


def test_a_file_that_is_there_is_never_written_over(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (site / "quizzes/demo/checks.yaml").read_bytes()
    assert took("--quiz", "demo/checks") == 2
    assert "is there already. Give another --out, or move it away." in capsys.readouterr().err
    assert (site / "quizzes/demo/checks.yaml").read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--quiz", "Demo"], '"Demo" is not the id of a quiz. Write module/quiz in small letters, digits and "-".'),
        (["--out", "nowhere/x.yaml"], 'There is no folder "nowhere". Make it first.'),
    ],
)
def test_a_place_that_cannot_be_is_refused(
    site: Path, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert took(*arguments) == 2
    assert capsys.readouterr().err == f"{said}\n"


def test_a_broken_file_is_one_sentence_and_nothing_is_written(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = site / "bad.gift"
    bad.write_text("::A::Good? {T}\n\n::B::Bad? {=a", encoding="utf-8")
    assert cli.main(["items", "import", str(bad), "--format", "gift", "--out", "new.yaml"]) == 2
    assert capsys.readouterr().err == f'{bad}, line 3: a "{{" is never closed. Add "}}" after the answers.\n'
    assert not Path("new.yaml").exists()
    assert cli.main(["items", "import", "none.gift", "--format", "gift"]) == 2
    assert capsys.readouterr().err == 'The file "none.gift" cannot be opened: No such file or directory.\n'


@pytest.mark.parametrize("wanted", ["demo/form-a", "site/quizzes/demo/form-a.yaml"])
@pytest.mark.parametrize("form", ["gift", "aiken", "moodle", "qti"])
def test_a_quiz_is_exported_by_its_id_or_its_file(
    site: Path, wanted: str, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["items", "export", wanted, "--format", form, "--out", "out"]) in (0, 1)
    assert capsys.readouterr().out.startswith("out: ")
    assert Path("out").stat().st_size > 100
    assert sorted(p.name for p in Path().iterdir()) == ["out", "site"]


def test_figures_are_written_out_and_the_report_says_so(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["items", "export", "demo/checks", "--format", "moodle", "--out", "out.xml"])
    report, written = capsys.readouterr().out, Path("out.xml").read_text(encoding="utf-8")
    assert "Figures are written out; they no longer follow the record." in report
    assert "{value}" not in written


def test_an_unknown_or_broken_quiz_is_refused(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    export = ["items", "export", "demo/none", "--format", "gift", "--out", "out"]
    assert cli.main(export) == 2
    assert capsys.readouterr().err == 'There is no quiz "demo/none". Give a file ending in .yaml, or module/quiz.\n'
    checks = site / "quizzes/demo/checks.yaml"
    checks.write_text(checks.read_text(encoding="utf-8").replace("tolerance", "tolerence"), encoding="utf-8")
    assert cli.main(["items", "export", "demo/checks", "--format", "gift", "--out", "out"]) == 2
    assert 'the key "tolerance" is missing' in capsys.readouterr().err
    assert not Path("out").exists()


def test_the_command_runs_from_the_shell() -> None:
    command = [sys.executable, "-m", "modules.cli", "items", "import", str(SAMPLES / "moodle-questions.xml")]
    done = subprocess.run([*command, "--format", "moodle"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, "id: imported/moodle-questions")
