"""What the rules on claims leave alone, and where exactly they point."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from modules.authoring.drafts import LessonDraft, ModuleDraft
from modules.authoring.inline import Desk
from modules.authoring.lesson import Reader
from modules.authoring.lint.claims import Claims
from modules.authoring.problems import Findings
from modules.authoring.source import read_yaml
from modules.core.module import Lesson
from tests.authoring.reading import GOOD, shelf

HEAD = "title: A lesson\nminutes: 4\nobjectives: [read]\n"
CLAIMS = Claims(shelf().evidence)


def found(body: str) -> list[tuple[str, int]]:
    """(code, line) of what the rules on claims say of a lesson with this body."""
    findings = Findings("content/demo/01-start.md")
    reader = Reader(Desk(shelf().evidence), findings, Path(GOOD / "content/demo"), shelf().names)
    blocks = reader.read(body, 1)
    before = len(findings.problems)
    lesson = Lesson("01-start", "A lesson", 4, ("read",), blocks, findings.path)
    head = read_yaml(HEAD, Findings("head"))
    draft = LessonDraft("01-start", findings, head, lesson, tuple(reader.drafter.titles))
    CLAIMS.check(ModuleDraft("demo", Findings("content/demo/module.md"), lessons=[draft]))
    return [(p.code, p.line) for p in sorted(findings.problems[before:])]


@pytest.mark.parametrize(
    "body",
    [
        "In LATE-9 the medians were {value}`late.os.new` and {value}`late.os.old`. Both are close {cite}`roe-2031`.",
        "DEMO-77 had {value}`demo.os.new`, and LATE-9 {value}`late.os.new`; they cannot be compared {cite}`doe-2030`.",
        "The old cut said {value}`late.early.new`, the newer {value}`late.os.new` {cite}`roe-2031`.",
        "Most people live longer today. More of them work than stay at home {cite}`doe-2030`.",
        "The central nervous system (CNS) is meant. CNS relapse came late; so did NYHA (a heart scale) III-IV.",
        "The FDA gave it breakthrough therapy designation {cite}`doe-2030`.",
        ":::{source-says} contradicted\n:says: An unprecedented gain, better than all.\n\nNo.\n:::",
        "Half were alive {cite}`doe-2030`.\n\n:::{takeaway}\nThe new way was better in DEMO-77.\n:::",
        "It was {value}`demo.os.new` against {value}`demo.os.old`: {estimate}`demo.os` {cite}`doe-2030`.",
    ],
)
def test_a_fair_sentence_is_left_alone(body: str) -> None:
    assert found(body) == []


def test_a_figure_points_at_its_own_line_even_after_a_role_over_two_lines() -> None:
    body = "First a {term}`word\n<os>` that\nruns on. Then\n{value}`demo.os.new` stands.\n\nElsewhere {cite}`doe-2030`."
    assert found(body) == [("C101", 4)]


def test_a_sentence_in_a_list_inside_a_callout_points_at_its_line() -> None:
    body = ":::{note}\nWords.\n\n- One thing.\n- It was\n  recommended.\n:::"
    assert found(body) == [("C105", 6)]


def test_emphasis_and_links_do_not_shift_the_line() -> None:
    body = "So *it is,\nand* [it is](https://example.org)\nthe **gold\nstandard** now."
    assert found(body) == [("C104", 3)]


ROLES = (
    "{value}`demo.os.new`",
    "{estimate}`demo.os`",
    "{cite}`doe-2030`",
    "{term}`os`",
    "*",
    "**",
    "\n",
    "DEMO-77",
    "Barex",
)

PROSE = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=15)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(ROLES), PROSE), max_size=12))
def test_no_text_crashes_the_rules(pieces: list[str]) -> None:
    body = " ".join(pieces)
    assert all(1 <= line <= body.count("\n") + 1 for _, line in found(body))
