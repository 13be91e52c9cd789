"""Phones without a screen: they join by the page, keep its cookie, and send the form that a browser would."""

from __future__ import annotations

import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

THREADS = 24


@dataclass(frozen=True, slots=True)
class Phone:
    """One device in one session; `cookie` is what the page gave it."""

    url: str
    code: str
    cookie: str

    def vote(self, poll: str, answer: str) -> int:
        """The status of the reply."""
        body = urllib.parse.urlencode({"poll": poll, "answer": answer}).encode()
        headers = {"Cookie": self.cookie, "Accept": "application/json"}
        request = urllib.request.Request(f"{self.url}/join/{self.code}", body, headers)
        try:
            with urllib.request.urlopen(request, timeout=30) as reply:
                return int(reply.status)
        except urllib.error.HTTPError as refused:
            return refused.code


def joined(url: str, code: str) -> Phone:
    with urllib.request.urlopen(f"{url}/join/{code}", timeout=30) as page:
        return Phone(url, code, page.headers["Set-Cookie"].partition(";")[0])


def crowd(url: str, code: str, n: int) -> list[Phone]:
    with ThreadPoolExecutor(THREADS) as threads:
        return list(threads.map(lambda _: joined(url, code), range(n)))


def votes(phones: Sequence[Phone], poll: str, answers: Sequence[str]) -> list[int]:
    """In the order given, many side by side."""
    with ThreadPoolExecutor(THREADS) as threads:
        return list(threads.map(lambda phone, answer: phone.vote(poll, answer), phones, answers))
