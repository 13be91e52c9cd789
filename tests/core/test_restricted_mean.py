"""Restricted mean: by hand, and against lifelines on the data that it ships."""

import math

import numpy as np
import pytest
from lifelines import KaplanMeierFitter
from lifelines.datasets import load_gbsg2, load_waltons
from lifelines.utils import restricted_mean_survival_time

from modules.core.evidence import Curve
from modules.core.restricted_mean import horizon_of, mean_difference
from modules.core.survival import restricted_mean

Arm = tuple[np.ndarray, np.ndarray]


def _curve(*readings: tuple[float, float, int], arm: str = "a") -> Curve:
    months, percent, at_risk = zip(*readings, strict=True)
    return Curve(arm=arm, n=at_risk[0], events=0, months=months, percent=percent, at_risk=at_risk)


def _breast() -> tuple[Arm, Arm]:
    data = load_gbsg2()
    arms = (data[data.horTh == name] for name in ("yes", "no"))
    first, second = ((arm.time.to_numpy() / 30.4375, arm.cens.to_numpy()) for arm in arms)
    return first, second


def _read_every(step: float, end: float, arm: Arm) -> Curve:
    times, events = arm
    months = np.arange(0, end + 1e-9, step)
    percent = KaplanMeierFitter().fit(times, events).survival_function_at_times(months).to_numpy() * 100
    at_risk = [int((times >= month).sum()) for month in months]
    return _curve(*zip(map(float, months), map(float, percent), at_risk, strict=True))


def _exact(arm: Arm, horizon: float) -> tuple[float, float]:
    """The mean and Greenwood's variance from every single time."""
    fitted = KaplanMeierFitter().fit(*arm)
    months = [*fitted.survival_function_.index]
    percent = [100 * s for s in fitted.survival_function_["KM_estimate"]]
    mean, variance = restricted_mean(months, percent, horizon), 0.0
    for month, row in fitted.event_table.iterrows():
        if 0 < row.observed < row.at_risk and month < horizon:
            after = mean - restricted_mean(months, percent, month)
            variance += after**2 * row.observed / (row.at_risk * (row.at_risk - row.observed))
    return mean, variance


def test_the_area_under_a_step_curve_is_what_a_hand_finds() -> None:
    """12 at 100%, 12 at 75%, 6 at 50%."""
    assert restricted_mean((0, 12, 24, 36), (100, 75, 50, 20), 30) == 12 + 9 + 3
    assert restricted_mean((0, 12, 24, 36), (100, 75, 50, 20), 0) == 0
    with pytest.raises(ValueError, match="40"):
        restricted_mean((0, 12, 24, 36), (100, 75, 50, 20), 40)


@pytest.mark.parametrize("horizon", [12.0, 40.0, 60.0])
@pytest.mark.parametrize("group", ["miR-137", "control"])
@pytest.mark.filterwarnings("ignore")
def test_the_area_is_that_of_lifelines(horizon: float, group: str) -> None:
    data = load_waltons()
    arm = data[data.group == group]
    fitted = KaplanMeierFitter().fit(arm["T"], arm["E"])
    months, percent = fitted.survival_function_.index, 100 * fitted.survival_function_["KM_estimate"]
    expected = restricted_mean_survival_time(fitted, t=horizon)
    assert restricted_mean([*months], [*percent], horizon) == pytest.approx(expected, rel=1e-3)


@pytest.mark.parametrize("step", [3.0, 6.0])
def test_a_difference_from_readings_comes_near_the_one_from_every_time(step: float) -> None:
    treated, control = _breast()
    found = mean_difference(_read_every(step, 60, treated), _read_every(step, 60, control), 60)
    (first, v1), (second, v2) = _exact(treated, 60), _exact(control, 60)
    assert found.value == pytest.approx(first - second, abs=0.12)
    assert found.ci is not None
    assert found.ci.low is not None
    assert (found.value - found.ci.low) / 1.959964 == pytest.approx(math.sqrt(v1 + v2), rel=0.06)


def test_a_difference_by_hand() -> None:
    """Treated: 9 months of 10, two of ten with an event; control: no event, so no error of its own."""
    treated = _curve((0.0, 100.0, 10), (10.0, 80.0, 8))
    control = _curve((0.0, 100.0, 10), (10.0, 100.0, 10), arm="b")
    found = mean_difference(treated, control, 10)
    assert found.value == pytest.approx(9 - 10)
    variance = (5 * 0.8) ** 2 * 0.2 / (10 * 0.8)
    assert found.ci is not None
    assert found.ci.high == pytest.approx(-1 + 1.959964 * math.sqrt(variance))


def test_readings_that_contradict_themselves_give_no_interval() -> None:
    sound = _curve((0.0, 100.0, 90), (12.0, 70.0, 60))
    for wrong in (((12.0, 101.0, 60),), ((12.0, 80.0, 95),), ((12.0, 0.0, 0),)):
        found = mean_difference(_curve((0.0, 100.0, 90), *wrong), sound, 12)
        assert found.ci is None


def test_the_horizon_is_the_last_month_where_every_arm_keeps_a_tenth_and_ten() -> None:
    large = _curve((0.0, 100.0, 400), (12.0, 60.0, 200), (24.0, 50.0, 40), (36.0, 40.0, 39))
    small = _curve((0.0, 100.0, 50), (12.0, 60.0, 20), (24.0, 50.0, 10), (36.0, 40.0, 9))
    assert horizon_of([large]) == 24
    assert horizon_of([large, small]) == 24
    assert horizon_of([large, _curve((0.0, 100.0, 50), (12.0, 60.0, 10), (24.0, 50.0, 9))]) == 12
    assert horizon_of([_curve((0.0, 100.0, 9), (12.0, 60.0, 8))]) is None
    assert horizon_of([]) is None
