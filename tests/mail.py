"""A real mail server on this machine, for as long as a test runs: it keeps what it is given."""

from __future__ import annotations

import time
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.load.server import free_port

WAIT_SECONDS = 20


class MailServer:
    """Speaks SMTP on a port of its own."""

    def __init__(self) -> None:
        self.port = free_port()
        self.taken: list[EmailMessage] = []
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def start(self) -> MailServer:
        self._controller.start()
        return self

    def stop(self) -> None:
        self._controller.stop()

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        message = message_from_bytes(envelope.content or b"", policy=policy.default)  # type: ignore[arg-type]
        assert isinstance(message, EmailMessage)
        self.taken.append(message)
        return "250 taken"

    def letter_to(self, recipient: str, *, subject: str) -> str:
        """The text of the newest letter; waits until it is there."""
        until = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < until:
            for message in reversed(self.taken):
                if message["To"] == recipient and str(message["Subject"]).startswith(subject):
                    return str(message.get_content())
            time.sleep(0.05)
        told = [(m["To"], m["Subject"]) for m in self.taken]
        raise AssertionError(f"no letter {subject!r} to {recipient} came; there are {told}")
