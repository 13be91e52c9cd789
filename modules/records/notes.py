"""A learner's own reflection on a module, for a portfolio: the newest stands."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from modules.records.desk import replace_row
from modules.records.engine import transaction
from modules.records.rows import Shared, moment
from modules.records.schema import NOTES

NOT_KEPT = "Your note was not saved. Try again."
NOT_READ = "The records cannot be read at the moment. Try again."


@dataclass(frozen=True, slots=True)
class Note:
    text: str
    at: datetime


class Notes(Shared):
    """Part of Records."""

    def keep_note(self, learner: str, module: str, text: str, now: datetime) -> None:
        """Only learners with at least one event have notes. An empty text takes the note away."""
        key = {"learner": learner, "module": module}
        with transaction(self._writing, NOT_KEPT) as connection:
            if text:
                replace_row(connection, NOTES, key, {"text": text, "at": moment(now)})
            else:
                mine = (NOTES.c.learner == learner) & (NOTES.c.module == module)
                connection.execute(delete(NOTES).where(mine))

    def notes(self, learner: str) -> dict[str, Note]:
        """By module."""
        with transaction(self._engine, NOT_READ) as connection:
            rows = connection.execute(select(NOTES).where(NOTES.c.learner == learner)).all()
        return {row.module: Note(row.text, datetime.fromisoformat(row.at)) for row in rows}
