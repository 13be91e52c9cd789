"""Later data cuts: what replaces what, and what a superseded readout says once its successors are read in its place."""

from modules.core.cuts import followed, followed_trial, successors, superseded
from modules.core.evidence import DataCut, Difference, Estimate, Evidence, LandmarkRate, Ratio, Readout, Trial
from modules.core.inventory import inventory
from modules.core.paths import find
from tests.builders import SOURCE, evidence, trial

LATER = SOURCE.model_copy(update={"citation": "A later report"})


def later(readout_id: str, *supersedes: str, **parts: object) -> Readout:
    fields: dict[str, object] = {
        "id": readout_id, "endpoint": "OS", "detail": "Survival afloat", "population": "all", "source": LATER,
        "confidence": "verified", "cut": DataCut(label="later"), "supersedes": supersedes,
    }  # fmt: skip
    return Readout.model_validate(fields | parts)


def with_cuts(*more: Readout) -> Trial:
    return trial().model_copy(update={"readouts": (*trial().readouts, *more)})


def test_what_a_later_cut_reports_replaces_the_old_figure_at_the_old_path() -> None:
    newer = later("os-end", "os-final", estimates=(Estimate(arm="lamp", value=60.0, unit="months"),))
    now = followed(Evidence(trials={"lighthouse": with_cuts(newer)}))
    assert find(now, "lighthouse.os-final.lamp").value == 60.0
    assert find(now, "lighthouse.os-final.lamp").origin.source == LATER


def test_what_a_later_cut_leaves_out_stays_under_the_later_name() -> None:
    newer = later("os-end", "os-final", landmarks=(LandmarkRate(month=24, arm="lamp", percent=77),))
    now = followed(Evidence(trials={"lighthouse": with_cuts(newer)}))
    assert find(now, "lighthouse.os-final.dark").value == 40.0
    assert find(now, "lighthouse.os-final.dark").origin.cut == "later"
    assert find(now, "lighthouse.os-final.lamp.at-24").value == 77
    assert find(now, "lighthouse.os-final.lamp.at-48").value == 50


def test_cuts_are_followed_through_each_other_in_order() -> None:
    second = later("os-2", "os-final", ratio=Ratio(value=0.82, ci=(0.7, 0.95), treated="lamp", control="dark"))
    third = later("os-3", "os-2", ratio=Ratio(value=0.84, ci=(0.72, 0.97), treated="lamp", control="dark"))
    changed = with_cuts(third, second)
    assert [r.id for r in successors(changed, "os-final")] == ["os-2", "os-3"]
    assert superseded(changed) == {"os-final", "os-2"}
    assert find(followed(Evidence(trials={"lighthouse": changed})), "lighthouse.os-final").value == 0.84


def test_readouts_that_name_each_other_do_not_run_in_a_circle() -> None:
    one, other = later("os-2", "os-3"), later("os-3", "os-2")
    assert [r.id for r in successors(with_cuts(one, other), "os-2")] == ["os-3"]


def test_a_trial_without_later_cuts_is_itself() -> None:
    assert followed_trial(trial()) == trial()
    assert followed(evidence()) == evidence()


def test_the_inventory_lists_each_published_figure_as_it_reads() -> None:
    gap = Difference(treated="lamp", control="dark", value=16.5, unit="months")
    found = inventory(with_cuts(later("os-end", difference=gap)))
    assert found["lighthouse.os-final.lamp"] == "56.5 months (95% CI 49.3 to not reached)"
    assert found["lighthouse.os-final.dark.at-24"].startswith("60% (95% CI 56")
    assert found["lighthouse.os-end.published-difference"] == "16.5 months"
    assert found["lighthouse.os-final.subgroup.north"].startswith("hazard ratio 0.75")
    assert found["lighthouse.fact.height.cycles"] == "6 cycles"
    assert not any("difference" in path and "published" not in path for path in found)
