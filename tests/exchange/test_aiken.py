"""Aiken: https://docs.moodle.org/en/Aiken_format."""

import pytest

from modules.exchange.question import Unreadable
from tests.exchange.test_gift import right, taken

GOOD = (
    "Which light is to port?\r\nA) Green\r\nB. Red\r\nANSWER: B\r\n\r\n"
    "And astern,\r\nat night?\r\nA. White\r\nB. Blue\r\nanswer: a\r\n"
)


def test_questions_options_and_keys_are_read() -> None:
    items, notes = taken(GOOD, "aiken")
    assert [(item["id"], item["stem"], right(item)) for item in items] == [
        ("which-light-is-to-port", "Which light is to port?", ["Red"]),
        ("and-astern-at-night", "And astern, at night?", ["White"]),
    ]
    assert not notes


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("One?\nA. a\nB. b\n", 1, 'the question has no answer. End it with a line "ANSWER: A".'),
        ("One?\nA. a\nB. b\nANSWER: C", 4, 'the answer "C" is none of the options. Write one of A, B.'),
        ("One?\nA. a\nANSWER: A", 3, 'the question has fewer than two options. Write them as "A. text".'),
        ("A. a\nB. b\nANSWER: A", 1, "an option stands before any question. Write the question on the line before it."),
        ("ANSWER: A", 1, "an answer stands before any question. Write the question and its options first."),
        ("One?\nA. a\nA. b\nANSWER: A", 3, "the option A stands twice. Give each option its own letter."),
        ("One?\nA. a\nso\nANSWER: A", 3, '"so" is neither an option nor an answer. Write "B. text" or "ANSWER: B".'),
    ],
)
def test_a_broken_file_is_refused_with_line_and_cure(text: str, line: int, said: str) -> None:
    with pytest.raises(Unreadable) as wrong:
        taken(text, "aiken")
    assert (wrong.value.line, wrong.value.sentence) == (line, said)
