"""Front matter as HTML: everything a learner passes through before the first lesson (ACCME, AMA PRA)."""

from collections.abc import Iterable, Mapping
from datetime import date
from html import escape

from modules.core.credit import NO_CREDIT, carried, claimable, day_text, designations
from modules.core.evidence import Reference
from modules.core.module import Disclosure, FrontMatter, Person, Support
from modules.core.schemes import Crediting, amount_text, stressed
from modules.export.inline import citation_html

PROFESSIONALS = (
    "For healthcare professionals. This is education, not advice about the care of a particular patient; "
    "it does not replace the product information or local guidelines."
)


def accurate_text(front: FrontMatter) -> str:
    return f"Content accurate as of {day_text(front.evidence_cutoff)}"


def support_text(front: FrontMatter) -> str:
    """The acknowledgement in words. ACCME Standard 4: no logo and no trade name."""
    if not front.support:
        return "No commercial support was received."
    return f"Support: {'; '.join(_support(support) for support in front.support)}"


def _support(support: Support) -> str:
    return f"{support.name}. {support.kind}"


def expiry_text(front: FrontMatter, on: date) -> str | None:
    """What a learner must be warned of; None while the module is in date."""
    if on > front.expires:
        return f"This module ended on {day_text(front.expires)}. It may be read, but no credit is given."
    return None


def front_matter_html(
    front: FrontMatter,
    *,
    references: Mapping[str, Reference],
    on: date,
    level: int = 2,
    crediting: Crediting = NO_CREDIT,
) -> str:
    """Headings start at `level`; `on` is today."""
    parts = (
        ("Purpose", _paragraph(front.purpose)),
        ("Who it is for", _list(front.audience) + _paragraph(PROFESSIONALS)),
        ("Learning objectives", _list(objective.text for objective in front.objectives)),
        ("Faculty", _list_html(_person(person) for person in front.faculty)),
        ("Disclosure of financial relationships", _disclosures(front)),
        ("Commercial support", _list(map(_support, front.support)) or _paragraph(support_text(front))),
        ("How to take part", _taking_part(front)),
        ("Assessment and credit", _credit(front, crediting)),
        ("Dates", _dates(front, on)),
        ("Where the content comes from", _origin(front)),
        ("Further reading", _reading(front, references)),
        ("Technical requirements", _paragraph(front.requirements)),
        ("Contact, privacy and copyright", _small_print(front)),
    )
    return "\n".join(_section(heading, inner, level) for heading, inner in parts if inner)


def _section(heading: str, inner: str, level: int) -> str:
    return f'<section class="lm-front"><h{level}>{heading}</h{level}>{inner}</section>'


def _paragraph(text: str) -> str:
    return f"<p>{escape(text)}</p>"


def _list(texts: Iterable[str]) -> str:
    return _list_html(escape(text) for text in texts)


def _list_html(entries: Iterable[str]) -> str:
    inner = "".join(f"<li>{entry}</li>" for entry in entries)
    return f"<ul>{inner}</ul>" if inner else ""


def _facts(facts: Iterable[tuple[str, str]]) -> str:
    rows = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(text)}</dd></div>" for name, text in facts)
    return f'<dl class="lm-facts">{rows}</dl>'


def _person(person: Person) -> str:
    return f"<strong>{escape(person.name)}</strong>, {escape(person.credentials)}. {escape(person.role)}"


def _disclosures(front: FrontMatter) -> str:
    """ACCME Standard 3: name, company, nature, for everyone in control of content; and the mitigation."""
    return _list_html(_disclosure(one) for one in front.disclosures) + _paragraph(front.mitigation)


def _disclosure(one: Disclosure) -> str:
    name = f"<strong>{escape(one.name)}</strong>"
    if one.statement is not None:
        return f"{name}: {escape(one.statement)}"
    if not one.relationships:
        return f"{name}: no relevant financial relationships to disclose."
    return f"{name}: {escape('; '.join(f'{r.company} ({r.nature})' for r in one.relationships))}."


def _taking_part(front: FrontMatter) -> str:
    facts = (
        ("Medium", front.medium),
        ("Method of participation", front.method_of_participation),
        ("Estimated time", f"{front.minutes} minutes"),
    )
    return _facts(facts) + _paragraph(front.instructions)


def _credit(front: FrontMatter, crediting: Crediting) -> str:
    """AMA PRA: the minimum performance level is told before participation, and the designation in exact words."""
    rule = f"At least {front.assessment.correct} of {front.assessment.asked} post-test questions correct"
    schemes = (*carried(crediting, front), crediting.participation)
    most = [amount_text(one, claimable(front, one)[0]) for one in schemes if claimable(front, one)]
    facts = [("Pass mark", rule), ("Most you may claim", "; ".join(most))]
    if crediting.provider is not None:
        facts.append(
            ("Accredited provider", ", ".join(filter(None, (crediting.provider.name, crediting.provider.address))))
        )
    return _facts(facts) + "".join(f"<p>{stressed_html(one)}</p>" for one in designations(crediting, front))


def stressed_html(wording: str) -> str:
    """AMA PRA: the credit's name is italic."""
    return "".join(f"<em>{escape(words)}</em>" if italic else escape(words) for words, italic in stressed(wording))


def _dates(front: FrontMatter, on: date) -> str:
    days = (
        ("Released", front.released),
        ("Last reviewed", front.reviewed),
        ("Credit ends", front.expires),
        ("Content accurate as of", front.evidence_cutoff),
    )
    warning = expiry_text(front, on)
    notice = f'<p class="lm-notice lm-caution">{escape(warning)}</p>' if warning else ""
    return notice + _facts((*((name, day_text(day)) for name, day in days), ("Version", front.version)))


def _origin(front: FrontMatter) -> str:
    if front.origin is None:
        return ""
    where = front.origin
    named = f"{where.title}. {where.publisher}; {where.speaker}; {day_text(where.date)}."
    return _paragraph(where.statement) + _paragraph(named)


def _reading(front: FrontMatter, references: Mapping[str, Reference]) -> str:
    return _list_html(citation_html(references[name]) for name in front.further_reading if name in references)


def _small_print(front: FrontMatter) -> str:
    return _facts((("Contact", front.contact), ("Privacy", front.privacy), ("Copyright", front.copyright)))
