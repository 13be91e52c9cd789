"""A learner at the cards without a browser: reads a form as the script does, fills it, and sends it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, Protocol

from modules.core.grading import Chosen, Given, Response, Written
from modules.core.responses import Committed, Matched, Ordered, Reviewed


@dataclass
class Form:
    """The first form of a card: what it would send untouched, its buttons, and what can be read of the card."""

    version: str = ""
    hidden: dict[str, list[str]] = field(default_factory=dict)
    given: dict[str, list[str]] = field(default_factory=dict)
    offered: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[str] = field(default_factory=list)
    text: str = ""

    @property
    def place(self) -> tuple[str, str]:
        """The quiz and the item."""
        quiz, _, item = self.hidden["place"][0].partition("#")
        return quiz, item

    def fields(self, **changed: list[str]) -> dict[str, list[str]]:
        return self.hidden | self.given | changed


class _Reader(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.form = Form()
        self.feed(html)
        self.form.text = re.sub(r"\s+", " ", self.form.text).strip()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        got = {name: value or "" for name, value in attrs}
        form, name, value = self.form, got.get("name", ""), got.get("value", "")
        if tag == "form":
            form.version = form.version or got.get("data-version", "")
        elif tag == "button" and got.get("type") == "submit":
            form.buttons.append(value)
        elif tag == "input" and got.get("type") == "hidden" and name:
            form.hidden.setdefault(name, []).append(value)
        elif tag in ("input", "textarea") and name:
            form.offered.setdefault(name, []).append(value)
            if "checked" in got or (got.get("type") not in ("radio", "checkbox") and value):
                form.given.setdefault(name, []).append(value)

    def handle_data(self, data: str) -> None:
        self.form.text += data


def read(html: str) -> Form:
    return _Reader(html).form


def fields_of(response: Response | None, *, prefix: str = "") -> dict[str, list[str]]:
    """The inputs that hold this response."""
    match response:
        case None:
            return {}
        case Chosen(options=options):
            found = {"answer": list(options)}
        case Given(value=value):
            found = {"answer": [f"{value:g}"]}
        case Written(text=text):
            found = {"answer": [text]}
        case Matched(pairs=pairs):
            found = {f"answer-{stem}": [option] for stem, option in pairs.items()}
        case Ordered(steps=steps):
            found = {"answer": list(steps)}
        case Committed(statements=statements):
            found = {"answer": list(statements)}
        case Reviewed(states=states):
            found = {f"answer-{n}": [state] for n, state in enumerate(states)}
    return {prefix + name: values for name, values in found.items()}


@dataclass
class Card:
    """The card on screen in one place, and what the last reply said."""

    module: str
    where: str
    cookie: str
    form: Form = field(default_factory=Form)
    html: str = ""
    status: int = 0
    error: str = ""
    done: str = ""

    @property
    def url(self) -> str:
        return f"/card/{self.module}/{self.where}"

    @property
    def headers(self) -> dict[str, str]:
        return {"Cookie": self.cookie, "X-Landmark": "1", "Sec-Fetch-Site": "same-origin"}

    def body(self, do: str, **fields: list[str]) -> dict[str, object]:
        """What the script sends for a button, or to keep a draft: what the form holds, with these changes."""
        return {"do": do, "fields": self.form.fields(**fields), "version": self.form.version, "seconds": 2.5}

    def show(self, status: int, reply: dict[str, str]) -> None:
        """A refusal leaves what is on screen."""
        self.status, self.error, self.done = status, reply.get("error", ""), reply.get("done", "")
        if "html" in reply:
            self.html, self.form = reply["html"], read(reply["html"])


class Asks(Protocol):
    """The test client of Starlette."""

    def get(self, url: str, **given: Any) -> Any: ...
    def post(self, url: str, **given: Any) -> Any: ...


@dataclass
class Cards(Card):
    """A card over a test client: one tab of one learner."""

    client: Asks = field(kw_only=True)

    def open(self) -> Form:
        answer = self.client.get(self.url, headers=self.headers)
        self.show(answer.status_code, answer.json())
        return self.form

    def send(self, do: str, **fields: list[str]) -> Form:
        answer = self.client.post(self.url, json=self.body(do, **fields), headers=self.headers)
        self.show(answer.status_code, answer.json())
        return self.form
