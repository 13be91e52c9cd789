"""The profile as a form: each field says why it is asked and who gets it, and what is wrong with what was typed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape

from modules.core.credit import day_text
from modules.core.licences import BOARDS, STATES
from modules.core.people import Consent, Consenting
from modules.core.professions import PROFESSIONS
from modules.export.countries import countries

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
TEXTS: tuple[tuple[str, str, str, str], ...] = (
    ("name", "Name", "name", "As it should stand on your certificates, where anyone you show them to can read it."),
    ("given_name", "Given name", "given-name", "Registers ask for the name in two parts. Goes to registers only."),
    ("family_name", "Family name", "family-name", "Goes to registers only."),
)
"""Field, label, what a browser may fill in, and why it is asked."""
NUMBERS: tuple[tuple[str, str, str], ...] = (
    ("npi", "NPI (US)", "Ten digits. Tells a register whose credit it is. Goes to registers only."),
    ("us-state", "State licence (US)", "ACCME's register finds physicians by it. Goes to registers only."),
    ("gmc", "GMC number (UK)", "Seven digits. For your own record of CPD. Goes to nobody."),
    ("abim", "ABIM ID (US)", "Needed for ABIM MOC points. Goes to ABIM, through ACCME's register, only."),
    (
        "abms",
        "Another board (US)",
        "Needed for points at that board. Goes there, through ACCME's register, only.",
    ),
    ("nabp", "NABP e-Profile ID (US pharmacy)", "Needed for CPE Monitor. Goes there only."),
)
CHOICES = {
    "profession": ("Profession", "Decides which credit you can claim, and stands on your certificates."),
    "country": ("Country", "The coordinators of this site see it beside your name. Goes to nobody else."),
}
PLACES = {"us-state": ("State", STATES), "abms": ("Board", BOARDS)}
CONSENTS: dict[Consenting, tuple[str, str]] = {
    "registers": (
        "Report my credit to registers",
        "With the credit go your name, month and day of birth, and the numbers above that the register asks for: to "
        "ACCME's PARS for physicians, to CPE Monitor for pharmacists. Without your yes nothing is sent.",
    ),
    "follow-up": (
        "Write to me later",
        "This site may then write to you some weeks after a module, to ask what came of what you meant to do.",
    ),
}
NEVER = (
    "Nothing about you is ever given to industry: not your name, not your address, not your answers. That is so "
    "whatever you choose here, and there is no box that changes it."
)


@dataclass(frozen=True, slots=True)
class Shown:
    """`fields` as typed; `refused`: sentences by field; `alert`: one about the whole, None while there is none."""

    fields: Mapping[str, str]
    refused: Mapping[str, str] = field(default_factory=dict)
    alert: str | None = None


def form_html(shown: Shown, history: tuple[Consent, ...], token: str) -> str:
    parts = (
        *(_text(shown, *one, why=why) for *one, why in TEXTS),
        _choice(shown, "profession", dict.fromkeys(PROFESSIONS)),
        _choice(shown, "country", countries()),
        "<h2>Numbers of registers</h2><p>All may stay empty. Give only those you want credit reported to.</p>",
        *(_number(shown, *one, why=why) for *one, why in NUMBERS),
        _born(shown),
        f"<h2>What you agree to</h2><p><strong>{NEVER}</strong></p>",
        *(_consent(shown, kind) for kind in CONSENTS),
    )
    return (
        f'<form class="field profile" method="post" action="/account/profile" novalidate>{_summary(shown)}'
        f'<input type="hidden" name="csrf" value="{escape(token)}">{"".join(parts)}'
        f'<button class="button main" type="submit">Save</button></form>{history_html(history)}'
    )


def history_html(history: tuple[Consent, ...]) -> str:
    if not history:
        return "<h2>What you have agreed to so far</h2><p>Nothing yet.</p>"
    rows = "".join(
        f"<li>{day_text(one.at.date())}: {escape(CONSENTS[one.kind][0])}, {'given' if one.given else 'withdrawn'}</li>"
        for one in history
    )
    return f"<h2>What you have agreed to so far</h2><ul>{rows}</ul>"


def _summary(shown: Shown) -> str:
    rows = "".join(f'<li><a href="#{name}">{escape(text)}</a></li>' for name, text in shown.refused.items())
    told = f"<p>{escape(shown.alert)}</p>" if shown.alert else ""
    if not rows and not told:
        return ""
    return f'<div class="verdict not" role="alert"><strong>Not saved yet</strong>{told}<ul>{rows}</ul></div>'


def _text(shown: Shown, name: str, label: str, fill: str, /, *, why: str) -> str:
    return _row(shown, name, label, why=why, held=_input(shown, name, fill))


def _number(shown: Shown, name: str, label: str, /, *, why: str) -> str:
    held = _input(shown, name, "off")
    if name in PLACES:
        place, codes = PLACES[name]
        more = f' aria-label="{place} of this number"'
        held += _select(shown, f"{name}-region", codes, more=more, none=f"{place}: none")
    return _row(shown, name, label, why=why, held=held)


def _choice(shown: Shown, name: str, options: Mapping[str, str | None]) -> str:
    label, why = CHOICES[name]
    held = _select(shown, name, options, more=_state(shown, name), none="Not said")
    return _row(shown, name, label, why=why, held=held)


def _born(shown: Shown) -> str:
    months = {str(n): month for n, month in enumerate(MONTHS, 1)}
    days = {str(n): str(n) for n in range(1, 32)}
    state = _state(shown, "born")
    held = _select(shown, "day", days, more=f' aria-label="Day of birth"{state}', none="Day")
    held += _select(shown, "month", months, more=f' aria-label="Month of birth"{state}', none="Month")
    why = "Registers tell people of one name apart by it. The year is not asked. Goes to registers only."
    return (
        f'<fieldset id="born"><legend>Day and month of birth</legend><p class="fine" id="born-why">{why}</p>'
        f'{_wrong(shown, "born")}<div class="pair">{held}</div></fieldset>'
    )


def _consent(shown: Shown, kind: Consenting) -> str:
    label, why = CONSENTS[kind]
    ticked = " checked" if shown.fields.get(f"consent-{kind}") == "yes" else ""
    return (
        f'<div class="row"><label class="tick"><input type="checkbox" name="consent-{kind}" value="yes"{ticked} '
        f'aria-describedby="consent-{kind}-why"> {label}</label><p class="fine" id="consent-{kind}-why">{why}</p></div>'
    )


def _row(shown: Shown, name: str, label: str, /, *, why: str, held: str) -> str:
    return (
        f'<div class="row"><label for="{name}">{label}</label><p class="fine" id="{name}-why">{why}</p>'
        f'{_wrong(shown, name)}<div class="pair">{held}</div></div>'
    )


def _wrong(shown: Shown, name: str) -> str:
    return f'<p class="wrong" id="{name}-wrong">{escape(shown.refused[name])}</p>' if name in shown.refused else ""


def _state(shown: Shown, name: str) -> str:
    if name not in shown.refused:
        return f' aria-describedby="{name}-why"'
    return f' aria-invalid="true" aria-describedby="{name}-wrong {name}-why"'


def _input(shown: Shown, name: str, fill: str) -> str:
    """The first field that cannot stand takes the focus."""
    start = " autofocus" if next(iter(shown.refused), "") == name else ""
    held = f'autocomplete="{fill}" spellcheck="false"{_state(shown, name)}{start}'
    return f'<input id="{name}" name="{name}" value="{escape(shown.fields.get(name, ""))}" {held}>'


def _select(shown: Shown, name: str, options: Mapping[str, str | None], *, more: str, none: str) -> str:
    chosen = shown.fields.get(name, "")
    listed = "".join(
        f'<option value="{escape(code)}"{" selected" if code == chosen else ""}>{escape(text or code)}</option>'
        for code, text in options.items()
    )
    return f'<select id="{name}" name="{name}"{more}><option value="">{none}</option>{listed}</select>'
