"""Lesson blocks as HTML: author text is escaped, ids are unique, a source stands behind each figure."""

from dataclasses import replace
from html.parser import HTMLParser

from modules.core.evidence import Reference, Term
from modules.core.figures import Timeline
from modules.core.module import (
    Block,
    Bullets,
    Callout,
    Chart,
    Check,
    Heading,
    Image,
    Paragraph,
    Predict,
    Reveal,
    SourceSays,
)
from modules.core.paths import find
from modules.core.prose import Cite, Code, Emphasis, Link, Rich, Strong, TermUse, Value, Words
from modules.core.quantity import text
from modules.export.checks import check_html
from modules.export.front import front_matter_html
from modules.export.html import image_html, lesson_html
from modules.export.inline import assessor_text, rich_html, source_html
from modules.export.pieces import Pieces
from modules.export.references import cited, references_html
from tests.builders import evidence, front, module

EVIL = '<script>alert("x")</script>&\'"'
REFERENCES = {
    "one": Reference(id="one", citation=f"One {EVIL}", doi="10.1/one"),
    "two": Reference(id="two", citation="Two", link="https://example.org/two"),
    "three": Reference(id="three", citation="Three", pmid="333"),
}
TERMS = {"os": Term(id="os", term="OS", expansion=EVIL, definition=EVIL, source_class="general")}


class Outline(HTMLParser):
    """The tags and attributes of a page; fails the test on a tag closed out of order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._open: list[str] = []
        self.feed(page)
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in {"img", "br", "input", "meta", "link"}:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def all(self, attribute: str) -> list[str]:
        return [value for _, a in self.tags if (value := a.get(attribute)) is not None]


def pieces() -> Pieces:
    return Pieces(
        figure=lambda chart: f"<figure>{chart.number}</figure>",
        check=lambda check: f"<div>{check.item}</div>",
        image=lambda image: image_html(image, "/image/a/b.png"),
        references=REFERENCES,
        terms=TERMS,
    )


def value(path: str = "lighthouse.os-final.lamp") -> Value:
    quantity = find(evidence(), path)
    return Value(quantity, "estimate", text(quantity, "estimate"))


def sentence() -> Rich:
    return (
        Words(EVIL),
        Strong((value(), Emphasis((TermUse("os", EVIL),)))),
        Code(EVIL),
        Link("https://example.org/?a=1&b=2", (Words(EVIL),)),
        Link("javascript:alert(1)", (Words("no way out"),)),
        Cite(("two", "one")),
    )


def every_block() -> tuple[Block, ...]:
    paragraph = Paragraph(sentence(), 1)
    return (
        Heading(2, sentence(), 'a"nchor', 1),
        paragraph,
        Bullets(((paragraph,), (paragraph, paragraph)), True, 2),
        Callout("caution", EVIL, (paragraph,), 3),
        Callout("takeaway", None, (paragraph, Bullets(((paragraph,),), False, 4)), 4),
        Reveal(EVIL, (paragraph,), 5),
        Predict(find(evidence(), "lighthouse.os-final.lamp"), EVIL, 0, 96, 1, (paragraph,), 6),
        SourceSays(EVIL, "imprecise", (paragraph,), 6),
        Image("b.png", EVIL, EVIL, 7),
        Check("harbour/checks", "look", 8),
    )


def test_a_page_of_every_block_holds_no_unescaped_author_text() -> None:
    page = lesson_html(every_block(), pieces()) + references_html(REFERENCES)
    outline = Outline(page)
    assert "script" not in {tag for tag, _ in outline.tags}
    assert "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;" in page
    assert not [name for _, a in outline.tags for name in a if name.startswith("on")]
    assert "javascript:" not in page
    assert "no way out" in page


def test_every_popover_has_one_id_and_one_button() -> None:
    outline = Outline(lesson_html(every_block(), pieces()))
    ids, targets = outline.all("id"), outline.all("popovertarget")
    assert len(ids) == len(set(ids))
    assert sorted(targets) == sorted(a["id"] or "" for _, a in outline.tags if "popover" in a)
    assert len(targets) == len(set(targets)) >= 16


def test_two_parts_of_a_page_do_not_share_ids() -> None:
    both = [lesson_html(every_block(), pieces().within(part)) for part in ("a", "b")]
    first, second = (set(Outline(page).all("popovertarget")) for page in both)
    assert not first & second


def test_no_block_element_stands_inside_a_sentence() -> None:
    outline = Outline(rich_html(sentence(), pieces()))
    assert {tag for tag, _ in outline.tags} <= {"strong", "em", "code", "a", "button", "span"}


def test_a_figure_keeps_its_interval_in_the_sentence_and_its_source_behind_it() -> None:
    page = rich_html((value(),), pieces())
    assert ">56.5 months</button>" in page
    assert page.endswith("56.5 months</button> (95% CI 49.3 to not reached)")
    assert "Data cut: final; median follow-up 60 months" in page
    assert "A made-up report, 2026" in page
    assert "Verified against the source." in page


def test_a_calculated_figure_says_how() -> None:
    page = source_html(find(evidence(), "lighthouse.os-final.difference"))
    assert "Calculated: difference of two medians; not printed by the source." in page


def test_an_assessor_nobody_named_is_said_to_be_missing_only_where_one_is_needed() -> None:
    where = value().quantity.origin
    assert assessor_text(where) == ""
    assert assessor_text(replace(where, detail="Progression-free survival")) == "Assessor not stated"
    assert assessor_text(replace(where, assessor="BICR")) == "Assessed by: BICR"


def test_references_are_numbered_in_the_order_they_are_first_cited() -> None:
    blocks = (Paragraph((Cite(("two",)),), 1), Reveal("More", (Paragraph((Cite(("one", "two")),), 2),), 2))
    found = cited(blocks, REFERENCES, also=[(Strong((Cite(("three",)),)),)])
    assert list(found) == ["two", "one", "three"]
    page = lesson_html(blocks, replace(pieces(), references=found))
    assert 'href="#ref-2" aria-label="Reference 2">2</a>' in page
    listed = references_html(found)
    assert '<li id="ref-1"><a href="https://example.org/two"' in listed
    assert "https://doi.org/10.1/one" in listed
    assert "https://pubmed.ncbi.nlm.nih.gov/333/" in listed


def test_charts_and_checks_stand_where_the_author_put_them() -> None:
    chart = Chart(Timeline(title="Lamps", trials=("lighthouse",)), 3, 1)
    from_author = (Paragraph((Words("before"),), 1), Check("harbour/checks", "look", 2))
    assert lesson_html(from_author, pieces()) == "<p>before</p>\n<div>look</div>"
    assert lesson_html((chart,), pieces()) == "<figure>3</figure>"


def test_a_scored_item_is_never_drawn_with_its_key() -> None:
    """The key of a scored item never reaches the browser before the answer is in the journal."""
    assert check_html(module().quizzes["harbour/form-a"], "one", pieces()) == ""


def test_front_matter_holds_every_part_a_learner_must_pass_through() -> None:
    """ACCME enduring materials and AMA PRA: F1 to F12."""
    page = front_matter_html(front(), references={}, on=front().reviewed)
    Outline(page)
    for heading in ("Purpose", "Who it is for", "Learning objectives", "Assessment and credit", "Dates"):
        assert f"<h2>{heading}</h2>" in page
    for said in (
        "At least 2 of 3 post-test questions correct",
        "Accredited provider: to be named",
        "No commercial support was received.",
        "1 January 2026",
        "None needed.",
        "harbour@example.org",
        "20 minutes",
        "A browser.",
    ):
        assert said in page


def test_front_matter_after_its_end_warns_that_no_credit_is_given() -> None:
    """Enduring material: no credit after the expiry date."""
    late = front().expires.replace(year=2030)
    assert "no credit is given" in front_matter_html(front(), references={}, on=late)
    assert "no credit is given" not in front_matter_html(front(), references={}, on=front().expires)


def test_a_bracket_before_a_figure_and_the_full_stop_after_it_stay_with_it() -> None:
    term = TermUse("os", "survival")
    page = rich_html((Words("Longer ("), term, Words("). Then "), term, Words(" again")), pieces())
    assert page.count("lm-glue") == 1
    assert 'Longer <span class="lm-glue">(<span popover' in page
    assert "</button>).</span> Then <span popover" in page
