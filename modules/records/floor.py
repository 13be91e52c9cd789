"""Questions from the floor: waiting until the host shows them, seconded by others, once each."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Engine, func, select, update

from modules.records.engine import transaction, writing
from modules.records.rows import insert_new, moment
from modules.records.schema import FLOOR, SECONDED

Standing = Literal["waiting", "shown", "answered", "hidden"]
NOT_KEPT = "Your question was not saved. Try again."
NOT_READ = "The questions cannot be read at the moment. Try again."


@dataclass(frozen=True, slots=True)
class Question:
    """`seconded` by how many; `mine` and `by_me`: asked or seconded by the voter who looks."""

    id: int
    text: str
    state: Standing
    seconded: int
    mine: bool = False
    by_me: bool = False


class Floor:
    """Over the same pool as Records. Every method is one transaction, and committed when it returns."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writing = writing(engine)

    def ask(self, session: str, voter: str, text: str, *, most: int, now: datetime) -> bool:
        """False when this voter has asked `most` already. The same question sent twice is one."""
        mine = (FLOOR.c.session == session) & (FLOOR.c.voter == voter)
        with transaction(self._writing, NOT_KEPT) as connection:
            asked = set(connection.scalars(select(FLOOR.c.text).where(mine)))
            if text not in asked and len(asked) >= most:
                return False
            row = {"session": session, "voter": voter, "text": text, "state": "waiting", "at": moment(now)}
            insert_new(connection, FLOOR, [row])
            return True

    def second(self, session: str, question: int, voter: str) -> bool:
        """False when the room does not see this question. Seconding twice counts once; one's own does not count."""
        theirs = (FLOOR.c.session == session) & (FLOOR.c.seq == question) & (FLOOR.c.state == "shown")
        with transaction(self._writing, NOT_KEPT) as connection:
            found = connection.execute(select(FLOOR.c.voter).where(theirs)).one_or_none()
            if found is None:
                return False
            if found.voter != voter:
                insert_new(connection, SECONDED, [{"question": question, "voter": voter}])
            return True

    def put_state(self, session: str, question: int, state: Standing) -> None:
        one = (FLOOR.c.session == session) & (FLOOR.c.seq == question)
        with transaction(self._writing, NOT_KEPT) as connection:
            connection.execute(update(FLOOR).where(one).values(state=state))

    def questions(self, session: str, voter: str = "") -> tuple[Question, ...]:
        """Most seconded first, then oldest first; the host sees all, a phone's page picks what it shows."""
        mine = select(SECONDED.c.question).where(SECONDED.c.voter == voter)
        number = func.count(SECONDED.c.voter)
        query = select(FLOOR, number.label("seconded")).outerjoin(SECONDED).where(FLOOR.c.session == session)
        query = query.group_by(*FLOOR.c).order_by(number.desc(), FLOOR.c.seq)
        with transaction(self._engine, NOT_READ) as connection:
            rows = connection.execute(query).all()
            seconded = set(connection.scalars(mine)) if voter else set()
        return tuple(Question(r.seq, r.text, r.state, r.seconded, r.voter == voter, r.seq in seconded) for r in rows)
