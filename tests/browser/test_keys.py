"""What tells the answer stays on the server until the response is in the journal: frames, page source, replies."""

from __future__ import annotations

import json

from playwright.sync_api import Page, Response, expect

from modules.actions.learn import standing
from modules.core.items import MultipleResponse, OneBest, Quiz, ScoredItem, rationales_of
from modules.core.prose import Words
from modules.core.quantity import number
from modules.core.sitting import current
from tests.browser.gallery import WHERE, become
from tests.browser.hands import Mouse
from tests.browser.journal import records_of
from tests.browser.journey import MODULE, QUIET, asked_on, begin, checks, fill, form_of, heading, send_of
from tests.browser.standing import Standing
from tests.load.server import Server

TELLING = ("lm-option-right", "lm-option-wrong", "Right answer", "lm-rationale", "misconception", '"correct"')
"""What the page says only of an answered item."""


class Heard:
    """Everything a page receives: WebSocket frames and the bodies of every reply of our routes."""

    def __init__(self, page: Page) -> None:
        self.page, self.frames, self.replies = page, list[bytes](), list[Response]()
        page.on("websocket", lambda socket: socket.on("framereceived", self._frame))
        page.on("response", lambda reply: self.replies.append(reply) if _text(reply) else None)

    def _frame(self, frame: str | bytes) -> None:
        self.frames.append(frame if isinstance(frame, bytes) else frame.encode())

    def all(self) -> bytes:
        """JSON is undone, so that what it escapes is found too."""
        bodies = [reply.body() for reply in self.replies]
        undone = [json.dumps(json.loads(b), ensure_ascii=False).encode() for b in bodies if b.startswith(b"{")]
        return b"\n".join([*self.frames, *bodies, *undone, self.page.content().encode()])


def _text(reply: Response) -> bool:
    kind = reply.headers.get("content-type", "")
    return reply.ok and ("html" in kind or "json" in kind)


def told(quiz: Quiz, item: ScoredItem) -> list[str]:
    """The longest stretch of plain words of each rationale: it stands in the page as it is written."""
    found = []
    for text in rationales_of(item).values():
        stretches = [one.text for one in quiz.rich(text) if isinstance(one, Words)]
        longest = max(stretches, key=len)
        assert len(longest) > 12, text
        found.append(longest.split("&")[0].split("'")[0].split('"')[0].strip())
    return [one for one in found if len(one) > 12]


def keys_of(quiz: Quiz, item: ScoredItem) -> list[str]:
    """A key that is a figure, as the verdict would say it."""
    return [] if isinstance(item, OneBest | MultipleResponse) else [f"Published: {number(quiz.keys[item.id])}"]


def leaked(heard: bytes, asked: list[tuple[Quiz, ScoredItem]]) -> list[str]:
    wanted = [one for quiz, item in asked for one in (*told(quiz, item), *keys_of(quiz, item))]
    return [one for one in (*wanted, *TELLING) if one.encode() in heard]


def test_no_frame_no_source_and_no_reply_tells_the_answer_to_an_unanswered_test(desk: Page, server: Server) -> None:
    learner = Standing(server).declared().answered("pre").read().learner
    become(desk.context, server, learner)
    with records_of(server) as records:
        here = current(MODULE, learner, standing(records, learner, MODULE), "post")
    asked = [(MODULE.quizzes[s.quiz], MODULE.quizzes[s.quiz].item(s.item)) for s in here.slots]
    heard = Heard(desk)
    desk.goto(f"/quiz?{WHERE}&role=post")
    heading(desk, "Post-test")
    begin(Mouse(desk))
    for _ in here.slots:
        form = fill(Mouse(desk), *asked_on(desk), right=True)
        expect(form.locator(".lm-kept")).to_contain_text("Saved", timeout=QUIET)
        shown = desk.locator(".lm-stage").get_attribute("data-shown") or ""
        send_of(form).click()
        expect(desk.locator(".lm-stage")).not_to_have_attribute("data-shown", shown, timeout=QUIET)
    expect(desk.locator("#item-head")).to_contain_text("Look over your answers")
    everything = heard.all()
    assert b"Question 3 of" in everything
    assert b"lm-choice" in everything
    assert leaked(everything, [(quiz, item) for quiz, item in asked if isinstance(item, ScoredItem)]) == []
    desk.get_by_role("button", name="Send in").click()
    expect(desk.locator("#score")).to_be_visible(timeout=QUIET)
    assert leaked(heard.all(), [(quiz, item) for quiz, item in asked if isinstance(item, ScoredItem)]) != []


def test_a_lesson_tells_nothing_of_a_check_that_waits(desk: Page, server: Server) -> None:
    learner = Standing(server).declared().answered("pre").learner
    become(desk.context, server, learner)
    lesson = MODULE.lessons[1]
    heard = Heard(desk)
    desk.goto(f"/lesson?{WHERE}&lesson={lesson.id}")
    heading(desk, lesson.title)
    for quiz, item in checks(lesson):
        expect(form_of(desk, quiz, item)).to_be_visible(timeout=QUIET)
    assert leaked(heard.all(), list(checks(lesson))) == []
