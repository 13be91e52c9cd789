"""The plain pages of a module: what it is, its lessons, each lesson."""

from datetime import UTC, datetime
from html import escape
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse

from modules.actions.paper import paper
from modules.core.module import Block, Lesson, Module, Paragraph
from modules.core.prose import plain
from modules.export.addresses import present_url, read_url
from modules.export.front import PROFESSIONALS, accurate_text, front_matter_html, support_text
from modules.export.html import lesson_html
from modules.export.references import references_html
from modules.routes.context import RouteContext
from modules.routes.earlier import FOOT, earlier_lesson, earlier_list, earlier_module
from modules.routes.page import Page, bar, missing, respond

NO_MODULE = "No module has this address. It may have been renamed."


def read_library(context: RouteContext, _request: Request) -> HTMLResponse:
    rows = "".join(_entry(module) for module in context.library().modules.values())
    listed = f'<ul class="contents">{rows}</ul>' if rows else "<p>No modules are offered yet.</p>"
    intro = "Every lesson as one plain page: quick on a slow connection, ready to print, no script needed."
    body = f'{bar(context)}<main id="main" class="page"><h1>Modules</h1><p>{intro}</p>{listed}</main>{FOOT}'
    return respond(context, Page("Modules", body, intro, "/read"))


def _entry(module: Module) -> str:
    front, count = module.front, len(module.lessons)
    told = f"{count} lessons · {front.minutes} min · {accurate_text(front)}"
    words = f'{escape(front.title)}<span class="meta">{escape(told)}</span>'
    return f'<li><a href="{read_url(module.id)}">{words}</a></li>'


def interactive_url(module: Module, lesson: Lesson) -> str:
    return f"/lesson?module={quote(module.id)}&lesson={quote(lesson.id)}"


def read_module(context: RouteContext, request: Request) -> HTMLResponse:
    if (version := request.query_params.get("version")) is not None:
        return earlier_module(context, request.path_params["module"], version)
    module = context.module(request.path_params["module"])
    if module is None:
        return missing(context, NO_MODULE, ("/read", "All modules"))
    library = context.library()
    evidence = library.evidence
    pieces = paper(module, module.welcome, evidence)
    today = datetime.now(UTC).date()
    front = front_matter_html(module.front, references=evidence.references, on=today, crediting=library.credit)
    body = (
        f'{bar(context)}<main id="main" class="page"><h1>{escape(module.front.title)}</h1>{_meta(module)}'
        f"{lesson_html(module.welcome, pieces)}{_contents(module)}{front}"
        f"{references_html(pieces.references)}{earlier_list(context, module)}</main>{FOOT}"
    )
    page = Page(module.front.title, body, module.front.summary, read_url(module.id), module.front.language)
    return respond(context, page)


def _meta(module: Module) -> str:
    front = module.front
    told = f"{front.minutes} min · version {front.version} · {accurate_text(front)}"
    return f'<p class="meta">{escape(told)}</p><p class="fine">{escape(support_text(front))}</p>'


def _contents(module: Module) -> str:
    rows = "".join(
        f'<li><a href="{read_url(module.id, lesson.id)}">{n}. {escape(lesson.title)}'
        f'<span class="meta">{lesson.minutes} min</span></a></li>'
        for n, lesson in enumerate(module.lessons, 1)
    )
    slides = f'<a class="button" href="{present_url(module.id)}">Show as slides</a>'
    return (
        f'<nav aria-labelledby="lessons"><h2 id="lessons">Lessons</h2><ol class="contents">{rows}</ol></nav>'
        f'<div class="steps only-screen">{slides}</div>'
    )


def read_lesson(context: RouteContext, request: Request) -> HTMLResponse:
    if (version := request.query_params.get("version")) is not None:
        return earlier_lesson(context, request.path_params["module"], version, request.path_params["lesson"])
    module = context.module(request.path_params["module"])
    if module is None:
        return missing(context, NO_MODULE, ("/read", "All modules"))
    lesson = module.lesson(request.path_params["lesson"])
    if lesson is None:
        sentence = f"“{module.front.title}” has no lesson at this address."
        return missing(context, sentence, (read_url(module.id), "All lessons of this module"))
    return respond(context, _lesson_page(context, module, lesson))


def _lesson_page(context: RouteContext, module: Module, lesson: Lesson) -> Page:
    place = module.lessons.index(lesson)
    pieces = paper(module, lesson.blocks, context.library().evidence, lesson.id)
    text = lesson_html(lesson.blocks, pieces)
    body = (
        f"{bar(context, _place(module, place))}"
        f'<main id="main" class="page"><h1>{escape(lesson.title)}</h1>'
        f'<p class="meta">{lesson.minutes} min · {escape(accurate_text(module.front))}<br>'
        f'<a href="{read_url(module.id)}">{escape(module.front.title)}</a></p>{_acknowledged(module)}'
        f"{text}{_steps(module, place)}{references_html(pieces.references)}</main>{FOOT}"
    )
    description = _description(lesson.blocks) or module.front.summary
    return Page(lesson.title, body, description, read_url(module.id, lesson.id), module.front.language)


def _place(module: Module, place: int) -> str:
    n, count = place + 1, len(module.lessons)
    return (
        f'<progress value="{n}" max="{count}" aria-label="Lessons"></progress>'
        f'<span class="place">Lesson {n} of {count}</span>'
    )


def _acknowledged(module: Module) -> str:
    """Kept in view on every lesson: who pays, where the disclosures are, for whom it is."""
    where = f'<a href="{read_url(module.id)}">Disclosures and all information about this module</a>'
    return f'<p class="fine">{escape(support_text(module.front))}<br>{where}. {escape(PROFESSIONALS)}</p>'


def _steps(module: Module, place: int) -> str:
    lessons = module.lessons
    links = [(interactive_url(module, lessons[place]), "Open the interactive lesson", "")]
    if place > 0:
        links.append((read_url(module.id, lessons[place - 1].id), "Previous lesson", ""))
    if place + 1 < len(lessons):
        after = lessons[place + 1]
        links.append((read_url(module.id, after.id), f"Next: {after.title}", " main"))
    else:
        links.append((read_url(module.id), "All lessons", " main"))
    ways = (f'<a class="button{kind}" href="{escape(to)}">{escape(words)}</a>' for to, words, kind in links)
    return f'<nav class="steps" aria-label="Lessons">{"".join(ways)}</nav>'


def _description(blocks: tuple[Block, ...]) -> str:
    """The first paragraph, cut at a word."""
    first = next((plain(block.content) for block in blocks if isinstance(block, Paragraph)), "")
    words = " ".join(first.split())
    return words if len(words) <= 180 else words[:180].rpartition(" ")[0] + " …"
