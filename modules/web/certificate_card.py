"""A certificate on screen: what it says, its PDF, and the page where anyone can check it."""

from html import escape

from modules.core.credit import day_text
from modules.export.addresses import badge_link, certificate_url, verify_url
from modules.export.certificate import provider_text
from modules.records.records import Issued
from modules.web.shell import html

STATES = {"valid": "", "superseded": " (replaced)", "revoked": " (revoked)"}


def certificate_card(issued: Issued) -> None:
    held = issued.certificate
    rows = (
        ("Name", held.name),
        ("Module", f"{held.title}, version {held.module_version}"),
        ("Claimed", held.amount_text),
        ("Completed", day_text(held.completed)),
        ("Result", held.score),
        ("Evidence cut-off", day_text(held.evidence_cutoff)),
        ("Provider", provider_text(held)),
        ("Number", held.number),
        ("Reason", issued.reason or ""),
    )
    facts = "".join(f"<div><dt>{escape(k)}</dt><dd>{escape(v)}</dd></div>" for k, v in rows if v)
    heading = f"{held.heading}{STATES[issued.state]}"
    if held.scheme_name != held.heading:
        heading += f": {held.scheme_name}"
    html(
        f'<section class="lm-certificate"><h2>{escape(heading)}</h2><dl class="lm-facts">{facts}</dl>'
        f'<p class="lm-actions">{_document(issued)}<a href="{verify_url(held.number)}" target="_blank">'
        "See what others see when they check it</a> "
        f'<a href="{badge_link(held.number)}" target="_blank">Open Badges credential</a></p></section>'
    )


def _document(issued: Issued) -> str:
    """A certificate that no longer stands is not handed out again."""
    if issued.state != "valid":
        return ""
    where = certificate_url(issued.certificate.number)
    return f'<a class="lm-button" href="{where}" target="_blank">Download the certificate (PDF)</a> '
