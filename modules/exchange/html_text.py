"""HTML of a question -> plain paragraphs, and what could not be kept."""

import re
from html.parser import HTMLParser

TAG = re.compile(
    r"</?(?:p|br|b|i|em|strong|span|div|ul|ol|li|sub|sup|img|pre|code|a|h[1-6]|table|tr|td|u)\b[^<>]*>", re.I
)
_PARTS = {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "table", "ul", "ol", "blockquote"}
_LINES = {"br", "li", "tr"}
_SILENT = {"script", "style", "template"}
_LOST = {"img": "a picture", "audio": "a sound", "video": "a film", "table": "a table's shape", "iframe": "a frame"}


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self.lost: set[str] = set()
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self.silent += 1
        if tag in _LOST:
            self.lost.add(_LOST[tag])
        if tag == "img":
            self.said.append(f" {dict(attrs).get('alt') or ''} ")
        self._part(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(self.silent - 1, 0)
        self._part(tag)
        if tag in {"td", "th"}:
            self.said.append(" ")

    def _part(self, tag: str) -> None:
        if tag in _PARTS:
            self.said.append("\n\n")
        elif tag in _LINES:
            self.said.append(" ")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.said.append(re.sub(r"\s+", " ", data))


def words(html: str) -> tuple[str, set[str]]:
    """Paragraphs parted by an empty line; and what was lost: pictures, sounds, films, tables."""
    reader = _Words()
    reader.feed(html)
    reader.close()
    return re.sub(r"\n{3,}", "\n\n", re.sub(r" *\n *", "\n", "".join(reader.said))).strip(), reader.lost
