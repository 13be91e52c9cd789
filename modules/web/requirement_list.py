"""What is still needed before credit: the same list the claim checks, each with the way to where it is done."""

from datetime import UTC, datetime
from html import escape
from urllib.parse import urlencode

from modules.actions.house import house
from modules.core.credit import Requirement, offers, requirements
from modules.core.module import Module
from modules.core.progress import Progress, resume_lesson
from modules.core.schemes import PARTICIPATION, Scheme
from modules.export.addresses import ACCOUNT, CONSENTS, PROFILE
from modules.web.claimant import claimant
from modules.web.shell import html

TO_THE = {
    "front-matter": "Read it",
    "pre": "Answer the pre-test",
    "lessons": "Go on reading",
    "post": "Take the post-test",
    "evaluation": "Answer the evaluation",
    "feedback": "See the explained result",
    "beside": "Claim it",
    "account": "Go to your account",
    "profile": "Go to your profile",
    "consents": "Go to your consents",
}


def requirement_list(module: Module, mine: Progress, scheme: Scheme | None = None) -> tuple[Requirement, ...]:
    """For one scheme; for the first that this learner is offered when none is named."""
    crediting, by = house().shelf.current().library.credit, claimant()
    wanted = scheme or offers(crediting, module, mine, by)[0]
    today = datetime.now(UTC).date()
    needed = requirements(module, mine, on=today, scheme=wanted, by=by, crediting=crediting)
    rows = "".join(_row(r, module, mine) for r in needed)
    html(f'<h2>{escape(_title(wanted))}</h2><ul class="lm-needs">{rows}</ul>')
    return needed


def _title(scheme: Scheme) -> str:
    return "What the certificate needs" if scheme.id == PARTICIPATION.id else f"Needed for {scheme.name}"


def _row(needed: Requirement, module: Module, mine: Progress) -> str:
    icon, word = ("✓", "done") if needed.met else ("○", "to do")
    detail = "" if needed.met and needed.stage != "claim" else f" · {escape(needed.detail)}"
    return (
        f'<li class="lm-need-{"met" if needed.met else "open"}"><span aria-hidden="true">{icon}</span> '
        f"<strong>{escape(needed.name)}</strong> <span>({word}){detail}</span>{_way(needed, module, mine)}</li>"
    )


def _way(needed: Requirement, module: Module, mine: Progress) -> str:
    if needed.met or needed.stage == "claim":
        return ""
    where = _where(needed, module, mine)
    return f' <a href="{escape(where)}" target="_self">{TO_THE[needed.stage]}</a>'


def _where(needed: Requirement, module: Module, mine: Progress) -> str:
    here = {"module": module.id}
    match needed.stage:
        case "front-matter" | "claim":
            return f"/module?{urlencode(here)}"
        case "lessons":
            return f"/lesson?{urlencode(here | {'lesson': resume_lesson(module, mine)})}"
        case "pre" | "post" | "evaluation":
            return f"/quiz?{urlencode(here | {'role': needed.stage})}"
        case "feedback":
            return f"/quiz?{urlencode(here | {'role': 'post'})}"
        case "beside":
            return f"/credit?{urlencode(here)}"
        case "account":
            return ACCOUNT
        case "profile":
            return PROFILE
        case "consents":
            return CONSENTS
