"""The certificate as an accessible PDF (PDF/UA-1), set by Typst from data alone."""

import io
import json
from pathlib import Path

import segno
import typst

from modules.core.certificates import Certificate
from modules.core.credit import NO_CREDIT, certificate_words, day_text
from modules.core.module import UNNAMED
from modules.core.schemes import PARTICIPATION, Crediting, Provider, stressed
from modules.export.typeset import LOGO, Words, pdf, printable

_TEMPLATE = Path(__file__).with_suffix(".typ")


def certificate_pdf(certificate: Certificate, verify_url: str) -> bytes:
    """The same certificate gives the same bytes. What no installed font can print becomes an empty square."""
    words = _words(certificate, verify_url)
    try:
        return _compiled(words, certificate, verify_url)
    except typst.TypstError:
        return _compiled(printable(words), certificate, verify_url)


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
        "provider": "" if certificate.provider == UNNAMED else f"Provider: {provider_text(certificate)}",
        "replaces": f"This certificate takes the place of {certificate.replaces}." if certificate.replaces else "",
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
        ("Assessment", f"{certificate.score} correct; {certificate.rule} needed"),
        ("Module version", certificate.module_version),
        ("Issued", day_text(certificate.issued.date())),
        *([("Universal activity number", certificate.uan)] if certificate.uan else []),
    ]


def claimed_label(certificate: Certificate) -> str:
    return "Time claimed" if certificate.scheme == PARTICIPATION.id else "Credit claimed"


def provider_text(certificate: Certificate) -> str:
    """With the joint provider, the address and the number they are accredited under, where those are known."""
    number = f"No. {certificate.accreditation}" if certificate.accreditation else ""
    return ", ".join(filter(None, (_both(certificate), certificate.provider_address, number)))


def _both(certificate: Certificate) -> str:
    return f"{certificate.provider} and {certificate.joint}" if certificate.joint else certificate.provider


def _compiled(words: Words, certificate: Certificate, verify_url: str) -> bytes:
    inputs = {"certificate": json.dumps(words), "logo": LOGO.read_text(), "qr": qr_svg(verify_url)}
    return pdf(_TEMPLATE, inputs, certificate.issued)


def qr_svg(text: str) -> str:
    """Error correction M; the quiet zone is part of the picture."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", border=4, scale=4, xmldecl=False)
    return out.getvalue().decode()
