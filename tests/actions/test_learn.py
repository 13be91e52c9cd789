"""What a learner may do and when, and that doing it twice is doing it once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from modules.actions.attempts import Address, Assessed, next_free
from modules.actions.learn import acknowledge, answer_item, finish_lesson, open_lesson, standing
from modules.core.errors import NotAllowed
from modules.core.events import event_id
from modules.core.grading import Chosen, Given, Response, Written
from modules.core.items import Role
from modules.core.progress import forms, open_attempt, resume_lesson
from modules.core.sitting import quiz_for
from modules.records.records import Records
from tests.actions.journey import RIGHT, Walk
from tests.builders import minutes, module, without_item

CHECK = Address("check", "harbour/checks", 1, "look")


def test_the_front_matter_is_acknowledged_once_for_each_version_of_the_text(sqlite_records: Records) -> None:
    built = module()
    acknowledge(sqlite_records, "ann", built, profession=" Pilot ", country="NO", now=minutes(1))
    again = acknowledge(sqlite_records, "ann", built, profession="Cook", country="SE", now=minutes(2))
    assert again.acknowledged is not None
    assert (again.acknowledged.profession, again.acknowledged.at) == ("Pilot", minutes(1))
    changed = acknowledge(
        sqlite_records, "ann", replace(built, digest="e" * 64), profession="Cook", country="SE", now=minutes(3)
    )
    assert changed.acknowledged is not None
    assert changed.acknowledged.profession == "Cook"
    assert len(sqlite_records.events("ann", "harbour")) == 2


@pytest.mark.parametrize(("profession", "country"), [("", "NO"), ("Pilot", "  ")])
def test_profession_and_country_must_be_given(profession: str, country: str, sqlite_records: Records) -> None:
    with pytest.raises(NotAllowed, match="profession and your country"):
        acknowledge(sqlite_records, "ann", module(), profession=profession, country=country, now=minutes(1))
    assert sqlite_records.events("ann", "harbour") == ()


def test_a_lesson_is_opened_only_when_it_is_not_the_current_one(sqlite_records: Records) -> None:
    walk = Walk(sqlite_records).begin().sit("pre")
    before = len(sqlite_records.events("ann", "harbour"))
    for lesson in ("01-lamp", "01-lamp", "02-shore", "01-lamp", "01-lamp"):
        found = open_lesson(sqlite_records, "ann", walk.module, lesson, now=walk.now())
        assert found.last_lesson == lesson
        assert resume_lesson(walk.module, found) == lesson
    assert len(sqlite_records.events("ann", "harbour")) == before + 3


def test_a_lesson_is_finished_once(sqlite_records: Records) -> None:
    walk = Walk(sqlite_records).begin().sit("pre").learn()
    events = sqlite_records.events("ann", "harbour")
    found = finish_lesson(sqlite_records, "ann", walk.module, "01-lamp", now=walk.now())
    assert found.finished == {"01-lamp", "02-shore"}
    assert sqlite_records.events("ann", "harbour") == events


@pytest.mark.parametrize("act", [open_lesson, finish_lesson])
def test_lessons_wait_for_the_front_matter_and_the_pre_test(act: object, sqlite_records: Records) -> None:
    assert act in (open_lesson, finish_lesson)
    walk = Walk(sqlite_records)
    enter = open_lesson if act is open_lesson else finish_lesson
    with pytest.raises(NotAllowed, match="First read the page of information"):
        enter(sqlite_records, "ann", walk.module, "01-lamp", now=walk.now())
    walk.begin()
    with pytest.raises(NotAllowed, match="Answer the pre-test first"):
        enter(sqlite_records, "ann", walk.module, "01-lamp", now=walk.now())
    walk.sit("pre")
    with pytest.raises(NotAllowed, match="not part of the module"):
        enter(sqlite_records, "ann", walk.module, "03-nowhere", now=walk.now())
    enter(sqlite_records, "ann", walk.module, "01-lamp", now=walk.now())


def test_a_response_is_graded_and_kept_with_what_it_was_about(sqlite_records: Records) -> None:
    walk = Walk(sqlite_records).begin()
    address = walk.address("pre", "three")
    found = answer_item(sqlite_records, "ann", walk.module, address, response=Given(value=57.0), now=minutes(9))
    assert (found.score, found.objectives, found.role, found.at) == (1, ("see",), "pre", minutes(9))
    assert found.module_version == walk.module.digest
    assert found.id == event_id("ann", "harbour", "answer", address.quiz, 1, "three")
    assert sqlite_records.events("ann", "harbour")[-1] == found


def test_a_second_response_to_the_same_item_never_replaces_the_first(sqlite_records: Records) -> None:
    walk = Walk(sqlite_records).begin()
    address = walk.address("pre", "one")
    assert walk.answer(address, Chosen(options=("b",))) == 0
    assert walk.answer(address, Chosen(options=("a",))) == 0
    assert walk.answer(address, Written(text="")) == 0


def test_twenty_clicks_at_once_are_one_response(records: Records) -> None:
    walk = Walk(records).begin()
    address = walk.address("pre", "one")

    def click(n: int) -> str:
        response = Chosen(options=("abc"[n % 3],))
        return answer_item(records, "ann", walk.module, address, response=response, now=minutes(n)).model_dump_json()

    with ThreadPoolExecutor(20) as threads:
        assert len(set(threads.map(click, range(20)))) == 1
    assert len(records.events("ann", "harbour")) == 2


@pytest.mark.parametrize(
    ("item", "response", "says"),
    [
        ("one", Chosen(options=()), "Choose one answer"),
        ("three", Written(text="ten"), "Type a number, in months"),
    ],
)
def test_a_response_that_does_not_fit_is_refused_and_not_kept(
    item: str, response: Response, says: str, sqlite_records: Records
) -> None:
    walk = Walk(sqlite_records).begin()
    with pytest.raises(NotAllowed, match=says):
        walk.answer(walk.address("pre", item), response)
    assert len(sqlite_records.events("ann", "harbour")) == 1


@pytest.mark.parametrize(
    "address",
    [
        Address("check", "harbour/nothing", 1, "look"),
        Address("check", "harbour/checks", 1, "nothing"),
        Address("post", "harbour/checks", 1, "look"),
        Address("check", "harbour/form-a", 1, "one"),
        Address("pre", "harbour/evaluation", 1, "useful"),
    ],
)
def test_only_the_items_of_the_module_in_their_own_roles_are_asked(address: Address, sqlite_records: Records) -> None:
    walk = Walk(sqlite_records).begin().sit("pre")
    with pytest.raises(NotAllowed, match="not an item of the module"):
        walk.answer(address, Chosen(options=("a",)))


@pytest.mark.parametrize("role", ["pre", "post"])
def test_each_test_uses_the_learner_s_own_form(role: Assessed, sqlite_records: Records) -> None:
    walk = Walk(sqlite_records).begin()
    if role == "post":
        walk.sit("pre").learn()
    before, after = forms("ann", "harbour")
    mine, other = (before, after) if role == "pre" else (after, before)
    assert walk.address(role, "one").quiz == f"harbour/form-{mine.lower()}"
    with pytest.raises(NotAllowed, match="not your form"):
        walk.answer(Address(role, f"harbour/form-{other.lower()}", 1, "one"), RIGHT["one"])


def test_every_step_waits_for_the_one_before_it(sqlite_records: Records) -> None:
    walk = Walk(sqlite_records)

    def refused(role: Assessed, item: str) -> str:
        with pytest.raises(NotAllowed) as caught:
            walk.answer(walk.address(role, item), RIGHT[item])
        return str(caught.value)

    assert refused("pre", "one").startswith("First read")
    walk.begin()
    assert refused("post", "one") == "Answer the pre-test first."
    walk.sit("pre")
    assert refused("post", "one") == "Finish every lesson first; 2 of 2 are left."
    walk.learn()
    assert refused("evaluation", "useful") == "Pass the post-test first."
    walk.sit("post", wrong=("one", "two"))
    assert refused("evaluation", "useful") == "Pass the post-test first."
    walk.sit("post").sit("evaluation")
    assert refused("post", "one") == "You have passed the post-test."
    assert refused("pre", "one") == "You have answered this already."
    assert refused("evaluation", "useful") == "You have answered this already."


def test_checks_wait_for_the_pre_test_and_can_be_tried_again(sqlite_records: Records) -> None:
    walk = Walk(sqlite_records).begin()
    with pytest.raises(NotAllowed, match="pre-test first"):
        walk.answer(CHECK, RIGHT["look"])
    walk.sit("pre")
    with pytest.raises(NotAllowed, match="not open"):
        walk.answer(replace(CHECK, attempt=2), RIGHT["look"])
    assert walk.answer(CHECK, Chosen(options=("b",))) == 0
    assert walk.answer(replace(CHECK, attempt=2), RIGHT["look"]) == 1
    assert walk.answer(CHECK, RIGHT["look"]) == 0
    assert len(standing(sqlite_records, "ann", walk.module).attempts("pre")) == 1


def test_the_last_response_closes_the_attempt_and_counts_what_stands(sqlite_records: Records) -> None:
    walk = Walk(sqlite_records).begin().sit("pre", wrong=("two",))
    answered, closed = sqlite_records.events("ann", "harbour")[-2:]
    assert (answered.type, closed.type) == ("item-answered", "attempt-closed")
    (pre,) = standing(sqlite_records, "ann", walk.module).attempts("pre")
    assert (pre.correct, pre.asked, pre.needed, pre.at) == (2, 3, None, answered.at)
    (post,) = standing(sqlite_records, "ann", walk.learn().sit("post").module).attempts("post")
    assert (post.correct, post.asked, post.needed, post.passed) == (3, 3, 2, True)
    (sent,) = standing(sqlite_records, "ann", walk.sit("evaluation").module).attempts("evaluation")
    assert (sent.correct, sent.asked, sent.needed) == (0, 0, None)


def test_a_failed_post_test_can_be_taken_again_and_a_stale_tab_changes_nothing(
    sqlite_records: Records,
) -> None:
    walk = Walk(sqlite_records).begin().sit("pre").learn().sit("post", wrong=("one", "two"))
    stale = walk.address("post", "one", attempt=1)
    count = len(sqlite_records.events("ann", "harbour"))
    assert walk.answer(stale, RIGHT["one"]) == 0
    assert len(sqlite_records.events("ann", "harbour")) == count
    assert open_attempt(standing(sqlite_records, "ann", walk.module), "post") == 2
    with pytest.raises(NotAllowed, match="not open"):
        walk.answer(replace(stale, attempt=3), RIGHT["one"])
    passed = standing(sqlite_records, "ann", walk.sit("post", wrong=("one",)).module).passed
    assert passed is not None
    assert (passed.attempt, passed.correct) == (2, 2)


@pytest.mark.parametrize("learner", [f"learner-{n}" for n in range(8)])
def test_two_tabs_with_the_last_two_items_at_once_close_the_attempt(learner: str, records: Records) -> None:
    walk = Walk(records, learner).begin()
    walk.answer(walk.address("pre", "one"), RIGHT["one"])
    last = [walk.address("pre", item, attempt=1) for item in ("two", "three")]
    with ThreadPoolExecutor(2) as tabs:
        list(tabs.map(lambda address: walk.answer(address, RIGHT[address.item]), last))
    assert [e.type for e in records.events(learner, "harbour")].count("attempt-closed") == 1
    assert standing(records, learner, walk.module).attempts("pre")[0].correct == 3


def test_an_attempt_completed_by_an_author_s_change_is_closed_at_the_next_look(
    sqlite_records: Records,
) -> None:
    walk = Walk(sqlite_records).begin()
    for item in ("one", "two"):
        walk.answer(walk.address("pre", item), RIGHT[item])
    assert standing(sqlite_records, "ann", walk.module).attempts("pre") == ()
    changed = without_item(walk.module, quiz_for(walk.module, "ann", "pre").id, "three")
    (pre,) = standing(sqlite_records, "ann", changed).attempts("pre")
    assert (pre.correct, pre.asked) == (2, 2)
    kept = sqlite_records.events("ann", "harbour")
    assert standing(sqlite_records, "ann", changed).attempts("pre") == (pre,)
    assert sqlite_records.events("ann", "harbour") == kept
    open_lesson(sqlite_records, "ann", changed, "01-lamp", now=walk.now())


def test_a_recorded_score_is_never_recomputed(sqlite_records: Records) -> None:
    walk = Walk(sqlite_records).begin().sit("pre")
    quiz = quiz_for(walk.module, "ann", "pre")
    mended = replace(quiz, keys={"three": 1.0})
    changed = replace(walk.module, quizzes=walk.module.quizzes | {quiz.id: mended}, digest="e" * 64)
    found = standing(sqlite_records, "ann", changed)
    assert found.attempts("pre")[0].correct == 3
    answer = found.answer(quiz.id, 1, "three")
    assert answer is not None
    assert (answer.score, answer.module_version) == (1, walk.module.digest)


def test_an_optional_item_is_skipped_with_an_empty_text_and_a_required_one_is_not(
    sqlite_records: Records,
) -> None:
    walk = Walk(sqlite_records).begin().sit("pre").learn().sit("post")
    with pytest.raises(NotAllowed, match="Choose one point"):
        walk.answer(walk.address("evaluation", "useful"), Written(text=""))
    walk.answer(walk.address("evaluation", "useful"), RIGHT["useful"])
    assert standing(sqlite_records, "ann", walk.module).attempts("evaluation") == ()
    assert walk.answer(walk.address("evaluation", "wish"), Written(text="")) is None
    assert len(standing(sqlite_records, "ann", walk.module).attempts("evaluation")) == 1


def test_confidence_and_time_are_kept_beside_a_response_and_never_change_its_score(sqlite_records: Records) -> None:
    walk = Walk(sqlite_records).begin().sit("pre")
    found = answer_item(
        sqlite_records, "ann", walk.module, CHECK,
        response=Chosen(options=("b",)), now=minutes(9), confidence=3, seconds=4.25,
    )  # fmt: skip
    assert (found.score, found.confidence, found.seconds) == (0, 3, 4.25)
    assert standing(sqlite_records, "ann", walk.module).answer("harbour/checks", 1, "look") == found


PRACTISED = [
    Address("practice", "harbour/checks", 1, "look"),
    Address("review", "harbour/form-c", 1, "one-c"),
    Address("practice", "harbour/form-d", 1, "two-d"),
]


@pytest.mark.parametrize("address", [*PRACTISED, Address("practice", "harbour/form-a", 2, "one")])
def test_practice_and_review_wait_until_the_post_test_is_passed(address: Address, sqlite_records: Records) -> None:
    walk = Walk(sqlite_records).begin().sit("pre").learn()
    response = RIGHT["two" if address.item.startswith("two") else "one"]
    with pytest.raises(NotAllowed, match="Pass the post-test first"):
        walk.answer(address, response)
    walk.sit("post", wrong=("one", "three"))
    with pytest.raises(NotAllowed, match="Pass the post-test first"):
        walk.answer(address, response)
    # The retry asks clones of form C: there the next free attempt is used.
    walk.sit("post")
    free = next_free(walk.standing(), address.quiz, address.item)
    assert walk.answer(replace(address, attempt=free), response) == 1
    passed = walk.standing().passed
    assert passed is not None
    assert (passed.attempt, passed.correct, len(walk.standing().attempts("post"))) == (2, 3, 2)


def test_one_address_holds_one_response_whatever_the_role(records: Records) -> None:
    walk = Walk(records).finish()
    assert walk.answer(CHECK, RIGHT["look"]) == 1
    for role in ("practice", "review"):
        with pytest.raises(NotAllowed, match="not open any more"):
            walk.answer(Address(role, "harbour/checks", 1, "look"), RIGHT["look"])
    assert walk.answer(Address("practice", "harbour/checks", 2, "look"), Chosen(options=("b",))) == 0
    assert walk.answer(Address("review", "harbour/checks", 3, "look"), RIGHT["look"]) == 1
    assert walk.answer(replace(CHECK, attempt=4), RIGHT["look"]) == 1


@pytest.mark.parametrize("roles", [("check", "practice"), ("practice", "review")])
def test_two_roles_at_one_address_at_once_leave_one_response(roles: tuple[Role, Role], records: Records) -> None:
    walk = Walk(records).finish()

    def answer(role: Role) -> bool:
        try:
            walk.answer(Address(role, "harbour/checks", 1, "look"), RIGHT["look"])
        except NotAllowed:
            return False
        return True

    with ThreadPoolExecutor(2) as tabs:
        assert sorted(tabs.map(answer, roles)) == [False, True]


@pytest.mark.parametrize("quiz", ["harbour/evaluation", "harbour/nothing"])
def test_an_evaluation_is_never_practised(quiz: str, sqlite_records: Records) -> None:
    walk = Walk(sqlite_records).finish()
    with pytest.raises(NotAllowed, match="not an item of the module"):
        walk.answer(Address("practice", quiz, 1, "useful"), RIGHT["useful"])


@pytest.mark.parametrize("quiz", ["harbour/form-a", "harbour/form-c", "harbour/evaluation"])
def test_an_item_of_a_test_is_no_check_even_where_its_file_says_so(quiz: str, sqlite_records: Records) -> None:
    walk = Walk(sqlite_records).begin().sit("pre")
    found = walk.module.quizzes[quiz]
    changed = replace(found, file=found.file.model_copy(update={"roles": ("check",)}))
    walk.module = replace(walk.module, quizzes=walk.module.quizzes | {quiz: changed})
    with pytest.raises(NotAllowed, match="belongs to the test"):
        walk.answer(Address("check", quiz, 1, found.items[0].id), RIGHT["one"])
