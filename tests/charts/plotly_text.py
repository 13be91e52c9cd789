"""Reading values and words back out of a Plotly figure."""

import html
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

_NUMBER = re.compile(r"(?<![A-Za-z\d.,])\d[\d,]*(?:\.\d+)?")


def numbers(said: Iterable[str]) -> list[Decimal]:
    """Every number of some texts, in order; `1,433` is one number."""
    return [Decimal(found.replace(",", "").rstrip(",")) for each in said for found in _NUMBER.findall(each)]


def words(figure: dict[str, Any]) -> list[str]:
    """What a reader sees without pointing: annotations, and text at the marks."""
    said = [note["text"] for note in figure["layout"].get("annotations", [])]
    for trace in figure["data"]:
        text = trace.get("text", [])
        said += [text] if isinstance(text, str) else list(text)
    return [plain(each) for each in said]


def plain(marked_up: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", " ", marked_up))


def marks(figure: dict[str, Any]) -> Iterator[tuple[float, float | None, float | None]]:
    """(value, low, high) of every mark with the value on the x axis; None where it has no interval."""
    for trace in figure["data"]:
        if trace["type"] == "bar" and "text" not in trace:
            continue
        error = trace.get("error_x", {})
        for at, value in enumerate(trace["x"]):
            if error.get("visible") and (error["array"][at] or error["arrayminus"][at]):
                yield value, value - error["arrayminus"][at], value + error["array"][at]
            else:
                yield value, None, None
