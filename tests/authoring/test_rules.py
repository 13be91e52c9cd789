"""Every rule has a page, which `check --explain` prints; its wrong example is wrong and its right one is not."""

import shutil
from pathlib import Path
from textwrap import dedent, indent

import pytest

from modules import cli
from modules.authoring.codes import CODES
from modules.authoring.library import load
from modules.authoring.rules import PAGES, explanation
from tests.authoring.test_bad_files import HERE, ON, expectation
from tests.tools.rule_pages import RULES, UNWRITTEN, broken_files, example, head, index

NOT_TEXT_OF_A_FILE = {"S101", "S301", "R115", *(f"I30{n}" for n in range(1, 6))}
"""Rules on bytes and on names of files and folders, whose examples are no lines of a file."""


def page(code: str) -> str:
    return (RULES / f"{code}.md").read_text(encoding="utf-8")


def same(shown: str, line: str) -> bool:
    """A shown line may leave the end of a long one out."""
    return line.startswith(shown.removesuffix(" …")) if shown.endswith(" …") else line == shown


def mended(text: str, wrong: str, right: str) -> str | None:
    """The text with the right lines in place of the wrong ones; None when it does not hold the wrong ones."""
    lines = [line for line in text.split("\n") if "expect: " not in line]
    shown = wrong.split("\n")
    for start in range(len(lines) - len(shown) + 1):
        there = lines[start : start + len(shown)]
        if all(map(same, shown, dedent("\n".join(there)).split("\n"))):
            margin = there[0][: len(there[0]) - len(there[0].lstrip())] if shown[0][:1] != " " else ""
            return "\n".join([*lines[:start], indent(right, margin), *lines[start + len(shown) :]])
    return None


def reported(file: Path, text: str, folder: Path) -> set[str]:
    """The codes when a text takes the place of a broken file in the good site."""
    site = shutil.copytree(HERE / "good", folder / file.stem)
    place = site / expectation(file)[2]
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8")
    return {p.code for p in load(site / "content", site / "quizzes", ON).problems}


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    assert RULES == PAGES
    assert {file.stem for file in RULES.glob("*.md")} - {"README"} == set(CODES), (
        "run: python -m tests.tools.rule_pages"
    )


def test_the_index_lists_every_rule_as_it_is() -> None:
    shown = (RULES / "README.md").read_text(encoding="utf-8")
    assert shown == index(), "run: python -m tests.tools.rule_pages"


@pytest.mark.parametrize("code", CODES)
def test_a_page_starts_with_the_sentence_and_severity_of_its_code(code: str) -> None:
    assert page(code).startswith(head(code)), "run: python -m tests.tools.rule_pages"


@pytest.mark.parametrize("code", CODES)
def test_a_page_says_what_the_rule_means_and_how_to_mend(code: str) -> None:
    text = page(code)
    assert UNWRITTEN not in text
    assert [text.count(f"\n## {title}\n") for title in ("Wrong", "Right")] == [1, 1]
    before = text.removeprefix(head(code)).split("## Wrong")[0].strip()
    after = text.rsplit("```", 1)[1].strip()
    assert len(before.split()) >= 15
    assert len(after.split()) >= 5
    assert all(len(line) <= 140 for line in text.split("\n"))


@pytest.mark.parametrize("code", [c for c in CODES if c not in NOT_TEXT_OF_A_FILE])
def test_the_wrong_example_is_wrong_and_the_right_one_is_not(code: str, tmp_path: Path) -> None:
    shown = example(page(code))
    wrong, right = shown["Wrong"][1], shown["Right"][1]
    for file in broken_files(code):
        text = mended(file.read_bytes().decode("utf-8", "replace"), wrong, right)
        if text is not None:
            assert reported(file, text, tmp_path) == set()
            return
    pytest.fail(f"no file in tests/authoring/bad for {code} holds the wrong example")


@pytest.mark.parametrize("code", sorted(NOT_TEXT_OF_A_FILE))
def test_an_example_of_names_is_shown_as_text(code: str) -> None:
    assert {language for language, _ in example(page(code)).values()} == {"text"}


def test_explain_prints_the_page_as_plain_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", "--explain", "x103"]) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"X103 · {CODES['X103'].sentence}\n\nError. Cannot be waived.\n")
    assert "\nWrong\n\n    ### What was given\n" in out
    assert "\nRight\n\n    ## What was given\n" in out
    assert "```" not in out


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("E1O2", 'There is no rule "E1O2". Did you mean "E102"?'),
        ("", 'There is no rule "". All are listed in docs/rules/README.md.'),
        ("../../README", 'There is no rule "../../README". All are listed in docs/rules/README.md.'),
    ],
)
def test_explaining_what_is_no_rule_ends_with_a_sentence(
    code: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["check", "--explain", code]) == 2
    assert capsys.readouterr().err == f"{said.replace(code, code.upper())}\n"


@pytest.mark.parametrize("code", CODES)
def test_every_page_can_be_explained(code: str) -> None:
    assert explanation(code).startswith(f"{code} · ")
