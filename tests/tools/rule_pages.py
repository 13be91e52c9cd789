"""Keeps docs/rules in step: heads and index from CODES, first drafts from the broken files.

Run `python -m tests.tools.rule_pages` after a code was added, then write the sentences of its page.
"""

import difflib
import re
from pathlib import Path
from textwrap import dedent

from modules.authoring.codes import CODES, FAMILIES
from tests.authoring.test_bad_files import BAD, HERE, expectation

RULES = Path(__file__).resolve().parents[2] / "docs" / "rules"
UNWRITTEN = "Say here what the rule means, why it matters"
_BLOCK = re.compile(r"^## (Wrong|Right)\n\n```(\w+)\n(.*?)\n```$", re.M | re.S)
_LANGUAGES = {".md": "markdown", ".yaml": "yaml", ".csv": "text"}


def head(code: str) -> str:
    """The title and the line below it, which have their home in CODES."""
    meaning = CODES[code]
    waiver = "May be waived, with a reason and a name." if meaning.waivable else "Cannot be waived."
    return f"# {code} · {meaning.sentence}\n\n{meaning.severity.capitalize()}. {waiver}\n"


def example(page: str) -> dict[str, tuple[str, str]]:
    """Wrong and Right: (language, text) of the first block under each."""
    return {title: (language, text) for title, language, text in _BLOCK.findall(page)}


def broken_files(code: str) -> list[Path]:
    """Those made for a code, then those in which it follows from another."""
    made = {file: expectation(file) for file in BAD}
    own = [file for file, found in made.items() if found[0] == code]
    return own + [file for file, found in made.items() if code in found[3] and file not in own]


def draft(code: str) -> str:
    """A page with the lines in which a broken file differs from the good one; a person writes its sentences."""
    file = next(iter(broken_files(code)), None)
    wrong, right = ("", "") if file is None else _changed(file)
    language = _LANGUAGES[file.suffix] if file and wrong else "text"
    shown = "\n".join(
        f"## {title}\n\n```{language}\n{text}\n```\n" for title, text in (("Wrong", wrong), ("Right", right))
    )
    return f"{head(code)}\n{UNWRITTEN}, and below how to mend it.\n\n{shown}"


def _changed(file: Path) -> tuple[str, str]:
    replaced = HERE / "good" / expectation(file)[2]
    if not replaced.exists():
        return "", ""
    good = replaced.read_text(encoding="utf-8").splitlines()
    bad = [x for x in file.read_text(encoding="utf-8", errors="replace").splitlines() if "expect: " not in x]
    edits = [e for e in difflib.SequenceMatcher(a=good, b=bad, autojunk=False).get_opcodes() if e[0] != "equal"]
    if not edits:
        return "", ""
    first, last = edits[0], edits[-1]
    # Where lines were only added or only removed, the line before shows the place.
    before = min(int(first[1] == last[2] or first[3] == last[4]), first[1], first[3])
    return (
        dedent("\n".join(bad[first[3] - before : last[4]])),
        dedent("\n".join(good[first[1] - before : last[2]])),
    )


def index() -> str:
    """README.md: every rule by family."""
    lines = [
        "# Rules\n",
        "Each code that `python -m modules.cli check` can report. The examples are from an invented trial.\n",
    ]
    families: dict[str, str] = {}
    for family in FAMILIES:
        letter, _, title = (family.__doc__ or "").partition(": ")
        if family.CODES:
            families.setdefault(letter, title.strip())
    for letter, title in families.items():
        lines += [f"## {letter}: {title.rstrip('.')}\n", "| | | waiver |", "|---|---|---|"]
        for code in sorted(c for c in CODES if c[0] == letter):
            meaning = CODES[code]
            told = "" if meaning.severity == "error" else " (warning)"
            lines.append(f"| [{code}]({code}.md) | {meaning.sentence}{told} | {'yes' if meaning.waivable else 'no'} |")
        lines.append("")
    return "\n".join(lines)


def main() -> None:
    RULES.mkdir(exist_ok=True)
    for code in CODES:
        page = RULES / f"{code}.md"
        text = page.read_text(encoding="utf-8") if page.exists() else draft(code)
        body = text.split("\n", 3)[3]
        page.write_text(f"{head(code)}{body}", encoding="utf-8")
    (RULES / "README.md").write_text(index(), encoding="utf-8")


if __name__ == "__main__":
    main()
