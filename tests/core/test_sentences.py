"""A paragraph is cut into sentences, and nothing of it is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modules.core.prose import Cite, Emphasis, Rich, Words
from modules.core.sentences import bounds, reading, sentences, told


def parts(text: str) -> list[str]:
    return [text[a:b].strip() for a, b in bounds(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two.", ["One.", "Two."]),
        ("Drugs, e.g. Trastuzumab, help. So do others.", ["Drugs, e.g. Trastuzumab, help.", "So do others."]),
        ("PFS vs. OS. Both matter.", ["PFS vs. OS.", "Both matter."]),
        ("It was 12.4 months. Then 15.3.", ["It was 12.4 months.", "Then 15.3."]),
        ("Read by R. Bartsch. A talk.", ["Read by R. Bartsch.", "A talk."]),
        ("It scored IHC 3+. FISH was done.", ["It scored IHC 3+.", "FISH was done."]),
        ('He said "yes." She left? Why! 19% stayed.', ['He said "yes."', "She left?", "Why!", "19% stayed."]),
        ("not at a full stop. lower case goes on", ["not at a full stop. lower case goes on"]),
        ("   ", []),
    ],
)
def test_a_sentence_ends_where_a_reader_would_end_it(text: str, expected: list[str]) -> None:
    assert parts(text) == expected


def test_a_citation_stays_with_the_sentence_it_closes() -> None:
    rich: Rich = (Words("Ranked? No. "), Cite(("a",)), Words(" Next one."), Cite(("b",)))
    assert [[p for p in s if isinstance(p, Cite)] for s in sentences(rich)] == [[], [Cite(("a",))], [Cite(("b",))]]


def test_emphasis_that_spans_two_sentences_is_opened_in_both() -> None:
    rich: Rich = (Words("So "), Emphasis((Words("it is. That"),)), Words(" is all."))
    assert sentences(rich) == (
        (Words("So "), Emphasis((Words("it is. "),))),
        (Emphasis((Words("That"),)), Words(" is all.")),
    )


@given(st.lists(st.text(alphabet='aB.1 !?)"“', max_size=12), max_size=6))
def test_the_sentences_together_are_the_text(pieces: list[str]) -> None:
    rich: Rich = tuple(Emphasis((Words(p),)) if n % 2 else Words(p) for n, p in enumerate(pieces))
    whole = reading(rich)
    assert "".join(reading(s) for s in sentences(rich)) == (whole if whole.strip() else "")
    assert "".join(s.text for s in told(rich)) == (whole if whole.strip() else "")
    assert all(len(s.text) == len(s.typed) for s in told(rich))
