"""The presenter's page: all slides of a module in one plain page that goes on working without the network."""

from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse

from modules.actions.slides import slides
from modules.core.slide import Slide
from modules.export.addresses import present_url, read_url
from modules.routes.context import RouteContext
from modules.routes.page import Page, missing, respond
from modules.routes.reading import NO_MODULE
from modules.routes.slides import body_html, foot_html

KEYS = (
    ("→ Space Page down", "Next slide"),
    ("← Page up", "Previous slide"),
    ("Home End", "First or last slide"),
    ("Number, then Enter", "Go to a slide"),
    ("F", "Full screen"),
    ("B", "Black screen"),
    ("T", "Light or dark"),
    ("?", "These keys"),
)


def present(context: RouteContext, request: Request) -> HTMLResponse:
    module = context.module(request.path_params["module"])
    if module is None:
        return missing(context, NO_MODULE, ("/read", "All modules"))
    shown = slides(module, context.library().evidence)
    front = module.front
    drawn = "".join(_slide(slide, n, len(shown)) for n, slide in enumerate(shown, 1))
    body = (
        f'<main class="lm-slides" id="main">{drawn}</main>'
        f"{_controls(len(shown), read_url(module.id))}"
        f'<p class="lm-live" id="live" role="status"></p>{_help()}'
    )
    page = Page(
        front.title, body, front.summary, present_url(module.id), front.language,
        sheets=("landmark.css", "present.css"), script="present.js",
    )  # fmt: skip
    return respond(context, page)


def _slide(slide: Slide, number: int, count: int) -> str:
    level = "h1" if number == 1 else "h2"
    told = foot_html(slide)
    foot = f'<p class="lm-foot">{told}</p>' if told else ""
    anchor = f'<span id="{escape(slide.anchor)}"></span>' if slide.anchor else ""
    return (
        f'<section class="lm-slide lm-slide-{slide.kind}" id="{number}" aria-roledescription="slide" '
        f'aria-label="Slide {number} of {count}" tabindex="-1">'
        f'{anchor}<{level}>{escape(slide.title)}</{level}><div class="lm-body">{body_html(slide)}</div>{foot}</section>'
    )


def _controls(count: int, back: str) -> str:
    return (
        '<nav class="lm-controls" aria-label="Slides">'
        '<button type="button" id="previous" aria-label="Previous slide">←</button>'
        '<button type="button" id="next" aria-label="Next slide">→</button>'
        f'<span id="place">1 / {count}</span><span id="timer" role="timer" aria-live="off">0:00</span>'
        f'<a href="{escape(back)}">Lessons</a><button type="button" id="theme">Light or dark</button>'
        '<button type="button" id="full">Full screen</button>'
        '<button type="button" id="keys" popovertarget="help">Keys</button></nav>'
    )


def _help() -> str:
    rows = "".join(f"<div><dt>{escape(key)}</dt><dd>{escape(does)}</dd></div>" for key, does in KEYS)
    return f'<div popover="auto" id="help" role="dialog" aria-label="Keys"><dl>{rows}</dl></div>'
