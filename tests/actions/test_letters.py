"""Letters leave over a real mail server: once, with patience, without what must not be in them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from modules.actions.letters import KEPT, Postman, send_letters
from modules.records.mails import Letter
from modules.records.records import Records
from modules.settings import Smtp
from tests.load.server import free_port
from tests.mail import MailServer

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
SENDER = "Landmark <learn@example.org>"


class Choosy(MailServer):
    """Refuses some recipients for good and some for now."""

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address.startswith("gone"):
            return "550 no such mailbox"
        if address.startswith("full"):
            return "452 mailbox is full"
        envelope.rcpt_tos.append(address)
        return "250 fine"


@pytest.fixture
def mail() -> Iterator[Choosy]:
    server = Choosy()
    server.start()
    yield server
    server.stop()


def smtp_of(mail: MailServer, **others: str) -> Smtp:
    return Smtp("127.0.0.1", mail.port, SENDER, **others)


def post(records: Records, *recipients: str) -> None:
    for one in recipients:
        records.accounts.mails.post(Letter(one, "Grüße: confirm", "Ein Wort, und ein Weg: https://x.org/y\n"), NOW)


def test_a_letter_arrives_as_written_and_its_row_is_gone(records: Records, mail: Choosy) -> None:
    post(records, "ann@example.org", "bob@example.org")
    assert send_letters(records, smtp_of(mail), lambda: NOW) == 2
    assert records.accounts.mails.waiting() == 0
    first = mail.taken[0]
    assert (first["To"], first["From"], first["Subject"]) == ("ann@example.org", SENDER, "Grüße: confirm")
    assert first["Auto-Submitted"] == "auto-generated"
    assert first.get_content().strip() == "Ein Wort, und ein Weg: https://x.org/y"
    assert send_letters(records, smtp_of(mail), lambda: NOW) == 0
    assert len(mail.taken) == 2


def test_one_recipient_that_is_refused_does_not_hold_up_the_others(records: Records, mail: Choosy) -> None:
    post(records, "gone@example.org", "full@example.org", "ann@example.org")
    assert send_letters(records, smtp_of(mail), lambda: NOW) == 1
    assert [str(one["To"]) for one in mail.taken] == ["ann@example.org"]
    assert records.accounts.mails.waiting() == 1


def test_a_server_that_is_away_gets_the_letter_later_with_growing_pauses(sqlite_records: Records) -> None:
    post(sqlite_records, "ann@example.org")
    nobody = Smtp("127.0.0.1", free_port(), SENDER)
    at, pauses = NOW, []
    for _ in range(3):
        assert send_letters(sqlite_records, nobody, lambda at=at: at) == 0  # type: ignore[misc]
        until = at
        while sqlite_records.accounts.mails.take(until, hold=timedelta(0)) is None:
            until += timedelta(minutes=1)
        pauses.append(until - at)
        at = until
    assert pauses == sorted(pauses)
    assert pauses[0] >= timedelta(minutes=1)


def test_a_letter_that_nobody_takes_for_days_is_given_up(sqlite_records: Records) -> None:
    post(sqlite_records, "ann@example.org")
    nobody = Smtp("127.0.0.1", free_port(), SENDER)
    assert send_letters(sqlite_records, nobody, lambda: NOW + KEPT) == 0
    assert sqlite_records.accounts.mails.waiting() == 0


def test_a_password_is_not_given_to_a_server_without_encryption(
    sqlite_records: Records, mail: Choosy, caplog: pytest.LogCaptureFixture
) -> None:
    post(sqlite_records, "ann@example.org")
    open_line = smtp_of(mail, user="landmark", password="a secret of the mail server")
    assert send_letters(sqlite_records, open_line, lambda: NOW) == 0
    assert mail.taken == []
    assert sqlite_records.accounts.mails.waiting() == 1
    assert "secret" not in caplog.text
    assert "ann@" not in caplog.text


def test_the_thread_sends_what_waits_and_ends_when_it_is_told_to(sqlite_records: Records, mail: Choosy) -> None:
    post(sqlite_records, "ann@example.org")
    postman = Postman(sqlite_records, smtp_of(mail))
    postman.start()
    assert "Ein Weg".lower() in mail.letter_to("ann@example.org", subject="Grüße").lower()
    postman.stop()
    assert not postman._thread.is_alive()
