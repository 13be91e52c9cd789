"""Guests and accounts in any order: nothing is lost or doubled, and every guest has at most one account.

After every step the journal holds exactly what was done; a guest is claimed by the first account that took it and by no
other; a claimed guest's cookie names nobody; and whoever signs in reads a journal that is their own or a guest's of
theirs, the one that is further along.
"""

from collections import Counter
from datetime import timedelta
from typing import ClassVar
from uuid import uuid4

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from modules.actions.account_claims import claim_guest
from modules.actions.identity import (
    COOKIE,
    SESSION_COOKIE,
    actor_of,
    hashed,
    learner_in,
    new_learner,
    new_token,
    seal,
    seal_token,
)
from modules.core.events import LessonFinished, event_id
from modules.core.people import Account, Actor
from modules.records.records import Records
from tests.builders import NOON

SECRET = b"only for tests, thirty-two bytes"
MODULES = ("bay", "cove")
accounts, guests, modules = st.integers(0, 1), st.integers(0, 3), st.sampled_from(MODULES)


class People(RuleBasedStateMachine):
    """Two accounts, four guests, two modules."""

    records: ClassVar[Records]

    @initialize()
    def begin(self) -> None:
        self.now, self.written = NOON, Counter[str]()
        self.guests = [new_learner() for _ in range(4)]
        self.accounts, self.tokens = [uuid4().hex for _ in range(2)], [new_token() for _ in range(2)]
        self.claimed: dict[str, str] = {}
        for id, token in zip(self.accounts, self.tokens, strict=True):
            new = Account(id, new_learner(), f"{id}@example.org", NOON, frozenset({"learner"}), confirmed=NOON)
            assert self.records.accounts.create(new) is not None
            self.records.accounts.sign_ins.open(hashed(token), id, "Firefox", NOON)

    @rule(guest=guests, module=modules)
    def a_guest_learns(self, guest: int, module: str) -> None:
        """As far as the cookie still opens anything."""
        cookies = {COOKIE: seal(self.guests[guest], SECRET)}
        actor = actor_of(self.records, cookies, SECRET, self.now)
        assert (actor is None) == (self.guests[guest] in self.claimed)
        if actor is not None:
            self._write(learner_in(actor, module), module)

    @rule(account=accounts, module=modules)
    def somebody_signed_in_learns(self, account: int, module: str) -> None:
        self._write(learner_in(self._actor(account), module), module)

    @rule(account=accounts, guest=guests)
    def an_account_takes_a_guest(self, account: int, guest: int) -> None:
        id, learner = self.accounts[account], self.guests[guest]
        before = {module: self._count(learner_in(self._actor(account), module), module) for module in MODULES}
        theirs = {module: self._count(learner, module) for module in MODULES}
        took = claim_guest(self.records, id, learner, self.now)
        assert took == (learner not in self.claimed and any(theirs.values()))
        if took:
            self.claimed[learner] = id
            for module in MODULES:
                stands = learner_in(self._actor(account), module)
                assert self._count(stands, module) == max(before[module], theirs[module])
        assert not claim_guest(self.records, id, learner, self.now)

    @invariant()
    def everybody_has_what_is_theirs(self) -> None:
        found = Counter(e.learner for e in self.records.journal() if e.learner in self.written)
        assert found == self.written
        for number, id in enumerate(self.accounts):
            actor = self._actor(number)
            mine = {one for one, holder in self.claimed.items() if holder == id}
            assert mine <= set(actor.learners)
            assert set(actor.learners) & set(self.guests) <= mine
            assert all(learner in actor.learners for _, learner in actor.stands)

    def _actor(self, account: int) -> Actor:
        cookies = {SESSION_COOKIE: seal_token(self.tokens[account], SECRET)}
        found = actor_of(self.records, cookies, SECRET, self.now)
        assert found is not None
        return found

    def _count(self, learner: str, module: str) -> int:
        return len(self.records.events(learner, module))

    def _write(self, learner: str, module: str) -> None:
        self.now += timedelta(seconds=1)
        lesson = str(self.written[learner])
        id = event_id(learner, module, lesson)
        done = LessonFinished(id=id, learner=learner, module=module, module_version="v", at=self.now, lesson=lesson)
        self.records.append([done])
        self.written[learner] += 1


def test_no_order_of_learning_and_claiming_loses_or_doubles_anything(records: Records) -> None:
    class Machine(People):
        pass

    Machine.records = records
    health = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
    run_state_machine_as_test(
        Machine,
        settings=settings(max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=health),
    )
