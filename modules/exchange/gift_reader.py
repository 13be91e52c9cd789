"""GIFT text -> questions. The grammar is that of https://docs.moodle.org/en/GIFT_format.

Escaped signs are hidden behind non-characters while the text is taken apart, as Moodle's own importer does.
"""

import re
from dataclasses import dataclass, field

from modules.exchange.html_text import TAG, words
from modules.exchange.numbers import number_of, number_text
from modules.exchange.question import Answer, Kind, Note, Pair, Question, Reading, Unreadable, tidy

_SIGNS = "~=#{}:\\"
_HIDE = {sign: chr(0xFDD0 + n) for n, sign in enumerate(_SIGNS)} | {"n": chr(0xFDDF)}
_SHOW = {ord(hidden): "\n" if sign == "n" else sign for sign, hidden in _HIDE.items()}
_ESCAPE = re.compile(r"\\([~=#{}:\\n])")
_TITLE = re.compile(r"\s*::(.*?)::", re.DOTALL)
_FORMAT = re.compile(r"\s*\[(html|plain|moodle|markdown)\]")
_ANSWER = re.compile(r"([=~])([^=~]*)")
_SHARE = re.compile(r"\s*%(-?\d+(?:\.\d+)?)%")
_TRUTH = re.compile(r"\s*(TRUE|T|FALSE|F)\s*(?:#(.*))?", re.DOTALL | re.IGNORECASE)
_BLANK = "_____"


@dataclass(slots=True)
class _Chunk:
    """The lines of one question, from `line` on."""

    line: int
    text: str

    def at(self, place: int) -> int:
        return self.line + self.text.count("\n", 0, place)


@dataclass(slots=True)
class _Found:
    """The parts of a chunk, before the answer is looked at."""

    name: str
    text: str
    body: str
    line: int
    form: str
    lost: set[str] = field(default_factory=set)

    def shown(self, raw: str) -> str:
        """A piece of the text as a reader sees it."""
        text = raw.translate(_SHOW)
        if self.form == "html" or (self.form in ("", "moodle") and TAG.search(text)):
            text, lost = words(text)
            self.lost |= lost
        return "\n\n".join(p for p in map(tidy, re.split(r"\n[ \t]*\n", text)) if p)

    def said(self, raw: str) -> str:
        """The same in one line."""
        return tidy(self.shown(raw))


def read_gift(text: str) -> Reading:
    """Every question of the text; Unreadable names the first line that breaks the grammar."""
    questions: list[Question] = []
    notes: list[Note] = []
    for chunk in _chunks(text, notes):
        found = _parts(chunk, notes)
        if found is None:
            continue
        question = _question(found, notes)
        if found.lost:
            what = f"{', '.join(sorted(found.lost))} could not be kept."
            notes.append(Note(found.name, "lost", what, "Describe it in words.", found.line))
        if question:
            questions.append(question)
    return Reading(tuple(questions), tuple(notes))


def _chunks(text: str, notes: list[Note]) -> list[_Chunk]:
    """Questions are parted by empty lines; one inside braces parts nothing unless a new title follows."""
    chunks: list[_Chunk] = []
    lines: list[str] = []
    start, depth = 1, 0
    for number, line in enumerate([*text.split("\n"), ""], 1):
        bare = line.strip()
        if bare.startswith("$CATEGORY:"):
            what = f'The category "{tidy(bare[10:])}" has no place in a quiz file.'
            notes.append(Note("", "lost", what, "Give each item its objectives.", number))
            continue
        kept = "" if bare.startswith("//") else _ESCAPE.sub(lambda m: _HIDE[m[1]], line)
        opened = depth > 0 and bool(lines)
        if (not bare and not opened) or (opened and kept.lstrip().startswith("::")):
            if "".join(lines).strip():
                chunks.append(_Chunk(start, "\n".join(lines)))
            lines, depth = [], 0
        if not lines:
            start = number
        if bare:
            lines.append(kept)
        elif lines:
            lines.append("")
        depth = max(depth + kept.count("{") - kept.count("}"), 0)
    if "".join(lines).strip():
        chunks.append(_Chunk(start, "\n".join(lines)))
    return chunks


def _parts(chunk: _Chunk, notes: list[Note]) -> _Found | None:
    title = _TITLE.match(chunk.text)
    rest = chunk.text[title.end() :] if title else chunk.text
    offset = len(chunk.text) - len(rest)
    form = _FORMAT.match(rest)
    if form:
        offset, rest = offset + form.end(), rest[form.end() :]
    line = chunk.at(len(chunk.text) - len(chunk.text.lstrip()))
    name = tidy(title[1].translate(_SHOW)) if title else ""
    opens, closes = rest.find("{"), rest.find("}")
    if opens < 0 and closes < 0:
        what = "It is a text that asks nothing."
        notes.append(Note(name or tidy(rest)[:40], "left out", what, "Put it into a lesson.", line))
        return None
    if opens < 0 or 0 <= closes < opens:
        raise Unreadable(chunk.at(offset + closes), 'a "}" closes nothing.', r'Write "\}" for the sign itself.')
    if closes < 0:
        raise Unreadable(chunk.at(offset + opens), 'a "{" is never closed.', 'Add "}" after the answers.')
    before, body, after = rest[:opens], rest[opens + 1 : closes], rest[closes + 1 :]
    if "{" in body or ("}" in after and "{" not in after):
        raise Unreadable(chunk.at(offset + opens), "braces stand inside braces.", r'Write "\{" and "\}" for the signs.')
    if "{" in after:
        what = "It has several gaps, and no item type has."
        notes.append(Note(name or tidy(before)[:40], "left out", what, "Ask each gap as an item.", line))
        return None
    found = _Found(name, "", body, line, form[1] if form else "")
    gap = f"{before} {_BLANK} {after}" if after.strip() else before
    found.text = found.shown(gap)
    if not found.text:
        raise Unreadable(line, "the question has no text.", "Write it before the answers.")
    if not found.name:
        found.name = " ".join(found.text.split()[:6])
    return found


def _question(found: _Found, notes: list[Note]) -> Question | None:
    body, _, general = found.body.partition("####")
    feedback = found.said(general)
    bare = body.strip()
    if not bare:
        return Question(found.name, "essay", found.text, feedback=feedback, line=found.line)
    if bare.startswith("#"):
        answers = _numbers(bare[1:], found)
        return Question(found.name, "numeric", found.text, answers, feedback=feedback, line=found.line)
    if truth := _TRUTH.fullmatch(bare):
        return _truth(truth, found, feedback)
    if "~" in bare:
        return _choice(bare, found, feedback)
    if "=" in bare and "->" in bare:
        return Question(found.name, "matching", found.text, (), _pairs(bare, found), feedback, line=found.line)
    if "=" in bare:
        what = "The answer is typed in words, and no graded item type takes these."
        notes.append(Note(found.name, "left out", what, "Ask it with options, as single-best.", found.line))
        return None
    raise Unreadable(found.line, f'"{bare[:40].translate(_SHOW)}" is no answer.', 'Begin each answer with "=" or "~".')


def _truth(truth: re.Match[str], found: _Found, feedback: str) -> Question:
    """{T#when wrong#when right}"""
    right = truth[1].upper().startswith("T")
    wrong_said, _, right_said = (truth[2] or "").partition("#")
    said = {right: found.said(right_said), not right: found.said(wrong_said)}
    answers = tuple(Answer(str(way), 100.0 if way == right else 0.0, said[way]) for way in (True, False))
    return Question(found.name, "single", found.text, answers, feedback=feedback, fixed=True, line=found.line)


def _choice(body: str, found: _Found, feedback: str) -> Question:
    _starts_with_sign(body, found)
    answers: list[Answer] = []
    keys = 0
    for sign, raw in _ANSWER.findall(body):
        share = _SHARE.match(raw)
        text, _, said = (raw[share.end() :] if share else raw).partition("#")
        worth = float(share[1]) if share else (100.0 if sign == "=" else 0.0)
        keys += sign == "=" and worth == 100
        if not (shown := found.said(text)):
            raise Unreadable(found.line, "an option has no text.", "Write it, or delete the sign before it.")
        answers.append(Answer(shown, worth, found.said(said)))
    if not any(a.share > 0 for a in answers):
        raise Unreadable(found.line, "no option is right.", 'Begin the right one with "=".')
    kind: Kind = "single" if keys == 1 else "multiple"
    return Question(found.name, kind, found.text, tuple(answers), feedback=feedback, line=found.line)


def _starts_with_sign(body: str, found: _Found) -> None:
    if body[0] not in "=~":
        sentence = f'"{body[:40].translate(_SHOW)}" does not begin an answer.'
        raise Unreadable(found.line, sentence, 'Begin each answer with "=" or "~".')


def _pairs(body: str, found: _Found) -> tuple[Pair, ...]:
    _starts_with_sign(body, found)
    pairs: list[Pair] = []
    for _, raw in _ANSWER.findall(body):
        left, arrow, right = raw.partition("->")
        if not arrow or not right.strip():
            raise Unreadable(found.line, f'"{found.said(raw)}" matches nothing.', 'Write "= left -> right".')
        pairs.append(Pair(found.said(left), found.said(right)))
    return tuple(pairs)


def _numbers(body: str, found: _Found) -> tuple[Answer, ...]:
    """`3:0.5`, `1..5`, or several of these, each after "="."""
    listed = [raw for _, raw in _ANSWER.findall(body) if raw.strip()] if body.lstrip().startswith("=") else [body]
    answers: list[Answer] = []
    for raw in listed:
        share = _SHARE.match(raw)
        asked, _, said = (raw[share.end() :] if share else raw).partition("#")
        asked = asked.translate(_SHOW)
        middle, tolerance = _range(asked, found)
        answers.append(Answer(middle, float(share[1]) if share else 100.0, found.said(said), tolerance))
    if not answers:
        raise Unreadable(found.line, "the number is missing.", "Write it as {#3:0.5} or {#1..5}.")
    return tuple(answers)


def _range(asked: str, found: _Found) -> tuple[str, str]:
    try:
        if ".." in asked:
            low, high = (number_of(part) for part in asked.split("..", 1))
            middle, tolerance = (low + high) / 2, (high - low) / 2
        else:
            number, _, around = asked.partition(":")
            middle, tolerance = number_of(number), number_of(around or "0")
        if tolerance < 0:
            raise ValueError
    except ValueError:
        raise Unreadable(found.line, f'"{asked.strip()}" is no number.', "Write {#3:0.5} or {#1..5}.") from None
    return number_text(middle), number_text(tolerance)
