"""The face of chart lettering, carried inside each picture: an SVG in an <img> may load nothing."""

import base64
from functools import cache
from pathlib import Path

FILE = "charts.woff2"
"""Source Sans 3 cut to the characters of chart lettering (OFL): 16 kB, weights 400 to 700."""


def with_font(svg: str, fonts: Path) -> str:
    """The same picture, lettered alike on every device."""
    start = svg.index(">") + 1
    return f"{svg[:start]}{_style(fonts / FILE)}{svg[start:]}"


@cache
def _style(file: Path) -> str:
    data = base64.b64encode(file.read_bytes()).decode()
    face = f"font-family:'Source Sans 3';font-weight:400 700;src:url(data:font/woff2;base64,{data})"
    return f"<style>@font-face{{{face}}}</style>"
