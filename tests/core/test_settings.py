"""The environment becomes settings, or a sentence that names the variable and what to write."""

from pathlib import Path

import pytest

from modules.core.errors import SettingsError
from modules.settings import read


def test_without_any_variable_everything_has_a_place_beside_the_app(tmp_path: Path) -> None:
    settings = read({}, tmp_path)
    assert (settings.content, settings.quizzes) == (tmp_path / "content", tmp_path / "quizzes")
    assert settings.database_url == f"sqlite:///{tmp_path}/data/landmark.db"
    assert (settings.secret, settings.base_url) == (None, None)


def test_a_blank_variable_counts_as_not_set(tmp_path: Path) -> None:
    names = ("CONTENT_DIR", "QUIZZES_DIR", "DATABASE_URL", "SECRET", "BASE_URL")
    assert read({f"LANDMARK_{name}": " " for name in names}, tmp_path) == read({}, tmp_path)


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("postgres://u:p@host/db", "postgresql+psycopg://u:p@host/db"),
        (
            "postgresql://u:p%40@host:5432/db?sslmode=require",
            "postgresql+psycopg://u:p%40@host:5432/db?sslmode=require",
        ),
        ("postgresql+psycopg:///db?host=/run", "postgresql+psycopg:///db?host=/run"),
        ("sqlite:////var/lib/landmark.db", "sqlite:////var/lib/landmark.db"),
    ],
)
def test_the_usual_spellings_of_a_database_are_understood(typed: str, url: str, tmp_path: Path) -> None:
    assert read({"LANDMARK_DATABASE_URL": typed}, tmp_path).database_url == url


def test_relative_paths_start_at_the_app_not_where_it_was_started(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    typed = {"LANDMARK_CONTENT_DIR": "mine", "LANDMARK_DATABASE_URL": "sqlite:///mine/x.db?timeout=5"}
    settings = read(typed, tmp_path)
    assert settings.content == tmp_path / "mine"
    assert settings.database_url == f"sqlite:///{tmp_path}/mine/x.db?timeout=5"


@pytest.mark.parametrize(
    ("name", "typed", "says"),
    [
        ("LANDMARK_CONTENT_DIR", "/nowhere/at/all", "an existing|that exists"),
        ("LANDMARK_QUIZZES_DIR", "nowhere", "not a folder"),
        ("LANDMARK_DATABASE_URL", "mysql://u:p@host/db", "postgresql://user:password@host/database"),
        ("LANDMARK_DATABASE_URL", "landmark.db", "sqlite:///path/to/landmark.db"),
        ("LANDMARK_DATABASE_URL", "sqlite://", "sqlite:///path/to/landmark.db"),
        ("LANDMARK_DATABASE_URL", "sqlite:///:memory:", "every answer would be lost"),
        ("LANDMARK_DATABASE_URL", "postgresql://u:p@host", "names no database"),
        ("LANDMARK_DATABASE_URL", "postgresql://u:p@host:port/db", "Mend its host and port"),
        ("LANDMARK_SECRET", "fifteen letters", "at least 16"),
        ("LANDMARK_BASE_URL", "learn.example.org", "https://learn.example.org"),
        ("LANDMARK_BASE_URL", "ftp://learn.example.org", "https://learn.example.org"),
        ("LANDMARK_BASE_URL", "https://learn.example.org/?a=1", "https://learn.example.org"),
        ("LANDMARK_BASE_URL", "https://[", "Mend"),
    ],
)
def test_a_bad_value_names_its_variable_and_what_to_write(name: str, typed: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=says) as caught:
        read({name: typed}, tmp_path)
    assert name in str(caught.value)


def test_secret_and_password_do_not_show_when_settings_are_printed(tmp_path: Path) -> None:
    typed = {"LANDMARK_SECRET": "sixteen letters!", "LANDMARK_DATABASE_URL": "postgres://u:hush@host/db"}
    shown = repr(read(typed, tmp_path))
    assert "sixteen" not in shown
    assert "hush" not in shown


def test_the_public_address_has_no_slash_at_its_end(tmp_path: Path) -> None:
    settings = read({"LANDMARK_BASE_URL": "https://learn.example.org/landmark/"}, tmp_path)
    assert settings.base_url == "https://learn.example.org/landmark"


def test_stores_are_named_in_the_same_order_as_their_keys(tmp_path: Path) -> None:
    given = {
        "LANDMARK_LRS_URL": "https://a.example.org/xapi/, http://localhost:8100/xAPI",
        "LANDMARK_LRS_KEY": "one,two",
        "LANDMARK_LRS_SECRET": "first, second",
    }
    stores = read(given, tmp_path).stores
    assert [(one.url, one.key, one.secret) for one in stores] == [
        ("https://a.example.org/xapi", "one", "first"),
        ("http://localhost:8100/xAPI", "two", "second"),
    ]
    assert "first" not in repr(stores)
    assert read({}, tmp_path).stores == ()


@pytest.mark.parametrize(
    ("url", "key", "said"),
    [
        ("https://a.example.org/xapi", "one,two", "1, 2 and 1 values"),
        ("a.example.org", "one", "xAPI address"),
        ("https://a.example.org/xapi,https://a.example.org/xapi", "one,two", "1 values"),
    ],
)
def test_a_store_that_is_half_named_is_refused(url: str, key: str, said: str, tmp_path: Path) -> None:
    given = {"LANDMARK_LRS_URL": url, "LANDMARK_LRS_KEY": key, "LANDMARK_LRS_SECRET": "first"}
    with pytest.raises(SettingsError, match=said):
        read(given, tmp_path)
