"""The misconception brief in a real browser: one A4 sheet however long its ideas are, and accessible on a phone."""

import io

import pikepdf
from playwright.sync_api import Browser, expect

from modules.core.events import ItemAnswered, event_id
from modules.core.items import MultipleResponse, OneBest, Option
from modules.core.responses import Chosen
from modules.records.records import Records
from tests.browser.conftest import DESK, PHONE, visit
from tests.browser.gallery import become_owner
from tests.browser.journal import records_of
from tests.browser.test_access import AXE, RUN, TAGS
from tests.builders import NOON
from tests.load.server import Server
from tests.routes.site import MODULE, shipped

LEARNERS = 12


def wordiest(option: Option) -> int:
    return 0 if option.correct else len(option.text + option.rationale + (option.unsafe or ""))


def sat(records: Records) -> None:
    """Most choose the distractor that takes most words, everywhere and surely."""
    module = shipped().modules[MODULE]
    for n in range(LEARNERS):
        quiz = module.quizzes[f"{MODULE}/form-{'ab'[n % 2]}"]
        items = [one for one in quiz.items if isinstance(one, OneBest | MultipleResponse)]
        events = [
            ItemAnswered(
                id=event_id(f"brief-{n}", quiz.id, one.id),
                learner=f"brief-{n}",
                module=module.id,
                module_version=module.digest,
                at=NOON,
                role="pre",
                quiz=quiz.id,
                attempt=1,
                item=one.id,
                response=Chosen(options=(max(one.options, key=wordiest).id,)),
                score=0.0,
                confidence=3,
            )
            for one in items
        ]
        records.append(events)


def test_three_ideas_print_on_one_sheet_and_fit_a_phone(browser: Browser, server: Server) -> None:
    with records_of(server) as records:
        sat(records)
    for size in (DESK, PHONE):
        with visit(browser, server, viewport=size) as context:
            become_owner(context, server)
            context.add_init_script(AXE)
            page = context.new_page()
            page.goto(f"/present/{MODULE}/brief")
            expect(page.locator("main h2")).to_have_count(3)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            assert page.evaluate(RUN, TAGS) == []
            with pikepdf.open(io.BytesIO(page.pdf(prefer_css_page_size=True))) as printed:
                assert len(printed.pages) == 1
