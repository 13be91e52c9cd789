"""The grammar of proofs: `cleopatra.os-final.hr.ci-high < 1` in, a small tree out; our own parser, never eval.

any      all ("or" all)*                    all      negation ("and" negation)*
negation "not" negation | comparison        compared sum (("<" | "<=" | ">" | ">=" | "==" | "!=") sum)*
sum      product (("+" | "-") product)*     product  unary (("*" | "/") unary)*
unary    "-" unary | atom                   atom     number | path | function "(" ... ")" | "(" any ")"

A path holds dots and dashes, so a minus has a space before it. `core/proven.py` works a tree out.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Literal, NamedTuple

from modules.core.errors import ProofError
from modules.core.formula import (
    Asked,
    Call,
    Chain,
    Compared,
    Comparison,
    Figure,
    Formula,
    Function,
    Joined,
    Negative,
    Not,
    Number,
    Operator,
    Question,
    Term,
    Truth,
)

LONGEST = 800
DEEPEST = 20
MOST_PLACES = 6


def parse(text: str) -> Formula:
    """The tree of a text; ProofError, with the place, when it cannot be read."""
    if len(text) > LONGEST:
        raise ProofError(f"a proof has at most {LONGEST} characters; this one has {len(text)}", LONGEST + 1)
    return _Parser(list(_tokens(text))).whole()


@lru_cache(maxsize=64)  # an expression is read for its paths, and again for what it says
def claim(text: str) -> Truth:
    """The tree of a text that is true or false; ProofError when it is a number."""
    found = parse(text)
    if isinstance(found, Term):
        raise ProofError("this is a number; a proof compares: write for example that it is below 1", 1)
    return found


class _Token(NamedTuple):
    kind: Literal["number", "path", "word", "sign", "end"]
    text: str
    at: int


_PIECE = re.compile(r"\s*(?:(?P<word>[A-Za-z0-9_][A-Za-z0-9_.-]*)|(?P<sign><=|>=|==|!=|[-+*/<>(),]))")
_NUMBER = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,12})?")
_PATH = re.compile(r"[a-z0-9][a-z0-9_-]*(?:\.[a-z0-9][a-z0-9_-]*)+")
_WORD = re.compile(r"[a-z]+")


def _tokens(text: str) -> Iterator[_Token]:
    at, end = 0, len(text.rstrip())
    while at < end:
        piece = _PIECE.match(text, at)
        if piece is None:
            here = at + len(text[at:]) - len(text[at:].lstrip())
            hint = '; compare with "=="' if text[here] == "=" else ""
            raise ProofError(f'"{text[here]}" has no meaning here{hint}', here + 1)
        word = piece["word"]
        if word is None:
            yield _Token("sign", piece["sign"], piece.start("sign") + 1)
        else:
            yield _Token(_kind(word, piece.start("word") + 1), word, piece.start("word") + 1)
        at = piece.end()
    yield _Token("end", "the end", end + 1)


def _kind(word: str, at: int) -> Literal["number", "path", "word"]:
    if _NUMBER.fullmatch(word):
        return "number"
    if _PATH.fullmatch(word):
        return "path"
    if _WORD.fullmatch(word):
        return "word"
    hint = "; a minus has a space on each side" if "-" in word else ""
    raise ProofError(f'"{word}" is no path, number or word of a proof{hint}', at)


class _Parser:
    """Recursive descent, one method for each line of the grammar above."""

    def __init__(self, tokens: list[_Token]) -> None:
        self.tokens, self.position, self.depth = tokens, 0, 0

    @property
    def next(self) -> _Token:
        return self.tokens[self.position]

    def take(self) -> _Token:
        token = self.next
        self.position += token.kind != "end"
        return token

    def met(self, *texts: str) -> bool:
        """Takes the next token if it is one of these."""
        found = self.next.kind in ("sign", "word") and self.next.text in texts
        self.position += found
        return found

    def expect(self, sign: str) -> None:
        if not self.met(sign):
            raise ProofError(f'"{sign}" is expected here, not {_shown(self.next)}', self.next.at)

    def whole(self) -> Formula:
        found = self.any()
        if self.next.kind != "end":
            raise ProofError(f"{_shown(self.next)} does not belong here", self.next.at)
        return found

    def truth(self, part: Callable[[], Formula]) -> Truth:
        at = self.next.at
        return _truth(part(), at)

    def term(self, part: Callable[[], Formula]) -> Term:
        at = self.next.at
        return _term(part(), at)

    def any(self) -> Formula:
        return self.joined("or", self.all)

    def all(self) -> Formula:
        return self.joined("and", self.negation)

    def joined(self, word: Literal["and", "or"], part: Callable[[], Formula]) -> Formula:
        at, first = self.next.at, part()
        if self.next.text != word:
            return first
        parts = [_truth(first, at)]
        while self.met(word):
            parts.append(self.truth(part))
        return Joined(word, tuple(parts))

    def negation(self) -> Formula:
        at = self.next.at
        if not self.met("not"):
            return self.comparison()
        with self.deeper(at):
            return Not(self.truth(self.negation))

    def comparison(self) -> Formula:
        at, first = self.next.at, self.sum()
        rest: list[tuple[Comparison, Term]] = []
        while sign := _COMPARISONS.get(self.next.text):
            self.take()
            rest.append((sign, self.term(self.sum)))
        return Compared(_term(first, at), tuple(rest)) if rest else first

    def sum(self) -> Formula:
        return self.chain(_SUMS, self.product)

    def product(self) -> Formula:
        return self.chain(_PRODUCTS, self.unary)

    def chain(self, signs: dict[str, Operator], part: Callable[[], Formula]) -> Formula:
        at, first = self.next.at, part()
        rest: list[tuple[Operator, Term]] = []
        while sign := signs.get(self.next.text):
            self.take()
            rest.append((sign, self.term(part)))
        return Chain(_term(first, at), tuple(rest), at) if rest else first

    def unary(self) -> Formula:
        at = self.next.at
        if not self.met("-"):
            return self.atom()
        with self.deeper(at):
            return Negative(self.term(self.unary))

    def atom(self) -> Formula:
        token = self.take()
        if token.kind == "number":
            return Number(float(token.text))
        if token.kind == "path":
            return Figure(token.text, token.at)
        if token.text == "(":
            return self.inside(token.at)
        if function := _FUNCTIONS.get(token.text):
            return self.call(function, token.at)
        if question := _QUESTIONS.get(token.text):
            return self.asked(question)
        raise ProofError(f"a path, a number or a bracket is expected here, not {_shown(token)}", token.at)

    @contextmanager
    def deeper(self, at: int) -> Iterator[None]:
        self.depth += 1
        if self.depth > DEEPEST:
            raise ProofError(f"brackets and signs stand more than {DEEPEST} deep", at)
        yield
        self.depth -= 1

    def inside(self, at: int) -> Formula:
        with self.deeper(at):
            found = self.any()
            self.expect(")")
            return found

    def call(self, name: Function, at: int) -> Call:
        self.expect("(")
        with self.deeper(at):
            arguments = [self.term(self.any)]
            while self.met(","):
                arguments.append(self.term(self.any))
            self.expect(")")
        wanted = {"round": len(arguments) == 2, "abs": len(arguments) == 1}.get(name, len(arguments) > 1)
        if not wanted or (name == "round" and not _places(arguments[1])):
            raise ProofError(_USE[name], at)
        return Call(name, tuple(arguments))

    def asked(self, question: Question) -> Asked:
        self.expect("(")
        token = self.take()
        if token.kind != "path":
            raise ProofError(f"{question}() asks about one path, not {_shown(token)}", token.at)
        self.expect(")")
        return Asked(question, Figure(token.text, token.at))


_COMPARISONS: dict[str, Comparison] = {"<": "<", "<=": "<=", ">": ">", ">=": ">=", "==": "==", "!=": "!="}
_SUMS: dict[str, Operator] = {"+": "+", "-": "-"}
_PRODUCTS: dict[str, Operator] = {"*": "*", "/": "/"}
_FUNCTIONS: dict[str, Function] = {"round": "round", "abs": "abs", "min": "min", "max": "max"}
_QUESTIONS: dict[str, Question] = {"reached": "reached", "published": "published"}
_USE: dict[Function, str] = {
    "round": f"round(x, 1) takes a figure and a number of decimals from 0 to {MOST_PLACES}",
    "abs": "abs(x) takes one figure",
    "min": "min(x, y) takes two figures or more",
    "max": "max(x, y) takes two figures or more",
}


def _places(term: Term) -> bool:
    return isinstance(term, Number) and term.value.is_integer() and term.value <= MOST_PLACES


def _shown(token: _Token) -> str:
    return token.text if token.kind == "end" else f'"{token.text}"'


def _truth(formula: Formula, at: int) -> Truth:
    if isinstance(formula, Term):
        raise ProofError("and, or and not join comparisons; this is a number", at)
    return formula


def _term(formula: Formula, at: int) -> Term:
    if isinstance(formula, Truth):
        raise ProofError("a number is wanted here; this is true or false", at)
    return formula
