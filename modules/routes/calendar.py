"""The dates of a learner's reviews and follow-up as a calendar file; the cookies say whose."""

from datetime import UTC, datetime, timedelta

from starlette.requests import Request
from starlette.responses import Response

from modules.actions.identity import actor_of, learner_in
from modules.actions.learn import standing
from modules.actions.review import dates, follow_up_window
from modules.core.events import event_id
from modules.core.module import Module
from modules.core.progress import Progress
from modules.export.calendar import Entry, calendar
from modules.routes.context import RouteContext
from modules.routes.page import HEADERS, notice

LONG = timedelta(minutes=10)
NOTHING = (
    "No dates are planned. They begin when you have passed the post-test: "
    "look in the browser you passed it in, or sign in."
)


def calendar_file(context: RouteContext, request: Request) -> Response:
    module = context.module(request.path_params["module"])
    actor = actor_of(context.records, request.cookies, context.secret, datetime.now(UTC))
    if module is None or actor is None:
        return notice(context, "No dates", NOTHING, ("/", "Landmark"), status=404)
    learner = learner_in(actor, module.id)
    entries = _entries(module, learner, standing(context.records, learner, module))
    if not entries:
        return notice(context, "No dates", NOTHING, ("/", "Landmark"), status=404)
    url = f"{(context.base_url or str(request.base_url)).rstrip('/')}/?module={module.id}"
    headers = {
        **HEADERS,
        "Content-Disposition": f'attachment; filename="landmark-{module.id}.ics"',
        "Cache-Control": "private, no-store",
    }
    body = calendar(entries, url=url, now=datetime.now(UTC))
    return Response(body, media_type="text/calendar; charset=utf-8", headers=headers)


def _entries(module: Module, learner: str, mine: Progress) -> list[Entry]:
    """One for each day of reviews, and one for the weeks of the follow-up."""
    title = module.front.title
    text = "A few questions on what you learned. They take a minute or two and are not graded."
    found = [
        Entry(_uid(learner, module, f"review-{n}"), at, at + LONG, f"Review: {title}", text)
        for n, at in enumerate(dates(module, learner, mine), 1)
    ]
    window = follow_up_window(mine)
    if window and module.front.follow_up:
        text = "What came of what you meant to do. The form is open until the end of this entry."
        found.append(Entry(_uid(learner, module, "follow-up"), *window, f"Follow-up: {title}", text))
    return found


def _uid(learner: str, module: Module, what: str) -> str:
    """Tells nothing of the learner."""
    return f"{event_id(learner, module.id, 'calendar', what)}@landmark"
