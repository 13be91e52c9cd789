"""A waiver covers one rule in one block or entry, is kept with its reason, and never hides a fact."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modules import cli
from modules.authoring.codes import CODES
from modules.authoring.library import Loaded, load
from modules.authoring.markup import block_tokens
from modules.authoring.problems import Findings
from modules.authoring.source import read_yaml
from modules.authoring.waivers import LessonWaivers
from tests.authoring.reading import GOOD, picture

ON = date(2030, 7, 1)
WORD = "the word stands in the protocol itself (J. Doe)"
FORM = "quizzes/demo/form-a.yaml"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return shutil.copytree(GOOD, tmp_path / "site")


def load_site(site: Path) -> Loaded:
    return load(site / "content", site / "quizzes", ON)


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def spoil(site: Path, waiver: str, before: str = "      - id: share") -> None:
    """An absolute word in line 19 of form A, or below, and a waiver before some line."""
    change(site / FORM, "Half of the people were cured", "People never died")
    indent = before[: len(before) - len(before.lstrip())]
    change(site / FORM, before, f"{indent}{waiver}\n{before}")


def covered(text: str, *lines: int) -> list[int]:
    """Of some lines of a YAML text, those in which I204 is waived."""
    findings = Findings("file")
    assert read_yaml(text, findings) is not None
    for line in lines:
        findings.add("I204", line, "an absolute word")
    return [w.problem.line for w in findings.waived]


def covered_in_lesson(text: str) -> list[int]:
    """The lines of a lesson's body in which I204 is waived."""
    findings = Findings("file")
    waivers = LessonWaivers(findings)
    waivers.settle(block_tokens(waivers.take(text, 1)), 1)
    waivers.close()
    for line in (n for n, said in enumerate(text.split("\n"), 1) if said):
        findings.add("I204", line, "an absolute word")
    return [w.problem.line for w in findings.waived]


@pytest.mark.parametrize("before", ["        text: People", "      - id: share", "  - id: fa-curve", "items:"])
def test_a_waived_problem_is_kept_with_its_reason_and_name(site: Path, before: str) -> None:
    spoil(site, f"# waive I204: {WORD}", before)
    loaded = load_site(site)
    assert loaded.problems == ()
    ((problem, waiver),) = [(w.problem, w.waiver) for w in loaded.waived]
    assert (problem.code, problem.line, problem.path) == ("I204", 20, FORM)
    assert (waiver.reason, waiver.name) == ("the word stands in the protocol itself", "J. Doe")


@pytest.mark.parametrize(
    "waiver",
    [f"# waive I203: {WORD}", "# waive I204: protocol (J. Doe)", f"# Waive I204: {WORD}", "# waive", "#waive:"],
)
def test_what_is_no_waiver_of_this_rule_leaves_the_problem(site: Path, waiver: str) -> None:
    spoil(site, waiver)
    loaded = load_site(site)
    assert "I204" in [p.code for p in loaded.problems]
    assert loaded.waived == ()


def test_a_waiver_ends_with_its_entry(site: Path) -> None:
    spoil(site, f"# waive I204: {WORD}", "      - id: rate")
    loaded = load_site(site)
    assert [(p.code, p.line) for p in loaded.problems] == [("I204", 20)]
    assert loaded.waived == ()


def test_a_waiver_of_a_broken_file_waits_until_it_can_be_read(site: Path) -> None:
    spoil(site, f"# waive I204: {WORD}")
    change(site / FORM, "level: case", "level: hard")
    assert [p.code for p in load_site(site).problems] == ["S107"]


def test_a_waiver_covers_an_entry_a_key_or_the_list_of_a_key() -> None:
    waiver = f"# waive I204: {WORD}\n"
    assert covered(f"a:\n  {waiver}  - x: 1\n    y: 2\n  - x: 3\n", 1, 3, 4, 5) == [3, 4]
    assert covered(f"{waiver}a:\n- x\n\n- y\nb: 1\n", 2, 3, 5, 6) == [2, 3, 5]
    assert covered(f"{waiver}\n# another comment\na: >-\n  x\n  y\nb: 1\n", 1, 4, 5, 6, 7) == [4, 5, 6]
    assert covered(f"a: 1\n{waiver}", 1, 2, 3) == []


def test_a_sign_within_a_text_is_no_waiver() -> None:
    waiver = f"# waive I204: {WORD}\n"
    assert covered(f"a: >-\n  {waiver}  x\nb: 1\n", 1, 2, 3, 4) == []
    assert covered(f"a: >-\n  x\n{waiver}b: 1\n", 1, 2, 4) == [4]
    assert covered(f"a: |\n  x\n\n{waiver}b: 1\n", 1, 2, 5) == [5]


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("One.\nTwo.\n\nThree.", [2, 3]),
        ("- one\n- two\n  - three\n\nAfter.", [2, 3, 4]),
        (":::{note} Title\nOne.\n\nTwo.\n:::\n\nAfter.", [2, 3, 5, 6]),
        ("\n% a remark\n\n## Heading\n\nOne.", [5]),
        ("", []),
    ],
)
def test_a_waiver_in_a_lesson_covers_the_block_that_starts_after_it(body: str, lines: list[int]) -> None:
    assert covered_in_lesson(f"% waive I204: {WORD}\n{body}") == lines


def test_a_waiver_between_two_entries_covers_the_second() -> None:
    assert covered_in_lesson(f"- one\n% waive I204: {WORD}\n- two\n  more\n- three") == [3, 4]


def test_a_waiver_inside_a_directive_covers_a_block_of_it() -> None:
    body = f":::{{note}}\n% waive I204: {WORD}\nOne.\n\nTwo.\n:::"
    assert picture(body) == "1 note: None\n  3 paragraph: One.\n  5 paragraph: Two."


def test_comments_of_a_lesson_are_not_shown_and_move_no_line() -> None:
    assert picture("% to do\nOne.\n\n% to do\n% 12 more\nTwo {value}`demo.os.new`\n% of people.") == (
        "2 paragraph: One.\n6 paragraph: Two <value demo.os.new = 33.3 months> % of people."
    )


PIECES = [*'% #waive:()\n-I2047JDo.>|"{}', "% waive I204: ", "# waive I204: ", "a: "]


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_no_comment_crashes_the_reading(text: str) -> None:
    picture(text)
    findings = Findings("file")
    read_yaml(text, findings)
    assert all(w.line <= text.count("\n") + 1 and w.first <= w.last + 1 for w in findings.waivers)


@given(st.text())
def test_no_waiver_crashes_the_reading(text: str) -> None:
    line = " ".join(text.split())
    assert set(picture(f"% waive {line}\n\nOne.").splitlines()) >= {"3 paragraph: One."}
    read_yaml(f"# waive {line}\na: 1", Findings("file"))


@pytest.mark.parametrize("code", sorted(CODES))
def test_only_rules_of_judgement_can_be_waived(code: str) -> None:
    family, number = code[0], int(code[1:])
    facts = (
        family in "SRF"
        or (family, number // 100) in {("E", 1), ("E", 3), ("I", 1), ("I", 3)}
        or "X101" <= code <= "X105"
    )
    assert CODES[code].waivable == (not facts)


def test_check_counts_what_is_waived_and_lists_it_for_programs(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(site, f"# waive I204: {WORD}")
    asked = ["check", "--on", "2030-07-01", str(site)]
    assert cli.main(asked) == 0
    assert capsys.readouterr().out == "0 errors, 0 warnings, 1 waived in 24 files\n"
    assert cli.main([*asked, "--json"]) == 0
    (waived,) = json.loads(capsys.readouterr().out)["waived"]
    assert {key: waived[key] for key in ("code", "line", "name", "reason", "waiver_line")} == {
        "code": "I204",
        "line": 20,
        "name": "J. Doe",
        "reason": "the word stands in the protocol itself",
        "waiver_line": 18,
    }
