"""Slides to keep: for everybody, made once, in files that say what they are."""

from time import perf_counter

import pytest
from starlette.testclient import TestClient

from modules.export.addresses import handout_url, slides_url
from tests.routes.site import MODULE

FILES = {
    slides_url(MODULE, "pptx"): (b"PK", "presentationml.presentation", f"{MODULE}-slides.pptx"),
    slides_url(MODULE, "pdf"): (b"%PDF", "application/pdf", f"{MODULE}-slides.pdf"),
    handout_url(MODULE, "a4"): (b"%PDF", "application/pdf", f"{MODULE}-handout-a4.pdf"),
    handout_url(MODULE, "letter"): (b"%PDF", "application/pdf", f"{MODULE}-handout-letter.pdf"),
}


@pytest.mark.parametrize("address", FILES)
def test_a_file_is_given_to_anybody_and_kept_by_their_browser(site: TestClient, address: str) -> None:
    start, kind, name = FILES[address]
    answer = site.get(address)
    assert answer.status_code == 200
    assert answer.content.startswith(start)
    assert kind in answer.headers["content-type"]
    assert f'filename="{name}"' in answer.headers["content-disposition"]
    assert "max-age=" in answer.headers["cache-control"]
    assert site.get(address, headers={"If-None-Match": answer.headers["etag"]}).status_code == 304


def test_asking_again_makes_nothing_again(site: TestClient) -> None:
    address = slides_url(MODULE, "pptx")
    first = site.get(address).content
    began = perf_counter()
    assert all(site.get(address).content == first for _ in range(5))
    assert perf_counter() - began < 2.0


def test_what_there_is_not_is_said(site: TestClient) -> None:
    assert site.get("/present/nothing/slides.pptx").status_code == 404
    assert site.get(f"/present/{MODULE}/slides.odp").status_code == 404
    answer = site.get(f"/present/{MODULE}/handout.pdf?paper=a3")
    assert answer.status_code == 404
    assert "a4 and letter" in answer.text
    plain = site.get(f"/present/{MODULE}/handout.pdf")
    assert "handout-a4" in plain.headers["content-disposition"]
