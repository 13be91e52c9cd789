"""Questions -> Moodle XML that Moodle and `moodle_reader` read alike."""

from html import escape
from xml.sax.saxutils import escape as xml

from modules.exchange.gift_writer import percent
from modules.exchange.question import Question, paragraphs

_TYPES = {
    "single": "multichoice",
    "multiple": "multichoice",
    "numeric": "numerical",
    "matching": "matching",
    "ordering": "ordering",
    "essay": "essay",
}


def write_moodle(questions: tuple[Question, ...]) -> str:
    body = "\n".join("\n".join(_question(question)) for question in questions)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n{body}\n</quiz>\n'


def _text(tag: str, text: str, attributes: str = "") -> str:
    """An element with HTML: a paragraph each, or the bare words of a short one."""
    parts = [escape(part, quote=False) for part in paragraphs(text)]
    html = parts[0] if len(parts) == 1 else "".join(f"<p>{part}</p>" for part in parts)
    return f'<{tag} format="html"{attributes}><text>{xml(html)}</text></{tag}>'


def _question(question: Question) -> list[str]:
    # Moodle shows a unit only where it is marked too, so the words ask for it.
    text = f"{question.text} (in {question.unit})" if question.unit else question.text
    lines = [
        f'<question type="{_TYPES[question.kind]}">',
        f"<name><text>{xml(question.name)}</text></name>",
        _text("questiontext", text),
        _text("generalfeedback", question.feedback) if question.feedback else "",
        "<defaultgrade>1</defaultgrade>",
        *_answers(question),
        "</question>",
    ]
    return [line for line in lines if line]


def _answers(question: Question) -> list[str]:
    shuffle = f"<shuffleanswers>{str(not question.fixed).lower()}</shuffleanswers>"
    match question.kind:
        case "single" | "multiple":
            single = f"<single>{str(question.kind == 'single').lower()}</single>"
            return [single, shuffle, *(_option(a.text, percent(a.share), a.feedback) for a in question.answers)]
        case "numeric":
            number = question.answers[0]
            answer = (
                f'<answer fraction="100"><text>{number.text}</text><tolerance>{number.tolerance}</tolerance></answer>'
            )
            return [answer, "<unitgradingtype>0</unitgradingtype>", "<showunits>3</showunits>"]
        case "matching":
            return ["<shuffleanswers>true</shuffleanswers>", *(_pair(p.left, p.right) for p in question.pairs)]
        case "ordering":
            steps = (_option(step.text, str(n), "") for n, step in enumerate(question.answers, 1))
            return ["<layouttype>VERTICAL</layouttype>", "<selecttype>ALL</selecttype>", *steps]
        case "essay":
            required = f"<responserequired>{int(question.required)}</responserequired>"
            return ["<responseformat>plain</responseformat>", required]


def _option(text: str, share: str, feedback: str) -> str:
    said = _text("feedback", feedback) if feedback else ""
    html = xml(escape(text, quote=False))
    return f'<answer fraction="{share}" format="html"><text>{html}</text>{said}</answer>'


def _pair(left: str, right: str) -> str:
    html = xml(escape(left, quote=False))
    return f'<subquestion format="html"><text>{html}</text><answer><text>{xml(right)}</text></answer></subquestion>'
