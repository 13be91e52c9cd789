"""Numbers of registers: check digits, shapes, and the sentence for each that cannot be right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modules.core.licences import (
    BOARDS,
    CHECK_DIGIT,
    NPI_PREFIX,
    PLACES,
    SHAPES,
    STATES,
    licence_refusal,
    licence_text,
    luhn,
    tidy_licence,
)
from modules.core.people import Licence

NINE = st.from_regex(r"[12][0-9]{8}", fullmatch=True)
REGIONS = {"us-state": "OH", "abms": "ABP"}


def npi(nine: str) -> str:
    return next(nine + str(d) for d in range(10) if luhn(f"{NPI_PREFIX}{nine}{d}"))


def test_the_worked_example_of_the_standard_is_an_npi() -> None:
    """CMS, Requirements for NPI and NPI check digit, 2004: 123456789 has check digit 3."""
    assert npi("123456789") == "1234567893"
    assert licence_refusal("npi", "1234567893") is None


@given(NINE)
def test_exactly_one_last_digit_makes_an_npi(nine: str) -> None:
    fitting = [d for d in range(10) if licence_refusal("npi", f"{nine}{d}") is None]
    assert len(fitting) == 1


@given(NINE, st.integers(1, 9), st.integers(1, 9))
def test_one_wrong_digit_is_found(nine: str, place: int, by: int) -> None:
    good = npi(nine)
    wrong = good[:place] + str((int(good[place]) + by) % 10) + good[place + 1 :]
    assert licence_refusal("npi", wrong) == CHECK_DIGIT


@given(NINE, st.integers(1, 8))
def test_two_swapped_neighbours_are_found_but_for_nought_and_nine(nine: str, place: int) -> None:
    good = npi(nine)
    left, right = good[place], good[place + 1]
    swapped = good[:place] + right + left + good[place + 2 :]
    known = left == right or {left, right} == {"0", "9"}
    assert (licence_refusal("npi", swapped) is None) == known


@given(st.from_regex(r"[0-9]{1,18}", fullmatch=True))
def test_the_check_digit_agrees_with_the_sum_written_another_way(digits: str) -> None:
    doubled = [0, 2, 4, 6, 8, 1, 3, 5, 7, 9]
    backwards = [int(d) for d in reversed(digits)]
    assert luhn(digits) == ((sum(backwards[::2]) + sum(doubled[d] for d in backwards[1::2])) % 10 == 0)


@pytest.mark.parametrize(
    ("register", "number"),
    [
        ("npi", "123456789"), ("npi", "3234567890"), ("npi", "12345678930"), ("npi", "123456789x"),
        ("gmc", "123456"), ("gmc", "12345678"), ("gmc", "C123456"), ("abim", "12a"), ("nabp", ""),
        ("nabp", "1234567890123"), ("us-state", "AB<12"), ("abms", "12-3"), ("gmc", "１２３４５６７"),
    ],
)  # fmt: skip
def test_a_number_of_another_shape_is_refused_with_what_is_expected(register: str, number: str) -> None:
    assert licence_refusal(register, number, REGIONS.get(register)) == SHAPES[register].sentence


@pytest.mark.parametrize(
    ("register", "number", "region"),
    [
        ("gmc", "7654321", None), ("abim", "123456", None), ("nabp", "1234567", None),
        ("us-state", "35.012345", "OH"), ("us-state", "MD-12/3", "PR"), ("abms", "A12345", "ABP"),
    ],
)  # fmt: skip
def test_a_number_of_the_right_shape_is_taken(register: str, number: str, region: str | None) -> None:
    assert licence_refusal(register, number, region) is None


@pytest.mark.parametrize("region", [None, "", "XX", "Ohio"])
def test_a_state_licence_needs_its_state(region: str | None) -> None:
    assert licence_refusal("us-state", "12345", region) == PLACES["us-state"]


@given(st.text(max_size=60))
def test_no_text_breaks_the_check(text: str) -> None:
    for register in SHAPES:
        licence_refusal(register, tidy_licence(text), text)


def test_spaces_and_small_letters_do_not_matter() -> None:
    assert tidy_licence(" 1234 5678\t93 ") == "1234567893"
    assert tidy_licence("md-12") == "MD-12"


def test_a_licence_reads_with_its_place() -> None:
    assert licence_text(Licence(register="us-state", number="12345", region="OH")) == "State licence 12345, Ohio"
    assert licence_text(Licence(register="abms", number="77", region="ABP")) == "Board ID 77, Pediatrics"
    assert licence_text(Licence(register="npi", number="1234567893")) == "NPI 1234567893"


def test_every_state_and_board_is_named_once() -> None:
    assert len(STATES) == 56
    assert len(set(STATES.values())) == 56
    assert "ABIM" not in BOARDS
