"""The misconception brief: for those who present, with a poll that exists and a slide that is there."""

import re
from html import unescape

import pytest
from starlette.testclient import TestClient

from modules.actions.live.brief import misconception_brief
from modules.actions.slides import slides
from modules.core.events import ItemAnswered, event_id
from modules.core.items import OneBest
from modules.core.module import Module
from modules.core.people import Duty
from modules.core.prose import plain
from modules.core.responses import Chosen
from modules.records.records import Records
from tests.actions.live_room import HOST
from tests.builders import NOON
from tests.owner import account_with, signed_in_as
from tests.routes.site import MODULE, SECRET, shipped

PAGE = f"/present/{MODULE}/brief"


def sat(records: Records, learners: int, form: str = f"{MODULE}/form-a") -> Module:
    """Everybody chooses the first distractor of each item, half of them surely."""
    module = shipped().modules[MODULE]
    items = [one for one in module.quizzes[form].items if isinstance(one, OneBest)]
    events = [
        ItemAnswered(
            id=event_id(f"l{n}", form, one.id),
            learner=f"l{n}",
            module=module.id,
            module_version=module.digest,
            at=NOON,
            role="pre",
            quiz=form,
            attempt=1,
            item=one.id,
            response=Chosen(options=(next(o.id for o in one.options if not o.correct),)),
            score=0.0,
            confidence=3 if n % 2 else 1,
        )
        for n in range(learners)
        for one in items
    ]
    records.append(events)
    return module


def opened(records: Records, site: TestClient, *duties: Duty) -> str:
    site.cookies.update(signed_in_as(records, account_with(records, *duties), SECRET))
    answer = site.get(PAGE)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    return unescape(answer.text)


@pytest.mark.parametrize("duties", [("author",), ("coordinator",), (), None])
def test_it_opens_for_nobody_who_may_not_present(
    records: Records, site: TestClient, duties: tuple[Duty, ...] | None
) -> None:
    if duties is not None:
        site.cookies.update(signed_in_as(records, account_with(records, *duties), SECRET))
    answer = site.get(PAGE)
    assert answer.status_code == 403
    assert f"/account/sign-in?next={PAGE}" in answer.text


def test_few_answers_are_said_in_words(records: Records, site: TestClient) -> None:
    sat(records, 7)
    text = opened(records, site, "educator")
    assert "Too few answers (n = 7)." in text
    assert "<h2>" not in text


def test_it_names_three_ideas_with_their_share_and_warns_not_to_show_them(records: Records, site: TestClient) -> None:
    sat(records, 20)
    text = opened(records, site, "owner")
    assert text.count("<h2>") == 3
    assert text.count("by 10 of 20 who were asked (50%)") == 3
    assert "Do not show it to the room." in text
    assert "l1" not in re.findall(r"\bl\d+\b", text)


@pytest.mark.parametrize("form", ["a", "b"])
def test_each_idea_has_a_check_of_its_lesson_and_a_slide_that_is_there(records: Records, form: str) -> None:
    module = sat(records, 20, f"{MODULE}/form-{form}")
    anchors = {one.anchor: one.title for one in slides(module, shipped().evidence) if one.anchor}
    checks = module.quizzes[f"{MODULE}/checks"]
    found = misconception_brief(records, HOST, module).corrections
    assert len(found) == 3
    for one in found:
        assert one.poll in {plain(checks.rich(check.stem)) for check in checks.items}
        assert one.slide is not None
        where, anchor = one.slide.href.split("#")
        assert where == f"/present/{MODULE}"
        # A chart that goes on over several slides counts them in their titles.
        assert anchors[anchor].startswith(one.slide.words)
