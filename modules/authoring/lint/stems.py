"""Stems: one question that can be answered with the options covered, and that leaks nothing."""

import re

from modules.authoring.sheet import Sheet
from modules.authoring.source import Location
from modules.authoring.wording import Said, telling, unquoted

LONGEST_STEM = 120
SHORTEST_LEAD_IN = 4
SHORTEST_VIGNETTE = 12
_NEGATIVE = re.compile(
    r"\b(?:EXCEPT|NOT|LEAST)\b|\bexcept\b[^.]*\?|\bwhich (?:\w+ ){0,4}(?:is|are|was|were|does|do) not\b"
)
_LEAD_IN = re.compile(r"\?|[:…]\s*$|\.\.\.\s*$")
_UNFOCUSED = re.compile(
    r"\bwhich (?:one )?"
    r"(?:of (?:the|these) following(?: [\w-]+){0,8}? |(?:of (?:the|these) )?statements?(?: [\w-]+){0,8}? "
    r"|of (?:these|them) )?"
    r"(?:is|are) (?:not )?(?:true|false|correct|incorrect|right|wrong)\b",
    re.IGNORECASE,
)
_ANOTHER = re.compile(
    r"\b(?:previous|preceding|foregoing) (?:question|item|answer|case|vignette)s?\b"
    r"|\b(?:question|item|answer|case|vignette)s? above\b|\byour (?:previous|earlier|last) answer\b"
    r"|\b(?:in|to|from) (?:question|item) \d+\b(?! of)",
    re.IGNORECASE,
)
_TWO_ASKED = re.compile(r"^(?:which|what|why|how|when|who|where)\b.*\band (?:which|what|why|how)\b", re.IGNORECASE)
_ARTICLE = re.compile(r"\b(an?)\s*(?:[:…_]+|\.\.\.)\s*$", re.IGNORECASE)
_VERB = re.compile(r"\b(is|was|are|were)\s*(?:[:…_]+|\.\.\.)\s*$")
_ONE = re.compile(r"^(?:an?|one|this|each) ", re.IGNORECASE)
_SEVERAL = re.compile(r"^(?:two|three|four|five|several|many|both|these) ", re.IGNORECASE)


def check_stem(heard: Said, sheet: Sheet, at: Location) -> None:
    place = (*at, "stem")
    if not _LEAD_IN.search(heard.stem):
        sheet.add("I201", place, "the stem asks no question", "End it with a question.")
    if negative := _NEGATIVE.search(heard.stem):
        sheet.add("I203", place, f'the stem is negative: "{negative[0]}"', "Ask for what is true.")
    words = len(f"{heard.vignette} {heard.stem}".split())
    if words > LONGEST_STEM:
        sheet.add("I206", at, f"stem and vignette have {words} words", f"Keep them under {LONGEST_STEM}.")
    _alone(heard, sheet, at)
    _focus(heard, sheet, place)
    _grammar(heard, sheet, at)
    _dressing(heard, sheet, at)


def _alone(heard: Said, sheet: Sheet, at: Location) -> None:
    for key, text in (("vignette", heard.vignette), ("stem", heard.stem)):
        if another := _ANOTHER.search(unquoted(text)):
            message = f'the {key} leans on another item: "{another[0]}"'
            sheet.add("I221", (*at, key), message, "Say here all that is needed.")


def _focus(heard: Said, sheet: Sheet, place: Location) -> None:
    asked = heard.lead_in
    if heard.options and (_UNFOCUSED.search(asked) or len(asked.split()) < SHORTEST_LEAD_IN):
        fix = "Ask what an expert could answer before reading the options."
        sheet.add("I220", place, f'"{asked}" cannot be answered with the options covered', fix)
    if unquoted(heard.stem).count("?") > 1 or _TWO_ASKED.search(asked):
        sheet.add("I222", place, "the stem asks more than one thing", "Ask one question; make two items of two.")


def _grammar(heard: Said, sheet: Sheet, at: Location) -> None:
    """Only what is sure: a stem that breaks off after a, an, is or are. Tense is left to the reader."""
    if heard.key is None:
        return
    misfits = [not _fits(heard.stem, option) for option in heard.options]
    if any(misfits) and not misfits[heard.key]:
        odd = misfits.index(True)
        message = f'"{heard.options[odd]}" does not go on from "{heard.stem[-20:].lstrip()}"'
        sheet.add("I210", (*at, "options", odd, "text"), message, "Let every option complete the sentence.")


def _fits(stem: str, option: str) -> bool:
    first = option.partition(" ")[0]
    if article := _ARTICLE.search(stem):
        # Figures, capitals as names of letters, and u and h, which may sound either way, are left alone.
        if not first[:1].isalpha() or first[1:2].isupper() or first[0].casefold() in "uh":
            return True
        return (first[0].casefold() in "aeio") == (article[1].casefold() == "an")
    if verb := _VERB.search(stem):
        return not (_SEVERAL if verb[1] in ("is", "was") else _ONE).match(option)
    return True


def _dressing(heard: Said, sheet: Sheet, at: Location) -> None:
    """Long enough to be a case, with figures, and nothing of it in a reason."""
    case = heard.vignette
    if len(case.split()) < SHORTEST_VIGNETTE or not re.search(r"\d", case):
        return
    reasons = telling(" ".join(heard.rationales))
    if not telling(case) & reasons:
        fix = "Leave the vignette out, or say in a rationale what in it decides."
        sheet.add("I214", (*at, "vignette"), "no rationale uses anything of the vignette", fix)
