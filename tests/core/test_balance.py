"""The meter of a module: whose efficacy, whose harm, how many words."""

from dataclasses import replace

import pytest

from modules.core.balance import MeterRow, Names, meter
from modules.core.evidence import Evidence
from modules.core.module import Module, Paragraph, Support
from modules.core.products import Product
from modules.core.prose import Words
from tests import builders

LAMP = Product(id="lamp", generic="Lamp", company="Wick Works", drug_class="light")
OIL = Product(id="oil-lamp", generic="Oil lamp", short=("O-LAMP",), trade=("Gleam",), drug_class="light")


@pytest.fixture
def evidence() -> Evidence:
    return builders.evidence().model_copy(update={"products": {p.id: p for p in (LAMP, OIL)}})


def saying(*paragraphs: str, support: tuple[Support, ...] = ()) -> Module:
    built = builders.module()
    blocks = tuple(Paragraph((Words(text),), n) for n, text in enumerate(paragraphs, 1))
    lessons = (replace(built.lessons[0], blocks=blocks),)
    front = built.front.model_copy(update={"support": support})
    return replace(built, lessons=lessons, front=front)


def rows(module: Module, evidence: Evidence) -> dict[str, MeterRow]:
    return {row.product.id: row for row in meter(module, evidence)}


def test_a_sentence_may_tell_of_benefit_and_of_harm(evidence: Evidence) -> None:
    found = rows(
        saying("An oil lamp delayed progression. It rained. O-LAMP did harm, and survival improved."), evidence
    )
    assert list(found) == ["oil-lamp"]
    row = found["oil-lamp"]
    assert (row.sentences, row.efficacy, row.harm, row.words, row.share) == (2, 2, 1, 11, 1.0)


def test_a_longer_name_is_not_taken_for_the_shorter_one(evidence: Evidence) -> None:
    assert Names(evidence).found("Oil lamp or lamp") == {"oil-lamp", "lamp"}
    assert Names(evidence).found("oil lamp") == {"oil-lamp"}
    assert Names(evidence).found("lamplight, headlamp") == set()


def test_a_figure_counts_for_what_its_trial_tests(evidence: Evidence) -> None:
    row = rows(builders.module(), evidence)["lamp"]
    assert (row.sentences, row.efficacy, row.harm) == (2, 2, 0)


def test_the_products_of_a_supporter_are_marked(evidence: Evidence) -> None:
    told = "A lamp is a lamp. An oil lamp is one too."
    assert not any(row.supporter for row in rows(saying(told), evidence).values())
    by_company = rows(saying(told, support=(Support(name="Wick Works", kind="A grant"),)), evidence)
    assert (by_company["lamp"].supporter, by_company["oil-lamp"].supporter) == (True, False)
    by_name = rows(saying(told, support=(Support(name="A fund", kind="Its parent sells the oil lamp"),)), evidence)
    assert by_name["oil-lamp"].supporter


def test_a_module_that_names_no_product_has_no_rows(evidence: Evidence) -> None:
    assert meter(saying("It rained."), evidence) == ()
