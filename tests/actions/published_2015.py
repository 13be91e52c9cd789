"""The shipped site as it would have stood in 2015, before CLEOPATRA's end-of-study report."""

import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NEWER = r"cleopatra\.(?:os-eos-[a-z]+|pfs-8y)"
"""The readouts of 2019 and 2020."""


def published_2015(place: Path) -> Path:
    """A copy of content/ and quizzes/ below `place`, without the later cut and every word that rests on it."""
    for name in ("content", "quizzes"):
        shutil.copytree(ROOT / name, place / name)
    trial = place / "content/trials/cleopatra.yaml"
    trial.write_text(_without_readouts(trial.read_text()))
    for file in (
        *(place / "content/her2-maintenance").glob("*.md"),
        *(place / "quizzes/her2-maintenance").glob("*.yaml"),
    ):
        file.write_text(_without_words(file.read_text()))
    return place


def _without_readouts(text: str) -> str:
    """Entries of the list of readouts, each up to the next entry."""
    ids = "|".join(("os-eos-landmark", "os-eos-gain", "pfs-8y"))
    return re.sub(rf"(?ms)^  - id: (?:{ids})\n.*?(?=^  - id: |^\S)", "", text)


def _without_words(text: str) -> str:
    """Charts of the later cut go; a sentence that quotes it keeps its words without the figure."""
    text = re.sub(rf"(?ms)^:::\{{[a-z-]+\}}\n(?:(?!^:::).)*?{NEWER}.*?^:::\n\n?", "", text)
    text = re.sub(rf"\{{(?:value|estimate)\}}`{NEWER}[^`]*`", "more", text)
    text = re.sub(rf"(?m)^      [a-z0-9-]+: (?:>-\n(?:        .*\n)*?        .*)?.*{NEWER}.*\n", "", text)
    text = re.sub(rf", {NEWER}(?=[\],])", "", text)
    return text.replace("eight years", "the end")
