"""Moodle XML -> questions. The format is that of https://docs.moodle.org/en/Moodle_XML_format."""

import re
from dataclasses import dataclass, field

from modules.exchange.html_text import words
from modules.exchange.numbers import number_of, number_text
from modules.exchange.question import Answer, Kind, Note, Pair, Question, Reading, Unreadable, paragraphs, tidy
from modules.exchange.xml_safe import Node, read_xml

_WHY_NOT = {
    "shortanswer": ("The answer is typed in words, and no graded item type takes these.", "Ask it as single-best."),
    "description": ("It is a text that asks nothing.", "Put it into a lesson."),
    "cloze": ("It has several gaps, and no item type has.", "Ask each gap as an item."),
}
_UNSEEN = {
    "correctfeedback": "feedback to right answers",
    "partiallycorrectfeedback": "feedback to partly right answers",
    "incorrectfeedback": "feedback to wrong answers",
    "graderinfo": "notes for the marker",
    "responsetemplate": "the template of the response",
}


@dataclass(slots=True)
class _Asked:
    """One question element, its name, and what of it was lost on the way."""

    node: Node
    name: str
    lost: set[str] = field(default_factory=set)

    def shown(self, holder: Node | None) -> str:
        """Paragraphs of the <text> in an element, read in its format."""
        if holder is None:
            return ""
        raw = holder.said("text")
        form = holder.attributes.get("format", "html")
        if form == "moodle_auto_format":
            raw = re.sub(r"\n(?!\n)", "<br>", raw)
        if form in ("html", "moodle_auto_format"):
            raw, lost = words(re.sub(r"\n[ \t]*\n", "<p>", raw) if form != "html" else raw)
            self.lost |= lost
        if holder.first("file"):
            self.lost.add("a file")
        return "\n\n".join(paragraphs(raw))

    def said(self, holder: Node | None) -> str:
        return tidy(self.shown(holder))


def read_moodle(raw: bytes) -> Reading:
    """Every question of the file; Unreadable names the first line that cannot be a question."""
    top = read_xml(raw)
    if top.tag != "quiz":
        raise Unreadable(top.line, f"the file begins with <{top.tag}>, not with <quiz>.", "Export it as Moodle XML.")
    questions: list[Question] = []
    notes: list[Note] = []
    for node in top.all("question"):
        kind = node.attributes.get("type", "")
        if kind == "category":
            what = f'The category "{tidy(node.said("category", "text"))}" has no place in a quiz file.'
            notes.append(Note("", "lost", what, "Give each item its objectives.", node.line))
            continue
        asked = _Asked(node, tidy(node.said("name", "text")))
        question = _question(asked, kind, notes)
        if question:
            questions.append(question)
        notes += _lost(asked) if question else []
    return Reading(tuple(questions), tuple(notes))


def _lost(asked: _Asked) -> list[Note]:
    node = asked.node
    lost = asked.lost | {label for tag, label in _UNSEEN.items() if asked.shown(node.first(tag))}
    lost |= {"hints"} if node.all("hint") else set()
    lost |= {"tags"} if node.first("tags") else set()
    if not lost:
        return []
    what = f"{', '.join(sorted(lost)).capitalize()} could not be kept."
    return [Note(asked.name, "lost", what, "Put into the rationales what the learner should read.", node.line)]


def _question(asked: _Asked, kind: str, notes: list[Note]) -> Question | None:
    node = asked.node
    readers = {
        "multichoice": _choice,
        "truefalse": _truth,
        "numerical": _numeric,
        "matching": _matching,
        "essay": _essay,
        "ordering": _ordering,
    }
    if kind not in readers:
        what, cure = _WHY_NOT.get(kind, (f'The type "{kind}" fits no item type.', "Ask it in another way."))
        notes.append(Note(asked.name or kind, "left out", what, cure, node.line))
        return None
    text = asked.shown(node.first("questiontext"))
    if not text:
        raise Unreadable(node.line, "the question has no text.", "Write it in <questiontext>.")
    asked.name = asked.name or " ".join(text.split()[:6])
    return readers[kind](asked, text)


def _made(asked: _Asked, kind: Kind, text: str, answers: tuple[Answer, ...]) -> Question:
    node = asked.node
    fixed = node.said("shuffleanswers").strip() in ("0", "false")
    feedback = asked.said(node.first("generalfeedback"))
    return Question(asked.name, kind, text, answers, feedback=feedback, fixed=fixed, line=node.line)


def _choice(asked: _Asked, text: str) -> Question:
    answers = tuple(_answer(asked, node) for node in asked.node.all("answer"))
    if not any(answer.share > 0 for answer in answers):
        raise Unreadable(asked.node.line, "no option is right.", 'Give the right one fraction="100".')
    written = asked.node.said("single").strip().casefold()
    one = written not in ("false", "0") if written else any(answer.share == 100 for answer in answers)
    return _made(asked, "single" if one else "multiple", text, answers)


def _answer(asked: _Asked, node: Node) -> Answer:
    shown = asked.said(node if node.attributes.get("format") else _plain(node))
    if not shown:
        raise Unreadable(node.line, "an answer has no text.", "Write it in <text>.")
    return Answer(shown, _share(node), asked.said(node.first("feedback")))


def _plain(node: Node) -> Node:
    """An answer that names no format is HTML in a multichoice question; its tags and entities are read."""
    return Node(node.tag, {"format": "html"}, node.line, node.children)


def _share(node: Node) -> float:
    written = node.attributes.get("fraction", "0")
    try:
        return float(written)
    except ValueError:
        raise Unreadable(node.line, f'"{written}" is no fraction.', 'Write fraction="100".') from None


def _truth(asked: _Asked, text: str) -> Question:
    found = [_answer(asked, node) for node in asked.node.all("answer")]
    if not any(answer.share > 0 for answer in found) or len(found) != 2:
        raise Unreadable(asked.node.line, "a true-false question needs true and false, one right.", "Give both.")
    ordered = sorted(found, key=lambda answer: answer.text.casefold() != "true")
    answers = tuple(Answer(a.text.capitalize(), a.share, a.feedback) for a in ordered)
    made = _made(asked, "single", text, answers)
    return Question(made.name, "single", text, answers, feedback=made.feedback, fixed=True, line=made.line)


def _numeric(asked: _Asked, text: str) -> Question:
    answers = []
    for node in asked.node.all("answer"):
        written, around = tidy(node.said("text")), tidy(node.said("tolerance")) or "0"
        if written == "*":
            asked.lost.add("feedback to any other number")
            continue
        try:
            number, tolerance = number_of(written), number_of(around)
            if tolerance < 0:
                raise ValueError
        except ValueError:
            raise Unreadable(node.line, f'"{written}" ± "{around}" is no number.', "Write it as 3.5.") from None
        feedback = asked.said(node.first("feedback"))
        answers.append(Answer(number_text(number), _share(node), feedback, number_text(tolerance)))
    if not answers:
        raise Unreadable(asked.node.line, "the number is missing.", "Add an <answer>.")
    made = _made(asked, "numeric", text, tuple(answers))
    units = asked.node.first("units")
    unit = tidy(units.said("unit", "unit_name")) if units else ""
    return Question(made.name, "numeric", text, made.answers, (), made.feedback, unit, line=made.line)


def _matching(asked: _Asked, text: str) -> Question:
    pairs = []
    for node in asked.node.all("subquestion"):
        right = tidy(node.said("answer", "text"))
        if not right:
            raise Unreadable(node.line, "a part of the match has no answer.", "Write it in <answer>.")
        pairs.append(Pair(asked.said(node), right))
    if not any(pair.left for pair in pairs):
        raise Unreadable(asked.node.line, "the question matches nothing.", "Add <subquestion> elements.")
    made = _made(asked, "matching", text, ())
    return Question(made.name, "matching", text, (), tuple(pairs), made.feedback, line=made.line)


def _essay(asked: _Asked, text: str) -> Question:
    made = _made(asked, "essay", text, ())
    required = asked.node.said("responserequired").strip() != "0"
    return Question(made.name, "essay", text, feedback=made.feedback, required=required, line=made.line)


def _ordering(asked: _Asked, text: str) -> Question:
    """qtype_ordering: the answers stand in the right order."""
    steps = tuple(Answer(_answer(asked, node).text, 100) for node in asked.node.all("answer"))
    if len(steps) < 2:
        raise Unreadable(asked.node.line, "there is nothing to put in order.", "Add <answer> elements.")
    return _made(asked, "ordering", text, steps)
