"""The plain reader on the shipped content: complete, small, safe, linked."""

import re
from itertools import pairwise

import pytest
from starlette.testclient import TestClient

from modules.core.items import Turn
from modules.core.module import CaseStudy, Chart, Check, Predict, walk
from tests.export.test_html import Outline
from tests.routes.site import MODULE, shipped

LESSONS = [lesson.id for lesson in shipped().modules[MODULE].lessons]
PAGES = ["/read", f"/read/{MODULE}", *(f"/read/{MODULE}/{lesson}" for lesson in LESSONS)]
BUDGET = 40_000
"""Bytes on the wire for a page of text and charts."""


def _turns(block: CaseStudy) -> tuple[Turn, ...]:
    found = shipped().modules[MODULE].quizzes[block.quiz].case(block.case)
    assert found is not None
    return found.turns


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_under_forty_kilobytes_on_the_wire(site: TestClient, page: str) -> None:
    with site.stream("GET", page) as answer:
        sent = b"".join(answer.iter_raw())
    assert answer.headers["content-encoding"] == "br"
    assert 500 < len(sent) < BUDGET


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_well_formed_and_asks_nobody_else_for_anything(site: TestClient, page: str) -> None:
    text = site.get(page).text
    outline = Outline(text)
    ids = outline.all("id")
    assert len(ids) == len(set(ids))
    assert not [src for src in outline.all("src") if not src.startswith("/")]
    assert "style=" not in re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL)
    assert "<script" not in text
    assert '<html lang="en">' in text
    assert re.search(r'<title>[^<]+ · Landmark</title><meta name="description" content="[^"]+">', text)


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_keeps_the_three_notices_in_view(site: TestClient, lesson: str) -> None:
    """Grant acknowledgement, date of the evidence, professional audience: on every surface."""
    text = site.get(f"/read/{MODULE}/{lesson}").text
    assert "Content accurate as of 6 January 2026" in text
    assert "For healthcare professionals." in text
    assert "Pfizer Global Medical Grants" in text
    assert f'href="/read/{MODULE}">Disclosures and all information' in text
    place = LESSONS.index(lesson) + 1
    assert f"Lesson {place} of {len(LESSONS)}" in text
    assert f'href="/lesson?module={MODULE}&amp;lesson={lesson}"' in text


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_chart_comes_with_its_table_and_every_check_with_its_answer(site: TestClient, lesson: str) -> None:
    found = shipped().modules[MODULE].lesson(lesson)
    assert found is not None
    text = site.get(f"/read/{MODULE}/{lesson}").text
    charts = sum(isinstance(b, Chart) for b in walk(found.blocks))
    checks = sum(isinstance(b, Check) for b in walk(found.blocks))
    checks += sum(len(_turns(b)) for b in walk(found.blocks) if isinstance(b, CaseStudy))
    assert text.count("<svg") == text.count("<summary>Show as a table</summary>") == charts
    assert text.count("<summary>Show the answer</summary>") == checks


def test_a_prediction_folds_its_body_below_the_question_and_paper_opens_it(site: TestClient) -> None:
    lesson = shipped().modules[MODULE].lessons[2]
    (asked,) = [b for b in walk(lesson.blocks) if isinstance(b, Predict)]
    text = site.get(f"/read/{MODULE}/{lesson.id}").text
    start = text.index('<details class="lm-reveal lm-predict">')
    assert f"</span> {asked.ask}</summary>" in text[start:]
    assert text.index("56.5 months") > start
    assert "details::details-content" in text


def test_headings_do_not_skip_a_level(site: TestClient) -> None:
    for page in PAGES:
        levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", site.get(page).text)]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_no_scored_item_stands_on_a_plain_page(site: TestClient) -> None:
    module = shipped().modules[MODULE]
    scored = [quiz for quiz in module.quizzes.values() if {"pre", "post"} & set(quiz.file.roles)]
    assert scored
    pages = [site.get(page).text for page in [*PAGES, f"/present/{MODULE}"]]
    for quiz in scored:
        for item in quiz.items:
            assert not [page for page in pages if item.stem in page]


def test_lessons_lead_to_one_another(site: TestClient) -> None:
    for before, after in pairwise(LESSONS):
        assert f'href="/read/{MODULE}/{after}"' in site.get(f"/read/{MODULE}/{before}").text
        assert f'href="/read/{MODULE}/{before}"' in site.get(f"/read/{MODULE}/{after}").text


WRONG = ["/read/nothing", f"/read/{MODULE}/nothing", "/present/nothing", "/join/AB12"]


@pytest.mark.parametrize("page", WRONG)
def test_a_wrong_address_says_so_and_shows_a_way_on(site: TestClient, page: str) -> None:
    answer = site.get(page)
    assert answer.status_code == 404
    assert re.search(r"<main[^>]*><h1>Not found</h1><p>[^<]+\.", answer.text)
    assert '<a class="button" href="/read' in answer.text


def test_the_policy_allows_nothing_unsafe_and_names_the_style_by_its_hash(site: TestClient) -> None:
    for page in [*PAGES, f"/present/{MODULE}", "/verify", "/read/nothing"]:
        headers = site.get(page).headers
        policy = headers["content-security-policy"]
        assert "unsafe" not in policy
        assert policy.startswith("default-src 'self'; style-src 'sha256-")
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
        assert "set-cookie" not in headers


def test_a_page_shared_elsewhere_says_what_it_is(site: TestClient) -> None:
    text = site.get(f"/read/{MODULE}/{LESSONS[0]}").text
    address = f"https://learn.example.org/read/{MODULE}/{LESSONS[0]}"
    assert f'<link rel="canonical" href="{address}">' in text
    assert f'<meta property="og:url" content="{address}">' in text
    assert '<meta property="og:title"' in text
