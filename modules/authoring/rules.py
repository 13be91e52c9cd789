"""The page of a rule, as the terminal prints it."""

import re
from pathlib import Path

from modules.authoring.codes import CODES
from modules.authoring.problems import did_you_mean

PAGES = Path(__file__).resolve().parents[2] / "docs" / "rules"
_LINK = re.compile(r"\[([^\]]+)\]\([^)]+\)")


def explanation(code: str) -> str:
    """The page without its Markdown; the sentence alone where the pages are not installed."""
    page = PAGES / f"{code}.md"
    if not page.is_file():
        return f"{code} · {CODES[code].sentence}"
    lines: list[str] = []
    shown = False
    for line in page.read_text(encoding="utf-8").rstrip().split("\n"):
        if line.startswith("```"):
            shown = not shown
        else:
            lines.append(f"    {line}".rstrip() if shown else _LINK.sub(r"\1", line.lstrip("# ")))
    return "\n".join(lines)


def no_such_rule(code: str) -> str:
    near = did_you_mean(code[:1] + code[1:].replace("O", "0"), CODES, 0.7)
    return f'There is no rule "{code}". {near or "All are listed in docs/rules/README.md."}'
