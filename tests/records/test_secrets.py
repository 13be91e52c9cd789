"""What an instance makes once: its secret."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from modules.records.records import Records
from modules.records.secrets import instance_secret
from modules.settings import read


def test_the_first_value_put_stands(records: Records) -> None:
    assert records.value("colour") is None
    assert records.put_once("colour", "red") == "red"
    assert records.put_once("colour", "blue") == "red"
    assert records.value("colour") == "red"


def test_the_secret_is_made_once_and_kept(records: Records, tmp_path: Path) -> None:
    settings = read({}, tmp_path)
    with ThreadPoolExecutor(8) as threads:
        made = set(threads.map(lambda _: instance_secret(settings, records), range(8)))
    assert len(made) == 1
    assert len(made.pop()) == 32


def test_a_secret_from_the_environment_is_used_and_not_stored(records: Records, tmp_path: Path) -> None:
    settings = read({"LANDMARK_SECRET": "sixteen letters!"}, tmp_path)
    assert instance_secret(settings, records) == b"sixteen letters!"
    assert records.value("secret") is None
