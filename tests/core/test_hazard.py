"""The hazard ratio of two arms is that of lifelines' Cox model."""

import pandas as pd
import pytest
from lifelines import CoxPHFitter

from modules.core.hazard import hazard_ratio
from modules.core.survival import FollowUp
from tests.core.lifelines_arms import NAMES, both_arms


@pytest.mark.parametrize("name", NAMES)
def test_the_ratio_and_its_interval_are_those_of_lifelines(name: str) -> None:
    control, treated = both_arms(name)
    rows = [(t.months, t.event, arm) for arm, times in enumerate((control, treated)) for t in times]
    theirs = CoxPHFitter().fit(pd.DataFrame(rows, columns=["months", "event", "treated"]), "months", "event").summary
    ours = hazard_ratio(treated, control)
    assert ours is not None
    assert ours.ci is not None
    keys = ["exp(coef)", "exp(coef) lower 95%", "exp(coef) upper 95%"]
    assert (ours.value, ours.ci.low, ours.ci.high) == pytest.approx(tuple(theirs.loc["treated", keys]), rel=1e-4)


def test_turning_the_arms_round_turns_the_ratio_round() -> None:
    control, treated = both_arms("lung")
    ours, theirs = hazard_ratio(treated, control), hazard_ratio(control, treated)
    assert ours is not None
    assert theirs is not None
    assert ours.value == pytest.approx(1 / theirs.value)


@pytest.mark.parametrize("treated", [(), (FollowUp(3, False),), (FollowUp(9, True),)])
def test_there_is_no_ratio_where_it_would_be_endless(treated: tuple[FollowUp, ...]) -> None:
    control = (FollowUp(1, True), FollowUp(2, True))
    assert hazard_ratio(treated, control) is None
