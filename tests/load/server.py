"""A Landmark server of its own for tests and measurements: a free port, a database in a temporary folder."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

from modules.actions.identity import COOKIE, seal
from tests.load.bytecode import with_bytecode

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60
SECRET = "a secret for tests only"
"""The server signs with it, so that a test can be any learner."""


def cookie_of(learner: str) -> str:
    """The cookie header of a browser that is this learner."""
    return f"{COOKIE}={seal(learner, SECRET.encode())}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """`folder` holds the database; the same folder and port serve again after a kill."""

    folder: Path
    port: int = field(default_factory=free_port)
    extra: dict[str, str] = field(default_factory=dict)
    launcher: tuple[str, ...] = ("-m", "streamlit", "run")
    """What Python runs in front of the page."""
    page: str = "app.py"
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def database(self) -> str:
        return f"sqlite:///{self.folder / 'landmark.db'}"

    @property
    def pid(self) -> int:
        assert self.process is not None, "the server is not running"
        return self.process.pid

    @property
    def log(self) -> str:
        return (self.folder / "server.log").read_text()

    def start(self, *, cpu: int | None = None) -> Server:
        """Waits until the health route answers. `cpu` keeps the server on one core."""
        ours = {"LANDMARK_DATABASE_URL": self.database, "LANDMARK_WATCH": "", "LANDMARK_SECRET": SECRET}
        environ = with_bytecode() | ours | self.extra
        pin = ["taskset", "-c", str(cpu)] if cpu is not None else []
        command = [*pin, sys.executable, *self.launcher, self.page, "--server.port", str(self.port)]
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=log, stderr=log)
        self._wait()
        return self

    def _wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self.process is not None and self.process.poll() is not None:
                raise RuntimeError(f"the server ended by itself:\n{self.log}")
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=2) as answer:
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
        raise RuntimeError(f"the server did not answer in {START_SECONDS} s:\n{self.log}")

    def kill(self) -> None:
        """SIGKILL: nothing is flushed, nothing is said."""
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            self.process = None

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            try:
                self.process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.kill()
            self.process = None
