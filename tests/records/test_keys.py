"""The instance's keys: made once, never readable without its secret, renewed without losing the old ones."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from modules.core.errors import SettingsError
from modules.records.keys import Keyring, open_keys, renew
from modules.records.records import Records
from tests.builders import NOON
from tests.keys import document_key

SECRET = b"only for tests, thirty-two bytes"


def opened(records: Records, secret: bytes = SECRET) -> Keyring:
    return open_keys(records, secret, None, name="Landmark at learn.example.org", now=NOON)


def test_of_many_first_starts_at_once_one_pair_of_keys_stands(records: Records) -> None:
    with ThreadPoolExecutor(4) as threads:
        rings = list(threads.map(lambda _: opened(records), range(4)))
    assert len({ring.document() for ring in rings}) == 1
    assert len({ring.badge() for ring in rings}) == 1
    assert list(rings[0].badge_publics()) == ["key-1"]


def test_a_private_key_is_not_in_the_database_in_clear_nor_in_what_is_printed(records: Records) -> None:
    ring = opened(records)
    kept = "".join(records.value(f"{kind}-key-1") or "" for kind in ("document", "badge"))
    for private in (ring.document().private, ring.badge().private):
        assert private.hex() not in kept
        assert repr(private) not in f"{ring!r} {ring.document()!r} {ring.badge()!r}"
    assert SECRET.decode() not in repr(ring)


def test_with_another_secret_signing_is_refused_and_the_sentence_says_what_to_do(records: Records) -> None:
    opened(records)
    other = opened(records, b"another secret of some length")
    with pytest.raises(SettingsError, match="kept under another LANDMARK_SECRET"):
        other.document()
    with pytest.raises(SettingsError, match="keys new"):
        other.badge()
    assert other.badge_publics()


def test_new_keys_sign_from_now_on_and_the_old_ones_stay_known(records: Records) -> None:
    ring = opened(records)
    first = (ring.document(), ring.badge())
    assert renew(records, SECRET, name="Landmark", now=NOON) == ("document-key-2", "badge-key-2")
    assert ring.badge().name == "key-2"
    assert ring.badge() != first[1]
    assert ring.badge_publics() == {"key-1": first[1].public, "key-2": ring.badge().public}
    assert ring.certificates() == (*ring.document().chain, *first[0].chain)


def test_a_key_of_the_operator_is_used_and_not_stored(records: Records) -> None:
    ring = open_keys(records, SECRET, document_key(), name="Landmark", now=NOON)
    assert ring.document() == document_key()
    assert ring.certificates() == document_key().chain
    assert records.value("document-key-1") is None
