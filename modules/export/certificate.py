"""The certificate as an accessible PDF (PDF/UA-1), set by Typst from data alone."""

import io
import json
from functools import lru_cache
from pathlib import Path

import segno
import typst

from modules.core.certificates import Certificate
from modules.core.credit import NO_CREDIT, certificate_words, day_text
from modules.core.module import UNNAMED
from modules.core.schemes import PARTICIPATION, Crediting, Provider, stressed

_TEMPLATE = Path(__file__).with_suffix(".typ")
_LOGO = Path(__file__).parents[2] / "assets" / "logo.svg"
_UNPRINTABLE = "\N{WHITE SQUARE}"


def certificate_pdf(certificate: Certificate, verify_url: str) -> bytes:
    """The same certificate gives the same bytes. What no installed font can print becomes an empty square."""
    words = _words(certificate, verify_url)
    try:
        return _compiled(words, certificate, verify_url)
    except typst.TypstError:
        return _compiled(_safe(words), certificate, verify_url)


def statement(certificate: Certificate) -> str:
    """As frozen at issue. Certificates from before there were schemes hold none; theirs is generated as it was then."""
    if certificate.statement:
        return certificate.statement
    named = certificate.provider != UNNAMED
    crediting = Crediting(provider=Provider(name=certificate.provider)) if named else NO_CREDIT
    return certificate_words(crediting, PARTICIPATION, certificate.amount, certificate.title)


def _words(certificate: Certificate, verify_url: str) -> dict[str, object]:
    title = certificate.heading
    return {
        "title": title,
        "name": certificate.name,
        "profession": certificate.profession,
        "deed": "completed the module",
        "module": certificate.title,
        "number": certificate.number,
        "verify": verify_url,
        "description": f"{title} for {certificate.title}, number {certificate.number}",
        "completed": list(certificate.completed.timetuple()[:3]),
        "facts": _facts(certificate),
        "statement": [[words, italic] for words, italic in stressed(statement(certificate))],
        "missing": "",
    }


def _facts(certificate: Certificate) -> list[tuple[str, str]]:
    """What a transcript asks for: provider, format, date completed, credit claimed (AMA PRA)."""
    return [
        (claimed_label(certificate), certificate.amount_text),
        ("Date completed", day_text(certificate.completed)),
        ("Format", certificate.learning_format),
        ("Evidence cut-off", day_text(certificate.evidence_cutoff)),
        ("Provider", provider_text(certificate)),
        ("Assessment", f"{certificate.score} correct; {certificate.rule} needed"),
        ("Module version", certificate.module_version),
        ("Issued", day_text(certificate.issued.date())),
        *([("Universal activity number", certificate.uan)] if certificate.uan else []),
        *([("Replaces", certificate.replaces)] if certificate.replaces else []),
    ]


def claimed_label(certificate: Certificate) -> str:
    return "Time claimed" if certificate.scheme == PARTICIPATION.id else "Credit claimed"


def provider_text(certificate: Certificate) -> str:
    """With the joint provider, the address and the number they are accredited under, where those are known."""
    number = f"No. {certificate.accreditation}" if certificate.accreditation else ""
    return ", ".join(filter(None, (_both(certificate), certificate.provider_address, number)))


def _both(certificate: Certificate) -> str:
    return f"{certificate.provider} and {certificate.joint}" if certificate.joint else certificate.provider


def _compiled(words: dict[str, object], certificate: Certificate, verify_url: str) -> bytes:
    inputs = {"certificate": json.dumps(words), "logo": _LOGO.read_text(), "qr": qr_svg(verify_url)}
    stamp = int(certificate.issued.timestamp())
    return typst.compile(_TEMPLATE, format="pdf", sys_inputs=inputs, pdf_standards="ua-1", timestamp=stamp)


def qr_svg(text: str) -> str:
    """Error correction M; the quiet zone is part of the picture."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", border=4, scale=4, xmldecl=False)
    return out.getvalue().decode()


def _safe(words: dict[str, object]) -> dict[str, object]:
    """Only characters that a font here can print, and a sentence that says where the rest can be read."""
    note = "Characters this document cannot print are shown as squares; the verification page shows them."
    return {**{name: _printed(value) for name, value in words.items()}, "missing": note}


def _printed(value: object) -> object:
    match value:
        case str():
            return "".join(char if _prints(char) else _UNPRINTABLE for char in value)
        case list() | tuple():
            return [_printed(part) for part in value]
        case _:
            return value


@lru_cache(maxsize=4096)
def _prints(char: str) -> bool:
    """Asked of Typst itself, one character at a time; controls and joiners are never kept."""
    if char.isascii() and char.isprintable():
        return True
    if not char.isprintable():
        return False
    source = '#set document(title: "x")\n#set text(font: "Libertinus Serif", lang: "en")\n#sys.inputs.char'
    try:
        typst.compile(source.encode(), format="pdf", sys_inputs={"char": char}, pdf_standards="ua-1")
    except typst.TypstError:
        return False
    return True
