"""Grading: all or nothing, blind to the order of options; and reading what a learner typed."""

import math
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modules.core.grading import Chosen, Given, Response, Written, acceptable, grade, read_number, within
from modules.core.items import Choice, FreeText, Likert, PlainOption, Quiz, QuizFile, ScoredItem, UnscoredItem
from tests.builders import multiple, numeric, single

LIKERT = Likert(id="useful", type="likert", stem="This was useful")
MANY = Choice(id="how", type="choice", stem="How?", many=True, options=tuple(PlainOption(id=o, text=o) for o in "abc"))
ONE = MANY.model_copy(update={"many": False})
FREE = FreeText(id="wish", type="free-text", stem="Anything else?", longest=10)
OPTIONAL = FREE.model_copy(update={"required": False})


def quiz(item: ScoredItem | UnscoredItem) -> Quiz:
    return Quiz(QuizFile(id="harbour/checks", items=(item,)), keys={"many-months": 56.5})


def score(item: ScoredItem | UnscoredItem, response: Response) -> float | None:
    return grade(item, response, quiz(item)).score


@given(st.permutations("abcd"), st.sets(st.sampled_from("abcd"), min_size=1), st.randoms())
def test_grading_ignores_the_order_of_options(order: list[str], chosen: set[str], random: Random) -> None:
    item = multiple(right="ab", options="".join(order))
    listed = sorted(chosen)
    random.shuffle(listed)
    assert score(item, Chosen(options=tuple(listed))) == float(chosen == {"a", "b"})


def test_exactly_the_key_earns_the_point_and_nothing_less() -> None:
    assert score(single(right="b"), Chosen(options=("b",))) == 1
    assert score(single(right="b"), Chosen(options=("a",))) == 0
    assert score(multiple(right="ab"), Chosen(options=("a",))) == 0
    assert score(multiple(right="ab"), Chosen(options=("a", "b", "c"))) == 0


@pytest.mark.parametrize(
    ("value", "expected"),
    [(56.5, 1), (56.0, 1), (57.0, 1), (55.99, 0), (57.01, 0), (-56.5, 0), (math.nan, 0)],
)
def test_a_number_within_the_tolerance_is_right_edges_included(value: float, expected: float) -> None:
    assert score(numeric(), Given(value=value)) == expected


@given(st.integers(-10_000, 10_000), st.integers(0, 100))
def test_the_edge_of_a_tolerance_is_inside_in_spite_of_binary_noise(tenths: int, width: int) -> None:
    key, tolerance = tenths / 10, width / 10
    assert within(key + tolerance, key, tolerance)
    assert within(key - tolerance, key, tolerance)
    assert not within(key + tolerance + 0.01, key, tolerance)


def test_a_response_of_another_kind_is_wrong_never_an_error() -> None:
    assert score(numeric(), Written(text="56.5")) == 0
    assert score(single(), Given(value=1)) == 0


@pytest.mark.parametrize("item", [LIKERT, MANY, ONE, FREE])
def test_items_of_an_evaluation_are_never_scored(item: UnscoredItem) -> None:
    assert score(item, Written(text="anything")) is None


@pytest.mark.parametrize(
    ("item", "response"),
    [
        (single(), Chosen(options=("a",))),
        (multiple(), Chosen(options=("a", "d"))),
        (numeric(), Given(value=0)),
        (LIKERT, Chosen(options=("5",))),
        (MANY, Chosen(options=("a", "b"))),
        (ONE, Chosen(options=("c",))),
        (FREE, Written(text="ten letter")),
        (OPTIONAL, Written(text="")),
    ],
)
def test_a_fitting_response_is_accepted(item: ScoredItem | UnscoredItem, response: Response) -> None:
    assert acceptable(item, response) is None


@pytest.mark.parametrize(
    ("item", "response", "sentence"),
    [
        (single(), Chosen(options=()), "Choose one answer"),
        (single(), Chosen(options=("a", "b")), "Choose one answer"),
        (single(), Chosen(options=("z",)), "Choose one answer"),
        (single(), Written(text=""), "Choose one answer"),
        (multiple(), Chosen(options=()), "Choose at least one"),
        (multiple(), Chosen(options=("a", "z")), "Choose at least one"),
        (numeric(), Written(text="ten"), "Type a number, in months"),
        (numeric(), Given(value=math.inf), "Type a number, in months"),
        (numeric(), Given(value=math.nan), "Type a number, in months"),
        (LIKERT, Chosen(options=("6",)), "Choose one point"),
        (LIKERT, Chosen(options=("1", "2")), "Choose one point"),
        (LIKERT, Written(text=""), "Choose one point"),
        (MANY, Chosen(options=()), "Choose at least one"),
        (ONE, Chosen(options=("a", "b")), "Choose one answer"),
        (FREE, Written(text="eleven long"), "at most 10 characters"),
        (FREE, Written(text=""), "Write an answer"),
    ],
)
def test_a_response_that_does_not_fit_says_what_is_missing(
    item: ScoredItem | UnscoredItem, response: Response, sentence: str
) -> None:
    assert sentence in (acceptable(item, response) or "")


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("56.5", 56.5), ("56,5", 56.5), ("56.5 months", 56.5), (" 32 % ", 32), ("\u22121.5", -1.5), ("+2", 2),
        ("12\u00a0months", 12), ("", None), ("months", None), ("1.2.3", None), ("5 to 6", None), (".", None),
        ("nan", None), ("inf", None), ("1e3", None), ("five", None),
    ],
)  # fmt: skip
def test_a_typed_number_is_read_as_people_write_it(typed: str, value: float | None) -> None:
    assert read_number(typed) == value


@given(st.decimals(-9999, 9999, places=3, allow_nan=False))
def test_point_and_comma_are_the_same(number: object) -> None:
    assert read_number(str(number)) == read_number(str(number).replace(".", ",")) == float(str(number))


@given(st.text())
def test_no_text_breaks_the_reading_of_numbers(typed: str) -> None:
    found = read_number(typed)
    assert found is None or isinstance(found, float)
