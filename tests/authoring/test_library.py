"""Two folders become a library; what is wrong in one file leaves the others alone."""

import os
import shutil
import time
from datetime import date
from pathlib import Path

import pytest

from modules.authoring.library import Loaded, digest, load
from modules.core.items import Numeric
from modules.core.prose import plain
from tests.authoring.reading import GOOD

ON = date(2030, 7, 1)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return shutil.copytree(GOOD, tmp_path / "site")


def load_site(site: Path) -> Loaded:
    return load(site / "content", site / "quizzes", ON)


def twin(site: Path) -> None:
    """A second module beside the first, under another name."""
    for folder, ending in (("content", "*.md"), ("quizzes", "*.yaml")):
        shutil.copytree(site / folder / "demo", site / folder / "twin")
        for file in (site / folder / "twin").glob(ending):
            text = file.read_text(encoding="utf-8")
            file.write_text(text.replace("demo/", "twin/").replace("id: demo", "id: twin"), encoding="utf-8")


def test_a_module_holds_its_lessons_quizzes_and_keys(site: Path) -> None:
    module = load_site(site).library.modules["demo"]
    assert [lesson.id for lesson in module.lessons] == ["01-start", "02-reading"]
    forms = {f"demo/form-{letter}" for letter in "abcd"}
    assert set(module.quizzes) == {"demo/checks", "demo/followed", "demo/evaluation"} | forms
    assert module.quizzes["demo/checks"].keys == {"ck-difference": 22.2}
    assert module.form("B").id == "demo/form-b"


def test_every_text_of_a_quiz_is_parsed(site: Path) -> None:
    quiz = load_site(site).library.modules["demo"].quizzes["demo/form-a"]
    stem = quiz.items[0].stem
    assert plain(quiz.rich(stem)) == "hazard ratio 0.50 (95% CI 0.40 to 0.60). Which reading is right?"
    numeric = load_site(site).library.modules["demo"].quizzes["demo/checks"].items[1]
    assert isinstance(numeric, Numeric)


def test_a_broken_lesson_takes_its_module_and_no_other(site: Path) -> None:
    twin(site)
    assert list(load_site(site).library.modules) == ["demo", "twin"]
    with (site / "content/twin/01-start.md").open("a", encoding="utf-8") as file:
        file.write("\n{value}`demo.nothing`\n")
    loaded = load_site(site)
    assert list(loaded.library.modules) == ["demo"]
    assert [p.path for p in loaded.problems] == ["content/twin/01-start.md"]


def test_a_broken_trial_is_named_where_it_is_used(site: Path) -> None:
    (site / "content/trials/demo.yaml").write_text("id: demo\n", encoding="utf-8")
    loaded = load_site(site)
    assert loaded.library.modules == {}
    assert set(loaded.library.evidence.trials) == {"bare", "traced", "gain", "late"}
    used = {p.path for p in loaded.problems if p.code == "E111"}
    assert used == {
        "content/demo/02-reading.md",
        "content/demo/01-start.md",
        "quizzes/demo/checks.yaml",
        "quizzes/demo/form-a.yaml",
        "quizzes/demo/form-b.yaml",
        "quizzes/demo/form-c.yaml",
        "quizzes/demo/form-d.yaml",
    }


def test_a_broken_trial_that_no_module_reads_takes_none_down(site: Path) -> None:
    (site / "content/trials/bare.yaml").write_text("id: [", encoding="utf-8")
    loaded = load_site(site)
    assert list(loaded.library.modules) == ["demo"]
    assert [p.code for p in loaded.problems] == ["S102"]


def test_a_broken_entry_leaves_the_other_entries(site: Path) -> None:
    terms = site / "content/terms.yaml"
    text = terms.read_text(encoding="utf-8").replace("source_class: general", "source_class: novel")
    terms.write_text(text, encoding="utf-8")
    loaded = load_site(site)
    assert set(loaded.library.evidence.terms) == {"os"}
    assert [(p.code, p.path) for p in loaded.problems] == [
        ("R103", "content/demo/01-start.md"),
        ("S107", "content/terms.yaml"),
    ]


@pytest.mark.parametrize("text", ["- demo/checks#ck-old", "", "retired: demo/checks#ck-old", "[]"])
def test_retired_ids_in_another_shape_are_not_passed_over(site: Path, text: str) -> None:
    (site / "quizzes/retired.yaml").write_text(text, encoding="utf-8")
    assert [(p.code, p.path) for p in load_site(site).problems] == [("S106", "quizzes/retired.yaml")]


def test_a_retired_id_that_is_no_address_is_a_problem(site: Path) -> None:
    (site / "quizzes/retired.yaml").write_text("retired:\n  - demo/checks#ck-old\n  - ck-old\n", encoding="utf-8")
    assert [(p.code, p.line) for p in load_site(site).problems] == [("S114", 3)]


def test_nothing_at_all_is_an_empty_library(tmp_path: Path) -> None:
    loaded = load(tmp_path / "content", tmp_path / "quizzes")
    assert loaded.library.modules == {}
    assert loaded.problems == ()


def test_readme_files_and_hidden_files_are_passed_over(site: Path) -> None:
    for place in ("content", "content/demo", "content/trials", "quizzes", "quizzes/demo"):
        (site / place / "README.md").write_text("# How to write\n<b>", encoding="utf-8")
        (site / place / ".hidden.yaml").write_text("[", encoding="utf-8")
    assert load_site(site).problems == ()


def test_dates_are_measured_only_when_a_day_is_given(site: Path) -> None:
    late = load(site / "content", site / "quizzes", date(2040, 1, 1))
    assert {p.code for p in late.problems} == {"E208", "F101", "F102"}
    assert load(site / "content", site / "quizzes").problems == ()


@pytest.mark.parametrize(
    "file",
    [
        "content/demo/module.md",
        "content/demo/02-reading.md",
        "quizzes/demo/checks.yaml",
        "content/trials/demo.yaml",
    ],
)
def test_the_digest_of_a_module_follows_every_file_it_reads(site: Path, file: str) -> None:
    before = load_site(site).library.modules["demo"].digest
    assert load_site(site).library.modules["demo"].digest == before
    with (site / file).open("a", encoding="utf-8") as opened:
        opened.write("\n")
    assert load_site(site).library.modules["demo"].digest != before


def test_the_digest_of_a_module_does_not_follow_trials_it_does_not_read(site: Path) -> None:
    before = load_site(site).library.modules["demo"].digest
    with (site / "content/trials/bare.yaml").open("a", encoding="utf-8") as opened:
        opened.write("# a remark\n")
    assert load_site(site).library.modules["demo"].digest == before


def test_the_fingerprint_sees_a_change_a_new_file_and_a_lost_one(site: Path) -> None:
    seen = {digest(site / "content", site / "quizzes")}
    file = site / "content/demo/01-start.md"
    os.utime(file, ns=(1, 1))
    seen.add(digest(site / "content", site / "quizzes"))
    (site / "quizzes/demo/new.yaml").touch()
    seen.add(digest(site / "content", site / "quizzes"))
    file.unlink()
    seen.add(digest(site / "content", site / "quizzes"))
    assert len(seen) == 4
    assert digest(site / "content", site / "quizzes") in seen


def test_the_fingerprint_of_eighty_files_takes_under_a_millisecond_at_its_best(site: Path) -> None:
    for number in range(70):
        (site / f"content/trials/extra-{number}.yaml").touch()

    def once() -> float:
        start = time.perf_counter()
        digest(site / "content", site / "quizzes")
        return time.perf_counter() - start

    assert min(once() for _ in range(50)) < 0.001
