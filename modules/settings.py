"""The environment, read once into a frozen value."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from modules.core.errors import SettingsError
from modules.core.retention import YEARS

SHORTEST_SECRET = 16
SENDER = re.compile(r"[^@<>\r\n]+@[^@<>\s]+|[^@<>\r\n]*<[^@<>\s]+@[^@<>\s]+>")
POSTGRES = ("postgres", "postgresql", "postgresql+psycopg")


@dataclass(frozen=True, slots=True)
class Store:
    """A learning record store: the address above its /statements, and the two words of its Basic authentication."""

    url: str
    key: str = field(repr=False)
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Smtp:
    """The server that takes letters. `tls`: encrypted from the first byte; else as soon as the server offers it."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    tls: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """`secret` None: one is generated and kept with the records. `base_url` None: no public address known.

    `watch`: open pages refresh when an author saves a file. `signing_key` None: PDFs are signed with a key made here.
    `stores` are told what learners do; `free_text`: what they wrote in their own words too. `smtp` None: no letters go
    out. `openid`: the file that may name providers of OpenID Connect. `keep_years`: how long the record
    of credit is kept.
    """

    content: Path
    quizzes: Path
    data: Path
    database_url: str = field(repr=False)
    secret: bytes | None = field(default=None, repr=False)
    base_url: str | None = None
    watch: bool = False
    signing_key: Path | None = None
    signing_certificate: Path | None = None
    signing_password: bytes | None = field(default=None, repr=False)
    stores: tuple[Store, ...] = ()
    free_text: bool = False
    keep_years: int = YEARS
    smtp: Smtp | None = None
    openid: Path = Path(".streamlit", "secrets.toml")


def read(environ: Mapping[str, str], root: Path) -> Settings:
    """`root` is the folder of app.py; relative paths start there. A blank variable counts as not set."""
    values = {name: value.strip() for name, value in environ.items() if value.strip()}
    data = root / "data"
    return Settings(
        content=_folder(values, "LANDMARK_CONTENT_DIR", root, "content"),
        quizzes=_folder(values, "LANDMARK_QUIZZES_DIR", root, "quizzes"),
        data=data,
        database_url=_database_url(values.get("LANDMARK_DATABASE_URL"), root, data),
        secret=_secret(values.get("LANDMARK_SECRET")),
        base_url=_base_url(values.get("LANDMARK_BASE_URL")),
        watch=values.get("LANDMARK_WATCH") == "1",
        signing_key=_file(values.get("LANDMARK_SIGNING_KEY"), root),
        signing_certificate=_file(values.get("LANDMARK_SIGNING_CERTIFICATE"), root),
        signing_password=_bytes(values.get("LANDMARK_SIGNING_PASSWORD")),
        stores=_stores(values),
        free_text=values.get("LANDMARK_LRS_FREE_TEXT") == "1",
        openid=_file_or(values, "LANDMARK_OPENID_FILE", root, ".streamlit/secrets.toml"),
        keep_years=_years(values.get("LANDMARK_KEEP_YEARS")),
        smtp=_smtp(values.get("LANDMARK_SMTP_URL"), values.get("LANDMARK_MAIL_FROM"), values.get("LANDMARK_BASE_URL")),
    )


def _file(typed: str | None, root: Path) -> Path | None:
    """Whether it can be read is seen when it is opened."""
    return None if typed is None else root / Path(typed).expanduser()


def _bytes(typed: str | None) -> bytes | None:
    return None if typed is None else typed.encode()


def _folder(values: Mapping[str, str], name: str, root: Path, default: str) -> Path:
    typed = values.get(name)
    if typed is None:
        return root / default
    folder = root / Path(typed).expanduser()
    if not folder.is_dir():
        raise SettingsError(f'{name} is "{typed}", which is not a folder. Write the path of one that exists.')
    return folder


def _file_or(values: Mapping[str, str], name: str, root: Path, default: str) -> Path:
    """The default need not exist; a file that is named must."""
    file = root / Path(values.get(name, default)).expanduser()
    if name in values and not file.is_file():
        raise SettingsError(f'{name} is "{values[name]}", which is not a file. Write the path of one that exists.')
    return file


def _database_url(typed: str | None, root: Path, data: Path) -> str:
    if typed is None:
        return f"sqlite:///{data / 'landmark.db'}"
    parts = _split("LANDMARK_DATABASE_URL", typed)
    if parts.scheme in POSTGRES:
        return _postgres_url(typed, parts)
    if parts.scheme == "sqlite":
        return _sqlite_url(typed, root)
    raise SettingsError(
        f'LANDMARK_DATABASE_URL starts with "{parts.scheme}:". '
        "Write sqlite:///path/to/landmark.db or postgresql://user:password@host/database."
    )


def _postgres_url(typed: str, parts: SplitResult) -> str:
    if parts.path.strip("/") == "":
        raise SettingsError("LANDMARK_DATABASE_URL names no database. Write postgresql://user:password@host/database.")
    return "postgresql+psycopg" + typed[len(parts.scheme) :]


def _sqlite_url(typed: str, root: Path) -> str:
    """Absolute, so that the file does not depend on the folder the app was started from."""
    head, _, query = typed.partition("?")
    file = head.removeprefix("sqlite:///")
    if file in ("", ":memory:") or not head.startswith("sqlite:///"):
        raise SettingsError(
            "LANDMARK_DATABASE_URL names no file, so every answer would be lost. Write sqlite:///path/to/landmark.db."
        )
    return f"sqlite:///{root / file}" + (f"?{query}" if query else "")


def _years(typed: str | None) -> int:
    if typed is None:
        return YEARS
    if not typed.isascii() or not typed.isdecimal() or not 1 <= int(typed) <= 100:
        raise SettingsError(f'LANDMARK_KEEP_YEARS is "{typed}". Write a whole number of years from 1 to 100.')
    return int(typed)


def _secret(typed: str | None) -> bytes | None:
    if typed is not None and len(typed) < SHORTEST_SECRET:
        raise SettingsError(
            f"LANDMARK_SECRET has {len(typed)} characters. Write at least {SHORTEST_SECRET} random "
            "characters, or remove the variable and one is generated."
        )
    return None if typed is None else typed.encode()


def _base_url(typed: str | None) -> str | None:
    if typed is None:
        return None
    parts = _split("LANDMARK_BASE_URL", typed)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise SettingsError(
            f'LANDMARK_BASE_URL is "{typed}". Write the public address of the app, such as https://learn.example.org.'
        )
    return typed.rstrip("/")


def _stores(values: Mapping[str, str]) -> tuple[Store, ...]:
    """Several stores: addresses, keys and secrets with commas between, in the same order."""
    urls, keys, secrets = (
        [part.strip() for part in typed.split(",")] if (typed := values.get(name)) else []
        for name in ("LANDMARK_LRS_URL", "LANDMARK_LRS_KEY", "LANDMARK_LRS_SECRET")
    )
    if not len(urls) == len(keys) == len(secrets):
        raise SettingsError(
            "LANDMARK_LRS_URL, LANDMARK_LRS_KEY and LANDMARK_LRS_SECRET hold "
            f"{len(urls)}, {len(keys)} and {len(secrets)} values. "
            "Write one of each for every store, with commas between."
        )
    for url in urls:
        parts = _split("LANDMARK_LRS_URL", url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
            raise SettingsError(
                f'LANDMARK_LRS_URL holds "{url}". Write the store\'s xAPI address, such as https://lrs.example.org/xapi.'
            )
    if len(set(urls)) < len(urls):
        raise SettingsError("LANDMARK_LRS_URL names a store twice. Name each once.")
    return tuple(Store(url.rstrip("/"), key, secret) for url, key, secret in zip(urls, keys, secrets, strict=True))


def _smtp(typed: str | None, sender: str | None, base_url: str | None) -> Smtp | None:
    """Letters hold links to this site. Its address is never taken from a request: whoever asks could name another."""
    if typed is None:
        return None
    parts = _split("LANDMARK_SMTP_URL", typed)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or parts.path.strip("/"):
        raise SettingsError(
            "LANDMARK_SMTP_URL is not the address of a mail server. Write smtp://user:password@mail.example.org:587 or "
            "smtps://user:password@mail.example.org:465; special characters of the password as %40 and so on."
        )
    if sender is None or not SENDER.fullmatch(sender):
        raise SettingsError(
            "LANDMARK_SMTP_URL is set, so letters need a sender. "
            "Write LANDMARK_MAIL_FROM, such as Landmark <learn@example.org>."
        )
    if base_url is None:
        raise SettingsError(
            "LANDMARK_SMTP_URL is set, and letters hold links to this site. "
            "Write LANDMARK_BASE_URL, its public address, such as https://learn.example.org."
        )
    tls = parts.scheme == "smtps"
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Smtp(parts.hostname, parts.port or (465 if tls else 587), sender, user, password, tls)


def _split(name: str, typed: str) -> SplitResult:
    try:
        parts = urlsplit(typed)
        _ = parts.port
    except ValueError as error:
        raise SettingsError(f"{name} is not an address ({error}). Mend its host and port.") from None
    return parts
