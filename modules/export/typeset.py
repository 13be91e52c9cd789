"""Documents set by Typst from data alone, as accessible PDF (PDF/UA-1): no text can break one or act as markup."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import typst

LOGO = Path(__file__).parents[2] / "assets" / "logo.svg"
_UNPRINTABLE = "\N{WHITE SQUARE}"
Words = Mapping[str, object]


def printable(words: Words) -> dict[str, object]:
    """Only characters that a font here can print, and a sentence that says where the rest can be read."""
    note = "Characters this document cannot print are shown as squares; the verification page shows them."
    return {**{name: _printed(value) for name, value in words.items()}, "missing": note}


def pdf(template: Path, inputs: Mapping[str, str], at: datetime, fonts: Path | None = None) -> bytes:
    """TypstError when no font here has a character. `at` stands in the file as the time it was made.

    `fonts` is a folder of ours, used with those that Typst brings; without it Typst looks through the machine's.
    """
    stamp = int(at.timestamp())
    used: list[Path] | typst.Fonts = [] if fonts is None else faces(fonts)
    return typst.compile(
        template, format="pdf", sys_inputs=dict(inputs), pdf_standards="ua-1", timestamp=stamp, font_paths=used
    )


@lru_cache(maxsize=4)
def faces(folder: Path) -> typst.Fonts:
    """Only fonts that we ship or that Typst brings, so that a document looks alike everywhere."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder])


def _printed(value: object) -> object:
    match value:
        case str():
            return "".join(char if char == "\n" or _prints(char) else _UNPRINTABLE for char in value)
        case list() | tuple():
            return [_printed(part) for part in value]
        case dict():
            return {name: _printed(part) for name, part in value.items()}
        case _:
            return value


@lru_cache(maxsize=4096)
def _prints(char: str) -> bool:
    """Asked of Typst itself, one character at a time; controls and joiners are never kept."""
    if char.isascii() and char.isprintable():
        return True
    if not char.isprintable():
        return False
    source = '#set document(title: "x")\n#set text(font: "Libertinus Serif", lang: "en")\n#sys.inputs.char'
    try:
        typst.compile(source.encode(), format="pdf", sys_inputs={"char": char}, pdf_standards="ua-1")
    except typst.TypstError:
        return False
    return True
