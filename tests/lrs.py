"""A real learning record store (ralph-malph) in an environment of its own, and a line to it that can fail."""

import contextlib
import fcntl
import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx

from modules.settings import Store

ROOT = Path(__file__).resolve().parents[1]
ENVIRONMENT = ROOT / ".lrs"
PACKAGES = ("ralph-malph[lrs]==5.1.0", "requests")
KEY, SECRET = "landmark", "a secret of the tests"
CREDENTIALS = """
import bcrypt, json, sys
agent = {"name": sys.argv[2], "account": {"name": sys.argv[2], "homePage": "http://localhost/"}}
hashed = bcrypt.hashpw(sys.argv[3].encode(), bcrypt.gensalt(4)).decode()
user = {"agent": agent, "scopes": ["all"], "hash": hashed, "username": sys.argv[2]}
json.dump([user], open(sys.argv[1], "w"))
"""
# By itself its file backend only ever makes a new file, so a second batch would find it there and fail.
SERVE = """
import sys, uvicorn
from ralph.backends.data.base import BaseOperationType
from ralph.backends.data.fs import FSDataBackend
FSDataBackend.default_operation_type = BaseOperationType.APPEND
uvicorn.run("ralph.api:app", host="127.0.0.1", port=int(sys.argv[1]))
"""
VALIDATE = """
import json, sys
from ralph.models.xapi.base.statements import BaseXapiStatement
wrong = []
for statement in json.load(sys.stdin):
    try:
        BaseXapiStatement.model_validate(statement)
    except ValueError as error:
        wrong.append(f"{statement['id']}: {error}")
print(json.dumps(wrong))
"""


def python() -> Path:
    """The interpreter of the store's environment, made at the first call; two test processes make it once."""
    program = ENVIRONMENT / "bin" / "python"
    ENVIRONMENT.mkdir(exist_ok=True)
    with (ENVIRONMENT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (ENVIRONMENT / "ready").exists():
            subprocess.run([sys.executable, "-m", "venv", ENVIRONMENT], check=True)
            install = [program, "-m", "pip", "install", "-q", "--disable-pip-version-check", *PACKAGES]
            subprocess.run(install, check=True)
            (ENVIRONMENT / "ready").touch()
    return program


def invalid(statements: list[dict[str, Any]]) -> list[str]:
    """What ralph's models of xAPI 1.0.3 find wrong with them."""
    text = json.dumps(statements)
    environ = {**os.environ, "RALPH_RUNSERVER_BACKEND": "fs"}
    done = subprocess.run(
        [python(), "-c", VALIDATE], input=text, capture_output=True, text=True, check=True, env=environ
    )
    found: list[str] = json.loads(done.stdout)
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class RunningStore:
    """`folder` holds what it keeps; it can be stopped and started again."""

    folder: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/xAPI"

    @property
    def store(self) -> Store:
        return Store(self.url, KEY, SECRET)

    def start(self) -> None:
        (self.folder / "kept").mkdir(parents=True, exist_ok=True)
        subprocess.run([python(), "-c", CREDENTIALS, self.folder / "auth.json", KEY, SECRET], check=True)
        environ = {
            **os.environ,
            "RALPH_APP_DIR": str(self.folder),
            "RALPH_AUTH_FILE": str(self.folder / "auth.json"),
            "RALPH_RUNSERVER_BACKEND": "fs",
            "RALPH_BACKENDS__LRS__FS__DEFAULT_DIRECTORY_PATH": str(self.folder / "kept"),
            "RALPH_BACKENDS__LRS__FS__DEFAULT_LRS_FILE": "statements.jsonl",
        }
        command = [python(), "-c", SERVE, str(self.port)]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(command, env=environ, stdout=log, stderr=log)
        self._wait()

    def _wait(self) -> None:
        for _ in range(200):
            with contextlib.suppress(httpx.HTTPError):
                if httpx.get(f"http://127.0.0.1:{self.port}/__heartbeat__").status_code == 200:
                    return
            time.sleep(0.1)
        raise RuntimeError((self.folder / "log").read_text())

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=10)
            self.process = None

    def kept(self) -> list[dict[str, Any]]:
        """Every statement it keeps, in the order it took them."""
        file = self.folder / "kept" / "statements.jsonl"
        return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []

    def forget(self) -> None:
        shutil.rmtree(self.folder / "kept", ignore_errors=True)
        (self.folder / "kept").mkdir()


class Line:
    """Passes requests on to a store; `faults` are used up one a request, then everything goes through.

    before: 500 and nothing is passed on. after: the store takes it, and the answer is 500. half: the store takes it,
    and the line is cut in the middle of the answer. cut: the line is cut before anything is passed on. slow: nothing
    is answered for `seconds`, after the store took it. full: 413 when more than two statements come at once.
    """

    def __init__(self, store: RunningStore, faults: Iterator[str], seconds: float = 3) -> None:
        self.store, self.faults, self.seconds, self.seen = store, faults, seconds, 0
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def target(self) -> Store:
        return Store(f"http://127.0.0.1:{self.server.server_port}/xAPI", KEY, SECRET)

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        line = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                line.take(self)

            do_POST = do_PUT = do_GET

            def log_message(self, format: str, *arguments: object) -> None:
                return None

        return Handler

    def take(self, request: BaseHTTPRequestHandler) -> None:
        self.seen += 1
        body = request.rfile.read(int(request.headers.get("Content-Length") or 0))
        fault = next(self.faults, "")
        if fault == "cut":
            request.connection.shutdown(socket.SHUT_RDWR)
        elif fault == "before":
            request.send_error(500)
        elif fault == "full" and len(json.loads(body)) > 2:
            request.send_error(413)
        else:
            self._pass(request, body, fault)

    def _pass(self, request: BaseHTTPRequestHandler, body: bytes, fault: str) -> None:
        kept = ("authorization", "content-type", "x-experience-api-version")
        headers = {name: value for name, value in request.headers.items() if name.lower() in kept}
        url = f"http://127.0.0.1:{self.store.port}{request.path}"
        found = httpx.request(request.command, url, content=body, headers=headers, timeout=30)
        if fault == "slow":
            time.sleep(self.seconds)
        with contextlib.suppress(OSError):
            request.send_response(500 if fault == "after" else found.status_code)
            request.send_header("Content-Length", str(len(found.content) + (9 if fault == "half" else 0)))
            request.end_headers()
            request.wfile.write(found.content)
            if fault == "half":
                request.connection.shutdown(socket.SHUT_RDWR)
