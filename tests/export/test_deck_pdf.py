"""The PDFs of the slides: a page for each, every word on it, sizes of paper, and the same bytes each time."""

import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from modules.actions.decks import DeckKind
from modules.export.deck_layout import body_rows, foot_rows
from modules.export.deck_pdf import handout_pdf, slides_pdf
from tests.export.decks import FONTS, made, module, shown

WORD = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">')
SIZES: list[tuple[DeckKind, tuple[float, float]]] = [
    ("slides.pdf", (960, 540)), ("handout-a4.pdf", (595.3, 841.9)), ("handout-letter.pdf", (612, 792)),
]  # fmt: skip


def printed(kind: DeckKind, folder: Path, *command: str) -> str:
    file = folder / kind
    file.write_bytes(made(kind))
    onward = ["-"] if command[0] == "pdftotext" else []
    return subprocess.run([*command, file, *onward], check=True, capture_output=True, text=True).stdout


def joined(text: str) -> str:
    """Without the ends of lines, which may stand anywhere, and the hyphens at them."""
    return re.sub(r"[\s-]+", "", text)


@pytest.mark.parametrize(("kind", "size"), SIZES)
def test_every_page_is_there_in_its_size(kind: DeckKind, size: tuple[float, float], tmp_path: Path) -> None:
    told = printed(kind, tmp_path, "pdfinfo")
    pages = len(shown()) if kind == "slides.pdf" else -(-len(shown()) // 2)
    assert re.search(rf"^Pages:\s+{pages}$", told, re.M)
    found = re.search(r"^Page size:\s+([\d.]+) x ([\d.]+)", told, re.M)
    assert found is not None
    assert (float(found[1]), float(found[2])) == pytest.approx(size, abs=0.1)
    assert re.search(r"^Tagged:\s+yes$", told, re.M)
    assert module().front.title in told


@pytest.mark.parametrize(("kind", "size"), SIZES)
def test_no_word_runs_over_the_edge(kind: DeckKind, size: tuple[float, float], tmp_path: Path) -> None:
    found = WORD.findall(printed(kind, tmp_path, "pdftotext", "-bbox"))
    assert len(found) > 1000
    for left, top, right, bottom in (map(float, word) for word in found):
        assert left >= 0
        assert top >= 0
        assert right <= size[0]
        assert bottom <= size[1]


def test_each_page_of_the_slides_says_what_its_slide_says(tmp_path: Path) -> None:
    pages = printed("slides.pdf", tmp_path, "pdftotext").split("\f")
    for slide, page in zip(shown(), pages, strict=False):
        for row in (slide.title, *body_rows(slide), *foot_rows(slide)):
            assert joined(row) in joined(page)


def test_each_page_of_the_handout_has_two_slides_their_sources_and_their_notes(tmp_path: Path) -> None:
    for kind in ("handout-a4.pdf", "handout-letter.pdf"):
        pages = printed(kind, tmp_path, "pdftotext").split("\f")
        for place, slide in enumerate(shown()):
            page = joined(pages[place // 2])
            for row in (slide.title, *foot_rows(slide), *slide.notes.split("\n")):
                assert joined(row) in page, (kind, slide.title)


def test_the_same_slides_give_the_same_bytes() -> None:
    assert slides_pdf(shown(), module().front, FONTS) == made("slides.pdf")


def test_long_notes_shrink_what_stands_beside_them_and_stay_on_their_page(tmp_path: Path) -> None:
    slide = replace(shown()[10], notes="A sentence that goes on for a while and then ends here. " * 60)
    file = tmp_path / "long.pdf"
    file.write_bytes(handout_pdf([slide, slide], module().front, FONTS, "letter"))
    text = subprocess.run(["pdftotext", "-bbox", file, "-"], check=True, capture_output=True, text=True).stdout
    assert text.count("<page ") == 1
    assert text.count(">while<") == 120
    assert max(float(word[3]) for word in WORD.findall(text)) <= 792


def test_a_character_that_no_font_has_is_no_reason_to_fail() -> None:
    odd = module().front.model_copy(update={"title": "A title with \N{CJK UNIFIED IDEOGRAPH-91AB}"})
    assert slides_pdf(shown()[:1], odd, FONTS).startswith(b"%PDF")
