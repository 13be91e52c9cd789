"""What a survival chart may ask for when a readout published medians only."""

import shutil
from pathlib import Path

import pytest

from modules.authoring.library import load
from tests.authoring.reading import GOOD

LESSON = "content/demo/02-reading.md"
ASKED = "trial: demo\nendpoint: OS\nmonth: 24\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The good site with a second endpoint of the demo trial: a median, no curve, no rate."""
    site = shutil.copytree(GOOD, tmp_path / "site")
    trial = site / "content/trials/demo.yaml"
    medians = """readouts:
  - id: pfs
    endpoint: PFS
    detail: progression-free survival
    population: everyone
    assessor: IRF
    cut: {label: final analysis 2030}
    estimates:
      - {arm: new, value: 12.3, unit: months}
    source: {citation: "Doe J et al. An invented journal 2030;1:1-9", reference: doe-2030}
    confidence: verified
"""
    trial.write_text(trial.read_text(encoding="utf-8").replace("readouts:\n", medians, 1), encoding="utf-8")
    return site


def _problems(site: Path, asked: str) -> list[tuple[str, str]]:
    lesson = site / LESSON
    lesson.write_text(lesson.read_text(encoding="utf-8").replace(ASKED, asked, 1), encoding="utf-8")
    return [(p.code, p.fix) for p in load(site / "content", site / "quizzes").problems]


def test_medians_may_be_drawn_when_the_readout_is_named(site: Path) -> None:
    assert _problems(site, "trial: demo\nendpoint: PFS\nreadout: pfs\n") == []


def test_medians_are_not_drawn_unasked_and_the_fix_says_how(site: Path) -> None:
    assert _problems(site, "trial: demo\nendpoint: PFS\n") == [("E110", 'Name a "readout" to draw its medians: pfs.')]


def test_medians_have_no_gap_at_a_month(site: Path) -> None:
    ((code, _),) = _problems(site, "trial: demo\nendpoint: PFS\nreadout: pfs\nmonth: 12\n")
    assert code == "E110"
