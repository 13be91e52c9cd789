"""What an instance makes once: its secret and the owner's key."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from modules.records.records import Records
from modules.records.secrets import instance_secret, is_owner_key, owner_key
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


def test_the_owner_key_is_shown_once_and_only_its_hash_is_kept(records: Records) -> None:
    assert not is_owner_key(records, "")
    key = owner_key(records)
    assert key is not None
    assert len(key) == 24
    assert key not in (records.value("owner-key") or "")
    assert owner_key(records) is None


def test_only_the_owner_key_opens(records: Records) -> None:
    key = owner_key(records) or ""
    assert is_owner_key(records, f" {key}\n")
    for wrong in ("", key[:-1], key + "x", key.swapcase(), "ключ"):
        assert not is_owner_key(records, wrong)


def test_of_many_first_starts_at_once_only_one_shows_a_key_and_it_opens(records: Records) -> None:
    with ThreadPoolExecutor(8) as threads:
        keys = [key for key in threads.map(lambda _: owner_key(records), range(8)) if key]
    assert len(keys) == 1
    assert is_owner_key(records, keys[0])
