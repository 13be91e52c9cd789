"""Lesson text becomes the blocks that cases/*.md show."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.authoring.reading import cases, picture

ALL = [
    pytest.param(given, expected, id=f"{name}: {title}")
    for name in ("prose", "roles", "directives", "slides")
    for title, given, expected in cases(name)
]

PIECES = st.sampled_from(
    [
        "{value}`demo.os`",
        "{cite}`",
        "`",
        ":::{note}\n",
        ":::",
        "::::{reveal} x\n",
        ":::{notes}\n",
        "slide: skip\n",
        ":::{survival}\n",
        "::::{predict}\n",
        ":figure: demo.os.new\n",
        ":ask: x\n",
        ":from: 0\n",
        ":to: 60\n",
        ":step: 0\n",
        "- ",
        "> ",
        "## ",
        "*",
        "**",
        "[",
        "](https://a.b)",
        "](",
        "<b>",
        "\n",
        "\n\n",
        "trial: demo\n",
        ":alt: x\n",
        "{image} a.png",
        "|a|b|\n",
        "    ",
        "\t",
        "12",
        " ",
        "&amp;",
        "\\",
        "---\n",
        "{term}`x <os>`",
        "{value}`demo..|`",
        "[x]: y\n",
    ]
)


@pytest.mark.parametrize(("given", "expected"), ALL)
def test_a_text_becomes_its_blocks(given: str, expected: str) -> None:
    assert picture(given) == expected


def test_the_cases_were_found() -> None:
    assert len(ALL) >= 38


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(), st.lists(PIECES, max_size=25).map("".join)))
def test_no_text_crashes_the_reader(text: str) -> None:
    assert isinstance(picture(text), str)


@pytest.mark.parametrize("text", ["*a " * 3000 + "*" * 3000, "[" * 3000 + "](https://a.b)" * 3000, "- " * 3000])
def test_deep_nesting_is_no_danger(text: str) -> None:
    assert picture(text)
