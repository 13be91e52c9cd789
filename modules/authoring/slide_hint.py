"""The `slide` hint of a chart, a prediction or a takeaway: a title for its slide, or `skip`."""

from modules.authoring.problems import Findings, did_you_mean
from modules.core.module import SKIPPED

LONGEST = 80
_FIX = f'Write "{SKIPPED}" for no slide, or a title of two words or more.'


def asked_slide(hint: object, line: int, where: str, findings: Findings) -> str:
    """The hint as written; empty, with a problem, when it is neither a title nor `skip`."""
    said = hint.strip() if isinstance(hint, str) else ""
    if said == SKIPPED:
        return said
    if len(said.split()) < 2:
        fix = did_you_mean(said, (SKIPPED,)) or _FIX
        findings.add("S204", line, f'the slide hint "{said or hint}" says nothing to do', where=where, fix=fix)
        return ""
    if len(said) > LONGEST:
        message = f"a slide title of {len(said)} characters; {LONGEST} is the most"
        findings.add("S204", line, message, where=where, fix="Shorten it, or leave the hint out.")
        return ""
    return said
