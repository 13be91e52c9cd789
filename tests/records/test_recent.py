"""The journal is read on from where it was read last: nothing written elsewhere is missed, nothing refused is kept."""

from collections.abc import Sequence

import pytest

from modules.core.events import Event
from modules.records.recent import Read, Recent
from modules.records.records import open_records
from tests.builders import acknowledged, answered, finished, minutes, opened


def test_what_another_process_writes_is_seen_by_the_next_reading(database_url: str) -> None:
    here, there = open_records(database_url), open_records(database_url)
    first, second, other = acknowledged(), opened("one"), opened("one", learner="bob")
    here.append([first])
    assert here.events("ann", first.module) == (first,)
    there.append([second])
    there.append([other])
    assert here.events("ann", first.module) == (first, second)
    assert here.events("ann", first.module) is here.events("ann", first.module)
    assert there.events("ann", first.module) == (first, second)
    here.close()
    there.close()


def test_a_refused_transaction_leaves_nothing_in_the_reading(database_url: str) -> None:
    records = open_records(database_url)
    first, refused = acknowledged(), finished("one", at=minutes(1))
    records.append([first])

    def follow(events: Sequence[Event]) -> Sequence[Event]:
        assert events == (first, refused)
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        records.append([refused], follow)
    assert records.events("ann", first.module) == (first,)
    records.close()


def test_only_the_journals_read_last_are_kept() -> None:
    recent = Recent(2)
    for learner in "abc":
        recent.keep((learner, "m"), Read(1, (acknowledged(learner=learner),)))
    assert recent.get(("a", "m")) == Read()
    assert recent.get(("c", "m")).seq == 1


def test_an_older_reading_kept_last_is_read_on_from(database_url: str) -> None:
    records = open_records(database_url)
    first, second = acknowledged(), answered(at=minutes(1))
    records.append([first])
    before = records.events("ann", first.module)
    records.append([second])
    assert records.events("ann", first.module) == (first, second)
    records._recent.keep(("ann", first.module), Read(1, before, before))
    assert records.events("ann", first.module) == (first, second)
    records.close()
