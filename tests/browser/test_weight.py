"""What a plain page weighs over the wire: a phone on a poor connection is what it is for."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from modules.core.module import Lesson
from tests.browser.journey import MODULE
from tests.load.pages import plain_weight
from tests.load.server import Server

MOST_KB = 40


@pytest.mark.parametrize("lesson", MODULE.lessons, ids=lambda lesson: lesson.id)
def test_a_lesson_as_a_plain_page_with_all_it_loads_stays_under_forty_kilobytes(
    browser: Browser, server: Server, lesson: Lesson
) -> None:
    weight = plain_weight(browser, server, MODULE, lesson.id)
    assert weight.outside == []
    assert 5 < weight.kb < MOST_KB
