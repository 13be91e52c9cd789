"""The exported package: every item and the manifest keep to the schema, and score as we do."""

import io
import zipfile
from functools import cache
from pathlib import Path

from hypothesis import given
from lxml import etree

from modules.core.items import (
    Barrier,
    ExtendedMatching,
    FreeText,
    Intention,
    Likert,
    MultipleResponse,
    Numeric,
    Quiz,
    Sequencing,
    SingleBest,
    Stem,
)
from modules.core.options import PlainOption
from modules.exchange.formats import write_file
from modules.exchange.question import Note
from tests.exchange.made import MARKS, essays, matchings, multiples, numerics, quiz, sequences, singles

Q = "{http://www.imsglobal.org/xsd/imsqti_v2p2}"
SCHEMAS = Path(__file__).parent / "schema"


@cache
def schema(name: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SCHEMAS / name))


def package(sent: Quiz) -> tuple[dict[str, etree._Element], tuple[Note, ...]]:
    raw, notes = write_file(sent, "qti")
    assert raw is not None
    with zipfile.ZipFile(io.BytesIO(raw)) as held:
        trees = {name: etree.fromstring(held.read(name)) for name in held.namelist()}
    for name, tree in trees.items():
        schema("manifest.xsd" if name == "imsmanifest.xml" else "items.xsd").assertValid(tree)
    return trees, notes


def only(sent: Quiz) -> etree._Element:
    trees, _ = package(sent)
    (item,) = (tree for name, tree in trees.items() if name != "imsmanifest.xml")
    return item


def values(item: etree._Element) -> list[str]:
    return [value.text or "" for value in item.iterfind(f"{Q}responseDeclaration/{Q}correctResponse/{Q}value")]


@given(singles())
def test_single_best_is_a_choice_with_a_feedback_an_option(item: SingleBest) -> None:
    tree = only(quiz(item))
    assert values(tree) == [o.id for o in item.options if o.correct]
    choices = [c.get("identifier") for c in tree.iter(f"{Q}simpleChoice")]
    assert choices == [o.id for o in item.options]
    assert [f.get("identifier") for f in tree.iter(f"{Q}modalFeedback")] == choices


@given(multiples())
def test_multiple_response_is_scored_by_its_rule(item: MultipleResponse) -> None:
    tree = only(quiz(item))
    assert values(tree) == [o.id for o in item.options if o.correct]
    worth = {e.get("mapKey"): float(e.get("mappedValue", "")) for e in tree.iter(f"{Q}mapEntry")}
    expected = {o.id: 1.0 if o.correct else -1.0 for o in item.options}
    assert worth == (expected if item.scoring == "right-minus-wrong" else {})


@given(numerics())
def test_a_number_has_its_tolerance(made: tuple[Numeric, float]) -> None:
    item, key = made
    tree = only(quiz(item, keys={item.id: key}))
    assert [float(value) for value in values(tree)] == [key]
    (equal,) = tree.iter(f"{Q}equal")
    size = [float(one) for one in equal.get("tolerance", "0 0").split()]
    assert size == [item.tolerance, item.tolerance]


@given(matchings())
def test_extended_matching_pairs_stems_with_options(item: ExtendedMatching) -> None:
    assert values(only(quiz(item))) == [f"s-{s.id} o-{s.key}" for s in item.stems]


@given(sequences())
def test_a_sequence_is_written_in_the_right_order(item: Sequencing) -> None:
    assert values(only(quiz(item))) == [step.id for step in item.steps]


@given(essays())
def test_a_free_text_is_never_scored(item: FreeText) -> None:
    tree = only(quiz(item))
    assert not [*tree.iter(f"{Q}responseProcessing"), *tree.iter(f"{Q}outcomeDeclaration")]


def test_surveys_are_choices_without_a_key() -> None:
    sent = quiz(
        Likert(type="likert", id="1st", stem="The light was seen"),
        Intention(type="intention", id="mean", stem="Will you sail?", required=False),
        Barrier(type="barrier", id="wall", stem="What stands in the way?"),
    )
    trees, notes = package(sent)
    assert [name for name in trees if name != "imsmanifest.xml"] == [
        "items/1st.xml",
        "items/mean.xml",
        "items/wall.xml",
    ]
    assert trees["items/1st.xml"].get("identifier") == "_1st"
    assert not any(values(tree) or [*tree.iter(f"{Q}responseProcessing")] for tree in trees.values())
    assert not notes


def test_the_rationales_of_several_stems_are_told_together() -> None:
    options = tuple(PlainOption(id=one, text=one.upper()) for one in "abc")
    stems = tuple(Stem(id=f"s{one}", text=f"Case {one}", key=one, rationale=f"Because {one}.") for one in "ab")
    item = ExtendedMatching(type="extended-matching", id="em", stem="Match", options=options, stems=stems, **MARKS)
    (told,) = only(quiz(item)).iter(f"{Q}modalFeedback")
    assert "".join(told.itertext()) == "Case a: Because a. Case b: Because b."


def test_the_same_quiz_gives_the_same_bytes() -> None:
    sent = quiz(Likert(type="likert", id="seen", stem="The light was seen"))
    assert write_file(sent, "qti") == write_file(sent, "qti")
