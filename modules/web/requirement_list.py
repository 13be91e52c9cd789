"""What is still needed before credit: the same list the claim checks."""

from datetime import UTC, datetime
from html import escape

from modules.core.credit import Requirement, requirements
from modules.core.module import Module
from modules.core.progress import Progress
from modules.web.shell import html


def requirement_list(module: Module, mine: Progress) -> tuple[Requirement, ...]:
    needed = requirements(module, mine, on=datetime.now(UTC).date())
    rows = "".join(_row(r) for r in needed)
    html(f'<h2>What the certificate needs</h2><ul class="lm-needs">{rows}</ul>')
    return needed


def _row(needed: Requirement) -> str:
    icon, word = ("✓", "done") if needed.met else ("○", "to do")
    detail = "" if needed.met and needed.stage != "claim" else f" · {escape(needed.detail)}"
    return (
        f'<li class="lm-need-{"met" if needed.met else "open"}"><span aria-hidden="true">{icon}</span> '
        f"<strong>{escape(needed.name)}</strong> <span>({word}){detail}</span></li>"
    )
