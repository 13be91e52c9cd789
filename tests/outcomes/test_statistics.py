"""Every statistic against an independent library or a published worked example."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.contingency_tables import mcnemar as reference_mcnemar
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.weightstats import DescrStatsW

from modules.outcomes.statistics import (
    Z,
    alpha,
    alpha_interval,
    alpha_of,
    correlation,
    error_of_measurement,
    fisher,
    gain,
    mcnemar,
    quartiles,
    wilson,
)

COUNTS = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
BINARY = st.lists(st.tuples(st.integers(0, 1), st.integers(0, 12)), min_size=4, max_size=60)


@settings(deadline=None)
@given(COUNTS)
def test_wilson_is_that_of_statsmodels(counts: tuple[int, int]) -> None:
    right, n = counts
    assert wilson(right, n) == pytest.approx(proportion_confint(right, n, method="wilson"), abs=1e-9)


def test_wilson_on_a_published_example() -> None:
    """Newcombe RG, Stat Med 1998;17:857, table I: 81 of 263 gives 0.2553 to 0.3662."""
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)


@settings(deadline=None)
@given(BINARY)
def test_the_point_biserial_is_that_of_scipy(pairs: list[tuple[int, int]]) -> None:
    item, rest = [p[0] for p in pairs], [p[1] for p in pairs]
    found = correlation(item, rest)
    if len(set(item)) < 2 or len(set(rest)) < 2:
        assert found is None
    else:
        assert found == pytest.approx(stats.pointbiserialr(item, rest).statistic, abs=1e-9)


@settings(deadline=None)
@given(st.floats(-0.99, 0.99), st.integers(4, 500))
def test_the_interval_of_a_correlation_is_that_of_scipy(r: float, n: int) -> None:
    x = np.arange(n, dtype=float)
    noise = np.where(np.arange(n) % 2, 1.0, -1.0)
    result = stats.pearsonr(x, r * x + noise)
    interval = result.confidence_interval(0.95)
    assert fisher(float(result.statistic), n) == pytest.approx((interval.low, interval.high), abs=1e-7)


@settings(deadline=None)
@given(st.integers(0, 60), st.integers(0, 60))
def test_mcnemar_is_that_of_statsmodels(gained: int, lost: int) -> None:
    table = [[5, gained], [lost, 7]]
    assert mcnemar(gained, lost) == pytest.approx(min(1.0, reference_mcnemar(table, exact=True).pvalue), abs=1e-9)


@settings(deadline=None)
@given(st.integers(0, 50), st.integers(0, 50), st.integers(2, 100))
def test_the_interval_of_a_gain_is_the_normal_one_with_half_a_learner_in_each_cell(
    gained: int, lost: int, same: int
) -> None:
    change, (low, high) = gain(gained, lost, gained + lost + same)
    assert change == pytest.approx(np.mean([1] * gained + [-1] * lost + [0] * same))
    counts = np.array([gained + 0.5, lost + 0.5, same + 1])
    spread = DescrStatsW([1, -1, 0], weights=counts)
    expected = stats.norm.interval(0.95, loc=spread.mean, scale=spread.std / np.sqrt(counts.sum()))
    assert (low, high) == pytest.approx((max(-1, expected[0]), min(1, expected[1])), abs=1e-9)
    assert low < high


def test_alpha_is_one_less_the_share_of_the_items_own_spread() -> None:
    """From the covariance matrix, as numpy has it: k / (k - 1) times 1 less trace over sum."""
    scores = np.random.default_rng(7).integers(0, 2, size=(80, 12)) | np.random.default_rng(8).integers(0, 2, (80, 1))
    covariance = np.cov(scores, rowvar=False)
    expected = 12 / 11 * (1 - np.trace(covariance) / covariance.sum())
    assert alpha(scores.tolist()) == pytest.approx(expected)


def test_alpha_of_equal_items_is_one_and_of_no_spread_is_none() -> None:
    assert alpha([[0, 0, 0], [1, 1, 1], [1, 1, 1]]) == pytest.approx(1)
    assert alpha([[1, 0], [0, 1]]) is None


def test_alpha_on_a_published_example() -> None:
    """Bland JM, Altman DG, BMJ 1997;314:572: ten items, variances 11.16 and 77.44, alpha 0.95."""
    assert alpha_of(10, 11.16, 77.44) == pytest.approx(0.95, abs=0.005)


def test_the_interval_of_alpha_covers_it_95_times_in_100() -> None:
    """1,000 samples of normal items with a known alpha (Bonett 2002): equal correlations of 0.2, ten items."""
    chance, k, n, rho = np.random.default_rng(11), 10, 60, 0.2
    true = k * rho / (1 + (k - 1) * rho)
    common = chance.normal(size=(1000, n, 1)) * np.sqrt(rho)
    samples = common + chance.normal(size=(1000, n, k)) * np.sqrt(1 - rho)
    intervals = [alpha_interval(found, k, n) for s in samples if (found := alpha(s.tolist())) is not None]
    assert np.mean([low <= true <= high for low, high in intervals]) == pytest.approx(0.95, abs=0.02)


def test_the_error_of_measurement_of_a_certain_test_is_nothing() -> None:
    assert error_of_measurement([1, 2, 3], 1.0) == 0
    assert error_of_measurement([1, 2, 3], 0.0) == pytest.approx(np.std([1, 2, 3], ddof=1))


@settings(deadline=None)
@given(st.lists(st.floats(0, 1000), min_size=1, max_size=50))
def test_quartiles_are_those_of_numpy(values: list[float]) -> None:
    assert quartiles(values) == pytest.approx(tuple(np.quantile(values, [0.25, 0.5, 0.75])), abs=1e-9)


def test_z_is_the_normal_percentile() -> None:
    assert pytest.approx(stats.norm.ppf(0.975), abs=1e-12) == Z
