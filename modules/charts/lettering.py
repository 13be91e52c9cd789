"""How wide text is, and where it breaks."""

_NARROW, _WIDE = frozenset("iljtfrI.,:;'|!()[] /1"), frozenset("mwMW%@+—")


def measured(words: str, size: float, *, bold: bool = False) -> float:
    """An upper estimate: between Source Sans and the wider fonts of systems without it."""
    units = sum(0.3 if c in _NARROW else 0.84 if c in _WIDE else 0.66 if c.isupper() else 0.555 for c in words)
    return units * size * (1.1 if bold else 1)


def wrapped(words: str, size: float, width: float, *, bold: bool = False) -> list[str]:
    """Lines no wider than `width`, broken at spaces."""
    lines: list[str] = []
    for word in words.split():
        if lines and measured(f"{lines[-1]} {word}", size, bold=bold) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines or [""]


def balanced(words: str, size: float, width: float) -> list[str]:
    """As few lines as `wrapped`, of nearly equal length."""
    fewest = len(wrapped(words, size, width))
    while width > size * 3 and len(wrapped(words, size, width - size / 2)) == fewest:
        width -= size / 2
    return wrapped(words, size, width)


def fits_named(name: str, words: str, size: float, width: float) -> bool:
    """Whether a name and the words after it stay on one line."""
    return measured(name, size, bold=True) + measured(f"  {words}", size) <= width
