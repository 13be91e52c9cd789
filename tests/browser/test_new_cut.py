"""A trial reports again: the owner sees what it touches and accepts it; those who completed before are told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from modules.authoring.library import load
from tests.actions.published_2015 import ROOT, published_2015
from tests.browser.conftest import DESK, visit
from tests.browser.gallery import become, become_owner, still
from tests.browser.journey import QUIET, button
from tests.browser.standing import Standing
from tests.load.server import Server

CUT_2020 = ROOT / "content/trials/cleopatra.yaml"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[tuple[Server, Path]]:
    """A server of its own on the site of 2015."""
    place = published_2015(tmp_path / "site")
    folder = tmp_path / "server"
    folder.mkdir()
    extra = {"LANDMARK_CONTENT_DIR": str(place / "content"), "LANDMARK_QUIZZES_DIR": str(place / "quizzes")}
    running = Server(folder, extra=extra).start()
    yield running, place
    running.stop()


def test_a_new_cut_is_looked_at_accepted_and_told(site: tuple[Server, Path], browser: Browser) -> None:
    server, place = site
    before = load(place / "content", place / "quizzes").library.modules["her2-maintenance"]
    learner = Standing(server, module=before).passed().answered("evaluation")
    number = learner.claimed().certificate.number
    with visit(browser, server, viewport=DESK) as context:
        page = context.new_page()
        become_owner(context, server)
        page.goto("/evidence-due")
        page.locator('input[type="file"]').set_input_files(CUT_2020)
        main = page.get_by_role("main")
        expect(main.get_by_text("os-eos-gain.published-difference")).to_be_visible(timeout=QUIET)
        expect(main.get_by_text("ck-median-gap").first).to_be_visible()
        expect(main.get_by_text("Certificates: 1")).to_be_visible()

        with context.expect_page() as opened:
            main.locator('a[href*="/present/"]').first.click()
        slide = opened.value
        shown = slide.locator(".lm-slide.on")
        expect(shown.get_by_role("heading")).to_have_text("With pertuzumab, more patients were alive at four years")
        slide.close()

        button(page, "Accept and publish").click()
        expect(page.get_by_role("alert").filter(has_text="Write the name")).to_be_visible(timeout=QUIET)
        assert (place / "content/trials/cleopatra.yaml").read_bytes() != CUT_2020.read_bytes()

        page.get_by_label("Who accepts it").fill("Dr A. Editor")
        button(page, "Accept and publish").click()
        expect(page.get_by_text("Accepted. Written")).to_be_visible(timeout=QUIET)
        expect(main.get_by_text("by Dr A. Editor")).to_be_visible(timeout=QUIET)
        assert (place / "content/trials/cleopatra.yaml").read_bytes() == CUT_2020.read_bytes()

        context.clear_cookies()
        become(context, server, learner.learner)
        page.goto("/learning")
        expect(page.get_by_text("The evidence has moved since you completed this")).to_be_visible(timeout=QUIET)
        expect(page.get_by_text("was 15.7 months, now 16.3 months")).to_be_visible()
        still(page)
        page.goto(f"/verify/{number}")
        expect(page.get_by_text("This certificate is valid")).to_be_visible()
        expect(page.get_by_text("The evidence has moved since this was completed")).to_be_visible()
        page.get_by_role("link", name="Read it as it was certified").click()
        page.get_by_role("link", name="Two antibodies and a taxane").click()
        expect(page.get_by_text("The difference in medians was")).to_contain_text("15.7 months")
        expect(page.get_by_text("16.3 months")).to_have_count(0)
