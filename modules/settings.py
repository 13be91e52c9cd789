"""The environment, read once into a frozen value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from modules.core.errors import SettingsError

SHORTEST_SECRET = 16
POSTGRES = ("postgres", "postgresql", "postgresql+psycopg")


@dataclass(frozen=True, slots=True)
class Store:
    """A learning record store: the address above its /statements, and the two words of its Basic authentication."""

    url: str
    key: str = field(repr=False)
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Settings:
    """`secret` None: one is generated and kept with the records. `base_url` None: no public address known.

    `watch`: open pages refresh when an author saves a file. `signing_key` None: PDFs are signed with a key made here.
    `watch`: open pages refresh when an author saves a file. `stores` are told what learners do; `free_text`: what they
    wrote in their own words too.
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


def _split(name: str, typed: str) -> SplitResult:
    try:
        parts = urlsplit(typed)
        _ = parts.port
    except ValueError as error:
        raise SettingsError(f"{name} is not an address ({error}). Mend its host and port.") from None
    return parts
