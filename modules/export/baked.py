"""A picture with the credential inside it (Open Badges 3.0, section 5.3.2: baking into SVG)."""

import re
from html import escape

from modules.core.credit import Certificate, day_text

NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"
_FONTS = "'Source Sans 3', 'Segoe UI', Helvetica, Arial, sans-serif"
_LINE, _MOST_LINES = 24, 4


def baked_svg(logo: str, certificate: Certificate, credential: str) -> str:
    """`logo`: an SVG with a viewBox; `credential`: JSON."""
    lines = _lines(certificate.title)
    # In JSON's own escapes it is the same text; nothing in it can end the CDATA or be taken for markup.
    inside = credential.replace("<", "\\u003c").replace(">", "\\u003e")
    title = "".join(
        f'<text x="256" y="{322 + 34 * n}" text-anchor="middle" font-size="27" font-weight="600">{escape(line)}</text>'
        for n, line in enumerate(lines)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="{NAMESPACE}" viewBox="0 0 512 512" role="img" '
        f'aria-label="{escape(certificate.title)}, completed {day_text(certificate.completed)}">'
        f"<openbadges:credential><![CDATA[{inside}]]></openbadges:credential>"
        '<rect x="6" y="6" width="500" height="500" rx="56" fill="#fff" stroke="#0b5a8f" stroke-width="12"/>'
        f"{_placed(logo)}"
        f'<g font-family="{_FONTS}" fill="#0b1620">{title}'
        f'<text x="256" y="474" text-anchor="middle" font-size="21" fill="#475866">'
        f"Completed {day_text(certificate.completed)}</text></g></svg>\n"
    )


def _placed(logo: str) -> str:
    return re.sub(r"<svg\b", '<svg x="166" y="66" width="180" height="180"', logo, count=1)


def _lines(title: str) -> list[str]:
    lines: list[str] = [""]
    for word in title.split():
        if lines[-1] and len(lines[-1]) + len(word) >= _LINE:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    kept = lines[:_MOST_LINES]
    return kept if len(lines) <= _MOST_LINES else [*kept[:-1], kept[-1] + " …"]
