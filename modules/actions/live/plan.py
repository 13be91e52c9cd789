"""The plan of a live session: which lessons are taught, and which polls stand where among the slides."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from modules.core.items import ChartPoint, ChartValue, ScriptConcordance, Sequencing
from modules.core.live import ItemPoll, OpinionPoll, Placed, Plan, Poll, PredictPoll, WordsPoll
from modules.core.module import Check, Lesson, Module, Predict, walk

Item = tuple[str, str]
"""A quiz and an item."""


def start_of(lesson: str) -> str:
    """After the slide that announces the lesson."""
    return f"{lesson}:start"


def end_of(lesson: str) -> str:
    return f"{lesson}:end"


def predicted_at(lesson: str, figure: str) -> str:
    """On the slide that asks for the figure."""
    return f"{lesson}:{figure}"


def offered(lesson: Lesson, module: Module) -> tuple[Item, ...]:
    """The checks of a lesson that a room can answer on its phones, in the order in which they stand.

    Never an item of a scored form: who meets one here would know it in the post-test.
    """
    found = ((b.quiz, b.item) for b in walk(lesson.blocks) if isinstance(b, Check))
    return tuple(one for one in found if _works(module, one))


def _works(module: Module, one: Item) -> bool:
    item = module.quizzes[one[0]].item(one[1])
    return item is not None and not isinstance(item, Sequencing | ScriptConcordance)


def usual_plan(
    module: Module, lessons: Sequence[str] = (), *, without: Collection[Item] = (), once: Collection[Item] = ()
) -> Plan:
    """Each lesson's first check before and after it, its predictions where they stand. No `lessons`: all of them.

    `without`: first checks that are not asked; `once`: other checks that are asked at the end of their lesson.
    """
    taught = [lesson for lesson in module.lessons if not lessons or lesson.id in lessons]
    polls = [poll for lesson in taught for poll in _of(lesson, module, without, once)]
    return numbered(tuple(lesson.id for lesson in taught), polls)


def _of(
    lesson: Lesson, module: Module, without: Collection[Item], once: Collection[Item]
) -> Iterator[tuple[Poll, str]]:
    items = offered(lesson, module)
    paired = [one for one in items[:1] if one not in without]
    for quiz, item in paired:
        yield ItemPoll(quiz=quiz, item=item, moment="before"), start_of(lesson.id)
    for block in walk(lesson.blocks):
        if isinstance(block, Predict):
            poll = PredictPoll(lesson=lesson.id, figure=block.figure)
            yield poll, predicted_at(lesson.id, block.figure)
    for quiz, item in (one for one in items[1:] if one in once):
        yield ItemPoll(quiz=quiz, item=item), end_of(lesson.id)
    for quiz, item in paired:
        yield ItemPoll(quiz=quiz, item=item, moment="after"), end_of(lesson.id)


def numbered(lessons: Sequence[str], polls: Iterable[tuple[Poll, str | None]]) -> Plan:
    placed = (Placed(id=f"p{n}", poll=poll, anchor=anchor) for n, (poll, anchor) in enumerate(polls, 1))
    return Plan(lessons=tuple(lessons), polls=tuple(placed))


def with_poll(plan: Plan, poll: OpinionPoll | WordsPoll, anchor: str | None = None) -> Plan:
    """A poll that the educator typed, at the end or after a slide; ids of polls that were there stay."""
    free = max((int(one.id[1:]) for one in plan.polls), default=0) + 1
    return plan.model_copy(update={"polls": (*plan.polls, Placed(id=f"p{free}", poll=poll, anchor=anchor))})


def shows_chart(module: Module, poll: Poll) -> bool:
    """Whether the question needs the chart on the screen."""
    if not isinstance(poll, ItemPoll):
        return False
    item = module.quizzes[poll.quiz].item(poll.item)
    return isinstance(item, ChartPoint | ChartValue)
