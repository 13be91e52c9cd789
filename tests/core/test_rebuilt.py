"""Curves made from coordinates, held against results as a trial would have published them."""

import pytest

from modules.core.digitised import Digitised, DigitisedArm, PrintedAtRisk
from modules.core.evidence import DataCut, Estimate, Fidelity, Ratio, Readout, Source
from modules.core.guyot import AtRisk, Point
from modules.core.hazard import hazard_ratio
from modules.core.rebuilt import RebuiltArm, curve, fidelity, rebuilt_arm
from modules.core.survival import FollowUp, kaplan_meier, median
from tests.core.lifelines_arms import both_arms
from tests.core.test_guyot import at_risk, coordinates


def rebuilt(name: str, times: tuple[FollowUp, ...], printed: tuple[AtRisk, ...] | None = None) -> RebuiltArm:
    rows = printed or at_risk(times)
    below = PrintedAtRisk(months=tuple(r.month for r in rows), counts=tuple(r.patients for r in rows))
    given = DigitisedArm(arm=name, file=f"{name}.csv", n=len(times), at_risk=below)
    return rebuilt_arm(given, coordinates(times), None)


def published(name: str) -> Readout:
    """What the trial would have printed: medians to a tenth, the ratio to a hundredth, events."""
    control, treated = both_arms(name)
    ratio = hazard_ratio(treated, control)
    assert ratio is not None
    arms = {"new": treated, "old": control}
    middles = {arm: median(kaplan_meier(times))[0] for arm, times in arms.items()}
    return Readout(
        id="os",
        endpoint="OS",
        detail="overall survival",
        population="ITT",
        cut=DataCut(label="final"),
        estimates=tuple(
            Estimate(arm=arm, value=None if m is None else round(m, 1), unit="months") for arm, m in middles.items()
        ),
        ratio=Ratio(
            value=round(ratio.value, 2),
            treated="new",
            control="old",
            events={arm: sum(t.event for t in times) for arm, times in arms.items()},
        ),
        source=Source(citation="A data set"),
        confidence="verified",
    )


def proof(name: str, against: Readout) -> Fidelity:
    control, treated = both_arms(name)
    arms = (rebuilt("new", treated), rebuilt("old", control))
    return fidelity(Digitised(against="os", arms=tuple(arm.given for arm in arms)), arms, against)


def verdicts(proven: Fidelity) -> set[tuple[str, str | None]]:
    return {(check.what, check.arm) for check in proven.checks if not check.within}


@pytest.mark.parametrize("name", ["waltons", "rossi", "lung", "gbsg2"])
def test_a_curve_read_from_the_figure_repeats_every_published_result(name: str) -> None:
    proven = proof(name, published(name))
    assert verdicts(proven) == set()
    assert len(proven.checks) == 9


def test_a_median_that_was_reached_is_a_miss_where_none_was_published() -> None:
    against = published("lung")
    silent = tuple(e.model_copy(update={"value": None}) for e in against.estimates)
    proven = proof("lung", against.model_copy(update={"estimates": silent}))
    assert verdicts(proven) == {("median", "new"), ("median", "old")}


def test_a_median_that_was_not_reached_is_a_miss_where_one_was_published() -> None:
    against = published("rossi")
    told = tuple(e.model_copy(update={"value": 50.0}) for e in against.estimates)
    assert verdicts(proof("rossi", against.model_copy(update={"estimates": told}))) == {
        ("median", "new"),
        ("median", "old"),
    }


@pytest.mark.parametrize(("factor", "missed"), [(1.04, set()), (1.2, {("hazard ratio", None)})])
def test_a_ratio_may_be_a_twentieth_away_on_the_log_scale(factor: float, missed: set[tuple[str, None]]) -> None:
    against = published("gbsg2")
    assert against.ratio is not None
    ours = proof("gbsg2", against).ratio
    assert ours is not None
    told = against.ratio.model_copy(update={"value": ours * factor})
    assert verdicts(proof("gbsg2", against.model_copy(update={"ratio": told}))) == missed


@pytest.mark.parametrize("change", [{"treated": None, "control": None}, {"kind": "relative risk"}, {"value": None}])
def test_a_ratio_that_cannot_be_compared_is_not_checked(change: dict[str, object]) -> None:
    against = published("waltons")
    assert against.ratio is not None
    proven = proof("waltons", against.model_copy(update={"ratio": against.ratio.model_copy(update=change)}))
    assert proven.ratio is None
    assert "hazard ratio" not in {check.what for check in proven.checks}


def test_a_curve_that_goes_on_falling_after_the_last_patient_is_a_miss() -> None:
    times = tuple(FollowUp(month, True) for month in range(1, 41))
    arm = rebuilt("new", times, (AtRisk(0, 40), AtRisk(12, 29), AtRisk(24, 0)))
    proven = fidelity(Digitised(against="os", arms=(arm.given,)), (arm,), published("waltons"))
    assert ("curve", "new") in verdicts(proven)


@pytest.mark.parametrize("end", [3.0, 11.0, 47.5, 130.0, 4000.0])
def test_a_curve_has_a_readable_number_of_months_and_ends_where_the_figure_ends(end: float) -> None:
    below = PrintedAtRisk(months=(0.0, 1.5), counts=(50, 45))
    given = DigitisedArm(arm="new", file="a.csv", n=50, at_risk=below)
    made = curve(rebuilt_arm(given, (Point(0, 100), Point(1, 90), Point(end, 40)), None))
    assert made.months[0] == 0
    assert made.months[-1] == end
    assert 1.5 in made.months
    assert len(made.months) <= 44
    assert list(made.months) == sorted(set(made.months))
    assert list(made.at_risk) == sorted(made.at_risk, reverse=True)
    assert list(made.censored_by) == sorted(made.censored_by)
