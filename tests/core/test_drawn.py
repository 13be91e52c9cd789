"""Which figures a chart has a place for."""

from pathlib import Path

import pytest

from modules.authoring.library import load
from modules.core.drawn import shows
from modules.core.evidence import Evidence
from modules.core.figures import (
    AdverseEvents,
    ChartRequest,
    Comparison,
    Cuts,
    Forest,
    IconArray,
    Survival,
    Timeline,
)

ROOT = Path(__file__).resolve().parents[2]
OS = Survival(trial="cleopatra", endpoint="OS", title="t")
LANDMARK = Survival(trial="cleopatra", endpoint="OS", readout="os-eos-landmark", title="t")
GROUPS = Forest(subgroups="her2climb.bm-type", title="t")
RATIOS = Forest(readouts=("cleopatra.os-final", "cleopatra.pfs-irf"), title="t")
MEDIANS = Comparison(readouts=("cleopatra.os-final",), title="t")
ICONS = IconArray(readout="cleopatra.os-eos-landmark", month=96, event="alive", title="t")
RATES = IconArray(readout="cleopatra.sae", event="had one", title="t")
HARMS = AdverseEvents(readouts=("cleopatra.sae", "cleopatra.cardiac"), title="t")
MATURED = Cuts(readouts=("cleopatra.os-interim2", "cleopatra.os-final"), title="t")
DATES = Timeline(trials=("cleopatra",), title="t")


@pytest.fixture(scope="module")
def evidence() -> Evidence:
    return load(ROOT / "content", ROOT / "quizzes").library.evidence


@pytest.mark.parametrize(
    ("chart", "path"),
    [
        (OS, "cleopatra.os-final.td"),
        (OS, "cleopatra.os-final.td.median"),
        (LANDMARK, "cleopatra.os-eos-landmark.ptd.at-96"),
        (GROUPS, "her2climb.bm-type.subgroup.active"),
        (RATIOS, "cleopatra.pfs-irf"),
        (RATIOS, "cleopatra.pfs-irf.hr"),
        (MEDIANS, "cleopatra.os-final.ptd"),
        (ICONS, "cleopatra.os-eos-landmark.td.at-96"),
        (RATES, "cleopatra.sae.ptd.rate"),
        (HARMS, "cleopatra.cardiac.td"),
        (MATURED, "cleopatra.os-final"),
    ],
)
def test_a_figure_on_the_chart(chart: ChartRequest, path: str, evidence: Evidence) -> None:
    assert shows(chart, evidence, path)


@pytest.mark.parametrize(
    ("chart", "path"),
    [
        (OS, "cleopatra.os-final"),
        (OS, "cleopatra.os-final.td.ci-low"),
        (OS, "cleopatra.os-interim2-medians.td"),
        (OS, "cleopatra.pfs-irf.td"),
        (OS, "cleopatra.os-final.tdd"),
        (OS, "nowhere.os.td"),
        (LANDMARK, "cleopatra.os-eos-landmark.gain-at-96"),
        (GROUPS, "cleopatra.os-final"),
        (RATIOS, "her2climb.bm-type.subgroup.active"),
        (MEDIANS, "cleopatra.os-final"),
        (MEDIANS, "cleopatra.os-final.difference"),
        (ICONS, "cleopatra.os-final.td"),
        (HARMS, "cleopatra.fn-asia.td"),
        (MATURED, "cleopatra.os-final.ptd"),
        (DATES, "cleopatra.os-final.ptd"),
        (DATES, "cleopatra.fact.crossover.control"),
    ],
)
def test_a_figure_that_is_not_on_the_chart(chart: ChartRequest, path: str, evidence: Evidence) -> None:
    assert not shows(chart, evidence, path)
