"""The coordinator's rows are the same fold that each learner sees."""

from datetime import date

from modules.actions.access import OPERATOR
from modules.actions.attempts import fold
from modules.actions.completion import completion_rows
from modules.actions.credit import Claim, claim_credit
from modules.actions.learn import standing
from modules.core.progress import stage
from modules.records.records import Records
from tests.actions.journey import Walk
from tests.builders import acknowledged, minutes, module

SECRET = b"0123456789abcdef"


def test_every_learner_is_a_row_with_what_they_have_done(records: Records) -> None:
    done = Walk(records, "a-learner-who-is-done").begin().sit("pre", wrong=("one", "two")).learn()
    done.sit("post", wrong=("one", "two")).sit("post", wrong=("one",)).sit("evaluation")
    issued = claim_credit(
        records, done.learner, done.module, Claim("Ann", "ann@example.org", 1), secret=SECRET, now=done.now()
    )
    Walk(records, "began").begin()
    records.append([acknowledged("elsewhere", module_id="fjord")])
    first, second = completion_rows(OPERATOR, records, done.module)
    assert (first.learner, first.name, first.email) == ("a-learne", "Ann", "ann@example.org")
    assert (first.profession, first.country, first.stage) == ("Pilot", "NO", "done")
    assert (first.lessons_finished, first.lessons, first.post_attempts) == (2, 2, 2)
    assert (first.pre_score, first.best_post_score) == (0.3333, 0.6667)
    assert (first.passed_on, first.claimed_hours) == (date(2026, 3, 1), 0.25)
    assert first.certificate == issued.certificate.number
    assert (first.first_activity, first.last_activity) == (minutes(1), minutes(done.minute))
    assert (second.learner, second.stage, second.name, second.pre_score) == ("began", "pre", None, None)
    assert (second.best_post_score, second.passed_on, second.claimed_hours) == (None, None, None)
    assert second.certificate is None


def test_a_module_without_learners_has_no_rows(sqlite_records: Records) -> None:
    assert completion_rows(OPERATOR, sqlite_records, module()) == ()


def test_the_rows_say_what_each_learner_s_own_page_says(sqlite_records: Records) -> None:
    steps = [Walk(sqlite_records, f"learner-{n}") for n in range(4)]
    steps[1].begin()
    steps[2].begin().sit("pre").learn()
    steps[3].finish()
    rows = {row.learner: row for row in completion_rows(OPERATOR, sqlite_records, module())}
    assert len(rows) == 1
    stages = [stage(w.module, standing(sqlite_records, w.learner, w.module)) for w in steps[1:]]
    assert stages == ["pre", "post", "claim"]
    for walk in steps[1:]:
        events = sqlite_records.events(walk.learner, "harbour")
        assert fold(walk.module, walk.learner, events) == standing(sqlite_records, walk.learner, walk.module)
