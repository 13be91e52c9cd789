"""How figures read, and how their paths are followed. The figures are made up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modules.core.errors import NotPublished, UnknownPath
from modules.core.paths import contrast, find, readout_at
from modules.core.quantity import number, text
from tests.builders import evidence

EVIDENCE = evidence()


@pytest.mark.parametrize(
    ("path", "value", "estimate"),
    [
        ("lighthouse.os-final.lamp", "56.5 months", "56.5 months (95% CI 49.3 to not reached)"),
        ("lighthouse.os-final.lamp.median", "56.5 months", "56.5 months (95% CI 49.3 to not reached)"),
        ("lighthouse.os-final.dark", "40 months", "40 months (95% CI 35 to 45)"),
        ("lighthouse.os-final.lamp.ci-low", "49.3 months", "49.3 months"),
        ("lighthouse.os-final.lamp.ci-high", "not reached", "not reached"),
        ("lighthouse.os-final.ci-low", "0.70", "0.70"),
        ("lighthouse.os-final.hr.ci-high", "0.90", "0.90"),
        ("lighthouse.os-final.lamp.at-24.ci-low", "76%", "76%"),
        ("lighthouse.os-final.gain-at-24.ci-low", "14.3 percentage points", "14.3 percentage points"),
        ("lighthouse.os-final.nnt-at-24.ci-high", "7 patients", "7 patients"),
        ("lighthouse.os-final.subgroup.north.ci-high", "0.95", "0.95"),
        ("lighthouse.os-final", "0.80", "hazard ratio 0.80 (95% CI 0.70 to 0.90)"),
        ("lighthouse.os-final.hr", "0.80", "hazard ratio 0.80 (95% CI 0.70 to 0.90)"),
        ("lighthouse.os-final.p", "<0.001", "p <0.001"),
        ("lighthouse.os-final.reduction", "20%", "20%"),
        ("lighthouse.os-final.difference", "16.5 months", "16.5 months"),
        ("lighthouse.os-final.follow-up", "60 months", "median follow-up 60 months"),
        ("lighthouse.os-final.lamp.at-24", "80%", "80% (95% CI 76 to 84)"),
        ("lighthouse.os-final.lamp.events", "40", "40"),
        (
            "lighthouse.os-final.gain-at-24",
            "20 percentage points",
            "20 percentage points (95% CI 14.3 to 25.7)",
        ),
        ("lighthouse.os-final.nnt-at-24", "5 patients", "5 patients (95% CI 3.9 to 7)"),
        ("lighthouse.os-final.subgroup.north", "0.75", "hazard ratio 0.75 (95% CI 0.60 to 0.95)"),
        ("lighthouse.orr.difference", "10.9 percentage points", "10.9 percentage points"),
        ("lighthouse.orr.lamp.rate", "80.2%", "80.2%"),
        ("lighthouse.n", "200 patients", "200 patients"),
        ("lighthouse.lamp.n", "100 patients", "100 patients"),
        ("lighthouse.fact.height.cycles", "6 cycles", "6 cycles"),
    ],
)
def test_a_figure_reads_as_it_was_published(path: str, value: str, estimate: str) -> None:
    quantity = find(EVIDENCE, path)
    assert quantity.path == path
    assert text(quantity) == value
    assert text(quantity, "estimate") == estimate


@pytest.mark.parametrize(
    ("path", "form", "shown"),
    [
        ("lighthouse.os-final.difference", "years", "1.4 years"),
        ("lighthouse.os-final.dark", "years", "3.3 years"),
        ("lighthouse.os-final.lamp", "plain", "56.5"),
        ("lighthouse.os-final.lamp", "whole", "57 months"),
        ("lighthouse.os-final.lamp.at-24", "per-100", "80 per 100"),
        ("lighthouse.os-final", "plain", "0.80"),
    ],
)
def test_a_form_changes_how_a_figure_reads_never_what_it_is(path: str, form: str, shown: str) -> None:
    assert text(find(EVIDENCE, path), form=form) == shown


@pytest.mark.parametrize(
    ("path", "near"),
    [
        ("lighthose.n", ("lighthouse",)),
        ("lighthouse.os-finl", ("os-final",)),
        ("lighthouse.os-final.lmap", ("lamp",)),
        ("lighthouse.os-final.subgroup.nort", ("north",)),
        ("lighthouse.fact.height.cycle", ("cycles",)),
        ("lighthouse.fact.hight.cycles", ("height",)),
        ("definition.lamp.n", ()),
        ("lighthouse.os-final.lamp.at-36", ()),
        ("lighthouse.os-final.lamp.rate", ()),
        ("lighthouse.os-final.gain-at-36", ()),
        ("lighthouse.os-final.nnt-at-48", ()),
        ("lighthouse.orr.hr", ()),
        ("lighthouse.orr.lamp.ci-low", ()),
        ("lighthouse.os-finl.ci-low", ("os-final",)),
        ("lighthouse.os-final.ci-low.ci-high", ()),
        ("lighthouse", ()),
        ("", ()),
        ("definition", ()),
    ],
)
def test_a_path_to_nothing_says_so_with_the_nearest_names(path: str, near: tuple[str, ...]) -> None:
    with pytest.raises(UnknownPath) as caught:
        find(EVIDENCE, path)
    assert caught.value.path == path
    assert set(near) <= set(caught.value.near)


@given(
    st.lists(
        st.sampled_from(["lighthouse", "os-final", "lamp", "at-24", "n", "fact", "", "hr", "ci-low", "definition"])
    )
)
def test_no_path_breaks_the_look_up(parts: list[str]) -> None:
    path = ".".join(parts)
    try:
        found = find(EVIDENCE, path).path
    except UnknownPath as unknown:
        found = unknown.path
    assert found == path


@pytest.mark.parametrize(
    ("path", "published"),
    [
        ("lighthouse.orr.hr", True),
        ("lighthouse.orr.lamp.ci-low", True),
        ("lighthouse.orr.follow-up", True),
        ("lighthouse.os-final.dark.events", True),
        ("lighthouse.os-final.lamp.at-36", True),
        ("lighthouse.os-final.gain-at-36", True),
        ("lighthouse.os-final.hazard", False),
        ("lighthouse.os-final.lamp.median-time", False),
        ("lighthouse.os-finl.hr", False),
    ],
)
def test_a_figure_that_was_not_published_is_told_from_a_misspelt_path(path: str, published: bool) -> None:
    with pytest.raises(UnknownPath) as caught:
        find(EVIDENCE, path)
    assert isinstance(caught.value, NotPublished) is published


def test_the_contrast_is_treated_against_control() -> None:
    for name in ("lighthouse.os-final", "lighthouse.orr"):
        assert contrast(*readout_at(EVIDENCE, name)) == ("lamp", "dark")


@given(st.floats(0.000001, 1e9))
def test_a_number_reads_back_as_itself(value: float) -> None:
    assert float(number(value).replace(",", "")) == pytest.approx(value, abs=1e-6)


@given(st.integers(-(10**9), 10**9))
def test_whole_numbers_have_no_decimals(value: int) -> None:
    assert int(number(value).replace(",", "").replace("−", "-")) == value
