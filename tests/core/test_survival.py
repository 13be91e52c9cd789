"""Figures worked out from survival curves, each beside what lifelines says of the same data."""

import pytest

from modules.core.survival import restricted_mean


def test_the_restricted_mean_is_the_area_under_the_steps() -> None:
    assert restricted_mean((0, 10, 20), (100, 50, 25), 15) == pytest.approx(12.5)
    assert restricted_mean((0, 10, 20), (100, 50, 25), 20) == pytest.approx(15)
    assert restricted_mean((0, 10, 20), (100, 50, 25), 0) == 0


@pytest.mark.parametrize(
    ("months", "percent", "horizon"),
    [((0, 10), (100, 50), 10.1), ((0, 10), (100, 50), -1), ((1, 10), (100, 50), 5), ((0,), (), 0), ((), (), 0)],
)
def test_there_is_no_restricted_mean_outside_the_curve(
    months: tuple[float, ...], percent: tuple[float, ...], horizon: float
) -> None:
    with pytest.raises(ValueError, match="curve"):
        restricted_mean(months, percent, horizon)
