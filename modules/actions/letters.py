"""Letters to account holders: what they say, and how they leave. None ever holds a password."""

import logging
import smtplib
import ssl
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

from modules.core.errors import RecordsUnavailable
from modules.records.mails import Letter, Waiting
from modules.records.records import Records
from modules.settings import Smtp

log = logging.getLogger("landmark.letters")
HOLD = timedelta(minutes=5)
"""How long one sender has a letter to itself."""
KEPT = timedelta(days=3)
"""A letter that no server took in this time is dropped: the links in it are over by then."""
TIMEOUT_SECONDS = 20
LOOK_SECONDS = 3.0


def send_letters(records: Records, smtp: Smtp, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> int:
    """Sends every letter that is due and returns how many a server took. What failed waits and is tried again."""
    sent = 0
    while (waiting := records.accounts.mails.take(clock(), hold=HOLD)) is not None:
        sent += _try(records, smtp, waiting, clock())
    return sent


def _try(records: Records, smtp: Smtp, waiting: Waiting, now: datetime) -> bool:
    mails = records.accounts.mails
    try:
        _deliver(smtp, waiting.letter, now)
    except (OSError, smtplib.SMTPException) as failed:
        # Never the address, nor what the letter says.
        log.warning("letter %d was not sent (%s), try %d", waiting.seq, type(failed).__name__, waiting.tries)
        if _for_good(failed) or now - waiting.created >= KEPT:
            log.warning("letter %d is given up", waiting.seq)
            mails.sent(waiting.seq)
        else:
            mails.later(waiting.seq, now + min(timedelta(minutes=2 ** (waiting.tries - 1)), timedelta(hours=6)))
        return False
    mails.sent(waiting.seq)
    return True


def _for_good(failed: Exception) -> bool:
    """RFC 5321, 4.2.1: 5yz replies are permanent, here for the one recipient."""
    if not isinstance(failed, smtplib.SMTPRecipientsRefused):
        return False
    return all(500 <= code < 600 for code, _ in failed.recipients.values())


def _deliver(smtp: Smtp, letter: Letter, now: datetime) -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = smtp.sender, letter.recipient, letter.subject
    message["Date"] = formatdate(now.timestamp())
    message["Message-ID"] = make_msgid(domain=smtp.sender.rpartition("@")[2].strip("> "))
    # RFC 3834, 5: no out-of-office replies to a letter that a program wrote.
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.body)
    with _connected(smtp) as server:
        if smtp.user:
            server.login(smtp.user, smtp.password)
        server.send_message(message)


def _connected(smtp: Smtp) -> smtplib.SMTP:
    """Encrypted from the start, or as soon as the server offers it; a password never goes over an open line."""
    if smtp.tls:
        return smtplib.SMTP_SSL(smtp.host, smtp.port, timeout=TIMEOUT_SECONDS, context=ssl.create_default_context())
    server = smtplib.SMTP(smtp.host, smtp.port, timeout=TIMEOUT_SECONDS)
    server.ehlo()
    if server.has_extn("starttls"):
        server.starttls(context=ssl.create_default_context())
    elif smtp.user:
        server.close()
        raise smtplib.SMTPNotSupportedError("the server offers no encryption, so the password was not sent")
    return server


class Postman:
    """One thread that looks for letters while the server runs."""

    def __init__(self, records: Records, smtp: Smtp) -> None:
        self._records, self._smtp = records, smtp
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._walk, name="letters", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._over.set()
        self._thread.join(timeout=5)

    def _walk(self) -> None:
        while not self._over.wait(LOOK_SECONDS):
            try:
                send_letters(self._records, self._smtp)
            except RecordsUnavailable as away:
                log.warning("letters wait: %s", away)
            except Exception:
                log.exception("letters wait")
