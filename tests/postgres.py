"""A private PostgreSQL server from the installed binaries, for as long as the tests run."""

import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg

BINARIES = Path("/usr/lib/postgresql")
OWNER = "landmark"


@dataclass(frozen=True)
class Server:
    """Reached by a socket in its own folder, so it needs no port and no password."""

    programs: Path
    folder: Path

    def start(self, *, fsync: str = "off") -> None:
        options = f"-c listen_addresses='' -c unix_socket_directories='{self.folder}' -c fsync={fsync}"
        self._run("pg_ctl", "start", "-w", "-D", self._data, "-l", f"{self.folder}/log", "-o", options)

    def stop(self) -> None:
        self._run("pg_ctl", "stop", "-w", "-m", "immediate", "-D", self._data)

    def new_database(self, template: str = "template1") -> str:
        """The URL of an empty database, or of a copy of one that nobody is connected to."""
        name = f"t{uuid4().hex}"
        with psycopg.connect(host=str(self.folder), user=OWNER, dbname="postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return f"postgresql+psycopg://{OWNER}@/{name}?host={self.folder}"

    @property
    def _data(self) -> str:
        return f"{self.folder}/data"

    def _run(self, program: str, *arguments: str) -> None:
        # PostgreSQL refuses to run as root.
        prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        command = [*prefix, str(self.programs / program), *arguments]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, timeout=60, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"{program} failed: {done.stdout}{done.stderr}")


def new_server() -> Server:
    found = sorted(BINARIES.glob("*/bin"), key=lambda p: int(p.parent.name.split(".")[0]))
    if not found:
        raise RuntimeError(f"No PostgreSQL in {BINARIES}, and the records are tested on it. apt-get install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="landmark-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    server = Server(found[-1], folder)
    server._run("initdb", "-D", server._data, "-U", OWNER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
    server.start()
    return server
