"""A provider of OpenID Connect for tests: Canaille, a real identity server, in memory and on this machine only."""

from __future__ import annotations

import datetime
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

from tests.load.server import ROOT, START_SECONDS, free_port

CLIENT, CLIENT_SECRET = "landmark", "only-for-tests"
PASSWORD = "a pass phrase for tests"
"""Of everybody at the provider."""
PEOPLE = ("ann", "ben", "unverified")
"""Each has `<name>@example.org`; the provider has confirmed all but the last."""


@dataclass
class Provider:
    """`back`: where it may send people afterwards. `folder` holds its log."""

    folder: Path
    back: str
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def secrets(self) -> str:
        """The section of secrets.toml that names it."""
        return (
            f'[auth.hospital]\nlabel = "City Hospital"\nclient_id = "{CLIENT}"\nclient_secret = "{CLIENT_SECRET}"\n'
            f'server_metadata_url = "{self.url}/.well-known/openid-configuration"\n'
        )

    def start(self) -> Provider:
        command = [sys.executable, "-m", "tests.provider", str(self.port), self.back]
        with (self.folder / "provider.log").open("ab") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"{self.url}/.well-known/openid-configuration", timeout=2):
                    return self
            except OSError:
                time.sleep(0.1)
        raise RuntimeError((self.folder / "provider.log").read_text())

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=10)
            self.process = None


def serve(port: int, back: str) -> None:
    from canaille import create_app
    from canaille.app import models
    from canaille.backends import Backend
    from werkzeug.serving import run_simple

    served = {"SECRET_KEY": "only for tests, thirty-two bytes", "SERVER_NAME": f"127.0.0.1:{port}"}
    app = create_app(
        served
        | {
            "PREFERRED_URL_SCHEME": "http",
            "DEBUG": True,
            "CANAILLE": {"DATABASE": "memory", "NAME": "City Hospital", "JAVASCRIPT": False, "HTMX": False},
            "CANAILLE_OIDC": {},
        }
    )
    mapping = app.config["CANAILLE_OIDC"]["USERINFO_MAPPING"]
    mapping["EMAIL_VERIFIED"] = "{% if user.user_name != 'unverified' %}true{% endif %}"
    with app.app_context(), Backend.instance.session():
        for name in PEOPLE:
            person = models.User(
                user_name=name, given_name=name, family_name="Example", formatted_name=f"{name} Example",
                emails=[f"{name}@example.org"], password=PASSWORD,
            )  # fmt: skip
            Backend.instance.save(person)
        client = models.Client(
            client_id=CLIENT, client_secret=CLIENT_SECRET, client_name="Landmark", client_uri="http://127.0.0.1",
            contacts=["owner@example.org"], redirect_uris=[back], grant_types=["authorization_code"],
            response_types=["code"], scope=["openid", "email", "profile"],
            token_endpoint_auth_method="client_secret_basic", client_id_issued_at=datetime.datetime.now(datetime.UTC),
        )  # fmt: skip
        Backend.instance.save(client)
    run_simple("127.0.0.1", port, app, threaded=True)


if __name__ == "__main__":
    serve(int(sys.argv[1]), sys.argv[2])
