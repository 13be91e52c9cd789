"""Versions of a module as they were shown: kept, readable, and marked as what they are."""

from html import escape

from starlette.responses import HTMLResponse

from modules.core.credit import day_text
from modules.core.module import Module
from modules.core.versions import ShownLesson, Snapshot
from modules.export.addresses import read_url, version_url
from modules.export.front import PROFESSIONALS
from modules.routes.context import RouteContext
from modules.routes.page import Page, bar, missing, respond

FOOT = (
    f'<footer class="page"><p class="fine">{escape(PROFESSIONALS)}</p><p class="fine">'
    '<a href="/read">All modules</a> · <a href="/verify">Verify a certificate</a></p></footer>'
)
NO_VERSION = "No version of this module was kept under this address."


def earlier_list(context: RouteContext, module: Module) -> str:
    """The versions before this one; nothing while there is none."""
    kept = [one for one in context.records.versions(module.id) if one.digest != module.digest]
    rows = "".join(
        f'<li><a href="{escape(version_url(module.id, one.digest))}">Since {day_text(one.since.date())}</a></li>'
        for one in reversed(kept)
    )
    return f'<details class="lm-reveal"><summary>Earlier versions</summary><ul>{rows}</ul></details>' if rows else ""


def earlier_module(context: RouteContext, module: str, digest: str) -> HTMLResponse:
    kept = _kept(context, module, digest)
    if kept is None:
        return missing(context, NO_VERSION, (read_url(module), "The current version"))
    rows = "".join(
        f'<li><a href="{escape(version_url(module, digest, lesson.id))}">{n}. {escape(lesson.title)}</a></li>'
        for n, lesson in enumerate(kept.lessons, 1)
    )
    return _page(context, kept, kept.title, f'<ol class="contents">{rows}</ol>')


def earlier_lesson(context: RouteContext, module: str, digest: str, lesson_id: str) -> HTMLResponse:
    kept = _kept(context, module, digest)
    lesson = None if kept is None else kept.lesson(lesson_id)
    if kept is None or lesson is None:
        return missing(context, NO_VERSION, (read_url(module), "The current version"))
    return _page(context, kept, lesson.title, f"{lesson.html}{_steps(kept, lesson)}")


def _kept(context: RouteContext, module: str, digest: str) -> Snapshot | None:
    found = context.records.version(digest)
    return found if found is not None and found.module == module else None


def _page(context: RouteContext, kept: Snapshot, title: str, body: str) -> HTMLResponse:
    current = context.module(kept.module)
    is_current = current is not None and current.digest == kept.digest
    standing = "This is also the current version." if is_current else "It may not be current."
    now = f' <a href="{read_url(kept.module)}">Read the current version</a>.' if current and not is_current else ""
    notice = (
        f'<p class="lm-callout lm-caution">Version {escape(kept.version)} as it was shown, evidence up to '
        f"{day_text(kept.evidence_cutoff)}. {standing}{now}</p>"
    )
    whole = f'{bar(context)}<main id="main" class="page"><h1>{escape(title)}</h1>{notice}{body}</main>{FOOT}'
    return respond(context, Page(title, whole, f"{kept.title}, an earlier version.", "", private=True))


def _steps(kept: Snapshot, lesson: ShownLesson) -> str:
    place = kept.lessons.index(lesson)
    links = [(version_url(kept.module, kept.digest), "All lessons of this version")]
    if place + 1 < len(kept.lessons):
        after = kept.lessons[place + 1]
        links.append((version_url(kept.module, kept.digest, after.id), f"Next: {after.title}"))
    ways = "".join(f'<a class="button" href="{escape(to)}">{escape(words)}</a>' for to, words in links)
    return f'<nav class="steps" aria-label="Lessons">{ways}</nav>'
