"""Copies of the records while they are used, and putting one into an empty database."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from psycopg.conninfo import make_conninfo
from sqlalchemy import URL, inspect, make_url
from sqlalchemy.exc import SQLAlchemyError

from modules.core.errors import LandmarkError
from modules.records.engine import make_engine

PROGRAMS = Path("/usr/lib/postgresql")
"""Where Debian and its relatives keep PostgreSQL's programs, a folder a version."""


class NotCopied(LandmarkError):
    """No copy was made, or none was put back; the sentence says why and what to do."""


def backup(url: str, file: Path) -> None:
    """One moment of the records in one file. Nobody waits for it. It holds names, addresses and the secret.

    SQLite: its online backup. PostgreSQL: `pg_dump` in its custom format. The file is there whole or not at all.
    """
    if file.exists():
        raise NotCopied(f'"{file}" is there already. Give another name, or move it away.')
    address = make_url(url)
    with _unfinished(file) as unfinished:
        if address.get_backend_name() == "sqlite":
            _copy(Path(address.database or ""), unfinished)
        else:
            _run(["pg_dump", "--format=custom", "--no-owner", f"--file={unfinished}"], address)


def restore(url: str, file: Path) -> None:
    """Into an empty database only."""
    if not file.is_file():
        raise NotCopied(f'There is no file "{file}".')
    if not is_empty(url):
        raise NotCopied("The database holds tables already. Restore into an empty one.")
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        target = Path(address.database or "")
        target.parent.mkdir(parents=True, exist_ok=True)
        with _unfinished(target) as unfinished:
            _copy(file, unfinished)
    else:
        _run(["pg_restore", "--exit-on-error", "--single-transaction", "--no-owner", str(file)], address)


def is_empty(url: str) -> bool:
    """No tables; a SQLite file that is not there is empty too."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite" and not Path(address.database or "").exists():
        return True
    engine = make_engine(url)
    try:
        return inspect(engine).get_table_names() == []
    except SQLAlchemyError:
        raise NotCopied("The database cannot be reached. See that it runs and that its address is right.") from None
    finally:
        engine.dispose()


@contextmanager
def _unfinished(file: Path) -> Iterator[Path]:
    """A name beside the file, readable by its owner only; on disk before it takes the file's name."""
    unfinished = file.with_name(f".{file.name}.unfinished-{os.getpid()}")
    try:
        unfinished.touch(mode=0o600, exist_ok=False)
        yield unfinished
        _to_disk(unfinished)
        unfinished.rename(file)
        _to_disk(file.parent)
    except OSError as wrong:
        raise NotCopied(f'"{file}" cannot be written: {wrong.strerror}.') from wrong
    finally:
        unfinished.unlink(missing_ok=True)


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _copy(source: Path, target: Path) -> None:
    """In one step, so that it is one moment: in write-ahead mode a reader holds up no writer."""
    if not source.is_file():
        raise NotCopied(f'There are no records at "{source}".')
    try:
        reading = sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)
        with closing(reading), closing(sqlite3.connect(target)) as written:
            reading.backup(written)
            written.execute("PRAGMA journal_mode = DELETE")
            found = written.execute("PRAGMA integrity_check").fetchone()[0]
            tables = written.execute("SELECT count(*) FROM sqlite_master WHERE name = 'journal'").fetchone()[0]
    except sqlite3.Error as wrong:
        raise NotCopied(f'"{source}" could not be copied: {wrong}.') from None
    if found != "ok" or not tables:
        raise NotCopied(f'"{source}" does not hold whole records: {found if found != "ok" else "no journal in it"}.')


def _run(command: Sequence[str], address: URL) -> None:
    """The password goes by the environment, where other users of the machine do not see it."""
    given = {str(k): str(v) for k, v in {**address.translate_connect_args(username="user"), **address.query}.items()}
    password = given.pop("password", None)
    given["dbname"] = given.pop("database", given.get("dbname", ""))
    environ = os.environ | ({"PGPASSWORD": password} if password else {})
    program = _program(command[0])
    done = subprocess.run(  # noqa: S603 (a list of our own, no shell)
        [program, f"--dbname={make_conninfo(**given)}", *command[1:]],
        env=environ, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode != 0:
        said = done.stderr.strip().splitlines()
        raise NotCopied(f"{command[0]} could not do it: {said[0] if said else 'it said nothing'}")


def _program(name: str) -> str:
    """On the PATH, else the newest installed version."""
    found = shutil.which(name)
    if found is not None:
        return found
    installed = sorted(PROGRAMS.glob(f"*/bin/{name}"), key=lambda path: float(path.parent.parent.name))
    if not installed:
        raise NotCopied(
            f'The program "{name}" is not on this machine. Install the client programs of PostgreSQL, of the version '
            f"of your server or newer (on Debian: apt-get install postgresql-client), or put their folder on the PATH."
        )
    return str(installed[-1])
