"""The mail server in the environment: what is understood, and what is refused with a sentence."""

from pathlib import Path

import pytest

from modules.core.errors import SettingsError
from modules.settings import Smtp, read

WITH = {"LANDMARK_MAIL_FROM": "Landmark <learn@example.org>", "LANDMARK_BASE_URL": "https://learn.example.org"}


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example.org", ("mail.example.org", 587, "", "", False)),
        ("smtp://mail.example.org:25", ("mail.example.org", 25, "", "", False)),
        ("smtps://ann:p%40ss%2F1@mail.example.org", ("mail.example.org", 465, "ann", "p@ss/1", True)),
    ],
)
def test_a_mail_server_is_read(tmp_path: Path, url: str, expected: tuple[str, int, str, str, bool]) -> None:
    host, port, user, password, tls = expected
    found = read({**WITH, "LANDMARK_SMTP_URL": url}, tmp_path).smtp
    assert found == Smtp(host, port, WITH["LANDMARK_MAIL_FROM"], user, password, tls)
    assert "p@ss" not in repr(found)


def test_without_a_mail_server_no_letters_go_out(tmp_path: Path) -> None:
    assert read(WITH, tmp_path).smtp is None


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"LANDMARK_SMTP_URL": "https://mail.example.org"}, "LANDMARK_SMTP_URL"),
        ({"LANDMARK_SMTP_URL": "smtp://"}, "LANDMARK_SMTP_URL"),
        ({"LANDMARK_SMTP_URL": "smtp://mail.example.org:many"}, "LANDMARK_SMTP_URL"),
        ({"LANDMARK_MAIL_FROM": ""}, "LANDMARK_MAIL_FROM"),
        ({"LANDMARK_MAIL_FROM": "nobody"}, "LANDMARK_MAIL_FROM"),
        ({"LANDMARK_MAIL_FROM": "Ann\nBcc: b@x.org <a@x.org>"}, "LANDMARK_MAIL_FROM"),
        ({"LANDMARK_BASE_URL": ""}, "LANDMARK_BASE_URL"),
    ],
)
def test_what_cannot_be_used_is_refused_with_the_variables_name(
    tmp_path: Path, changed: dict[str, str], named: str
) -> None:
    with pytest.raises(SettingsError, match=named) as refused:
        read({"LANDMARK_SMTP_URL": "smtp://ann:hidden@mail.example.org", **WITH, **changed}, tmp_path)
    assert "hidden" not in str(refused.value)
