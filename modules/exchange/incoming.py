"""Questions -> a draft of a quiz file: what the format held and nothing else, with a note on what is still missing."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from modules.exchange.question import Answer, Note, Question, Reading, paragraphs, tidy

_ID = re.compile(r"[a-z0-9][a-z0-9_-]*")
_UNIT = re.compile(r"(.+?)\s*\(in ([^()]+)\)", re.DOTALL)
_LONGEST = 48
_ALWAYS = {"*", "`", "[", "\\"}
_SCORED = "objectives, see and evidence"


@dataclass(frozen=True, slots=True)
class Draft:
    """`file` is what becomes YAML; the check will ask for the keys that `notes` name."""

    file: dict[str, Any]
    notes: tuple[Note, ...]


@dataclass(slots=True)
class _Ids:
    """Names given out so far; a second one of the same gets -2."""

    taken: set[str] = field(default_factory=set)

    def new(self, title: str, otherwise: str) -> str:
        wanted = slug(title) or otherwise
        found, n = wanted, 1
        while found in self.taken:
            n += 1
            found = f"{wanted}-{n}"
        self.taken.add(found)
        return found


def slug(title: str) -> str:
    """A title as an id, empty when it has no letter or digit of the Latin alphabet."""
    if _ID.fullmatch(title):
        return title
    flat = unicodedata.normalize("NFKD", title.casefold()).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", flat).strip("-")
    return words if len(words) <= _LONGEST else words[: _LONGEST + 1].rpartition("-")[0] or words[:_LONGEST]


def escaped(text: str) -> str:
    """Plain words as the Markdown that reads like them."""
    said = []
    for n, sign in enumerate(text):
        before, after = text[n - 1 : n], text[n + 1 :]
        needed = (
            sign in _ALWAYS
            or (sign == "_" and not (before.isalnum() and after[:1].isalnum()))
            or (sign == "<" and re.match(r"[A-Za-z/!?]", after) is not None)
            or (sign == "&" and re.match(r"#?\w+;", after) is not None)
        )
        said.append(f"\\{sign}" if needed else sign)
    return "".join(said)


def incoming(reading: Reading, quiz_id: str) -> Draft:
    """Questions in their order; a quiz of this id, to be checked in the lessons until its author says otherwise."""
    ids = _Ids()
    notes = list(reading.notes)
    items = [
        _item(question, ids.new(question.name, f"item-{n}"), notes) for n, question in enumerate(reading.questions, 1)
    ]
    if not items:
        notes.append(Note("", "left out", "Nothing in the file fits an item type."))
    return Draft({"id": quiz_id, "roles": ["check"], "items": items}, tuple(notes))


def _item(question: Question, item_id: str, notes: list[Note]) -> dict[str, Any]:
    makers = {
        "single": _single,
        "multiple": _multiple,
        "numeric": _numeric,
        "matching": _matching,
        "ordering": _ordering,
        "essay": _essay,
    }
    said: list[Note] = []
    item = {"id": item_id, **makers[question.kind](question, said)}
    for note in said:
        notes.append(Note(item_id, note.level, note.what, note.cure, question.line))
    return item


def _head(question: Question, kind: str) -> dict[str, Any]:
    """The last paragraph is the stem, what stands before it the vignette."""
    *before, stem = paragraphs(question.text)
    head: dict[str, Any] = {"type": kind}
    if before:
        head["vignette"] = escaped(tidy(" ".join(before)))
    return head | {"stem": escaped(stem)}


def _missing(notes: list[Note], *more: str) -> None:
    notes.append(Note("", "add", f"Still missing: {', '.join([_SCORED, *more])}."))


def _options(question: Question, notes: list[Note]) -> list[dict[str, Any]]:
    """Feedback on the whole question joins the rationale of the first right option."""
    ids, options = _Ids(), []
    bare: list[str] = []
    first = max(range(len(question.answers)), key=lambda n: question.answers[n].share, default=0)
    for n, answer in enumerate(question.answers):
        said = " ".join(part for part in (answer.feedback, question.feedback if n == first else "") if part)
        option: dict[str, Any] = {"id": ids.new(_short(answer.text), f"option-{n + 1}"), "text": escaped(answer.text)}
        if _right(question, answer, n == first):
            option["correct"] = True
        if said:
            option["rationale"] = escaped(said)
        else:
            bare.append(option["id"])
        options.append(option)
    _missing(notes, *([f"the rationale of {', '.join(bare)}"] if bare else []))
    return options


def _right(question: Question, answer: Answer, first: bool) -> bool:
    return first if question.kind == "single" else answer.share > 0


def _short(text: str) -> str:
    return " ".join(text.split()[:4])


def _single(question: Question, notes: list[Note]) -> dict[str, Any]:
    if sorted({a.share for a in question.answers} | {0.0, 100.0}) != [0.0, 100.0]:
        notes.append(Note("", "lost", "Part marks for an option are not kept; one option is right, the others wrong."))
    item = _head(question, "single-best") | {"options": _options(question, notes)}
    return item | ({"fixed": True} if question.fixed else {})


def _multiple(question: Question, notes: list[Note]) -> dict[str, Any]:
    keys = [a.share for a in question.answers if a.share > 0]
    even = 100 / len(keys)
    others = {round(a.share, 2) for a in question.answers if a.share <= 0}
    minus = len(keys) > 1 and others == {round(-even, 2)}
    if any(abs(share - even) > 0.01 and share != 100 for share in keys) or not (minus or others <= {-100.0, 0.0}):
        what = "The weights are not kept; the item is right when exactly the right options are chosen."
        notes.append(Note("", "lost", what, "Use right-minus-wrong if part of it should count."))
    item = _head(question, "multiple-response")
    if minus:
        item["scoring"] = "right-minus-wrong"
    if len(question.answers) < 3 or not others:
        notes.append(Note("", "add", "It needs three options, one of them wrong."))
    item["options"] = _options(question, notes)
    return item | ({"fixed": True} if question.fixed else {})


def _numeric(question: Question, notes: list[Note]) -> dict[str, Any]:
    unit = question.unit
    if told := _UNIT.fullmatch(question.text):
        question, unit = replace(question, text=told[1]), told[2]
    item = _head(question, "numeric")
    best = max(question.answers, key=lambda answer: answer.share)
    if len(question.answers) > 1:
        notes.append(Note("", "lost", f"Only {best.text} ± {best.tolerance} is kept of several numbers with marks."))
    item |= {"answer": best.text, "tolerance": float(best.tolerance)} | ({"unit": unit} if unit else {})
    said = " ".join(part for part in (best.feedback, question.feedback) if part)
    if said:
        item["rationale"] = escaped(said)
    what = f'The answer {best.text} is a typed number. Still missing: the path of the figure in the record as "answer".'
    notes.append(Note("", "add", what))
    _missing(notes, *([] if unit else ["unit"]), *([] if said else ["rationale"]))
    return item


def _matching(question: Question, notes: list[Note]) -> dict[str, Any]:
    """Options in the order in which they are first matched."""
    ids, names = _Ids(), _Ids()
    key = {
        text: ids.new(_short(text), f"option-{n}") for n, text in enumerate(_unique(p.right for p in question.pairs), 1)
    }
    said = {"rationale": escaped(question.feedback)} if question.feedback else {}
    stems = [
        {"id": names.new(_short(p.left), f"stem-{n}"), "text": escaped(p.left), "key": key[p.right], **said}
        for n, p in enumerate((p for p in question.pairs if p.left), 1)
    ]
    if len(key) < 3 or len(stems) < 2:
        notes.append(Note("", "add", "It needs three options and two stems."))
    _missing(notes, *([] if said else ["the rationale of each stem"]))
    options = [{"id": one, "text": escaped(text)} for text, one in key.items()]
    return _head(question, "extended-matching") | {"options": options, "stems": stems}


def _unique(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))


def _ordering(question: Question, notes: list[Note]) -> dict[str, Any]:
    ids = _Ids()
    steps = [
        {"id": ids.new(_short(step.text), f"step-{n}"), "text": escaped(step.text)}
        for n, step in enumerate(question.answers, 1)
    ]
    if len(steps) < 3:
        notes.append(Note("", "add", "It needs three steps."))
    said = {"rationale": escaped(question.feedback)} if question.feedback else {}
    _missing(notes, *([] if said else ["rationale"]))
    return _head(question, "sequencing") | {"steps": steps} | said


def _essay(question: Question, notes: list[Note]) -> dict[str, Any]:
    if question.feedback:
        notes.append(Note("", "lost", "Feedback on a free text has no place.", "Put it into a lesson."))
    item: dict[str, Any] = {"type": "free-text"}
    if not question.required:
        item["required"] = False
    return item | {"stem": escaped(tidy(question.text))}
