"""The calendar file: whose dates it holds, and that another program can read it."""

from datetime import timedelta

from icalendar import Calendar
from starlette.testclient import TestClient

from modules.actions.identity import COOKIE, seal
from modules.core.module import Library
from modules.records.records import Records
from tests.actions.finished import bank, passed
from tests.builders import NOON
from tests.routes.site import SECRET, client

LEARNER = "a" * 32


def asked(records: Records, learner: str | None) -> TestClient:
    built = bank()
    front = built.front.model_copy(update={"follow_up": "harbour/evaluation"})
    site = client(records, Library({built.id: type(built)(front, built.welcome, built.lessons, built.quizzes, "d")}))
    if learner:
        site.cookies.set(COOKIE, seal(learner, SECRET))
    return site


def test_it_holds_the_planned_days_and_the_follow_up(records: Records) -> None:
    records.append(passed(bank(), LEARNER))
    answer = asked(records, LEARNER).get("/calendar/harbour.ics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/calendar")
    events = list(Calendar.from_ical(answer.content).walk("VEVENT"))
    done = NOON + timedelta(hours=1)
    assert [e.decoded("dtstart") for e in events] == [done + timedelta(days=n) for n in (8, 24, 60)]
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    assert LEARNER.encode() not in answer.content


def test_a_second_download_names_the_same_entries(records: Records) -> None:
    records.append(passed(bank(), LEARNER))
    site = asked(records, LEARNER)
    first, second = (Calendar.from_ical(site.get("/calendar/harbour.ics").content) for _ in range(2))
    assert [e["uid"] for e in first.walk("VEVENT")] == [e["uid"] for e in second.walk("VEVENT")]


def test_without_a_passed_test_or_without_the_cookie_there_is_a_sentence(records: Records) -> None:
    for learner in (None, "b" * 32):
        answer = asked(records, learner).get("/calendar/harbour.ics")
        assert answer.status_code == 404
        assert "No dates are planned" in answer.text
