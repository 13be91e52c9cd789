"""Every page a learner, a reader, a presenter or an owner can see, and how to come to see it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from playwright.sync_api import BrowserContext, Locator, Page, expect

from modules.actions.identity import COOKIE, SESSION_COOKIE, seal
from modules.actions.live.plan import usual_plan
from modules.actions.live.sessions import begin
from modules.core.module import Chart, walk
from modules.core.people import Actor
from tests.browser.hands import Mouse, boxes
from tests.browser.journal import records_of
from tests.browser.journey import MODULE, QUIET, button, checks, predictions, settle
from tests.browser.standing import Standing
from tests.load.server import ROOT, SECRET, Server
from tests.owner import account_with, owner_cookies

Act = Callable[[Page, Server], None]
WHERE = f"module={MODULE.id}"
CROWDED = MODULE.lessons[2]
"""A lesson with five charts, three checks and a prediction; a chart and a check are behind it."""
FORETOLD = MODULE.lessons[6]
"""A lesson that asks for a rate before its chart."""


@dataclass(frozen=True, slots=True)
class Sight:
    """`act` is done once the page is there. `app` False: a plain page, without Streamlit.

    `learner` is a name in People, None when it does not matter; `{number}` in a path is a certificate's.
    """

    name: str
    path: str
    learner: str | None = "new"
    act: Act | None = None
    app: bool = True


class People:
    """Learners at every point of the module on one server, and the number of a certificate."""

    def __init__(self, server: Server) -> None:
        def begun() -> Standing:
            return Standing(server).declared()

        claimed = begun().answered("pre", wrong=3).read().answered("post", wrong=1).answered("evaluation")
        self.server = server
        self.number = claimed.claimed().certificate.number
        self.learners = {
            "new": Standing(server),
            "declared": begun(),
            "sitting": begun().answered("pre", only=1),
            "reading": _reader(server),
            "finished": begun().answered("pre").read(),
            "failed": begun().answered("pre").read().answered("post", wrong=6),
            "passed": begun().answered("pre", wrong=3).read().answered("post", wrong=1),
            "evaluated": begun().answered("pre").read().answered("post").answered("evaluation"),
            "claimed": claimed,
            "predicted": begun().answered("pre").predicted(FORETOLD.id, predictions(FORETOLD)[0].figure, 25),
        }


def _reader(server: Server) -> Standing:
    """In the lessons: the second lesson's checks right and wrong, the third's predicted and missed, one twice."""
    reader = Standing(server).declared().answered("pre", wrong=4).read(MODULE.lessons[0].id)
    for lesson, tries in ((MODULE.lessons[1], ((True,), (False,))), (CROWDED, ((False,), (False, False), (True,)))):
        for (quiz, item), right in zip(checks(lesson), tries, strict=True):
            reader.checked(quiz.id, item.id, *right)
    return reader.predicted(CROWDED.id, predictions(CROWDED)[0].figure, 40)


def _sights() -> Iterator[Sight]:
    """In the order a learner meets them."""
    yield Sight("catalogue", "/", "new")
    yield Sight("front-matter", f"/module?{WHERE}", "new")
    yield Sight("front-matter-refused", f"/module?{WHERE}", "new", _refused("Go on to the pre-test"))
    yield Sight("pre-test-start", f"/quiz?{WHERE}&role=pre", "declared")
    yield Sight("pre-test", f"/quiz?{WHERE}&role=pre", "sitting", _chosen)
    yield Sight("pre-test-review", f"/quiz?{WHERE}&role=pre", "sitting", _looked_over)
    yield Sight("pre-test-refused", f"/quiz?{WHERE}&role=pre", "sitting", _unsendable)
    yield Sight("pre-test-done", f"/quiz?{WHERE}&role=pre", "reading")
    yield Sight("module", f"/module?{WHERE}", "reading")
    yield from _lessons()
    yield Sight("post-test", f"/quiz?{WHERE}&role=post", "finished")
    yield Sight("post-test-locked", f"/quiz?{WHERE}&role=post", "reading")
    yield Sight("post-test-failed", f"/quiz?{WHERE}&role=post", "failed")
    yield Sight("post-test-passed", f"/quiz?{WHERE}&role=post", "passed")
    yield Sight("evaluation", f"/quiz?{WHERE}&role=evaluation", "passed")
    yield Sight("evaluation-refused", f"/quiz?{WHERE}&role=evaluation", "passed", _unsent)
    yield Sight("evaluation-done", f"/quiz?{WHERE}&role=evaluation", "evaluated")
    yield Sight("claim", f"/credit?{WHERE}", "evaluated")
    yield Sight("claim-refused", f"/credit?{WHERE}", "evaluated", _refused("Claim and get"))
    yield Sight("claim-locked", f"/credit?{WHERE}", "reading")
    yield Sight("certificate", f"/credit?{WHERE}", "claimed")
    yield from _doors()
    yield from _plain()


def _lessons() -> Iterator[Sight]:
    for number, lesson in enumerate(MODULE.lessons, 1):
        yield Sight(f"lesson-{number}", f"/lesson?{WHERE}&lesson={lesson.id}", "reading")
    path = f"/lesson?{WHERE}&lesson={CROWDED.id}"
    yield Sight("lesson-unanswered", path, "failed")
    yield Sight("lesson-source-open", path, "reading", _open_source)
    yield Sight("lesson-explore", path, "reading", _explore)
    yield Sight("lesson-explore-cuts", path, "reading", _walk_cuts)
    yield from _predictions(path)
    yield Sight("lesson-all-finished", f"/lesson?{WHERE}&lesson={MODULE.lessons[-1].id}", "finished")
    yield Sight("lesson-not-found", f"/lesson?{WHERE}&lesson=no-such", "reading")


def _predictions(path: str) -> Iterator[Sight]:
    """A median and a rate, before and after: nothing given, refused, waved off, made."""
    rate = f"/lesson?{WHERE}&lesson={FORETOLD.id}"
    yield Sight("prediction", rate, "failed", _guessed)
    yield Sight("prediction-refused", path, "failed", _refused("Lock in and show"))
    yield Sight("prediction-waved-off", path, "failed", _waved_off)
    yield Sight("prediction-made", rate, "predicted")


def _doors() -> Iterator[Sight]:
    yield Sight("catalogue-reading", "/", "reading")
    yield Sight("learning-empty", "/learning", "new")
    yield Sight("learning", "/learning", "reading")
    yield Sight("learning-claimed", "/learning", "claimed")
    yield Sight("evidence", "/evidence", "new", _plotted)
    yield Sight("trial", "/trial?trial=cleopatra", "new")
    yield Sight("trial-chart", "/trial?trial=cleopatra", "new", _explore)
    yield Sight("trial-not-found", "/trial?trial=no-such", "new")
    yield Sight("module-not-found", "/module?module=no-such", "new")
    yield Sight("completion-locked", "/completion", "new")
    yield Sight("completion", "/completion", "new", _unlock)
    yield Sight("items", "/items", "new", _unlock)
    yield Sight("problems-locked", "/problems", "new")
    yield Sight("problems", "/problems", "new", _unlock)
    yield Sight("evidence-due", "/evidence-due", "new", _unlock)
    yield Sight("new-cut", "/evidence-due", "new", _new_cut)
    yield Sight("people", "/people", "new", _people)
    yield Sight("live", "/live", "new", _live)
    yield Sight("live-desk", "/read", None, _desk, app=False)
    yield Sight("live-phone", "/read", None, _phone, app=False)
    yield Sight("join", "/join", None, app=False)
    yield Sight("profile", "/account/sign-in", None, _profile, app=False)
    yield Sight("profile-refused", "/account/sign-in", None, _profile_refused, app=False)


def _plain() -> Iterator[Sight]:
    pages = {
        "read": "/read",
        "read-module": f"/read/{MODULE.id}",
        "read-lesson": f"/read/{MODULE.id}/{CROWDED.id}",
        "read-not-found": "/read/no-such",
        "present-1": f"/present/{MODULE.id}",
        "present-2": f"/present/{MODULE.id}#2",
        "present-8": f"/present/{MODULE.id}#8",
        "verify": "/verify",
        "verify-found": "/verify/{number}",
        "verify-not-found": "/verify/LM-AAAA-BBBB-CCCC-DDDD",
    }
    return (Sight(name, path, None, app=False) for name, path in pages.items())


def become(context: BrowserContext, server: Server, learner: str) -> None:
    """The next document is this learner's."""
    context.add_cookies([{"name": COOKIE, "value": seal(learner, SECRET.encode()), "url": server.url}])


def show(page: Page, people: People, sight: Sight) -> None:
    """Opens the page and waits until it stands still."""
    if sight.learner:
        become(page.context, people.server, people.learners[sight.learner].learner)
    page.goto(sight.path.format(number=people.number))
    expect(page.get_by_role("main").get_by_role("heading").first).to_be_visible(timeout=QUIET)
    if sight.app:
        still(page)
        drawn(page)
    if sight.act:
        sight.act(page, people.server)
        if sight.app:
            still(page)


def still(page: Page) -> None:
    """Scripts done, nothing stale."""
    settle(page)
    expect(page.locator('[data-stale="true"]')).to_have_count(0, timeout=QUIET)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=QUIET)


def drawn(page: Page) -> None:
    """Every card on the page has come."""
    expect(page.locator(".lm-stage:not([data-shown])")).to_have_count(0, timeout=QUIET)


def _refused(name: str) -> Act:
    def act(page: Page, _server: Server) -> None:
        button(page, re.compile(name)).click()
        expect(page.get_by_role("alert")).to_be_visible(timeout=QUIET)

    return act


def _card(page: Page) -> None:
    expect(page.locator(".lm-stage form.lm-card").first).to_be_visible(timeout=QUIET)


def _chosen(page: Page, _server: Server) -> None:
    """The first option chosen, and a flag."""
    _card(page)
    form = page.locator("form.lm-card")
    first = form.locator("input[name=answer]").first
    if first.get_attribute("type") == "text":
        first.fill("12.5")
    else:
        Mouse(page).pick(first)
    form.locator("input[name=flag]").set_checked(True)


def _looked_over(page: Page, _server: Server) -> None:
    _card(page)
    button(page, "Look over your answers").click()
    expect(button(page, "Send in")).to_be_visible(timeout=QUIET)


def _unsendable(page: Page, server: Server) -> None:
    _looked_over(page, server)
    button(page, "Send in").click()
    expect(page.locator(".lm-card-error")).to_contain_text("Nothing was sent", timeout=QUIET)


def _unsent(page: Page, _server: Server) -> None:
    _card(page)
    button(page, "Send evaluation").click()
    expect(page.locator(".lm-card-error")).to_contain_text("Nothing was sent", timeout=QUIET)


def _guessed(page: Page, _server: Server) -> None:
    """A number in the box and the slider moved to it; nothing is sent yet."""
    box = page.get_by_role("spinbutton", name=re.compile("^Your prediction"))
    box.fill("25")
    box.press("Tab")
    expect(page.get_by_role("slider")).to_have_value("25", timeout=QUIET)


def _waved_off(page: Page, _server: Server) -> None:
    button(page, "Show without guessing").click()
    expect(page.get_by_text("Shown without a prediction")).to_be_visible(timeout=QUIET)


def _open_source(page: Page, _server: Server) -> None:
    anchor = page.locator("[popover]").filter(has_text="Data cut:").first.get_attribute("id")
    page.locator(f'button[popovertarget="{anchor}"]').click()


def _explore(page: Page, server: Server) -> None:
    Mouse(page).tick(re.compile("^(Explore|Show)"), page.locator("main"))
    _plotted(page, server)


def _walk_cuts(page: Page, server: Server) -> None:
    """The chart with a slider over its data cuts."""
    explorer(page, "cuts").locator("xpath=ancestor::label").click()
    expect(page.get_by_role("slider", name="Data cut")).to_be_visible(timeout=QUIET)
    _plotted(page, server)


def explorer(page: Page, kind: str) -> Locator:
    """The switch below the crowded lesson's first chart of this kind."""
    kinds = [block.request.kind for block in walk(CROWDED.blocks) if isinstance(block, Chart)]
    return boxes(page, "Explore this chart").nth(kinds.index(kind))


def _plotted(page: Page, _server: Server) -> None:
    expect(page.get_by_test_id("stPlotlyChart").locator(".main-svg").first).to_be_visible(timeout=QUIET)


def _unlock(page: Page, server: Server) -> None:
    """The same page again, as an owner. The cookie goes at once, so that the next page is a learner's."""
    become_owner(page.context, server)
    page.reload()
    expect(page.get_by_role("link", name="Account", exact=True)).to_be_visible(timeout=QUIET)
    still(page)
    expect(page.get_by_text("Sign in with your account")).to_have_count(0, timeout=QUIET)
    page.context.clear_cookies(name=SESSION_COOKIE)
    still(page)


def _new_cut(page: Page, server: Server) -> None:
    """A trial file with one figure changed, chosen but not accepted."""
    _unlock(page, server)
    text = (ROOT / "content/trials/cleopatra.yaml").read_text().replace("value: 0.68\n      ci: [0.56, 0.84]", _OTHER)
    new = {"name": "cleopatra.yaml", "mimeType": "application/yaml", "buffer": text.encode()}
    page.locator('input[type="file"]').set_input_files(new)  # type: ignore[arg-type]
    expect(button(page, "Accept and publish")).to_be_visible(timeout=QUIET)


_OTHER = "value: 0.7\n      ci: [0.56, 0.84]"


def _people(page: Page, server: Server) -> None:
    """One person opened, as an owner."""
    become_owner(page.context, server)
    page.reload()
    page.get_by_test_id("stExpander").first.locator("summary").click(timeout=QUIET)
    expect(button(page, "Save duties").first).to_be_visible(timeout=QUIET)
    page.context.clear_cookies(name=SESSION_COOKIE)


def _live(page: Page, server: Server) -> None:
    """With a session that was rehearsed, as an owner; the polls open to be chosen."""
    _unlock(page, server)
    _session(server)
    page.get_by_test_id("stExpander").first.locator("summary").click(timeout=QUIET)
    expect(page.get_by_label("Its options")).to_be_visible(timeout=QUIET)


def _session(server: Server) -> str:
    """The code of a session with its first poll open, and a question from the floor."""
    plan = usual_plan(MODULE, [CROWDED.id])
    with records_of(server) as records:
        now = datetime.now(UTC)
        host = account_with(records, "owner")
        session = begin(records, Actor(host.learner, host.id, host.duties, confirmed=True), MODULE, plan, now=now)
        records.live.move(session.code, plan.polls[0].id, ("draft", "open"), now)
        records.floor.ask(session.code, "somebody", "How long were they followed?", most=1, now=now)
    return session.code


def _desk(page: Page, server: Server) -> None:
    code = _session(server)
    become_owner(page.context, server)
    page.goto(f"/room/{code}")
    expect(page.get_by_role("heading", level=1, name="Host desk")).to_be_visible(timeout=QUIET)
    page.context.clear_cookies(name=SESSION_COOKIE)


def _phone(page: Page, server: Server) -> None:
    page.goto(f"/join/{_session(server)}")
    expect(button(page, "Vote")).to_be_visible(timeout=QUIET)


def _profile(page: Page, server: Server) -> None:
    become_owner(page.context, server)
    page.goto("/account/profile")
    expect(page.get_by_role("heading", level=1, name="Your profile")).to_be_visible(timeout=QUIET)
    page.context.clear_cookies(name=SESSION_COOKIE)


def _profile_refused(page: Page, server: Server) -> None:
    """A number whose check digit does not fit."""
    become_owner(page.context, server)
    page.goto("/account/profile")
    page.get_by_label("NPI (US)").fill("1234567894")
    button(page, "Save").click()
    expect(page.get_by_role("alert")).to_be_visible(timeout=QUIET)
    page.context.clear_cookies(name=SESSION_COOKIE)


def become_owner(context: BrowserContext, server: Server) -> None:
    """The next document is an owner's."""
    with records_of(server) as records:
        cookies = owner_cookies(records, SECRET.encode())
    context.add_cookies([{"name": name, "value": value, "url": server.url} for name, value in cookies.items()])


SIGHTS = tuple(_sights())
