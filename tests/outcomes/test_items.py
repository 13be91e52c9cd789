"""The report on items: known parameters come back, first attempts alone count, and few answers say so."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from modules.core.events import ItemAnswered
from modules.outcomes.first_attempts import first_attempts
from modules.outcomes.items import Report, item_report
from modules.outcomes.statistics import wilson
from modules.outcomes.wording import (
    family_flags,
    flags,
    miskeyed,
    number_text,
    p_text,
    points_text,
    reliability_text,
    seconds_text,
    share_text,
)
from tests.outcomes.simulated import MISKEYED, Bank, again, bank, sat

Simulated = tuple[Bank, list[ItemAnswered], dict[tuple[str, str], np.ndarray], Report]


@pytest.fixture(scope="module")
def simulated() -> Simulated:
    made = bank()
    events, expected = sat(made, 10_000)
    return made, events, expected, item_report(made.module, events)


def test_difficulty_comes_back_within_two_hundredths(simulated: Simulated) -> None:
    _, _, expected, report = simulated
    for found in report.items:
        n = int(found.item[1:])
        if found.item != f"a{MISKEYED}":
            assert found.difficulty.value == pytest.approx(expected[found.quiz, found.test][n], abs=0.02)
            assert found.difficulty.interval is not None
            low, high = found.difficulty.interval
            assert high - low < 0.03


def test_the_sign_and_rank_of_discrimination_come_back(simulated: Simulated) -> None:
    made, _, _, report = simulated
    for quiz in made.slope:
        for test in ("pre", "post"):
            mine = [r for r in report.items if (r.quiz, r.test) == (quiz, test) and r.item != f"a{MISKEYED}"]
            values = [r.discrimination.value or 0 for r in mine]
            true = [made.slope[quiz][int(r.item[1:])] for r in mine]
            assert min(values) > 0
            assert stats.spearmanr(values, true).statistic >= 0.9


def test_the_item_with_the_wrong_key_is_flagged_and_no_other(simulated: Simulated) -> None:
    report = simulated[3]
    assert {r.item for r in report.items if miskeyed(r)} == {f"a{MISKEYED}"}
    wrong = next(r for r in report.items if r.item == f"a{MISKEYED}")
    assert wrong.discrimination.value is not None
    assert wrong.discrimination.value < 0
    assert flags(wrong)[0].startswith("Possibly miskeyed")


def test_what_was_learned_is_paired_by_learner(simulated: Simulated) -> None:
    report = simulated[3]
    for family in report.families:
        assert family.n == 10_000
        if family.family != f"family-{MISKEYED}":
            assert family.sensitivity.value is not None
            assert family.sensitivity.value > 0
            assert p_text(family.p) == "p < 0.001"
            assert family_flags(family) == ()


def test_reliability_is_told_from_ten_items_and_fifty_learners(simulated: Simulated) -> None:
    for form in simulated[3].forms:
        assert form.reliability.value is not None
        assert form.error is not None
        assert "standard error" in reliability_text(form)


FEW = bank(5)
ANSWERS = sat(FEW, 12)[0]
TWICE = [again(e, 1, e.role) for e in ANSWERS]
"""The same items in the same attempts once more, later and wrong: the first response counts."""


@given(st.permutations(range(len(ANSWERS))), st.lists(st.sampled_from([*ANSWERS, *TWICE]), max_size=40))
@settings(max_examples=60, deadline=None)
def test_order_and_repeats_change_nothing(order: list[int], repeated: list[ItemAnswered]) -> None:
    mixed = [*repeated, *(ANSWERS[place] for place in order)]
    assert item_report(FEW.module, mixed) == item_report(FEW.module, ANSWERS)


def test_an_item_all_answer_alike_has_no_discrimination_and_says_so() -> None:
    alike = [e.model_copy(update={"score": 1.0}) for e in sat(FEW, 90)[0]]
    one = item_report(FEW.module, alike).items[0]
    assert number_text(one.discrimination) == f"all alike, nothing to tell (n = {one.difficulty.n})"


def test_a_form_changed_in_between_is_not_mixed() -> None:
    """Reliability is told of those who answered the same items."""
    events = [e for e in sat(bank(11), 400)[0] if not (e.learner.endswith("7") and e.item in ("a4", "b4"))]
    for form in item_report(bank(11).module, events).forms:
        assert form.items == 11
        assert form.reliability.value is not None


def test_retries_practice_and_reviews_are_not_counted(simulated: Simulated) -> None:
    made, events, _, _ = simulated
    few = events[:2400]
    later = [again(e, 2, "post") for e in few] + [again(e, 1, role) for e in few for role in ("practice", "review")]
    assert item_report(made.module, [*few, *later]) == item_report(made.module, few)
    assert all(a.test in ("pre", "post") for a in first_attempts([*few, *later]))


def test_few_answers_say_so(simulated: Simulated) -> None:
    made, events, _, _ = simulated
    report = item_report(made.module, [e for e in events if int(e.learner.split("-")[1]) < 7])
    one = report.items[0]
    n = one.difficulty.n
    assert n < 10
    assert share_text(one.difficulty) == f"too few answers (n = {n})"
    assert number_text(one.discrimination) == f"too few answers (n = {n})"
    assert seconds_text(one) == f"too few answers (n = {n})"
    assert one.options == ()
    assert all(points_text(f.sensitivity).startswith("too few answers (n = 7)") for f in report.families)
    assert "told from 50 learners" in reliability_text(report.forms[0])


def test_a_form_of_eight_items_tells_no_reliability() -> None:
    made = bank(8)
    events, _ = sat(made, 120)
    assert all("fewer than 10 items (here 8)" in reliability_text(f) for f in item_report(made.module, events).forms)


def test_no_answers_are_an_empty_report() -> None:
    assert item_report(bank().module, []) == Report((), (), ())


def test_calibration_counts_every_answer_with_a_confidence(simulated: Simulated) -> None:
    for report in simulated[3].items:
        assert sum(s.n for s in report.calibration) == report.difficulty.n
        assert report.confidence.value == pytest.approx(
            sum(s.confidence * s.n for s in report.calibration) / report.difficulty.n
        )
        assert all(s.share.interval == wilson(s.right, s.n) for s in report.calibration)
