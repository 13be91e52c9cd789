"""Questions -> GIFT text that Moodle and `gift_reader` read alike."""

import re

from modules.exchange.question import Answer, Question

_RESERVED = re.compile(r"([\\~=#{}:])")


def write_gift(questions: tuple[Question, ...]) -> str:
    return "\n\n".join(map(_block, questions)) + "\n"


def escaped(text: str) -> str:
    return _RESERVED.sub(r"\\\1", text).replace("\n", "\\n")


def _block(question: Question) -> str:
    text = f"{question.text} (in {question.unit})" if question.unit else question.text
    said = [
        text,
        question.feedback,
        *(a.text + a.feedback for a in question.answers),
        *(p.left + p.right for p in question.pairs),
    ]
    # Without the mark Moodle would take what looks like HTML for HTML.
    form = "[plain]" if any(set("<&") & set(one) for one in said) or text.startswith("[") else ""
    general = f"\n####{escaped(question.feedback)}" if question.feedback else ""
    return f"::{escaped(question.name)}::{form}{escaped(text)} {{{_answers(question)}{general}}}"


def _answers(question: Question) -> str:
    match question.kind:
        case "essay":
            return ""
        case "numeric":
            number = question.answers[0]
            return f"#{number.text}:{number.tolerance}"
        case "matching":
            pairs = ((escaped(p.left), escaped(p.right)) for p in question.pairs)
            return "".join(f"\n={left} -> {right}" for left, right in pairs) + "\n"
        case _:
            return "".join(_option(answer, question.kind == "multiple") for answer in question.answers) + "\n"


def _option(answer: Answer, several: bool) -> str:
    sign = "=" if answer.share == 100 and not several else "~"
    # A text that begins with % would be taken for a weight; the weight before it keeps it a text.
    share = f"%{percent(answer.share)}%" if several or answer.text.startswith("%") else ""
    said = f" # {escaped(answer.feedback)}" if answer.feedback else ""
    return f"\n{sign}{share}{escaped(answer.text)}{said}"


def percent(share: float) -> str:
    """Five decimals, as Moodle lists its marks: 33.33333."""
    return f"{share:.5f}".rstrip("0").rstrip(".")
