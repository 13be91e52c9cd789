"""Each format by its name: bytes in, a reading out; questions in, bytes out."""

from modules.core.items import Quiz
from modules.exchange.aiken import read_aiken, write_aiken
from modules.exchange.bytes_read import text_of
from modules.exchange.gift_reader import read_gift
from modules.exchange.gift_writer import write_gift
from modules.exchange.moodle_reader import read_moodle
from modules.exchange.moodle_writer import write_moodle
from modules.exchange.outgoing import Format, outgoing
from modules.exchange.qti_package import qti_package
from modules.exchange.question import Note, Reading

READERS = {
    "gift": lambda raw: read_gift(text_of(raw)),
    "aiken": lambda raw: read_aiken(text_of(raw)),
    "moodle": read_moodle,
}
_WRITERS = {"gift": write_gift, "aiken": write_aiken, "moodle": write_moodle}


def read_file(raw: bytes, form: str) -> Reading:
    """The questions in a file; Unreadable, with the line, when it breaks its format."""
    return READERS[form](raw)


def write_file(quiz: Quiz, form: Format) -> tuple[bytes | None, tuple[Note, ...]]:
    """The quiz as a file of the format, None when no item fits; and what became of each item."""
    if form == "qti":
        return qti_package(quiz)
    sent = outgoing(quiz, form)
    return (_WRITERS[form](sent.questions).encode() if sent.questions else None), sent.notes
