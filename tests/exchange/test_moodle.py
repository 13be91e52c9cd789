"""Moodle XML as other programs write it, and what is refused."""

import pytest

from modules.exchange.question import Unreadable
from tests.exchange.test_gift import SAMPLES, right, taken


def quiz(*questions: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n{"".join(questions)}</quiz>'


def question(kind: str, inside: str, name: str = "One") -> str:
    words = "<text><![CDATA[<p>It is <b>dark</b>.</p><p>Which&nbsp;way?</p>]]></text>"
    text = f"<questiontext format='html'>{words}</questiontext>"
    return f'<question type="{kind}"><name><text>{name}</text></name>{text}{inside}</question>\n'


def answer(text: str, fraction: float = 0, more: str = "") -> str:
    return f'<answer fraction="{fraction}" format="html"><text>{text}</text>{more}</answer>'


SAID = "<feedback format='html'><text>&lt;i&gt;So&lt;/i&gt; it is.</text></feedback>"


def test_html_becomes_words_and_paragraphs_a_vignette() -> None:
    options = answer("a &lt;em&gt;b&lt;/em&gt;", 100, SAID) + answer("c")
    inside = f"<single>true</single><shuffleanswers>0</shuffleanswers>{options}"
    (item,), notes = taken(quiz(question("multichoice", inside)), "moodle")
    assert (item["vignette"], item["stem"], item["fixed"]) == ("It is dark.", "Which way?", True)
    assert item["options"][0] == {"id": "a-b", "text": "a b", "correct": True, "rationale": "So it is."}
    assert not notes


def test_every_type_that_fits_is_taken() -> None:
    general = "<generalfeedback format='html'><text>See the map.</text></generalfeedback>"
    pairs = "".join(
        f"<subquestion format='html'><text>{a}</text><answer><text>{b}</text></answer></subquestion>"
        for a, b in (("port", "red"), ("stern", "white"), ("", "blue"))
    )
    units = "<units><unit><multiplier>1</multiplier><unit_name>miles</unit_name></unit></units>"
    items, notes = taken(
        quiz(
            question("truefalse", answer("false", 100) + answer("true"), "Truth"),
            question("numerical", answer("3.50", 100, "<tolerance>0.25</tolerance>") + units + general, "Number"),
            question("matching", pairs, "Match"),
            question("essay", "<responserequired>0</responserequired>", "Essay"),
            question("ordering", answer("first") + answer("second") + answer("third") + general, "Order"),
        ),
        "moodle",
    )
    assert [item["type"] for item in items] == [
        "single-best",
        "numeric",
        "extended-matching",
        "free-text",
        "sequencing",
    ]
    assert right(items[0]) == ["False"]
    assert (items[1]["answer"], items[1]["tolerance"], items[1]["unit"]) == ("3.5", 0.25, "miles")
    assert items[1]["rationale"] == "See the map."
    assert [o["text"] for o in items[2]["options"]] == ["red", "white", "blue"]
    assert items[3]["required"] is False
    assert [step["text"] for step in items[4]["steps"]] == ["first", "second", "third"]
    assert not notes


def test_what_is_lost_or_left_out_is_named() -> None:
    picture = answer("a &lt;img src='x.png' alt='a light'&gt;", 100) + answer("b")
    hint = "<hint><text>Look up.</text></hint>"
    items, notes = taken(
        quiz(
            '<question type="category"><category><text>top/Lights</text></category></question>\n',
            question("multichoice", picture + hint, "Seen"),
            question("cloze", "", "Gaps"),
            question("ddimageortext", "", "Dragged"),
        ),
        "moodle",
    )
    assert [item["id"] for item in items] == ["seen"]
    assert right(items[0]) == ["a a light"]
    assert notes == [
        'the file (line 3): lost. The category "top/Lights" has no place in a quiz file. '
        "Give each item its objectives.",
        "Seen (line 4): lost. A picture, hints could not be kept. "
        "Put into the rationales what the learner should read.",
        "Gaps (line 5): left out. It has several gaps, and no item type has. Ask each gap as an item.",
        'Dragged (line 6): left out. The type "ddimageortext" fits no item type. Ask it in another way.',
    ]


def test_a_file_of_moodle_questions_is_read() -> None:
    items, notes = taken((SAMPLES / "moodle-questions.xml").read_bytes(), "moodle")
    assert [(item["id"], item["type"]) for item in items] == [
        ("sound-signals", "single-best"),
        ("lights-of-a-trawler", "multiple-response"),
    ]
    assert items[0]["vignette"] == "One prolonged blast every two minutes, in fog."
    assert items[0]["options"][0] == {
        "id": "a-ship-under-way",
        "text": "A ship under way, making way",
        "correct": True,
        "rationale": "One prolonged blast means making way. See rule 35 & its table.",
    }
    assert items[0]["options"][2]["text"] == "A ship < 12 m, stopped"
    assert (items[1]["scoring"], right(items[1])) == ("right-minus-wrong", ["Green over white", "Sidelights"])
    assert not notes


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", 1, "the file is empty. Export it again."),
        (
            "<quiz>\n<question></quiz>",
            2,
            "this is not well-formed XML: mismatched tag. Mend the line, or export the file again.",
        ),
        ("<html></html>", 1, "the file begins with <html>, not with <quiz>. Export it as Moodle XML."),
        (
            '<!DOCTYPE quiz [<!ENTITY a "b">]>\n<quiz>&a;</quiz>',
            1,
            "a document type stands here, and it is not read. Delete it, with its entities.",
        ),
        (
            "<quiz>" + "<a>" * 60 + "</a>" * 60 + "</quiz>",
            1,
            "elements stand more than 50 deep. Export the file again.",
        ),
        ('<?xml version="1.0" encoding="klingon"?><quiz/>', 1, None),
        (quiz('<question type="essay"/>'), 3, "the question has no text. Write it in <questiontext>."),
        (
            quiz(question("multichoice", answer("a") + answer("b"))),
            3,
            'no option is right. Give the right one fraction="100".',
        ),
        (quiz(question("numerical", answer("many", 100))), 3, '"many" ± "0" is no number. Write it as 3.5.'),
        (
            quiz(question("multichoice", '<answer fraction="all"><text>a</text></answer>')),
            3,
            '"all" is no fraction. Write fraction="100".',
        ),
        (
            quiz(question("truefalse", answer("true", 100))),
            3,
            "a true-false question needs true and false, one right. Give both.",
        ),
    ],
)
def test_a_broken_file_is_refused_with_line_and_cure(text: str, line: int, said: str | None) -> None:
    with pytest.raises(Unreadable) as wrong:
        taken(text, "moodle")
    assert wrong.value.line == line
    assert said is None or wrong.value.sentence == said


def test_other_encodings_are_read_as_declared() -> None:
    text = quiz(question("essay", "", "Café")).replace("UTF-8", "ISO-8859-1")
    (item,), _ = taken(text.encode("latin-1"), "moodle")
    assert item["id"] == "cafe"
