"""The presenter's page: all slides of a module in one plain page that goes on working without the network."""

import re
from collections.abc import Sequence
from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse

from modules.actions.slides import slides
from modules.core.module import Module
from modules.core.slide import Slide
from modules.export.addresses import present_url, read_url
from modules.routes.context import RouteContext
from modules.routes.page import Page, missing, respond
from modules.routes.reading import NO_MODULE
from modules.routes.slides import body_html, foot_html

KEYS = (
    ("→ Space Page down", "Next slide"),
    ("← Page up", "Previous slide"),
    ("Enter ↓", "Show more of a chart"),
    ("↑", "Show less of it"),
    ("Home End", "First or last slide"),
    ("Number, then Enter", "Go to a slide"),
    ("O", "Overview of all slides"),
    ("N", "Notes in a window of their own"),
    ("P", "Pointer"),
    ("R", "Timer back to 0:00"),
    ("F", "Full screen"),
    ("B", "Black screen"),
    ("T", "Light or dark"),
    ("?", "These keys"),
)
BUTTONS = (
    ("overview", "Overview"),
    ("notes", "Notes"),
    ("point", "Pointer"),
    ("restart", "Timer to 0:00"),
    ("theme", "Light or dark"),
    ("full", "Full screen"),
)
SHEETS = ("landmark.css", "present.css", "present_modes.css")
SCRIPTS = ("present.js", "present_overview.js", "present_desk.js")


def present(context: RouteContext, request: Request) -> HTMLResponse:
    module = context.module(request.path_params["module"])
    if module is None:
        return missing(context, NO_MODULE, ("/read", "All modules"))
    return deck_page(context, module, slides(module, context.library().evidence))


def deck_page(context: RouteContext, module: Module, shown: Sequence[Slide], *, extra: str = "") -> HTMLResponse:
    """`extra`: the controls of a live session, which nobody but its host is given."""
    front = module.front
    drawn = "".join(_slide(slide, n, len(shown)) for n, slide in enumerate(shown, 1))
    body = (
        f'<main class="lm-slides" id="main" data-module="{escape(module.id)}">{drawn}</main>{_desk()}'
        f"{_controls(len(shown), read_url(module.id))}{extra}"
        f'<p class="lm-live" id="live" role="status"></p>{_help()}<div id="pointer" aria-hidden="true" hidden></div>'
    )
    sheets, scripts = (*SHEETS, "present_session.css"), (*SCRIPTS, "present_session.js")
    page = Page(
        front.title, body, front.summary, present_url(module.id), front.language,
        sheets=sheets if extra else SHEETS, scripts=scripts if extra else SCRIPTS, private=bool(extra),
    )  # fmt: skip
    return respond(context, page)


def _slide(slide: Slide, number: int, count: int) -> str:
    """The frame has the shape of the screen and everything in it grows with it; notes stand outside."""
    level = "h1" if number == 1 else "h2"
    anchor = f'<span class="lm-anchor" id="{escape(slide.anchor)}"></span>' if slide.anchor else ""
    poll = f' data-poll="{escape(slide.poll)}"' if slide.poll else ""
    panel = '<div class="lm-panel"></div>' if slide.poll else ""
    return (
        f'<section class="lm-slide lm-slide-{slide.kind}" id="{number}"{poll} aria-roledescription="slide" '
        f'aria-label="Slide {number} of {count}" tabindex="-1">{anchor}<div class="lm-frame"><div class="lm-face">'
        f'<{level}>{_whole(slide.title)}</{level}><div class="lm-body">{body_html(slide)}{panel}</div>'
        f'<p class="lm-foot"><span>{foot_html(slide)}</span>'
        f'<span class="lm-number" aria-hidden="true">{number}</span></p>'
        f"</div></div>{_notes(slide)}</section>"
    )


def _whole(title: str) -> str:
    """Words are not broken at their hyphens: large type would read "de-" and "HER2-" at the end of a line."""
    return re.sub(r"\S+-\S+", lambda word: f'<span class="lm-whole">{word[0]}</span>', escape(title))


def _notes(slide: Slide) -> str:
    """Seen in the notes window and in print; never on the projector."""
    told = "".join(f"<p>{escape(part)}</p>" for part in slide.notes.split("\n\n") if part.strip())
    return f'<aside class="lm-notes" aria-label="Notes">{told}</aside>' if told else ""


def _controls(count: int, back: str) -> str:
    buttons = "".join(f'<button type="button" id="{name}">{words}</button>' for name, words in BUTTONS)
    return (
        '<nav class="lm-controls" aria-label="Slides">'
        '<button type="button" id="previous" aria-label="Previous slide">←</button>'
        '<button type="button" id="next" aria-label="Next slide">→</button>'
        '<button type="button" id="more" hidden>Show more</button>'
        f'<span id="place">1 / {count}</span><span id="timer" role="timer" aria-live="off">0:00</span>'
        f'<a href="{escape(back)}">Lessons</a>{buttons}'
        '<button type="button" id="keys" popovertarget="help">Keys</button></nav>'
    )


def _desk() -> str:
    """What the notes window shows beside this slide and the next one; filled by the script."""
    return (
        '<section class="lm-desk" id="desk" aria-label="Notes" hidden>'
        '<p class="lm-desk-time"><span id="desk-timer" role="timer" aria-live="off">0:00</span>'
        '<span id="clock"></span></p><h2 id="desk-title"></h2><p id="desk-step"></p><div id="desk-notes"></div>'
        '<h3>Next slide</h3><p id="desk-next"></p></section>'
    )


def _help() -> str:
    rows = "".join(f"<div><dt>{escape(key)}</dt><dd>{escape(does)}</dd></div>" for key, does in KEYS)
    return f'<div popover="auto" id="help" role="dialog" aria-label="Keys"><dl>{rows}</dl></div>'
