"""Formative items and cases on the plain pages: the question first, every answer behind a fold."""

import re
import shutil
from pathlib import Path

import pytest

from modules.actions.paper import paper
from modules.authoring.library import load
from modules.core.module import Check, Library
from modules.export.html import lesson_html
from tests.export.test_html import Outline

ROOT = Path(__file__).resolve().parents[2]
MANUAL = (ROOT / "quizzes" / "README.md").read_text(encoding="utf-8")
KINDS = ("chart-point", "chart-value", "extended-matching", "sequencing", "script-concordance")
FOLD = re.compile(r'<details class="lm-answer">.*?</details>', re.S)
MARKUP = re.compile(r"<[^>]*>")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The shipped module with the samples of the item manual."""
    site = tmp_path_factory.mktemp("paper")
    for folder in ("content", "quizzes"):
        shutil.copytree(ROOT / folder, site / folder)
    for body in re.findall(r"^```yaml\n(id: .*?)^```$", MANUAL, re.M | re.S):
        (site / "quizzes" / f"{body.removeprefix('id: ').splitlines()[0]}.yaml").write_text(body)
    return load(site / "content", site / "quizzes").library


def printed(library: Library, kind: str) -> tuple[str, str]:
    """What stands before the fold, and in it."""
    module = library.modules["her2-maintenance"]
    quiz = module.quizzes[f"her2-maintenance/sample-{kind}"]
    blocks = (Check(quiz.id, quiz.items[0].id, 1),)
    page = lesson_html(blocks, paper(module, blocks, library.evidence))
    Outline(page)
    (fold,) = FOLD.findall(page)
    return words(page.replace(fold, "")), words(fold)


def words(page: str) -> str:
    return " ".join(MARKUP.sub(" ", page).split())


@pytest.mark.parametrize("kind", KINDS)
def test_the_rationale_stands_behind_the_fold_alone(library: Library, kind: str) -> None:
    asked, answer = printed(library, kind)
    told = {
        "chart-point": "the second widest",
        "chart-value": "Go across from one half to the lower curve",
        "extended-matching": "The whole interval lies below one",
        "sequencing": "the last one is a fall",
        "script-concordance": "No trial compared durations",
    }[kind]
    assert told in answer
    assert told not in asked


def test_steps_stand_by_their_words_before_the_fold_and_in_order_in_it(library: Library) -> None:
    asked, answer = printed(library, "sequencing")
    names = (
        "Febrile neutropenia in Asia",
        "Serious adverse events",
        "Febrile neutropenia in other",
        "Left ventricular",
    )
    assert sorted(names) == sorted(names, key=asked.index)
    assert list(names) == sorted(names, key=answer.index)


def test_each_stem_gets_the_letter_of_its_option(library: Library) -> None:
    _, answer = printed(library, "extended-matching")
    assert re.findall(r"\b([A-D])\. (The (?:whole )?interval)", answer) == [
        ("A", "The whole interval"),
        ("C", "The interval"),
    ]


def test_the_table_of_a_chart_waits_for_the_answer(library: Library) -> None:
    asked, answer = printed(library, "chart-point")
    assert "Adverse events in CLEOPATRA, by arm" in asked
    assert "39.2%" in answer


def test_a_case_is_told_with_its_outcomes_behind_folds() -> None:
    site = ROOT / "tests" / "authoring" / "good"
    library = load(site / "content", site / "quizzes").library
    module = library.modules["demo"]
    lesson = module.lesson("02-reading")
    assert lesson is not None
    page = lesson_html(lesson.blocks, paper(module, lesson.blocks, library.evidence))
    Outline(page)
    case = page[page.index("lm-case") :]
    folds = " ".join(words(fold) for fold in FOLD.findall(case))
    asked = words(FOLD.sub("", case))
    assert [n for n in range(1, 5) if f"Decision {n} " in asked] == [1, 2, 3]
    for told in ("You are asked once more. Go to decision 1.", "The second count is above", "The marker was there"):
        assert told in folds
        assert told not in asked
