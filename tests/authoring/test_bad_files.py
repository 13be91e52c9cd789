"""Every deliberate mistake in bad/ is caught, at its line, and nothing else is reported."""

import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from modules.authoring.codes import CODES
from modules.authoring.library import load
from modules.authoring.robot_report import matches, problems
from modules.authoring.targets import Target

HERE = Path(__file__).parent
ON = date(2030, 7, 1)
BAD = sorted((HERE / "bad").iterdir())
EXPECT = re.compile(rb"expect: ([A-Z]\d{3}) line (\d+) in (\S+?)(?:; also ([A-Z0-9,]+))?(?: -->)?\n")


def expectation(file: Path) -> tuple[str, int, str, set[str]]:
    """(code, line, the place the file takes in the site, codes that follow from it)."""
    found = EXPECT.search(file.read_bytes())
    assert found is not None, f"{file.name} does not say what it expects"
    code, line, place, also = found.groups(b"")
    return code.decode(), int(line), place.decode(), set(filter(None, also.decode().split(",")))


def test_the_good_site_has_no_problem_and_offers_its_module() -> None:
    loaded = load(HERE / "good/content", HERE / "good/quizzes", ON)
    assert loaded.problems == ()
    assert list(loaded.library.modules) == ["demo"]


@pytest.mark.parametrize("file", BAD, ids=lambda file: file.stem)
def test_a_mistake_is_reported_at_its_line(file: Path, tmp_path: Path) -> None:
    code, line, place, also = expectation(file)
    site = shutil.copytree(HERE / "good", tmp_path / "site")
    (site / place).parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, site / place)

    loaded = load(site / "content", site / "quizzes", ON)
    whole = Target(site / "content", site / "quizzes")
    won = [replace(p, path=place) for match in matches(loaded.library, whole) for p in problems(match, whole)]

    reported = [(p.code, p.line, p.path.rstrip("/")) for p in [*loaded.problems, *won]]
    at = next((path for found, where, path in reported if (found, where) == (code, line)), None)
    assert at is not None, reported
    assert place.startswith(at)
    others = [found for found in reported if found != (code, line, at)]
    assert {found for found, _, _ in others} <= also, others
    own = [p for p in loaded.problems if p.severity == "error" and "/demo/" in p.path]
    assert ("demo" in loaded.library.modules) == (not own)


def test_the_bad_files_cover_every_code() -> None:
    assert {expectation(file)[0] for file in BAD} | {"E111"} == set(CODES)
