"""Places in the status lists: each certificate its own, and those that ended are found by them."""

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import text

from modules.records.engine import make_engine
from modules.records.records import Records
from modules.records.statuses import BITS, ended_places, last_list, take_place
from tests.builders import certificate, claimed

SECRET = b"only for tests, thirty-two bytes"


def number(n: int) -> str:
    return f"LM-AAAA-AAAA-AAAA-{n:04}"


def test_a_certificate_keeps_its_place_and_shares_it_with_none(sqlite_records: Records) -> None:
    places = [take_place(sqlite_records, SECRET, number(n)) for n in range(300)]
    assert places == [take_place(sqlite_records, SECRET, number(n)) for n in range(300)]
    assert len(set(places)) == 300
    assert all(listed == 1 and 0 <= position < BITS for listed, position in places)
    assert last_list(sqlite_records) == 1


def test_a_place_that_is_taken_is_passed_over(records: Records, records_url: str) -> None:
    first = take_place(records, SECRET, number(1))
    engine = make_engine(records_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE instance SET value = 'LM-ZZZZ' WHERE value = :n"), {"n": number(1)})
    engine.dispose()
    second = take_place(records, SECRET, number(1))
    assert second != first
    assert second == take_place(records, SECRET, number(1))


def test_many_that_ask_at_once_get_the_same_place(records: Records) -> None:
    with ThreadPoolExecutor(8) as threads:
        places = set(threads.map(lambda _: take_place(records, SECRET, number(1)), range(8)))
    assert len(places) == 1


def test_revoked_and_superseded_ones_have_ended(records: Records, records_url: str) -> None:
    for n, learner in enumerate(("ann", "ben", "cem")):
        records.issue(certificate(number(n)), claimed(learner))
    places = [take_place(records, SECRET, number(n))[1] for n in range(3)]
    assert ended_places(records, 1) == ()
    records.revoke(number(0), "Issued by mistake")
    engine = make_engine(records_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE certificates SET state = 'superseded' WHERE number = :n"), {"n": number(1)})
    engine.dispose()
    assert sorted(ended_places(records, 1)) == sorted(places[:2])
    assert ended_places(records, 2) == ()
