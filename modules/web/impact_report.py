"""An impact report on screen: what changed, and each thing it touches, old and new wording side by side."""

from html import escape

from modules.actions.impact import Report, Touched
from modules.actions.impact_text import counted, link
from modules.core.impact import STANDINGS, Change, Use
from modules.export.addresses import verify_url

KINDS = {
    "key": "Keys",
    "sentence": "Sentences",
    "source-says": "Notes beside the source document",
    "prediction": "Predictions asked for",
    "chart": "Charts",
    "slide": "Slides",
    "notes": "Notes of speakers",
    "item": "Texts of items",
}


def report_html(report: Report) -> str:
    if not report.changes:
        return f"<p>{escape(report.new.name)}: no published figure differs. Nothing is touched.</p>"
    rows = "".join(f"<li>{_change(change)}</li>" for change in report.changes)
    touched = "".join(map(_module, report.touched)) or "<p>No module reads these figures.</p>"
    return f"<h2>{escape(report.new.name)}: figures that differ</h2><ul>{rows}</ul>{touched}"


def _change(change: Change) -> str:
    was = escape(change.old) if change.old is not None else "not there before"
    now = escape(change.new) if change.new is not None else "gone"
    return f"<code>{escape(change.path)}</code>: {was} → <strong>{now}</strong>"


def _module(touched: Touched) -> str:
    body = "".join(_kind(touched, kind, title) for kind, title in KINDS.items())
    return f"<h2>{escape(touched.module.front.title)}</h2><p>{escape(counted(touched))}.</p>{body}{_held(touched)}"


def _kind(touched: Touched, kind: str, title: str) -> str:
    """Each place once, with all that changes in it."""
    places: dict[tuple[str, int, str], list[Use]] = {}
    for use in touched.uses:
        if use.kind == kind:
            places.setdefault((use.file, use.line, use.name), []).append(use)
    return f"<h3>{title}</h3>{''.join(_place(touched, uses) for uses in places.values())}" if places else ""


def _place(touched: Touched, uses: list[Use]) -> str:
    first = uses[0]
    where = link(touched.module.id, first)
    name = f'<a href="{escape(where)}" target="_blank">{escape(first.name)}</a>' if where else escape(first.name)
    told = f'<p class="lm-use">{name} <span class="lm-place">{escape(first.file)}, line {first.line}</span></p>'
    return told + "".join(map(_use, uses))


def _use(use: Use) -> str:
    standing = STANDINGS[use.standing].capitalize()
    if use.old == use.new:
        return f'<p class="lm-place">{standing}</p><p>{escape(use.old)}</p>'
    sides = _side("As published", use.old) + _side("With the new file", use.new)
    return f'<p class="lm-place">{standing}</p><div class="lm-says lm-sides">{sides}</div>'


def _side(title: str, text: str) -> str:
    return f'<div class="lm-says-part"><p class="lm-callout-title">{title}</p><p>{escape(text)}</p></div>'


def _held(touched: Touched) -> str:
    if not touched.certificates:
        return "<p>No certificate has been issued for a text that names this trial.</p>"
    numbers = (one.certificate.number for one in touched.certificates)
    rows = "".join(f'<li><a href="{verify_url(n)}" target="_blank">{escape(n)}</a></li>' for n in numbers)
    return f"<details><summary>Certificates: {len(touched.certificates)}</summary><ul>{rows}</ul></details>"
