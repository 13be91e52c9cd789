"""An SVG as PNG, drawn by Typst, with the charts' own face."""

import re
from functools import lru_cache
from pathlib import Path

import typst

from modules.export.typeset import faces

FAMILY = "Landmark Charts"
"""The name inside assets/fonts/charts-*.ttf: Source Sans 3 in two weights (OFL, renamed as its licence asks)."""
PPI = 144
"""Two dots a point, and a px of the SVG is a point here: sharp on a slide."""
KEPT = 64
_PAGE = b"""#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: float(sys.inputs.width) * 1pt)"""
_FACE = re.compile(r'font-family="[^"]*"')
_WIDTH = re.compile(r'<svg[^>]*?\bwidth="([\d.]+)"')


@lru_cache(maxsize=KEPT)
def png(svg: str, fonts: Path) -> bytes:
    """The same picture gives the same bytes. Only fonts that we ship are used, so it looks alike everywhere."""
    width = _WIDTH.search(svg)
    if width is None:
        raise ValueError("the SVG does not say its width")
    inputs = {"svg": with_face(svg), "width": width[1]}
    return typst.compile(_PAGE, format="png", ppi=PPI, font_paths=faces(fonts), sys_inputs=inputs)


def with_face(svg: str) -> str:
    """The SVG in the face that Typst finds in our fonts."""
    return _FACE.sub(f'font-family="{FAMILY}"', svg)
