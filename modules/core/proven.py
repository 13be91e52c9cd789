"""What the evidence says to a proof: each key's expression must be true, each distractor's false."""

import math
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, assert_never

from modules.core.errors import NotPublished, ProofError, UnknownPath
from modules.core.evidence import Evidence
from modules.core.formula import (
    Asked,
    Call,
    Chain,
    Compared,
    Comparison,
    Figure,
    Formula,
    Joined,
    Negative,
    Not,
    Number,
    Operator,
    Term,
    Truth,
    paths_in,
)
from modules.core.items import (
    Estimated,
    ExtendedMatching,
    Judged,
    MultipleResponse,
    OneBest,
    Scored,
    ScoredItem,
    ScriptConcordance,
    Sequencing,
)
from modules.core.paths import find
from modules.core.proof import claim
from modules.core.quantity import Quantity, text

SAME = 1e-9
LARGEST = 1e12
_P_VALUE = re.compile(r"[<≤]?\s*(\d*\.?\d+)")
Fault = Literal["unreadable", "key is false", "distractor is true", "options do not match"]


@dataclass(frozen=True, slots=True)
class Doubt:
    """What does not hold about one proof; `option` is that option or stem, None: the proof as a whole."""

    fault: Fault
    sentence: str
    option: str | None = None


def unproven(item: ScoredItem, evidence: Evidence) -> tuple[str, ...]:
    """Sentences of what does not hold. Empty when all does, and when the item is left to an expert or has no proof."""
    return tuple(doubt.sentence for doubt in doubts(item, evidence))


def proven_by_data(item: Scored) -> bool:
    """A numeric answer comes from a path; another item needs an expression for its key."""
    return isinstance(item, Estimated) or (item.proof is not None and not isinstance(item.proof, Judged))


def expressions(item: ScoredItem) -> dict[str, str]:
    """The expression of each option or stem that has one; a lone text proves the (first) key, or the whole as `""`."""
    match item.proof:
        case None | Judged():
            return {}
        case str(lone):
            key = next(o.id for o in item.options if o.correct) if isinstance(item, OneBest | MultipleResponse) else ""
            return {key: lone}
        case by_name:
            return by_name


def claims_of(item: ScoredItem) -> dict[str, bool]:
    """What a proof may name, and whether it must hold there: keys, stems and the whole true, distractors false."""
    match item:
        case OneBest() | MultipleResponse():
            return {o.id: o.correct for o in item.options}
        case ExtendedMatching():
            return dict.fromkeys((s.id for s in item.stems), True)
        case Sequencing():
            return {"": True}
        case Estimated() | ScriptConcordance():
            return {}
        case _:
            assert_never(item)


def doubts(item: ScoredItem, evidence: Evidence) -> tuple[Doubt, ...]:
    match item:
        case Estimated():
            return _of_answer(item, evidence)
        case ScriptConcordance() if item.proof is not None:
            return (Doubt("options do not match", "a script concordance item has no key to prove"),)
        case _:
            return _of_claims(item, evidence)


def _of_answer(item: Estimated, evidence: Evidence) -> tuple[Doubt, ...]:
    try:
        found = find(evidence, item.answer)
    except UnknownPath as unknown:
        return (Doubt("unreadable", f"{item.answer} leads to no figure: {unknown}"),)
    sentence = f"{item.answer} is {text(found)}, so the answer has no value"
    return (Doubt("key is false", sentence),) if found.value is None else ()


def _of_claims(item: ScoredItem, evidence: Evidence) -> tuple[Doubt, ...]:
    written, known = expressions(item), claims_of(item)
    if "" in written and isinstance(item, ExtendedMatching):
        known = {"": True}
    found = [
        Doubt("options do not match", f'the proof names "{name}", which is {_no_such(item)} of the item', name)
        for name in written
        if name not in known
    ]
    if proven_by_data(item):
        found += [
            Doubt("options do not match", f"the proof has nothing for {_called(item, name, right)}", name or None)
            for name, right in known.items()
            if right and name not in written
        ]
    judged = (
        _judge(name, expression, (_called(item, name, known[name]), known[name]), evidence)
        for name, expression in written.items()
        if name in known
    )
    return (*found, *(doubt for doubt in judged if doubt))


def _no_such(item: ScoredItem) -> str:
    match item:
        case ExtendedMatching():
            return "no stem"
        case Sequencing():
            return "no part"
        case _:
            return "no option"


def _called(item: ScoredItem, name: str, right: bool) -> str:
    """`the key "rate"`"""
    if not name:
        return "the order" if isinstance(item, Sequencing) else "the whole"
    if isinstance(item, ExtendedMatching):
        return f'the stem "{name}"'
    return f'the {"key" if right else "distractor"} "{name}"'


def _judge(name: str, expression: str, meant: tuple[str, bool], evidence: Evidence) -> Doubt | None:
    """`meant`: what the expression is the proof of, in words, and whether it must be true."""
    called, right = meant
    try:
        tree = claim(expression)
        holds = _holds(tree, evidence)
    except ProofError as wrong:
        sentence = f"the proof of {called} cannot be used: character {wrong.at}: {wrong}"
        return Doubt("unreadable", sentence, name or None)
    if holds == right:
        return None
    read = "; ".join(reading(evidence, path) for path in paths_in(tree))
    fault: Fault = "key is false" if right else "distractor is true"
    return Doubt(fault, f"the proof of {called} is {'false' if right else 'true'}: {read}", name or None)


def reading(evidence: Evidence, path: str) -> str:
    """`cleopatra.os-final.hr.ci-high is 0.84`"""
    try:
        return f"{path} is {text(find(evidence, path))}"
    except NotPublished:
        return f"{path} is not published"
    except UnknownPath:
        return f"{path} leads to no figure"


def evaluate(formula: Formula, evidence: Evidence) -> bool | float:
    """ProofError where a figure is missing or was not reached, or the arithmetic has no result."""
    return _holds(formula, evidence) if isinstance(formula, Truth) else _number(formula, evidence)


def _holds(truth: Truth, evidence: Evidence) -> bool:
    match truth:
        case Compared(first, rest):
            terms = [_number(term, evidence) for term in (first, *(term for _, term in rest))]
            signs = (sign for sign, _ in rest)
            return all(_compare(a, sign, b) for a, sign, b in zip(terms, signs, terms[1:], strict=False))
        case Joined("and", parts):
            return all(_holds(part, evidence) for part in parts)
        case Joined(_, parts):
            return any(_holds(part, evidence) for part in parts)
        case Not(of):
            return not _holds(of, evidence)
        case Asked():
            return _answer(truth, evidence)
        case _:
            assert_never(truth)


def _compare(left: float, sign: Comparison, right: float) -> bool:
    """Figures that differ by no more than binary noise are equal."""
    gap = 0.0 if abs(left - right) <= SAME else left - right
    match sign:
        case "<":
            return gap < 0
        case "<=":
            return gap <= 0
        case ">":
            return gap > 0
        case ">=":
            return gap >= 0
        case "==":
            return gap == 0
        case "!=":
            return gap != 0
        case _:
            assert_never(sign)


def _answer(asked: Asked, evidence: Evidence) -> bool:
    try:
        found = _figure(asked.figure, evidence)
    except NotPublished:
        if asked.question == "published":
            return False
        raise ProofError(f"{asked.figure.path} was not published", asked.figure.at) from None
    if asked.question == "published":
        return True
    if found.value is None and not found.not_reached:
        raise ProofError(f"{asked.figure.path} is not a figure that can be reached", asked.figure.at)
    return not found.not_reached


def _figure(figure: Figure, evidence: Evidence) -> Quantity:
    try:
        return find(evidence, figure.path)
    except NotPublished:
        raise
    except UnknownPath as unknown:
        raise ProofError(f"{figure.path} leads to no figure: {unknown}", figure.at) from None


def _number(term: Term, evidence: Evidence) -> float:
    match term:
        case Number(value):
            return value
        case Figure():
            return _value(term, evidence)
        case Negative(of):
            return -_number(of, evidence)
        case Chain(first, rest, at):
            total = _number(first, evidence)
            for sign, part in rest:
                total = _step(total, sign, _number(part, evidence), at)
            return total
        case Call("round", (what, places)):
            return _rounded(_number(what, evidence), int(_number(places, evidence)))
        case Call(name, arguments):
            values = [_number(argument, evidence) for argument in arguments]
            return abs(values[0]) if name == "abs" else min(values) if name == "min" else max(values)
        case _:
            assert_never(term)


def _value(figure: Figure, evidence: Evidence) -> float:
    """A p-value printed as `<0.001` counts as 0.001."""
    try:
        found = _figure(figure, evidence)
    except NotPublished as missing:
        raise ProofError(f"{figure.path} was not published: {missing}", figure.at) from None
    if found.value is not None:
        return found.value
    p_value = _P_VALUE.match(found.printed or "") if found.name == "p" else None
    if p_value is None:
        raise ProofError(f"{figure.path} is {text(found)}, so it cannot be compared or reckoned with", figure.at)
    return float(p_value[1])


def _step(left: float, sign: Operator, right: float, at: int) -> float:
    if sign == "/" and abs(right) <= SAME:
        raise ProofError("this divides by zero", at)
    match sign:
        case "+":
            result = left + right
        case "-":
            result = left - right
        case "*":
            result = left * right
        case "/":
            result = left / right
        case _:
            assert_never(sign)
    if not math.isfinite(result) or abs(result) > LARGEST:
        raise ProofError("the result is too large", at)
    return result


def _rounded(value: float, places: int) -> float:
    """Half up, as figures are shown: 56.5 becomes 57."""
    return float(Decimal(str(round(value, 9))).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))
