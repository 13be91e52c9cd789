"""The slides of a live session: the lessons it teaches, with a slide for each poll where the plan puts it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from modules.actions.drawing import drawing
from modules.actions.live.asked import Asked, AskedItem, asked
from modules.actions.live.plan import end_of, start_of
from modules.actions.live.results import ask_text, case_of, options_of, rationale_of
from modules.actions.paper import inline_svg
from modules.actions.slides import slides
from modules.charts.theme import CSS
from modules.core.errors import NotAllowed
from modules.core.evidence import Evidence
from modules.core.items import ChartPoint, ChartValue
from modules.core.live import LiveSession, Placed, PredictPoll, pairs
from modules.core.module import Chart, Module, Predict, walk
from modules.core.slide import Picture, Slide

JOIN, FLOOR = "join", "floor"
"""Addresses of the slides that tell how to join, and that list the questions from the room."""
GOES_ON = "Your votes before and after"
HOW = "Open voting with V. Close it with V, then reveal the answer with X."


def shift_of(poll: str) -> str:
    """The address of the slide that shows how the room moved."""
    return f"{poll}-shift"


def session_slides(module: Module, evidence: Evidence, session: LiveSession) -> tuple[Slide, ...]:
    taught = set(session.plan.lessons)
    told = [one for one in slides(module, evidence) if not one.lesson or one.lesson in taught]
    return tuple(_with_polls(module, evidence, session, _marked(module, session, told)))


def _marked(module: Module, session: LiveSession, told: Sequence[Slide]) -> list[Slide]:
    """A figure to predict has its slide already: it becomes the poll's."""
    of_figure = {
        (p.poll.lesson, _question(module, p.poll)): p.id for p in session.plan.polls if isinstance(p.poll, PredictPoll)
    }
    return [
        replace(one, poll=of_figure.get((one.lesson, one.title), "")) if one.kind == "predict" else one for one in told
    ]


def _question(module: Module, poll: PredictPoll) -> str:
    lesson = module.lesson(poll.lesson)
    blocks = () if lesson is None else walk(lesson.blocks)
    return next((b.ask for b in blocks if isinstance(b, Predict) and b.figure == poll.figure), "")


def _with_polls(module: Module, evidence: Evidence, session: LiveSession, told: Sequence[Slide]) -> Iterator[Slide]:
    on_slides = {one.poll for one in told}
    waiting = [one for one in session.plan.polls if one.id not in on_slides]
    last = {one.lesson: n for n, one in enumerate(told)}
    for n, slide in enumerate(told):
        if n == len(told) - 1:
            yield from _asking((module, evidence), session, [one for one in waiting if not _stands(one, last)])
            yield Slide("poll", "Questions from the room", poll=FLOOR, notes="Questions wait until you show them.")
        yield slide
        if n == 0:
            yield Slide("poll", "Join with your phone", poll=JOIN, notes="Give the room a minute to join.")
        if slide.kind == "lesson":
            yield from _asking(
                (module, evidence), session, [one for one in waiting if one.anchor == start_of(slide.lesson)]
            )
        if slide.lesson and last[slide.lesson] == n:
            yield from _asking(
                (module, evidence), session, [one for one in waiting if one.anchor == end_of(slide.lesson)]
            )


def _question_slide(module: Module, evidence: Evidence, placed: Placed, what: Asked) -> Slide:
    """The case and the options, with the chart where the question is about one; why the key is right, in the notes."""
    options = tuple(words for _, words in options_of(what))
    why = rationale_of(what)
    notes = f"{HOW}\n\nWhy: {why}" if why else HOW
    slide = Slide("poll", ask_text(what), case_of(what), options, poll=placed.id, notes=notes)
    if isinstance(what, AskedItem) and isinstance(what.item, ChartPoint | ChartValue):
        # Without its alternative text, as on a card: that would hold the figure to be read off.
        made = drawing(module, Chart(what.item.chart, 0, 0), evidence, width=800, palette=CSS)
        return replace(slide, chart=Picture(inline_svg(made), "The chart that the question is about"))
    return slide


def _stands(placed: Placed, last: dict[str, int]) -> bool:
    return placed.anchor is not None and any(placed.anchor in (start_of(one), end_of(one)) for one in last if one)


def _asking(of: tuple[Module, Evidence], session: LiveSession, polls: Sequence[Placed]) -> Iterator[Slide]:
    module, evidence = of
    later = {after.id for _, after in pairs(session.plan)}
    for placed in polls:
        try:
            what = asked(module, placed.poll)
        except NotAllowed as gone:
            yield Slide("points", "A question that has gone", (str(gone),))
            continue
        yield _question_slide(module, evidence, placed, what)
        if placed.id in later:
            yield Slide("poll", GOES_ON, (ask_text(what),), poll=shift_of(placed.id))
