"""The certificate: a tagged PDF, the same bytes each time, and no name can break it."""

import io
from collections.abc import Iterator

import pikepdf
import pytest

from modules.core.certificates import Certificate
from modules.export.certificate import _facts, _words, certificate_pdf, statement
from tests.builders import certificate

LINK = "https://learn.example.org/verify/LM-AAAA-BBBB-CCCC-DDDD"
NAMES = (
    "Ann Åker",
    '#panic("x") *bold* $x$ `raw` @preview <b> \\ "q"',
    "محمد عبد الله",
    "张伟",
    "Ann 😀 Lee",
    "é́" * 30,
    "A" * 300,
    "",
    "line\nbreak\x00\u200d",
)


def opened(name: str = "Ann Åker") -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(certificate_pdf(certificate(name=name), LINK)))


def elements(node: pikepdf.Object) -> Iterator[pikepdf.Dictionary]:
    """Every structure element below a node of the structure tree."""
    kids: object = node.get("/K", pikepdf.Array())
    below = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    for kid in below:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def test_it_is_tagged_titled_and_says_its_language() -> None:
    """ISO 14289-1: 7.1 (Marked, DisplayDocTitle, title), 7.2 (natural language), 5 (identification)."""
    pdf = opened()
    assert pdf.Root.MarkInfo.Marked == True  # noqa: E712
    assert str(pdf.Root.Lang) == "en-GB"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle == True  # noqa: E712
    with pdf.open_metadata() as told:
        assert told["pdfuaid:part"] == "1"
        assert told["dc:title"] == "Certificate of participation: Into the harbour"


def test_every_figure_has_a_text_alternative_and_the_heading_is_a_heading() -> None:
    """ISO 14289-1: 7.3 (figures), 7.4 (headings), 7.18.5 (links)."""
    pdf = opened()
    found = list(elements(pdf.Root.StructTreeRoot))
    figures = [e for e in found if e.S == "/Figure"]
    assert sorted(str(f.Alt) for f in figures) == ["Landmark", f"QR code that leads to {LINK}"]
    assert [str(e.S) for e in found].count("/H1") == 1
    assert "/Link" in {str(e.S) for e in found}


def test_every_font_is_embedded() -> None:
    """ISO 14289-1: 7.21.4.1."""
    pdf = opened()
    fonts = [font for page in pdf.pages for font in page.Resources.get("/Font", {}).values()]
    assert fonts
    for font in fonts:
        own = font.DescendantFonts[0] if "/DescendantFonts" in font else font
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(own.FontDescriptor.keys())


def test_the_same_certificate_is_the_same_document() -> None:
    assert certificate_pdf(certificate(), LINK) == certificate_pdf(certificate(), LINK)


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_no_name_breaks_it_or_is_read_as_markup(name: str) -> None:
    pdf = opened(name)
    assert len(pdf.pages) == 1
    assert pdf.Root.MarkInfo.Marked == True  # noqa: E712


def test_without_an_accredited_provider_no_credit_is_designated() -> None:
    """AMA PRA: credit is designated by an accredited provider in advance, or not at all."""
    unnamed = certificate().model_copy(update={"provider": "to be named by the accredited provider"})
    assert "it carries no designated credit" in statement(unnamed)
    assert statement(certificate()) == (
        "Issued by The harbour. The learner claimed 0.5 hours, commensurate with the time spent."
    )


def credited() -> Certificate:
    told = {
        "heading": "Certificate of credit",
        "scheme": "ama-pra-1",
        "scheme_name": "AMA PRA Category 1 Credit",
        "unit": "*AMA PRA Category 1 Credit(s)*™",
        "units": "*AMA PRA Category 1 Credit(s)*™",
        "statement": "Credit awarded, as claimed by the physician: 0.5 *AMA PRA Category 1 Credit(s)*™.",
        "provider_address": "1 Quay Street, Harbour",
        "joint": "The Lighthouse Board",
        "accreditation": "0001234",
        "uan": "0129-0000-26-001-H01-P",
        "replaces": "LM-ZZZZ-ZZZZ-ZZZZ-ZZZZ",
    }
    return certificate().model_copy(update=told)


def test_a_certificate_of_credit_shows_its_scheme_amount_provider_and_format() -> None:
    """AMA PRA: name, accredited provider, title, format, date, credits claimed. ANCC: the provider's address."""
    facts = dict(_facts(credited()))
    assert facts["Credit claimed"] == "0.5 AMA PRA Category 1 Credit(s)™"
    assert facts["Format"] == "Enduring material"
    words = _words(credited(), LINK)
    assert words["provider"] == "Provider: The harbour and The Lighthouse Board, 1 Quay Street, Harbour, No. 0001234"
    assert words["replaces"] == "This certificate takes the place of LM-ZZZZ-ZZZZ-ZZZZ-ZZZZ."
    assert facts["Universal activity number"] == "0129-0000-26-001-H01-P"
    assert statement(credited()) == credited().statement
    pdf = pikepdf.open(io.BytesIO(certificate_pdf(credited(), LINK)))
    assert len(pdf.pages) == 1
    assert "/Em" in {str(e.S) for e in elements(pdf.Root.StructTreeRoot)}
    with pdf.open_metadata() as told:
        assert told["pdfuaid:part"] == "1"
        assert told["dc:title"] == "Certificate of credit: Into the harbour"


def test_a_long_provider_and_statement_still_fit_one_page() -> None:
    long = credited().model_copy(update={"provider": "Institute " * 8, "statement": "A sentence of words. " * 14})
    assert len(pikepdf.open(io.BytesIO(certificate_pdf(long, LINK))).pages) == 1
