"""A version that was shown stays readable, and learners hear when its figures have moved."""

from dataclasses import replace

from modules.actions.learn import standing
from modules.actions.versions import completed_version, keep_versions, moved, snapshot
from modules.core.evidence import Evidence
from modules.core.module import Library
from modules.records.records import Records
from tests.actions.journey import Walk
from tests.builders import evidence, minutes, module, trial

LATER = minutes(900)


def changed(months: float) -> Evidence:
    """The made-up trial with another median of the lamp arm."""
    survival, *others = trial().readouts
    lamp, *arms = survival.estimates
    estimates = (lamp.model_copy(update={"value": months, "ci": None}), *arms)
    readouts = (survival.model_copy(update={"estimates": estimates}), *others)
    return Evidence(trials={"lighthouse": trial().model_copy(update={"readouts": readouts})})


def test_a_version_is_kept_once_as_it_was_first_shown(records: Records) -> None:
    library = Library({"harbour": module()}, evidence())
    keep_versions(records, library, now=minutes(0))
    keep_versions(records, Library({"harbour": module()}, changed(70)), now=LATER)
    kept = records.version(module().digest)
    assert kept == snapshot(module(), evidence())
    assert [(one.digest, one.since) for one in records.versions("harbour")] == [(module().digest, minutes(0))]
    assert records.versions("elsewhere") == ()


def test_a_kept_version_holds_what_stood_on_the_page() -> None:
    kept = snapshot(module(), evidence())
    assert [x.id for x in kept.lessons] == ["01-lamp", "02-shore"]
    assert "Ships lasted" in kept.lessons[0].html
    assert "56.5 months" in kept.lessons[0].html
    assert kept.figures == {"lighthouse.os-final.lamp": "56.5 months (95% CI 49.3 to not reached)"}
    assert set(kept.quizzes) == set(module().quizzes)


def test_a_figure_that_reads_otherwise_now_is_told_with_its_old_words(records: Records) -> None:
    keep_versions(records, Library({"harbour": module()}, evidence()), now=minutes(0))
    newer = replace(module(), digest="e" * 64)
    (one,) = moved(records, module().digest, newer, changed(61.5))
    assert (one.trial, one.was, one.now) == (
        "LIGHTHOUSE", "56.5 months (95% CI 49.3 to not reached)", "61.5 months",
    )  # fmt: skip


def test_nothing_has_moved_for_the_version_on_offer_or_one_never_kept(records: Records) -> None:
    keep_versions(records, Library({"harbour": module()}, evidence()), now=minutes(0))
    assert moved(records, module().digest, module(), changed(61.5)) == ()
    assert moved(records, "f" * 64, module(), changed(61.5)) == ()


def test_a_figure_that_is_gone_is_told_as_no_longer_stated(records: Records) -> None:
    keep_versions(records, Library({"harbour": module()}, evidence()), now=minutes(0))
    bare = Evidence(trials={"lighthouse": trial().model_copy(update={"readouts": ()})})
    (one,) = moved(records, module().digest, None, bare)
    assert (one.trial, one.now) == ("LIGHTHOUSE", None)


def test_the_version_completed_is_the_one_on_screen_when_the_post_test_was_passed(records: Records) -> None:
    walk = Walk(records).begin().sit("pre")
    assert completed_version(standing(records, "ann", walk.module)) is None
    walk.learn().sit("post")
    assert completed_version(standing(records, "ann", walk.module)) == module().digest
