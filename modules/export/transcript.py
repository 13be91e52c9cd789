"""A transcript as an accessible PDF (PDF/UA-1) and as CSV."""

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import typst

from modules.core.certificates import Certificate
from modules.core.credit import day_text
from modules.core.schemes import amount_number, plain_words
from modules.core.transcript import Entry, Total
from modules.export.certificate import provider_text
from modules.export.completion import csv_text
from modules.export.typeset import LOGO, Words, pdf, printable

_TEMPLATE = Path(__file__).with_suffix(".typ")
TITLE = "Transcript of credit"
FOOT = (
    "Each certificate can be checked by its number on the verification page of this site. This transcript was made for "
    "its holder; the site has not sent it, or anything in it, to anybody."
)
HEADER = ("Completed", "Module", "Version", "Credit", "Claimed", "Unit", "Provider", "Certificate", "Reflection")


def transcript_pdf(
    name: str, cycle: str, entries: Sequence[Entry], totals: Sequence[Total], *, now: datetime
) -> bytes:  # fmt: skip
    """What no installed font can print becomes an empty square."""
    words: Words = {
        "title": TITLE,
        "name": name,
        "cycle": cycle,
        "printed": f"made on {day_text(now.date())}",
        "description": f"{TITLE}, {cycle}",
        "made": list(now.timetuple()[:3]),
        "totals": [[one.scheme, str(one.certificates), one.text] for one in totals],
        "entries": [_entry(one) for one in entries],
        "foot": FOOT,
        "missing": "",
    }
    try:
        return _compiled(words, now)
    except typst.TypstError:
        return _compiled(printable(words), now)


def _entry(one: Entry) -> dict[str, str]:
    held = one.certificate
    return {
        "completed": day_text(held.completed),
        "module": held.title,
        "told": told(held),
        "amount": held.amount_text,
        "note": one.note,
    }


def told(held: Certificate) -> str:
    """What the certificate was, who gave it, and its number."""
    return " · ".join((held.scheme_name, held.learning_format, provider_text(held), held.number))


def _compiled(words: Words, now: datetime) -> bytes:
    return pdf(_TEMPLATE, {"transcript": json.dumps(words), "logo": LOGO.read_text()}, now)


def transcript_csv(entries: Sequence[Entry]) -> str:
    """A row a certificate, each amount beside its own unit; totals are left to whoever opens it."""
    return csv_text(HEADER, (_row(one) for one in entries))


def _row(one: Entry) -> tuple[object, ...]:
    held = one.certificate
    return (
        held.completed.isoformat(), held.title, held.module_version, held.scheme_name, amount_number(held.amount),
        plain_words(held.units or held.unit), provider_text(held), held.number, one.note,
    )  # fmt: skip
