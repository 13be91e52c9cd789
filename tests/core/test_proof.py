"""Proofs: what their grammar takes and refuses, and what the evidence says to them. The figures are made up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modules.core.errors import ProofError
from modules.core.formula import Formula, paths_in
from modules.core.items import Expert, ExtendedMatching, Judged, PlainOption, Proof, ScriptConcordance, Sequencing, Stem
from modules.core.proof import DEEPEST, LONGEST, claim, parse
from modules.core.proven import doubts, evaluate, proven_by_data, unproven
from tests.builders import evidence, multiple, numeric, single

EVIDENCE = evidence()
HR = "lighthouse.os-final.hr"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 2 * 3 - 4 / 2", 5),
        ("(1 + 2) * 3", 9),
        ("10 - 3 - 2", 5),
        ("24 / 4 / 2", 3),
        ("-2 * -3", 6),
        ("- (1 + 2)", -3),
        ("abs(3 - 5)", 2),
        ("min(3, 1, 2)", 1),
        ("max(3, 1 + 4)", 5),
        ("round(56.5, 0)", 57),
        ("round(-0.05, 1)", -0.1),
        ("round(0.125, 2)", 0.13),
        (HR, 0.8),
        (f"{HR}.ci-high - {HR}.ci-low", 0.2),
        ("lighthouse.os-final.lamp - lighthouse.os-final.dark", 16.5),
        ("lighthouse.os-final.lamp.events / lighthouse.lamp.n", 0.4),
        ("lighthouse.os-final.p", 0.001),
    ],
)
def test_arithmetic_has_its_usual_order(text: str, value: float) -> None:
    assert evaluate(parse(text), EVIDENCE) == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("1 < 2", True),
        ("2 < 2", False),
        ("2 <= 2", True),
        ("0.1 + 0.2 == 0.3", True),
        ("0.1 + 0.2 > 0.3", False),
        ("0.1 + 0.2 != 0.3", False),
        ("1 < 2 < 3", True),
        ("1 < 3 < 2", False),
        ("3 > 2 >= 2 > 1", True),
        ("not 1 < 2", False),
        ("not not 1 < 2", True),
        ("1 < 2 or 1 > 2 and 1 > 2", True),
        ("(1 < 2 or 1 > 2) and 1 > 2", False),
        (f"{HR}.ci-high < 1", True),
        (f"{HR}.ci-low <= {HR} <= {HR}.ci-high", True),
        ("lighthouse.os-final.p < 0.05", True),
        ("reached(lighthouse.os-final.lamp)", True),
        ("reached(lighthouse.os-final.lamp.ci-high)", False),
        ("published(lighthouse.os-final.hr)", True),
        ("published(lighthouse.orr.hr)", False),
        ("published(lighthouse.orr.hr) and lighthouse.orr.hr < 1", False),
        ("not published(lighthouse.orr.p) or lighthouse.orr.p > 0.05", True),
    ],
)
def test_a_comparison_holds_or_does_not(text: str, holds: bool) -> None:
    assert evaluate(claim(text), EVIDENCE) is holds


@pytest.mark.parametrize(
    ("text", "at", "words"),
    [
        ("", 1, "expected here, not the end"),
        ("1 <", 4, "not the end"),
        ("(1 < 2", 7, '")" is expected'),
        ("1 < 2)", 6, "does not belong here"),
        ("1 = 2", 3, 'compare with "=="'),
        ("a.-b > 0", 1, "a minus has a space"),
        ("3-2 > 0", 1, "a minus has a space"),
        ("1 < 2 & 3", 7, '"&" has no meaning'),
        ("HR < 1", 1, '"HR" is no path'),
        ("sqrt(2) > 1", 1, 'not "sqrt"'),
        ("2 > 1 and 3", 11, "this is a number"),
        ("(1 < 2) + 1 > 0", 1, "this is true or false"),
        ("not 3", 5, "this is a number"),
        ("round(1.5) > 1", 1, "round(x, 1)"),
        ("round(1.5, 0.5) > 1", 1, "round(x, 1)"),
        ("min(1) > 0", 1, "min(x, y)"),
        ("abs(1, 2) > 0", 1, "abs(x)"),
        ("reached(3)", 9, "asks about one path"),
        ("1 + 1", 1, "this is a number"),
        ("(" * 21 + "1 < 2" + ")" * 21, DEEPEST + 1, "deep"),
        ("1 < 2 or " * 100 + "1 < 2", LONGEST + 1, "at most"),
    ],
)
def test_what_is_not_a_proof_is_refused_at_its_place(text: str, at: int, words: str) -> None:
    with pytest.raises(ProofError) as refused:
        claim(text)
    assert (refused.value.at, words in str(refused.value)) == (at, True), (refused.value.at, str(refused.value))


@pytest.mark.parametrize(
    ("text", "at", "words"),
    [
        ("0 < lighthouse.os-final.lamp.ci-high", 5, "is not reached"),
        ("1 < lighthouse.os-final.upper", 5, "leads to no figure"),
        ("1 < lighthouse.orr.hr", 5, "was not published"),
        ("published(lighthouse.os-finl.hr)", 11, "leads to no figure"),
        ("published(lighthouse.os-final.hazard)", 11, "leads to no figure"),
        ("reached(lighthouse.orr.hr)", 9, "was not published"),
        ("reached(lighthouse.os-final.p)", 9, "not a figure that can be reached"),
        ("1 < 2 / (3 - 3)", 5, "divides by zero"),
        ("1 < 999999999999 * 999999999999", 5, "too large"),
    ],
)
def test_what_cannot_be_worked_out_says_where_and_why(text: str, at: int, words: str) -> None:
    with pytest.raises(ProofError) as refused:
        evaluate(claim(text), EVIDENCE)
    assert (refused.value.at, words in str(refused.value)) == (at, True), (refused.value.at, str(refused.value))


PIECES = st.sampled_from(
    [HR, "lighthouse.orr", "1", "0.5", "+", "-", "*", "/", "<", "<=", "==", "!=", "(", ")", ",", "and", "or", "not",
     "round", "abs", "min", "max", "reached", "published", "x.y", "=", "é", "\n"]
)  # fmt: skip


def outcome(text: str) -> Formula | ProofError:
    """The tree, when the text can be read and worked out."""
    try:
        tree = parse(text)
        evaluate(tree, EVIDENCE)
    except ProofError as refused:
        return refused
    return tree


@given(st.one_of(st.text(max_size=LONGEST + 9), st.lists(PIECES, max_size=60).map(" ".join)))
def test_no_text_brings_the_parser_down(text: str) -> None:
    found = outcome(text)
    if isinstance(found, ProofError):
        assert 1 <= found.at <= len(text) + 1
    else:
        assert set(paths_in(found)) <= {HR, "lighthouse.orr", "x.y"}


@pytest.mark.parametrize("text", ["(" * LONGEST, "-" * LONGEST, "not " * 200, "1 + " * 199 + "1", "1 < " * 199 + "1"])
def test_long_and_deep_texts_end_well(text: str) -> None:
    found = outcome(text)
    assert not isinstance(found, ProofError) or str(found)


def test_the_paths_a_proof_reads_are_listed_once_in_their_order() -> None:
    tree = parse(f"not published(c.d.p) or min({HR}, a.b.n) < 2 * {HR} and -a.b.n < e.n")
    assert paths_in(tree) == ("c.d.p", HR, "a.b.n", "e.n")


def proven(proof: Proof | None) -> tuple[str, ...]:
    return unproven(single().model_copy(update={"proof": proof}), EVIDENCE)


def test_a_key_must_be_true_and_a_distractor_false() -> None:
    assert proven({"a": f"{HR} < 1", "b": f"{HR} > 1"}) == ()
    assert proven({"a": f"{HR} > 1", "b": f"{HR}.ci-high < 1"}) == (
        f'the proof of the key "a" is false: {HR} is 0.80',
        f'the proof of the distractor "b" is true: {HR}.ci-high is 0.90',
    )


def test_a_lone_expression_is_the_key_s() -> None:
    assert proven(f"{HR} < 1") == ()
    assert proven(f"{HR} > 1") == (f'the proof of the key "a" is false: {HR} is 0.80',)


def test_a_proof_names_the_options_of_its_item() -> None:
    assert proven({"z": f"{HR} < 1"}) == (
        'the proof names "z", which is no option of the item',
        'the proof has nothing for the key "a"',
    )


def test_an_unreadable_proof_is_a_doubt_and_no_crash() -> None:
    item = single().model_copy(update={"proof": {"a": "1 <", "b": "lighthouse.orr.hr < 1"}})
    assert [(d.fault, d.option) for d in doubts(item, EVIDENCE)] == [("unreadable", "a"), ("unreadable", "b")]


def test_an_expert_and_a_missing_proof_leave_nothing_to_compute() -> None:
    judged = Judged(expert=Expert(source="ref", reviewer="A reviewer"))
    assert proven(judged) == proven(None) == ()
    items = [single().model_copy(update={"proof": proof}) for proof in (judged, None, f"{HR} < 1")]
    assert [proven_by_data(item) for item in items] == [False, False, True]


def test_each_key_of_several_needs_its_own_expression() -> None:
    both = multiple().model_copy(update={"proof": {"a": f"{HR} < 1", "b": f"{HR} < 1", "c": f"{HR} > 1"}})
    assert unproven(both, EVIDENCE) == ()
    lone = both.model_copy(update={"proof": f"{HR} < 1"})
    assert unproven(lone, EVIDENCE) == ('the proof has nothing for the key "b"',)


def matching(proof: Proof | None) -> ExtendedMatching:
    option = PlainOption(id="lower", text="It is lower")
    stems = tuple(Stem(id=name, text=name, key="lower", rationale="It is so.") for name in ("one", "two"))
    options = (option, PlainOption(id="higher", text="It is higher"), PlainOption(id="same", text="It is the same"))
    common = single().model_dump(include={"id", "objectives", "see", "evidence", "stem"})
    return ExtendedMatching(**common, type="extended-matching", options=options, stems=stems, proof=proof)


def sequence(proof: Proof | None) -> Sequencing:
    steps = tuple(PlainOption(id=name, text=name) for name in ("one", "two", "three"))
    common = single().model_dump(include={"id", "objectives", "see", "evidence", "stem"})
    return Sequencing(**common, type="sequencing", steps=steps, rationale="It is so.", proof=proof)


def test_every_stem_has_an_expression_that_is_true() -> None:
    assert unproven(matching({"one": f"{HR} < 1", "two": f"{HR}.ci-high < 1"}), EVIDENCE) == ()
    assert unproven(matching(f"{HR} < 1"), EVIDENCE) == ()
    assert unproven(matching({"one": f"{HR} > 1", "too": "1 < 2"}), EVIDENCE) == (
        'the proof names "too", which is no stem of the item',
        'the proof has nothing for the stem "two"',
        f'the proof of the stem "one" is false: {HR} is 0.80',
    )


def test_an_order_is_proven_as_a_whole() -> None:
    assert unproven(sequence(f"{HR}.ci-low < {HR}"), EVIDENCE) == ()
    (doubt,) = doubts(sequence(f"{HR}.ci-high < {HR}"), EVIDENCE)
    assert (doubt.fault, doubt.option) == ("key is false", None)
    assert doubt.sentence.startswith("the proof of the order is false: ")
    assert unproven(sequence({"one": f"{HR} < 1"}), EVIDENCE)[0] == (
        'the proof names "one", which is no part of the item'
    )


def test_a_script_concordance_item_has_nothing_to_prove() -> None:
    common = single().model_dump(include={"id", "objectives", "see", "evidence", "stem"})
    item = ScriptConcordance(
        **common, type="script-concordance", hypothesis="A plan", finding="A finding", rationale="It is so."
    )
    assert unproven(item, EVIDENCE) == ()
    proven_one = item.model_copy(update={"proof": f"{HR} < 1"})
    assert unproven(proven_one, EVIDENCE) == ("a script concordance item has no key to prove",)


def test_a_numeric_answer_is_proven_by_its_path() -> None:
    item = numeric()
    assert proven_by_data(item)
    assert unproven(item, EVIDENCE) == ()
    gone = item.model_copy(update={"answer": "lighthouse.os-final.lamp.ci-high"})
    assert unproven(gone, EVIDENCE) == ("lighthouse.os-final.lamp.ci-high is not reached, so the answer has no value",)
    assert len(unproven(item.model_copy(update={"answer": "lighthouse.x"}), EVIDENCE)) == 1
