"""Before a session: the wrong ideas to correct, on one page that prints on one sheet."""

from datetime import UTC, datetime
from html import escape

from starlette.requests import Request
from starlette.responses import Response

from modules.actions.live.brief import Briefing, Correction, misconception_brief
from modules.core.credit import day_text
from modules.core.errors import NotAllowed
from modules.core.module import Module
from modules.core.small_cells import LEAST
from modules.export.addresses import brief_url, present_url
from modules.outcomes.wording import too_few
from modules.routes.context import RouteContext
from modules.routes.live_report import not_open, who
from modules.routes.page import SHEETS, Page, bar, missing, respond
from modules.routes.reading import NO_MODULE

TITLE = "Misconception brief"
NOT_SHOWN = "For you alone: it quotes the tests. Do not show it to the room."
SAID = {2: "fairly sure or sure", 3: "sure"}
HOW = (
    "From the first pre-tests of those who registered. A learner counts once for an idea, whatever items offered it. "
    f"Fewer than {LEAST} learners are never told apart."
)


def brief_page(context: RouteContext, request: Request) -> Response:
    module = context.module(request.path_params["module"])
    if module is None:
        return missing(context, NO_MODULE, ("/read", "All modules"))
    try:
        found = misconception_brief(context.records, who(context, request), module)
    except NotAllowed as refused:
        return not_open(context, str(refused), brief_url(module.id))
    front = module.front
    told = f"{front.title} · version {front.version} · {day_text(datetime.now(UTC).date())}"
    body = (
        f'{bar(context)}<main id="main" class="page brief"><h1>{TITLE}</h1><p class="meta">{escape(told)}</p>'
        f'<p class="verdict not">{NOT_SHOWN}</p>{_told(found)}<p class="fine">{HOW}</p>{_ways(module)}</main>'
    )
    page = Page(TITLE, body, told, brief_url(module.id), front.language, sheets=(*SHEETS, "brief.css"), private=True)
    return respond(context, page)


def _told(found: Briefing) -> str:
    n = found.found.n
    if not found.found.enough:
        return f"<p>{too_few(n).capitalize()}.</p>"
    if not found.corrections:
        return f"<p>No wrong idea is held with confidence by {LEAST} learners or more (n = {n}).</p>"
    rows = "".join(map(_correction, found.corrections))
    return f'<p>{n} learners have sat the pre-test.</p><ol class="ideas">{rows}</ol>'


def _correction(one: Correction) -> str:
    mark = f'<p class="harm"><strong>Unsafe.</strong> {escape(one.unsafe)}</p>' if one.unsafe else ""
    slide = "None" if one.slide is None else f'<a href="{escape(one.slide.href)}">{escape(one.slide.words)}</a>'
    poll = escape(one.poll) if one.poll else "The lesson has no question for a room. Type one of your own."
    facts = (
        ("Chosen", escape(_share(one))),
        ("In answer to", escape(one.question)),
        ("Why it is wrong", escape(one.why)),
        ("Poll to run", poll),
        ("Slide to show", f"{slide} ({escape(one.lesson)})"),
    )
    rows = "".join(f"<div><dt>{name}</dt><dd>{said}</dd></div>" for name, said in facts)
    return f"<li><h2>“{escape(one.option)}”</h2>{mark}<dl>{rows}</dl></li>"


def _share(one: Correction) -> str:
    idea = one.idea
    if idea.chose is None:
        return f"by nearly all of {idea.asked} who were asked, {SAID[idea.least]} (fewer than {LEAST} did not)"
    return f"by {idea.chose} of {idea.asked} who were asked ({idea.chose / idea.asked:.0%}), {SAID[idea.least]}"


def _ways(module: Module) -> str:
    return f'<div class="steps"><a class="button main" href="{escape(present_url(module.id))}">Slides</a></div>'
