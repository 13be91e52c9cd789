"""Progress is a fold: order and repeats change nothing, and more events never undo completion."""

from datetime import date
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from modules.core.credit import requirements
from modules.core.events import Event
from modules.core.progress import Progress, forms, open_attempt, progress, resume_lesson, stage
from tests.builders import (
    acknowledged,
    answered,
    claimed,
    closed,
    finished,
    minutes,
    module,
    opened,
)

MODULE = module()


def all_events() -> tuple[Event, ...]:
    """One of everything a learner can do, at moments that partly coincide."""
    lessons = ("01-lamp", "02-shore")
    visits = [opened(x, n, at=minutes(3 * n + k)) for n in range(3) for k, x in enumerate(lessons)]
    posts = [closed("post", n, correct=n, at=minutes(10 + n)) for n in range(1, 4)]
    return (
        acknowledged(at=minutes(1)),
        closed("pre", at=minutes(1)),
        *visits,
        *(finished(x, at=minutes(9)) for x in lessons),
        answered("look", at=minutes(4)),
        answered("other", option="b", at=minutes(4)),
        *posts,
        closed("evaluation", at=minutes(20)),
        claimed(),
    )


some = st.lists(st.sampled_from(all_events()), unique_by=lambda e: e.id)


def met(standing: Progress) -> set[str]:
    return {r.name for r in requirements(MODULE, standing, on=date(2026, 5, 1)) if r.met}


@given(some, st.randoms())
def test_progress_ignores_the_order_and_repeats_of_events(events: list[Event], random: Random) -> None:
    shuffled = events + [e for e in events if random.random() < 0.5]
    random.shuffle(shuffled)
    assert progress(shuffled) == progress(events)


@given(some, some)
def test_more_events_never_undo_completion(events: list[Event], more: list[Event]) -> None:
    before, after = progress(events), progress([*events, *more])
    assert met(before) <= met(after)
    assert before.finished <= after.finished
    assert set(before.answers) <= set(after.answers)
    assert before.passed is None or after.passed is not None
    assert before.claim is None or after.claim is not None


@given(some)
def test_a_learner_can_always_go_on(events: list[Event]) -> None:
    standing = progress(events)
    assert resume_lesson(MODULE, standing) in {x.id for x in MODULE.lessons}
    unmet = [r.stage for r in requirements(MODULE, standing, on=date(2026, 5, 1)) if not r.met]
    if standing.claim is None:
        assert stage(MODULE, standing) == (unmet[0] if unmet else "claim")


def test_the_stages_follow_one_another() -> None:
    events: list[Event] = []
    seen = [stage(MODULE, progress(events))]
    steps: list[list[Event]] = [
        [acknowledged()],
        [closed("pre")],
        [finished("01-lamp")],
        [finished("02-shore")],
        [closed("post", correct=1)],
        [closed("post", 2, correct=2)],
        [closed("evaluation")],
        [claimed()],
    ]
    for step in steps:
        events += step
        seen.append(stage(MODULE, progress(events)))
    expected = "front-matter pre lessons lessons post post evaluation claim done"
    assert seen == expected.split()


def test_a_learner_resumes_in_the_lesson_last_opened_until_it_is_finished() -> None:
    events: list[Event] = [opened("02-shore", at=minutes(1)), opened("01-lamp", at=minutes(2))]
    assert resume_lesson(MODULE, progress(events)) == "01-lamp"
    events += [opened("02-shore", 1, at=minutes(3))]
    assert resume_lesson(MODULE, progress(events)) == "02-shore"
    events += [finished("02-shore", at=minutes(4))]
    assert resume_lesson(MODULE, progress(events)) == "01-lamp"
    assert resume_lesson(MODULE, progress([])) == "01-lamp"


def test_the_pass_is_the_first_passed_attempt_and_failed_ones_are_kept() -> None:
    standing = progress([closed("post", 1, correct=1), closed("post", 2, correct=2), closed("post", 3, correct=3)])
    assert standing.passed is not None
    assert standing.passed.attempt == 2
    assert [a.correct for a in standing.attempts("post")] == [1, 2, 3]
    assert open_attempt(standing, "post") == 4
    assert open_attempt(standing, "pre") == 1


@given(st.text(), st.text())
def test_every_learner_meets_both_forms_and_always_in_the_same_order(learner: str, module_id: str) -> None:
    assert forms(learner, module_id) in (("A", "B"), ("B", "A"))
    assert forms(learner, module_id) == forms(learner, module_id)


def test_half_the_learners_meet_form_a_first_and_modules_are_independent() -> None:
    first = [forms(f"learner-{n}", "harbour")[0] for n in range(4000)]
    other = [forms(f"learner-{n}", "fjord")[0] for n in range(4000)]
    assert 0.47 < first.count("A") / 4000 < 0.53
    assert 0.47 < sum(a == b for a, b in zip(first, other, strict=True)) / 4000 < 0.53
