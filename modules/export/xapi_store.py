"""One batch of statements to one learning record store, over HTTP; what came of it is a value."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import httpx

from modules.export.xapi import Statement
from modules.export.xapi_names import VERSION
from modules.export.xapi_same import same_statement
from modules.settings import Store

SECONDS = 10.0
"""How long a store may take to connect, and between two pieces of its answer."""
Standing = Literal["taken", "away", "refused", "too-large"]


@dataclass(frozen=True, slots=True)
class Answer:
    """`away`: try again later; `refused`: somebody must look, `why` says at what.

    `differing`: ids under which the store holds something else than we would say now.
    """

    standing: Standing
    why: str = ""
    differing: tuple[str, ...] = ()


def client(store: Store, *, seconds: float = SECONDS) -> httpx.Client:
    """To be closed by the caller. Redirects are not followed: they would carry the key elsewhere."""
    return httpx.Client(
        base_url=store.url,
        auth=httpx.BasicAuth(store.key, store.secret),
        headers={"X-Experience-API-Version": VERSION},
        timeout=seconds,
    )


def post(http: httpx.Client, statements: Sequence[Statement]) -> Answer:
    """All or, where the store has some already, one by one. xAPI 1.0.3, Communication, 2.1.2."""
    answer = _sent(http, "POST", json.dumps(list(statements), ensure_ascii=False, allow_nan=False))
    return answer if answer is not None else _one_by_one(http, statements)


def _one_by_one(http: httpx.Client, statements: Sequence[Statement]) -> Answer:
    """A 409 does not say which of a batch the store has: each is put under its id."""
    differing = []
    for statement in statements:
        text = json.dumps(statement, ensure_ascii=False, allow_nan=False)
        answer = _sent(http, "PUT", text, {"statementId": statement["id"]})
        if answer is None:
            found = _held(http, statement)
            if isinstance(found, Answer):
                return found
            differing += [] if found else [statement["id"]]
        elif answer.standing != "taken":
            return answer
    return Answer("taken", differing=tuple(differing))


def _held(http: httpx.Client, statement: Statement) -> bool | Answer:
    """Whether the store holds the same under this id; an answer when it cannot say."""
    try:
        found = http.get("/statements", params={"statementId": statement["id"]})
        if found.status_code != 200:
            return _standing(found) or Answer("away", _said(found))
        told = found.json()
    except (httpx.HTTPError, ValueError) as error:
        return Answer("away", _why(error))
    # Some stores answer a look-up by id with a list of one.
    listed = told.get("statements") if isinstance(told, dict) else None
    return same_statement(statement, listed[0] if listed else told)


def _sent(http: httpx.Client, method: str, text: str, query: dict[str, str] | None = None) -> Answer | None:
    """None for a conflict: the store has one of these ids."""
    try:
        found = http.request(
            method,
            "/statements",
            content=text.encode(),
            params=query,
            headers={"Content-Type": "application/json"},
        )
    except httpx.HTTPError as error:
        return Answer("away", _why(error))
    return _standing(found)


def _standing(found: httpx.Response) -> Answer | None:
    code = found.status_code
    if code in (200, 204):
        return Answer("taken")
    if code == 409:
        return None
    if code == 413:
        return Answer("too-large", _said(found))
    # 408, 425 and 429 ask for another try; what else is below 500 will not change by itself.
    return Answer("away" if code >= 500 or code in (408, 425, 429) else "refused", _said(found))


def _said(found: httpx.Response) -> str:
    """Not what the store wrote after it: it may repeat the statement."""
    return f"{found.status_code} {found.reason_phrase}".strip()


def _why(error: Exception) -> str:
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
