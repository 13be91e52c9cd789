"""A value that does not fit becomes a sentence an author can act on."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from modules.authoring.problems import Findings
from modules.authoring.source import Source, read_yaml
from modules.authoring.validate import validate
from modules.core.evidence import Trial
from modules.core.items import QuizFile
from modules.core.module import FrontMatter
from tests.authoring.reading import GOOD

QUIZ = (GOOD / "quizzes/demo/form-a.yaml").read_text(encoding="utf-8")
TRIAL = (GOOD / "content/trials/demo.yaml").read_text(encoding="utf-8")
MODULE = (GOOD / "content/demo/module.md").read_text(encoding="utf-8").split("---\n")[1]


def said(shape: type[BaseModel], text: str) -> list[str]:
    findings = Findings("file")
    source = read_yaml(text, findings)
    assert source is not None
    validate(shape, source, findings)
    return [str(p) for p in findings.problems]


@pytest.mark.parametrize(
    ("shape", "good", "edit", "line", "sentence"),
    [
        (
            QuizFile,
            QUIZ,
            ("    see: 02-reading", "    sea: 02-reading"),
            22,
            '[S104] item "fa-curve": unknown key "sea". Did you mean "see"?',
        ),
        (
            QuizFile,
            QUIZ,
            ("type: single-best", "type: singel-best"),
            7,
            '[S108] item "fa-curve": unknown type "singel-best". Did you mean "single-best"?',
        ),
        (
            QuizFile,
            QUIZ,
            ("    type: single-best\n", ""),
            6,
            '[S105] item "fa-curve": the key "type" is missing. Add "type: single-best" or another item type.',
        ),
        (
            QuizFile,
            QUIZ,
            ("        rationale: A ratio compares rates {cite}`doe-2030`.\n", ""),
            14,
            '[S105] item "fa-curve", option "rate": the key "rationale" is missing. Add "rationale: ...".',
        ),
        (
            QuizFile,
            QUIZ,
            ("correct: true", "correct: Yes"),
            16,
            '[S106] item "fa-curve", option "rate": "correct" must be true or false, not "Yes".',
        ),
        (
            QuizFile,
            QUIZ,
            ("        correct: true\n", ""),
            6,
            '[S112] item "fa-curve": exactly one option must be correct; 0 are. Add "correct: true" to one.',
        ),
        (
            QuizFile,
            QUIZ,
            ("level: case", "level: cases"),
            10,
            '[S107] item "fa-curve": level "cases" is not one of recall, application, case. Did you mean "case"?',
        ),
        (
            QuizFile,
            QUIZ,
            ("objectives: [read]", "objectives: []"),
            9,
            '[S113] item "fa-curve": "objectives" needs at least 1 entries.',
        ),
        (
            QuizFile,
            QUIZ,
            ("roles: [pre, post]", "roles: pre"),
            3,
            '[S106] "roles" must be a list, not "pre". Write [a, b], or one entry a line after a dash.',
        ),
        (
            QuizFile,
            QUIZ,
            ("text: The rate of death was lower", "text: 12"),
            15,
            '[S106] item "fa-curve", option "rate": "text" must be text, not 12. Put it in quotes: "12".',
        ),
        (
            QuizFile,
            QUIZ,
            ("id: rate", "id: A rate"),
            14,
            '[S114] item "fa-curve", option "A rate": id "A rate" is not in the form wanted here. '
            "An id has small letters, digits, - and _ only; a date is written 2026-01-06.",
        ),
        (
            Trial,
            TRIAL,
            ("{arm: new, value: 33.3,", "{arm: new,"),
            22,
            '[S105] readout "os", estimate of arm "new": the key "value" is missing. Add "value: ...".',
        ),
        (
            Trial,
            TRIAL,
            ("value: 33.3", "value: 33,3"),
            22,
            '[S104] readout "os", estimate of arm "new": unknown key "3". Write decimals with a point: 12.5, not 12,5.',
        ),
        (Trial, TRIAL, ("n: 200\n", "n: 200.5\n"), 11, '[S106] "n" must be a whole number, not "200.5".'),
        (
            Trial,
            TRIAL,
            ("      - {id: young", "      - young\n      - {id: older2"),
            34,
            '[S106] readout "os": "subgroups" must hold keys and values, not "young".',
        ),
        (
            FrontMatter,
            MODULE,
            ("released: 2030-01-01", "released: 1 January 2030"),
            7,
            '[S106] "1 January 2030" is not a date; write it as 2026-01-06.',
        ),
        (FrontMatter, MODULE, ("forms: {A:", "forms: {C:"), 44, '[S107] the key "C" is not one of A, B.'),
        (
            FrontMatter,
            MODULE,
            ("company: Invented", "compny: Invented"),
            30,
            '[S104] disclosure of "Ben Roe": unknown key "compny". Did you mean "company"?',
        ),
        (
            FrontMatter,
            MODULE,
            ("title: A small module to try the loader with", 'title: ""'),
            2,
            '[S113] "title" is empty. Write it, or leave the key out if it is optional.',
        ),
    ],
)
def test_a_mistake_is_told_in_a_sentence(
    shape: type[BaseModel], good: str, edit: tuple[str, str], line: int, sentence: str
) -> None:
    assert edit[0] in good
    assert f"file:{line}: {sentence}" in said(shape, good.replace(*edit, 1))


@pytest.mark.parametrize("text", ["", "- a", "just text", "7"])
def test_a_file_that_holds_no_keys_says_which_are_expected(text: str) -> None:
    assert said(QuizFile, text) == ["file:1: [S106] keys and values are expected here (id, title, roles, form, ...)."]


def test_the_good_files_fit() -> None:
    assert said(QuizFile, QUIZ) + said(Trial, TRIAL) + said(FrontMatter, MODULE) == []


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=5)
    | st.sampled_from(["single-best", "numeric", "demo", "A", "OS"]),
    lambda inner: (
        st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(
            st.sampled_from(["id", "type", "items", "options", "arms", "readouts", "ratio", "ci", "x"]), inner
        )
    ),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from([QuizFile, Trial, FrontMatter]),
    VALUES,
    st.sampled_from(["items", "readouts", "forms", "id"]),
)
def test_no_value_crashes_the_validator(shape: type[BaseModel], value: object, key: str) -> None:
    for tried in (value, {key: value}, {key: (value,)}):
        findings = Findings("file")
        fits = validate(shape, Source(tried, {(): 1}), findings)
        assert (fits is None) == bool(findings.problems)
