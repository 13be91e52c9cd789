"""An item -> one QTI 2.2 assessmentItem, in the order of elements that the schema of IMS wants.

The model is that of the IMS Question and Test Interoperability (QTI) 2.2 specification, 2015.
"""

from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from modules.core.items import (
    ExtendedMatching,
    FreeText,
    Likert,
    Listed,
    MultipleResponse,
    Numeric,
    Scored,
    ScoredItem,
    Sequencing,
    SingleBest,
    UnscoredItem,
)
from modules.exchange.outgoing import Export, unfit
from modules.exchange.qti_scoring import (
    choices_said,
    declared,
    mapped,
    processed,
    scored_all,
    scored_near,
    scored_share,
    told_always,
    told_chosen,
)
from modules.exchange.question import tidy

SPACE = "http://www.imsglobal.org/xsd/imsqti_v2p2"
SCHEMA = "http://www.imsglobal.org/xsd/qti/qtiv2p2/imsqti_v2p2.xsd"
_OUTCOMES = """<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>
<outcomeDeclaration identifier="MAXSCORE" cardinality="single" baseType="float"><defaultValue><value>1</value>\
</defaultValue></outcomeDeclaration>
<outcomeDeclaration identifier="FEEDBACK" cardinality="{}" baseType="identifier"/>"""


@dataclass(frozen=True, slots=True)
class _Parts:
    """What differs from one type to the next; `said` are the modal feedbacks, by identifier."""

    response: str
    body: str
    rules: str = ""
    said: tuple[tuple[str, str], ...] = ()
    many: bool = False


def qti_item(export: Export, item: ScoredItem | UnscoredItem) -> str | None:
    """The XML of an item; None, with a note, when its type has no place in QTI."""
    parts = _parts(export, item)
    if parts is None:
        unfit(export, item)
        return None
    outcomes = _OUTCOMES.format("multiple" if parts.many else "single") if parts.rules else ""
    vignette = export.words(item.vignette) if isinstance(item, Scored) and item.vignette else ""
    body = f'<div class="vignette"><p>{escape(vignette)}</p></div>{parts.body}' if vignette else parts.body
    title = quoteattr(export.words(item.stem)[:120])
    return "\n".join(
        line
        for line in (
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<assessmentItem xmlns="{SPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
            f'  xsi:schemaLocation="{SPACE} {SCHEMA}"',
            f'  identifier="{named(item.id)}" title={title} adaptive="false" timeDependent="false">',
            parts.response,
            outcomes,
            f"<itemBody>{body}</itemBody>",
            processed(parts.rules) if parts.rules else "",
            *(_modal(one, text) for one, text in parts.said if text),
            "</assessmentItem>\n",
        )
        if line
    )


def named(one: str) -> str:
    """An id as a QTI identifier, which does not begin with a digit."""
    return f"_{one}" if one[0].isdigit() else one


def _modal(one: str, text: str) -> str:
    return (
        f'<modalFeedback outcomeIdentifier="FEEDBACK" identifier="{one}" showHide="show"><p>{escape(text)}</p>'
        "</modalFeedback>"
    )


def _parts(export: Export, item: ScoredItem | UnscoredItem) -> _Parts | None:
    match item:
        case SingleBest():
            return _single(export, item)
        case MultipleResponse():
            return _multiple(export, item)
        case Numeric():
            return _numeric(export, item)
        case ExtendedMatching():
            return _matching(export, item)
        case Sequencing():
            return _ordering(export, item)
        case Likert() | Listed():
            return _survey(export, item)
        case FreeText():
            text = escape(export.words(item.stem))
            attributes = (
                f'responseIdentifier="RESPONSE" expectedLength="{item.longest}" minStrings="{int(item.required)}"'
            )
            body = f"<extendedTextInteraction {attributes}><prompt>{text}</prompt></extendedTextInteraction>"
            return _Parts(declared("single", "string"), body)
        case _:
            return None


def _choice(prompt: str, options: list[tuple[str, str]], how: str) -> str:
    listed = "".join(f'<simpleChoice identifier="{named(one)}">{escape(text)}</simpleChoice>' for one, text in options)
    return (
        f'<choiceInteraction responseIdentifier="RESPONSE" {how}><prompt>{escape(prompt)}</prompt>{listed}'
        "</choiceInteraction>"
    )


def _options(export: Export, item: SingleBest | MultipleResponse) -> list[tuple[str, str]]:
    if any(option.unsafe for option in item.options):
        export.lost(item, "What makes an option unsafe stays behind.", "Say it in the option's rationale.")
    return [(option.id, export.words(option.text)) for option in item.options]


def _single(export: Export, item: SingleBest) -> _Parts:
    how = f'shuffle="{str(not item.fixed).lower()}" maxChoices="1"'
    keys = [named(o.id) for o in item.options if o.correct]
    said = tuple((named(o.id), export.words(o.rationale)) for o in item.options)
    body = _choice(export.words(item.stem), _options(export, item), how)
    return _Parts(declared("single", "identifier", keys), body, scored_all() + told_chosen(), said)


def _multiple(export: Export, item: MultipleResponse) -> _Parts:
    how = f'shuffle="{str(not item.fixed).lower()}" maxChoices="0"'
    keys = [named(o.id) for o in item.options if o.correct]
    said = tuple((named(o.id), export.words(o.rationale)) for o in item.options)
    body = _choice(export.words(item.stem), _options(export, item), how)
    if item.scoring == "all-or-nothing":
        return _Parts(declared("multiple", "identifier", keys), body, scored_all() + told_chosen(), said, many=True)
    worth = {named(o.id): 1 if o.correct else -1 for o in item.options}
    response = declared("multiple", "identifier", keys, mapped(worth, lower=0))
    return _Parts(response, body, scored_share(len(keys)) + told_chosen(), said, many=True)


def _numeric(export: Export, item: Numeric) -> _Parts:
    if item.scale:
        export.lost(item, "The slider stays behind; the number is typed.")
    field = '<textEntryInteraction responseIdentifier="RESPONSE" expectedLength="10"/>'
    body = f"<p>{escape(export.words(item.stem))}</p><p>{field} {escape(item.unit)}</p>"
    rules = scored_near(item.tolerance) + told_always()
    return _Parts(
        declared("single", "float", [export.key(item)]), body, rules, (("rationale", export.words(item.rationale)),)
    )


def _matching(export: Export, item: ExtendedMatching) -> _Parts:
    """Directed pairs from stem to option; an option may fit several stems."""
    stems = {s.id: f"s-{s.id}" for s in item.stems}
    options = {o.id: f"o-{o.id}" for o in item.options}
    pairs = [f"{stems[s.id]} {options[s.key]}" for s in item.stems]
    left = "".join(_associable(stems[s.id], 1, export.words(s.text)) for s in item.stems)
    right = "".join(_associable(options[o.id], len(item.stems), export.words(o.text)) for o in item.options)
    body = (
        f'<matchInteraction responseIdentifier="RESPONSE" shuffle="false" maxAssociations="{len(item.stems)}">'
        f"<prompt>{escape(export.words(item.stem))}</prompt><simpleMatchSet>{left}</simpleMatchSet>"
        f"<simpleMatchSet>{right}</simpleMatchSet></matchInteraction>"
    )
    response = declared("multiple", "directedPair", pairs, mapped(dict.fromkeys(pairs, 1), lower=0))
    said = choices_said([(export.words(s.text), export.words(s.rationale)) for s in item.stems])
    return _Parts(response, body, scored_share(len(pairs)) + told_always(), (("rationale", said),))


def _associable(one: str, most: int, text: str) -> str:
    return f'<simpleAssociableChoice identifier="{one}" matchMax="{most}">{escape(text)}</simpleAssociableChoice>'


def _ordering(export: Export, item: Sequencing) -> _Parts:
    export.lost(item, "QTI marks the whole order; part marks for a part of it stay behind.")
    steps = "".join(
        f'<simpleChoice identifier="{named(step.id)}">{escape(export.words(step.text))}</simpleChoice>'
        for step in item.steps
    )
    body = (
        f'<orderInteraction responseIdentifier="RESPONSE" shuffle="true"><prompt>{escape(export.words(item.stem))}'
        f"</prompt>{steps}</orderInteraction>"
    )
    response = declared("ordered", "identifier", [named(step.id) for step in item.steps])
    return _Parts(response, body, scored_all() + told_always(), (("rationale", export.words(item.rationale)),))


def _survey(export: Export, item: Likert | Listed) -> _Parts:
    """Asked and never scored: no correct response, no processing."""
    if isinstance(item, Likert):
        options = [(f"point-{n}", tidy(text)) for n, text in enumerate(item.scale, 1)]
    else:
        options = [(option.id, export.words(option.text)) for option in item.options]
    many = isinstance(item, Listed) and item.many
    how = f'shuffle="false" maxChoices="{0 if many else 1}" minChoices="{int(item.required)}"'
    return _Parts(
        declared("multiple" if many else "single", "identifier"), _choice(export.words(item.stem), options, how)
    )
