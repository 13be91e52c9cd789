"""A certificate on screen: what it says, its PDF, and the page where anyone can check it."""

from html import escape

from modules.core.credit import day_text, hours_text
from modules.export.addresses import badge_link, certificate_url, verify_url
from modules.records.records import Issued
from modules.web.shell import html


def certificate_card(issued: Issued) -> None:
    held = issued.certificate
    rows = (
        ("Name", held.name),
        ("Module", f"{held.title}, version {held.module_version}"),
        ("Claimed", hours_text(held.quarter_hours)),
        ("Completed", day_text(held.completed)),
        ("Result", held.score),
        ("Evidence cut-off", day_text(held.evidence_cutoff)),
        ("Number", held.number),
    )
    facts = "".join(f"<div><dt>{escape(k)}</dt><dd>{escape(v)}</dd></div>" for k, v in rows)
    html(
        f'<section class="lm-certificate"><h2>Certificate of participation</h2><dl class="lm-facts">{facts}</dl>'
        f'<p class="lm-actions"><a class="lm-button" href="{certificate_url(held.number)}" target="_blank">'
        f'Download the certificate (PDF)</a> <a href="{verify_url(held.number)}" target="_blank">'
        "See what others see when they check it</a> "
        f'<a href="{badge_link(held.number)}" target="_blank">Open Badges credential</a></p></section>'
    )
