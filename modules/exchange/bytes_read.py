"""Bytes of a text file -> text with plain line ends, or a sentence that says which line is wrong."""

import re

from modules.exchange.question import Unreadable

LARGEST = 5_000_000
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")


def text_of(raw: bytes) -> str:
    """UTF-8 with or without byte order mark; any line ends."""
    within(raw)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = raw.count(b"\n", 0, wrong.start) + 1
        raise Unreadable(line, "this is not UTF-8 text.", "Save the file as UTF-8.") from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if control := _CONTROL.search(text):
        line = text.count("\n", 0, control.start()) + 1
        raise Unreadable(line, f"a control character (U+{ord(control[0]):04X}) stands here.", "Delete it.")
    return text


def within(raw: bytes) -> None:
    """Refuses what no quiz needs."""
    if len(raw) > LARGEST:
        raise Unreadable(1, f"the file has {len(raw):,} bytes; more than {LARGEST:,} is not read.", "Split it.")
