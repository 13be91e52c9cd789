"""Credit: what is still needed, what may be claimed, and the certificate's number."""

import re
from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modules.core.credit import (
    NO_CREDIT,
    certificate_number,
    claimable,
    designations,
    requirements,
    tidy_number,
)
from modules.core.module import Credit
from modules.core.progress import progress
from modules.core.schemes import PARTICIPATION, Crediting, Provider, amount_text
from tests.builders import acknowledged, closed, finished, front, module

SECRET = b"0123456789abcdef"
DONE = (
    acknowledged(),
    closed("pre"),
    finished("01-lamp"),
    finished("02-shore"),
    closed("post"),
    closed("evaluation"),
)


def unmet(events: tuple[object, ...], on: date) -> list[str]:
    found = requirements(module(), progress(e for e in DONE if e in events), on=on)
    return [r.name for r in found if not r.met]


@pytest.mark.parametrize(
    ("left_out", "name"),
    [
        (0, "Front matter read"),
        (1, "Pre-test answered"),
        (2, "Lessons finished"),
        (4, "Post-test passed"),
        (5, "Evaluation sent"),
    ],
)
def test_credit_needs_every_step(left_out: int, name: str) -> None:
    events = DONE[:left_out] + DONE[left_out + 1 :]
    assert unmet(events, date(2026, 5, 1)) == [name]


def test_credit_ends_after_the_day_it_expires() -> None:
    """ACCME enduring materials: no credit after the termination date."""
    assert unmet(DONE, date(2027, 1, 6)) == []
    assert unmet(DONE, date(2027, 1, 7)) == ["Module open for credit"]


def test_credit_is_claimed_in_quarter_hours_up_to_the_maximum() -> None:
    """AMA PRA: credit is claimed in quarter-hour steps."""
    assert [str(one) for one in claimable(front())] == ["0.5", "0.25"]
    longer = claimable(front().model_copy(update={"credit": Credit(maximum=1.25)}))
    assert [amount_text(PARTICIPATION, one) for one in longer] == [
        "1.25 hours", "1 hour", "0.75 hours", "0.5 hours", "0.25 hours",
    ]  # fmt: skip


def test_without_a_provider_no_credit_is_designated() -> None:
    assert designations(NO_CREDIT, front()) == (
        "Accredited provider: to be named by the accredited provider. Until then this module carries no designated "
        "credit; a certificate of participation for at most 0.5 hours is issued. Claim only the time you spent.",
    )
    named = Crediting(provider=Provider(name="The harbour"))
    assert designations(named, front()) == (
        "The harbour issues a certificate of participation for at most 0.5 hours. Claim only the time you spent.",
    )


@given(st.text(max_size=40), st.text(max_size=40), st.randoms())
def test_a_number_is_found_however_it_is_typed(learner: str, module_id: str, random: Random) -> None:
    number = certificate_number(SECRET, learner, module_id)
    assert re.fullmatch(r"LM(-[A-Z2-7]{4}){4}", number)
    assert number == certificate_number(SECRET, learner, module_id)
    typed = "".join(c.lower() if random.random() < 0.5 else c for c in number)
    typed = "".join(f" {c}" if random.random() < 0.2 else c for c in typed if c != "-" or random.random() < 0.5)
    assert tidy_number(typed) == tidy_number(number[3:]) == number


def test_numbers_differ_by_learner_module_and_secret() -> None:
    made = {
        certificate_number(secret, learner, module_id)
        for secret in (SECRET, SECRET[::-1])
        for learner in ("ann", "bo")
        for module_id in ("harbour", "fjord")
    }
    assert len(made) == 8


@given(st.text())
def test_no_text_breaks_the_tidying_of_numbers(typed: str) -> None:
    tidy = tidy_number(typed)
    assert tidy == "" or tidy.startswith("LM-")


def test_a_number_that_itself_begins_with_lm_is_found_without_its_prefix() -> None:
    number = "LM-LMAB-CDEF-GHIJ-KLMN"
    assert tidy_number("lmab cdef ghij klmn") == tidy_number(number) == number
