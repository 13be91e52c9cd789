"""The report on a live session over its addresses: for its host and owners, and for nobody else."""

from datetime import UTC, datetime

from starlette.testclient import TestClient

from modules.actions.live.plan import usual_plan
from modules.actions.live.sessions import begin
from modules.core.people import Account, Actor
from modules.records.deeds import deeds
from modules.records.records import Records
from tests.builders import NOON
from tests.owner import account_with, owner_cookies, signed_in_as
from tests.routes.site import MODULE, SECRET, shipped

FILES = ("report.pdf", "report.csv")


def led_by(records: Records, account: Account, began: datetime = NOON) -> str:
    """A session of theirs; one that began at NOON is long over."""
    module = shipped().modules[MODULE]
    actor = Actor(account.learner, account.id, account.duties, confirmed=True)
    return begin(records, actor, module, usual_plan(module), now=began).code


def test_the_host_and_an_owner_get_both_files_and_each_is_on_record(records: Records, site: TestClient) -> None:
    host = account_with(records, "educator")
    code = led_by(records, host)
    for cookies in (signed_in_as(records, host, SECRET), owner_cookies(records, SECRET)):
        site.cookies.update(cookies)
        pdf, csv = (site.get(f"/room/{code}/{file}") for file in FILES)
        assert (pdf.status_code, csv.status_code) == (200, 200)
        assert pdf.content.startswith(b"%PDF-")
        assert csv.content.decode("utf-8-sig").startswith("Rehearsal,Session,Module,")
        assert csv.headers["content-disposition"] == f'attachment; filename="landmark-session-{code}.csv"'
        assert pdf.headers["cache-control"] == "private, no-store"
    assert [d.subject for d in deeds(records, act="export-live-report")] == [code] * 4


def test_another_educator_a_learner_and_a_guest_are_refused(records: Records, site: TestClient) -> None:
    code = led_by(records, account_with(records, "educator"))
    others = (account_with(records, "educator"), account_with(records))
    for cookies in ({}, *(signed_in_as(records, one, SECRET) for one in others)):
        site.cookies.clear()
        site.cookies.update(cookies)
        for file in FILES:
            answer = site.get(f"/room/{code}/{file}")
            assert (answer.status_code, answer.headers["content-type"]) == (403, "text/html; charset=utf-8")
            assert f"/account/sign-in?next=/room/{code}/{file}" in answer.text
    assert list(deeds(records, act="export-live-report")) == []


def test_a_code_that_nobody_has_is_not_found(records: Records, site: TestClient) -> None:
    site.cookies.update(owner_cookies(records, SECRET))
    assert [site.get(f"/room/AAAAAA/{file}").status_code for file in FILES] == [404, 404]


def test_a_session_that_goes_on_has_no_report_yet(records: Records, site: TestClient) -> None:
    host = account_with(records, "educator")
    code = led_by(records, host, datetime.now(UTC))
    site.cookies.update(signed_in_as(records, host, SECRET))
    answer = site.get(f"/room/{code}/report.pdf")
    assert answer.status_code == 409
    assert f"/present/{MODULE}?session={code}" in answer.text
