"""The shipped trials."""

from pathlib import Path

import pytest
import yaml

from modules.core.evidence import Evidence, Trial
from tests.charts.made import frozen

TRIALS = Path(__file__).parents[2] / "content" / "trials"


@pytest.fixture(scope="session")
def evidence() -> Evidence:
    files = sorted(TRIALS.glob("*.yaml"))
    found = [Trial.model_validate(frozen(yaml.safe_load(file.read_text(encoding="utf-8")))) for file in files]
    return Evidence(trials={trial.id: trial for trial in found})
