"""Two tabs, reloads, drafts, sends, retries, stale versions and clocks: no order of them breaks a promise.

After every step the journal holds each acknowledged response once and unchanged, the drafts are those last kept, no
key may be shown before its response is in the journal, and the post-test is passed when the rule says so.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import event, text
from sqlalchemy.exc import OperationalError

from modules.actions.learn import Address, acknowledge, answer_item, finish_lesson, standing
from modules.actions.sittings import drafts_of, keep, send
from modules.core.errors import Incomplete, NotAllowed, RecordsUnavailable
from modules.core.events import AttemptClosed, ItemAnswered
from modules.core.grading import Chosen, Given, Response, Written
from modules.core.items import Role
from modules.core.module import Module
from modules.core.responses import Draft
from modules.core.sitting import Assessed, Slot, current, may_explain, unanswered
from modules.records.engine import make_engine
from modules.records.migrations.only_added import UNGUARDED
from modules.records.records import Desk, Records, open_records
from tests.actions.assessed import Model, Reply, Ruled, Tab, family_of, fits, newer
from tests.actions.journey import RIGHT
from tests.builders import NOON, conducted, module

TESTS: tuple[Assessed, ...] = ("pre", "post", "evaluation")
WRONG: dict[str, tuple[Response, ...]] = {
    "one": (Chosen(options=("b",)), Chosen(options=("c",))),
    "two": (Chosen(options=("a",)), Chosen(options=("a", "c"))),
    "three": (Given(value=99),),
    "useful": (Chosen(options=("1",)),),
    "wish": (Written(text="More"),),
}
EXERCISES = [("harbour/checks", "look"), ("harbour/form-a", "one"), ("harbour/form-c", "two-c")]
tabs = st.integers(0, 1)
picks = st.integers(0, 2)
rules = st.builds(
    Ruled,
    st.sampled_from(["at-once", "after-attempt", "after-passing"]),
    st.sampled_from([None, 1, 2]),
    st.sampled_from([timedelta(0), timedelta(hours=24)]),
)


def response_for(slot: Slot, pick: int) -> Response:
    """Right for 0, else one of the wrong ones."""
    family = family_of(slot.item)
    return RIGHT[family] if pick == 0 else WRONG[family][pick % len(WRONG[family])]


class Assessment(RuleBasedStateMachine):
    """One learner; the code runs on a real database, the model beside it says what must have happened."""

    url: ClassVar[str]

    def __init__(self) -> None:
        super().__init__()
        self.records = Records(make_engine(self.url))

    @initialize(ruled=rules, learner=st.sampled_from(["ann", "bob", "cid", "dee"]), failed=st.integers(-1, 2))
    def begin(self, ruled: Ruled, learner: str, failed: int) -> None:
        """From the first page, or from a post-test failed so many times."""
        self.model = Model(learner, ruled, NOON)
        hours = ruled.delay / timedelta(hours=1)
        first = conducted(module(), rationales=ruled.rationales, attempts=ruled.attempts, delay_hours=hours)
        self.versions = [first, newer(first)]
        self.sent: set[tuple[Assessed, int]] = set()
        self.tabs = [Tab(first), Tab(first)]
        acknowledge(self.records, learner, first, profession="Pilot", country="NO", now=NOON)
        if failed >= 0:
            self.sit(0, "pre", {0, 1})
            self.learn()
            self.load(1, "post")
        for _ in range(failed):
            self.sit(0, "post", {0, 1, 2})
            self.load(1, "post")

    @rule(tab=tabs, role=st.sampled_from(TESTS), wrong=st.sets(picks))
    def sit(self, tab: int, role: Assessed, wrong: set[int]) -> None:
        """A whole attempt without a pause."""
        self.load(tab, role)
        self.fill(tab, wrong)
        self.send(tab, named=True)

    @rule(tab=tabs, role=st.sampled_from(TESTS))
    def load(self, tab: int, role: Assessed) -> None:
        built = self.versions[0]
        here = current(built, self.model.learner, standing(self.records, self.model.learner, built), role)
        if self.model.is_open(role):
            assert {s.place for s in here.slots} == self.model.places(role)
            assert len(here.slots) == len(self.model.places(role))
        self.tabs[tab] = Tab(built, role, here.attempt, here.slots)

    @rule(tab=tabs, n=picks, pick=picks, empty=st.booleans(), flagged=st.booleans())
    def draft(self, tab: int, n: int, pick: int, empty: bool, flagged: bool) -> None:
        shown = self.tabs[tab]
        if shown.slots:
            slot = shown.slots[n % len(shown.slots)]
            self._keep(shown, slot, Draft(response=None if empty else response_for(slot, pick), flagged=flagged))

    @rule(tab=tabs, wrong=st.sets(picks))
    def fill(self, tab: int, wrong: set[int]) -> None:
        for n, slot in enumerate(self.tabs[tab].slots):
            self._keep(
                self.tabs[tab], slot, Draft(response=response_for(slot, int(n in wrong)), confidence=3, seconds=n)
            )

    def _keep(self, shown: Tab, slot: Slot, draft: Draft) -> None:
        taken = self._takes(shown, slot) and (draft.response is None or fits(shown.built, slot.place, draft.response))
        with allowed(taken):
            keep(
                self.records, self.model.learner, shown.built, shown.role,
                place=slot.place, draft=draft, now=self.model.now,
            )  # fmt: skip
        if taken:
            self.model.kept(shown.role)[slot.place] = draft

    def _takes(self, shown: Tab, slot: Slot) -> bool:
        model = self.model
        here = model.is_open(shown.role) and shown.attempt == model.attempt(shown.role)
        return here and slot.place in model.waiting(shown.role)

    @rule(tab=tabs, named=st.booleans())
    def send(self, tab: int, named: bool) -> None:
        shown, model = self.tabs[tab], self.model
        role, shut = shown.role, model.shut[shown.role]
        number = shown.attempt if named else model.attempt(role)
        begun = model.kept(role) or any(r.role == role and p[1] == number for p, r in model.given.items())
        stands = number if number <= len(shut) else 0 if named or begun else len(shut)
        if stands:
            assert self._send(shown, named).attempt == stands
        elif not model.is_open(role) or number != model.attempt(role):
            with allowed(False):
                self._send(shown, named)
        elif lacking := model.lacking(role, shown.built):
            with pytest.raises(Incomplete) as caught:
                self._send(shown, named)
            assert len(caught.value.numbers) == lacking
        else:
            model.send(role)
            self.sent.add((role, number))
            assert self._send(shown, named).correct == shut[-1].correct

    def _send(self, shown: Tab, named: bool) -> AttemptClosed:
        attempt = shown.attempt if named else None
        return send(self.records, self.model.learner, shown.built, shown.role, now=self.model.now, attempt=attempt)

    @rule(tab=tabs, n=picks, pick=picks)
    def answer(self, tab: int, n: int, pick: int) -> None:
        """Straight into the journal, as a test does that explains at once."""
        shown = self.tabs[tab]
        if not shown.slots:
            return
        slot = shown.slots[n % len(shown.slots)]
        address = Address(shown.role, slot.quiz, shown.attempt, slot.item)
        self._answer(shown.built, address, response_for(slot, pick), self._takes(shown, slot))

    def _answer(self, built: Module, address: Address, response: Response, taken: bool) -> None:
        model, place = self.model, (address.quiz, address.attempt, address.item)
        there = model.given.get(place)
        stands = there is not None and there.role == address.role
        taken = taken and fits(built, f"{address.quiz}#{address.item}", response)
        with allowed(taken or stands):
            found = answer_item(self.records, model.learner, built, address, response=response, now=model.now)
            assert found.response == (there.response if there and stands else response)
        if taken and not stands:
            if address.role in TESTS:
                model.give(address.role, f"{address.quiz}#{address.item}", response)
            else:
                model.given[place] = Reply(address.role, response, model.now)

    @rule(
        tab=tabs, role=st.sampled_from(["check", "practice", "review"]), what=st.sampled_from(EXERCISES),
        stale=st.booleans(),
    )  # fmt: skip
    def exercise(self, tab: int, role: Role, what: tuple[str, str], stale: bool) -> None:
        (quiz, item), model = what, self.model
        free = model.free(quiz, item)
        address = Address(role, quiz, max(1, free - stale), item)
        now = bool(model.shut["pre"]) and quiz == "harbour/checks" if role == "check" else model.passed
        response = RIGHT["two" if item.startswith("two") else "one"]
        self._answer(self.tabs[tab].built, address, response, now and address.attempt == free)

    @rule(tab=tabs, named=st.booleans())
    def lose_the_connection(self, tab: int, named: bool) -> None:
        """While a test is sent in: whatever was written is undone, and the model does not move."""
        engine, kept = make_engine(self.url), self.records
        event.listen(engine, "commit", _lose)
        self.records = Records(engine)
        with pytest.raises((RecordsUnavailable, NotAllowed)):
            self._send(self.tabs[tab], named)
        self.records = kept
        engine.dispose()

    @rule()
    def learn(self) -> None:
        for lesson in ("01-lamp", "02-shore"):
            with allowed(bool(self.model.shut["pre"])):
                finish_lesson(self.records, self.model.learner, self.versions[0], lesson, now=self.model.now)
        self.model.learned = bool(self.model.shut["pre"])

    @rule(hours=st.sampled_from([-1, 1, 25]))
    def wait(self, hours: int) -> None:
        """Clocks are also set back."""
        self.model.now += timedelta(hours=hours)

    @rule()
    def publish(self) -> None:
        """Another version is on offer; the tabs show what they showed."""
        self.versions.reverse()

    @rule()
    def restart(self) -> None:
        self.records.close()
        self.records = Records(make_engine(self.url))

    @invariant()
    def every_acknowledged_response_is_recorded_once_and_as_given(self) -> None:
        events = self.records.events(self.model.learner, "harbour")
        answers = [e for e in events if isinstance(e, ItemAnswered)]
        assert set(Counter((e.quiz, e.attempt, e.item) for e in answers).values()) <= {1}
        found = {(e.quiz, e.attempt, e.item): Reply(e.role, e.response, e.at) for e in answers}
        assert found == self.model.given

    @invariant()
    def the_drafts_are_those_last_kept(self) -> None:
        for role in TESTS:
            if self.model.is_open(role):
                wanted = {p: d for p, d in self.model.kept(role).items() if p in self.model.waiting(role)}
                assert drafts_of(self.records, self.model.learner, self.versions[0], role) == wanted

    @invariant()
    def nothing_sent_in_is_kept_as_a_draft(self) -> None:
        for role in TESTS:
            for shut in self.model.shut[role]:
                if (role, shut.attempt) in self.sent:
                    assert self.records.drafts(Desk(self.model.learner, "harbour", f"{role}/{shut.attempt}")) == {}

    @invariant()
    def a_pass_is_what_the_rule_grants(self) -> None:
        mine = standing(self.records, self.model.learner, self.versions[0])
        for role in TESTS:
            told = [(c.attempt, c.at, c.correct) for c in mine.attempts(role)]
            assert told == [(s.attempt, s.at, s.correct) for s in self.model.shut[role]]
        assert (mine.passed is not None) == self.model.passed
        assert all(c.asked == 3 and c.needed == 2 for c in mine.attempts("post"))

    @invariant()
    def no_key_is_shown_early(self) -> None:
        built, learner = self.versions[0], self.model.learner
        mine = standing(self.records, learner, built)
        told = {p for p, r in self.model.given.items() if may_explain(built, mine, r.role, p[1])}
        assert told == {p for p in self.model.given if self.model.explains(p)}
        for role in ("pre", "post"):
            if self.model.is_open(role):
                asked = {(s.quiz, s.item) for s in unanswered(current(built, learner, mine, role), mine)}
                assert not asked & {(quiz, item) for quiz, _, item in told}

    def teardown(self) -> None:
        self.records.close()
        engine = make_engine(self.url)
        with engine.begin() as connection:
            for table in ("drafts", "words", "journal", "learners"):
                connection.execute(text(f"DELETE FROM {table}"))
        engine.dispose()


@contextmanager
def allowed(taken: bool) -> Iterator[None]:
    """An act that must succeed, or must be refused with a sentence."""
    if taken:
        yield
        return
    with pytest.raises(NotAllowed, match=r"\w\.( |$)"):
        yield


def _lose(*_: object) -> None:
    raise OperationalError("COMMIT", None, OSError("the connection is lost"))


def _unguarded(where: str) -> None:
    """Each play begins with an empty journal, so the triggers that keep it whole are taken away."""
    records = open_records(where)
    with records.engine.begin() as connection:
        for statement in UNGUARDED[records.engine.dialect.name]:
            connection.execute(text(statement))
    records.close()


def run(where: str, examples: int, steps: int) -> None:
    class Here(Assessment):
        url = where

    _unguarded(where)
    checks = list(HealthCheck)
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=checks
        ),
    )


def test_no_sequence_of_acts_breaks_a_promise_on_sqlite(sqlite_url: str) -> None:
    run(sqlite_url, 45, 35)


def test_nor_on_postgresql(postgres_url: str) -> None:
    run(postgres_url, 6, 25)
