"""Words that no screen shows, whoever wrote them. A site adds its own in blocked_words.txt beside its modules."""

import re
from functools import lru_cache
from pathlib import Path

FILE = "blocked_words.txt"
_LOOKALIKE = str.maketrans("013457@$", "oieastas")


def blocked(text: str, words: frozenset[str]) -> bool:
    """Whether any of its words is one of these, also with digits in the place of letters, or letters set apart."""
    plain = text.casefold().translate(_LOOKALIKE)
    said = set(re.findall(r"[^\W\d_]+", plain))
    spelt = "".join(re.findall(r"[^\W\d_]", plain)) if re.fullmatch(r"(?:\w\W+)+\w", plain) else ""
    return bool((said | {spelt}) & words)


def blocked_words(*folders: Path) -> frozenset[str]:
    """Of the files in these folders, one a line; lines that begin with # are remarks. A file may be missing."""
    files = [folder / FILE for folder in folders]
    return frozenset[str]().union(*(_read(file, file.stat().st_mtime_ns) for file in files if file.is_file()))


@lru_cache(maxsize=8)
def _read(file: Path, _changed: int) -> frozenset[str]:
    lines = (line.strip().casefold() for line in file.read_text(encoding="utf-8").splitlines())
    return frozenset(line for line in lines if line and not line.startswith("#"))
