"""A site with account pages and the cookies in front of them, and a browser that fills in its forms."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from argon2 import PasswordHasher
from httpx import Response
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from modules.actions.account_letters import Sender
from modules.actions.passwords import Passwords
from modules.records.records import Records
from modules.routes.guest import GuestCookie
from modules.routes.table import routes
from tests.routes.site import SECRET, context

BASE = "https://learn.example.org"
GOOD, OTHER = "walnut harbour teapot lantern", "seven quiet otters 1987 drum"
ANN = "Ann@Example.org"


class Counting(PasswordHasher):
    """Argon2 with small parameters, and how often it was asked to compare."""

    def __init__(self, time_cost: int = 1) -> None:
        super().__init__(time_cost=time_cost, memory_cost=8, parallelism=1)
        self.verifications = self.hashes = 0

    def verify(self, hash: str | bytes, password: str | bytes) -> bool:  # type: ignore[override]
        self.verifications += 1
        return bool(super().verify(hash, password))

    def hash(self, password: str | bytes, *, salt: bytes | None = None) -> str:
        self.hashes += 1
        return super().hash(password, salt=salt)


@dataclass
class Site:
    records: Records
    letters: bool = True
    hasher: Counting = field(default_factory=Counting)

    def __post_init__(self) -> None:
        given = context(self.records)
        sender = Sender("Landmark", BASE) if self.letters else None
        given = replace(given, base_url=BASE, sender=sender, passwords=Passwords(self.hasher))
        front = Route("/", lambda _: HTMLResponse("<p>Front door</p>"))
        middleware = [Middleware(GuestCookie, secret=SECRET, records=self.records)]
        self.app = Starlette(routes=[front, *routes(given)], middleware=middleware)

    def browser(self, client: str = "203.0.113.7", agent: str = "Firefox/130 (Windows)") -> Browser:
        return Browser(TestClient(self.app, BASE, follow_redirects=False, client=(client, 50000)), agent)

    def letter(self, subject: str) -> str:
        """The body of the one letter with this subject that waits, taken out."""
        found = None
        now = datetime.now(UTC)
        while (waiting := self.records.accounts.mails.take(now, hold=timedelta(hours=1))) is not None:
            if waiting.letter.subject.startswith(subject):
                found = waiting
        assert found is not None, f"no letter with the subject {subject}"
        self.records.accounts.mails.sent(found.seq)
        return found.letter.body

    def link(self, subject: str) -> str:
        found = re.search(rf"{BASE}(/account/(?:confirm|reset|email)/\S+)", self.letter(subject))
        assert found
        return found[1]

    def owner_exists(self) -> Browser:
        """The first account, so that the next ones are ordinary."""
        first = self.browser()
        first.send("/account/register", email="owner@example.org", password=OTHER)
        return first

    def member(self, email: str = ANN, password: str = GOOD) -> Browser:
        """A browser that is signed in to a confirmed account."""
        one = self.browser()
        one.send("/account/register", email=email, password=password)
        one.send(self.link("Confirm your address"), password=password)
        assert one.signed_in
        return one


@dataclass
class Browser:
    """Keeps cookies, and sends forms as the page that holds them would."""

    client: TestClient
    agent: str

    def __post_init__(self) -> None:
        self.client.headers["User-Agent"] = self.agent

    def get(self, path: str) -> Response:
        return self.client.get(path, headers={"Accept": "text/html"})

    def send(
        self, path: str, *, page: str | None = None, headers: dict[str, str] | None = None, **form: str
    ) -> Response:
        """Opens the page, takes the token of its form for `path`, and sends the form. Names with `_` for `-`."""
        shown = self.get(page or path).text
        within = rf'action="{re.escape(path)}"[^>]*>(?:(?!</form>).)*?name="csrf" value="(\w+)"'
        found = re.search(within, shown, re.DOTALL)
        assert found, f"{page or path} has no form for {path}: {shown[-1500:]}"
        fields = {name.replace("_", "-"): value for name, value in form.items()}
        return self.post(path, {"csrf": found[1], **fields}, headers)

    def post(self, path: str, form: dict[str, str], headers: dict[str, str] | None = None) -> Response:
        own = {"Sec-Fetch-Site": "same-origin", "Origin": BASE, "Accept": "text/html"}
        return self.client.post(path, data=form, headers=own | (headers or {}))

    @property
    def signed_in(self) -> bool:
        return self.get("/account").status_code == 200

    def cookie(self, name: str) -> str:
        return next((c.value or "" for c in self.client.cookies.jar if c.name == name), "")
