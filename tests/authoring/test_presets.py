"""Presets: read with the evidence, set on the module that names one, and part of what its digest names."""

import shutil
from pathlib import Path

import pytest

from modules.authoring.library import load
from modules.core.conduct import Preset
from modules.core.module import Module
from modules.core.sitting import conduct_of

HERE = Path(__file__).parent
SHIPPED = HERE.parents[1]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return shutil.copytree(HERE / "good", tmp_path / "site")


def named(site: Path, line: str) -> Module:
    """The module after a line was added to its front matter."""
    file = site / "content/demo/module.md"
    file.write_text(file.read_text().replace("\nreserve:", f"\n{line}\nreserve:"))
    return module_of(site)


def module_of(site: Path) -> Module:
    loaded = load(site / "content", site / "quizzes")
    assert [str(p) for p in loaded.problems if p.severity == "error"] == []
    return loaded.library.modules["demo"]


def test_a_module_has_the_preset_it_names(site: Path) -> None:
    assert module_of(site).preset is None
    preset = named(site, "preset: house").preset
    assert isinstance(preset, Preset)
    assert (preset.name, preset.unread) == ("The house", False)


def test_a_preset_decides_what_the_module_leaves_open(site: Path) -> None:
    file = site / "content/demo/module.md"
    file.write_text(file.read_text().replace("correct: 1", "correct: 2"))
    assert conduct_of(named(site, "preset: strict"), "post").back is False


def test_the_digest_moves_with_the_preset_that_is_named_and_with_no_other(site: Path) -> None:
    before = named(site, "preset: house").digest
    file = site / "content/presets.yaml"
    file.write_text(file.read_text().replace("The strict board", "The stricter board"))
    assert module_of(site).digest == before
    file.write_text(file.read_text().replace("The house", "Our house"))
    assert module_of(site).digest != before


def test_the_yaml_is_strict(site: Path) -> None:
    file = site / "content/presets.yaml"
    file.write_text(file.read_text().replace("unread: true", "unred: true"))
    (problem,) = load(site / "content", site / "quizzes").problems
    assert (problem.code, problem.path, problem.line) == ("S104", "content/presets.yaml", 10)


def test_the_shipped_presets_say_where_they_come_from_and_what_was_not_read() -> None:
    loaded = load(SHIPPED / "content", SHIPPED / "quizzes")
    preset = loaded.library.modules["her2-maintenance"].preset
    assert preset is not None
    assert preset.id == "house"
    assert [p for p in loaded.problems if p.path == "content/presets.yaml"] == []
