"""GIFT as people write it: https://docs.moodle.org/en/GIFT_format, question by question."""

from pathlib import Path
from typing import Any

import pytest

from modules.exchange.formats import read_file
from modules.exchange.incoming import incoming
from modules.exchange.question import Unreadable

SAMPLES = Path(__file__).parent / "samples"


def taken(text: str | bytes, form: str = "gift") -> tuple[list[dict[str, Any]], list[str]]:
    raw = text.encode() if isinstance(text, str) else text
    draft = incoming(read_file(raw, form), "demo/new")
    return draft.file["items"], [str(note) for note in draft.notes if note.level != "add"]


def one(text: str) -> dict[str, Any]:
    (item,), _ = taken(text)
    return item


def right(item: dict[str, Any]) -> list[str]:
    return [o["text"] for o in item["options"] if o.get("correct")]


def test_true_and_false_become_two_options_with_their_feedback() -> None:
    item = one("// a comment\n::Sun::The sun rises in the east.{T#It does rise there.#Yes.####See the map.}")
    assert (item["id"], item["type"], item["fixed"]) == ("sun", "single-best", True)
    assert item["options"] == [
        {"id": "true", "text": "True", "correct": True, "rationale": "Yes. See the map."},
        {"id": "false", "text": "False", "rationale": "It does rise there."},
    ]
    assert right(one("It sets in the north. {FALSE}")) == ["False"]


def test_a_missing_word_leaves_a_gap() -> None:
    item = one("A buoy with {=green ~red ~white} light stands to starboard.")
    assert item["stem"] == r"A buoy with \_\_\_\_\_ light stands to starboard."
    assert right(item) == ["green"]


def test_escaped_signs_are_signs() -> None:
    item = one(r"::A\:b::Is 1 \= \{1\} \~ \#1\\2?\nYes? {=a \= b#so \# it is ~c \~ d}")
    assert item["stem"] == r"Is 1 = {1} ~ #1\\2? Yes?"
    assert [o["text"] for o in item["options"]] == ["a = b", "c ~ d"]
    assert item["options"][0]["rationale"] == "so # it is"


def test_two_line_ends_part_the_vignette_from_the_stem() -> None:
    item = one(r"A ship lies still.\n\nWhat does it show? {=A ball ~A cone}")
    assert (item["vignette"], item["stem"]) == ("A ship lies still.", "What does it show?")


@pytest.mark.parametrize(
    ("body", "answer", "tolerance"),
    [
        ("#3:0.5", "3", 0.5),
        ("#1..5", "3", 2.0),
        ("#-1.5..-0.5", "-1", 0.5),
        ("#42", "42", 0.0),
        ("#=1822:0#Right =%50%1822:2#Close", "1822", 0.0),
    ],
)
def test_numbers_have_a_tolerance(body: str, answer: str, tolerance: float) -> None:
    item = one(f"How many? {{{body}}}")
    assert (item["type"], item["answer"], item["tolerance"]) == ("numeric", answer, tolerance)


def test_weights_make_a_multiple_response() -> None:
    (item,), notes = taken("Which? {~%50%a#yes ~%50%b ~%-50%c ~%-50%d}")
    assert (item["type"], item["scoring"], right(item)) == ("multiple-response", "right-minus-wrong", ["a", "b"])
    assert not notes
    (item,), notes = taken("Which? {~%70%a ~%30%b ~%-10%c}")
    assert "scoring" not in item
    assert notes == [
        "which (line 1): lost. The weights are not kept; the item is right when exactly the right options are chosen. "
        "Use right-minus-wrong if part of it should count."
    ]
    assert taken("Two? {=a =b ~c}")[0][0]["type"] == "multiple-response"


def test_matches_become_extended_matching() -> None:
    item = one("Which light? {=port -> red =starboard -> green =stern -> white = -> blue}")
    assert item["type"] == "extended-matching"
    assert [o["text"] for o in item["options"]] == ["red", "green", "white", "blue"]
    assert [(s["text"], s["key"]) for s in item["stems"]] == [
        ("port", "red"),
        ("starboard", "green"),
        ("stern", "white"),
    ]


def test_what_does_not_fit_is_named_with_its_line() -> None:
    items, notes = taken(
        "$CATEGORY: $course$/Lights\n\nA text only.\n\n::Short::Two and two is {=4 =four}\n\n"
        "::Gaps::A {=a ~b} and {=c ~d}.\n\n::Essay::Tell us. {}\n"
    )
    assert [(item["id"], item["type"]) for item in items] == [("essay", "free-text")]
    assert [note.split(".")[0] for note in notes] == [
        "the file (line 1): lost",
        "A text only",
        "Short (line 5): left out",
        "Gaps (line 7): left out",
    ]


def test_byte_order_mark_and_line_ends_do_not_matter() -> None:
    plain, _ = taken("::A::One? {\n=yes#so\n~no\n}\n\n::B::Two? {T}\n")
    windows, _ = taken(b"\xef\xbb\xbf" + b"::A::One? {\r\n=yes#so\r\n~no\r\n}\r\n\r\n::B::Two? {T}\r\n")
    assert windows == plain
    assert len(plain) == 2


def test_an_empty_line_inside_braces_parts_nothing() -> None:
    assert len(taken("One? {\n=yes\n\n~no\n}\n\nTwo? {T}")[0]) == 2


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("\n::A::One? {=a ~b\n\n::B::Two? {T}", 2, 'a "{" is never closed. Add "}" after the answers.'),
        ("One? =a}", 1, r'a "}" closes nothing. Write "\}" for the sign itself.'),
        ("x\n{=a {~b}}", 2, r'braces stand inside braces. Write "\{" and "\}" for the signs.'),
        ("\n\n{=a ~b}", 3, "the question has no text. Write it before the answers."),
        ("One? {a, b}", 1, '"a, b" is no answer. Begin each answer with "=" or "~".'),
        ("One? {~a ~b}", 1, 'no option is right. Begin the right one with "=".'),
        ("One? {=a ~}", 1, "an option has no text. Write it, or delete the sign before it."),
        ("One? {=a -> b =c}", 1, '"c" matches nothing. Write "= left -> right".'),
        ("One? {#many}", 1, '"many" is no number. Write {#3:0.5} or {#1..5}.'),
        ("One? {#5..1}", 1, '"5..1" is no number. Write {#3:0.5} or {#1..5}.'),
        ("One? {#nan}", 1, '"nan" is no number. Write {#3:0.5} or {#1..5}.'),
        ("a\nb\x00{T}", 2, "a control character (U+0000) stands here. Delete it."),
    ],
)
def test_a_broken_file_is_refused_with_line_and_cure(text: str, line: int, said: str) -> None:
    with pytest.raises(Unreadable) as wrong:
        taken(text)
    assert (wrong.value.line, wrong.value.sentence) == (line, said)


def test_text_that_is_not_utf_8_is_refused() -> None:
    with pytest.raises(Unreadable, match=r"Line 2: this is not UTF-8 text\. Save the file as UTF-8\."):
        taken("One? {T}\nç".encode("latin-1"))


def test_a_file_of_gift_wrapper_is_read() -> None:
    items, notes = taken((SAMPLES / "gift-wrapper.txt").read_bytes())
    assert [(item["id"], item["type"]) for item in items] == [
        ("sectors-of-a-light", "single-best"),
        ("range-of-the-light", "numeric"),
        ("cardinal-marks", "multiple-response"),
    ]
    assert items[0]["stem"] == r"A ship sees the \*\*red\*\* sector. Where does it stand?"
    assert items[0]["options"][0]["rationale"] == "Red marks the port side; see the chart."
    assert (items[1]["answer"], items[1]["tolerance"]) == ("18.5", 0.5)
    assert right(items[2]) == ["North", "East"]
    assert len(notes) == 3
