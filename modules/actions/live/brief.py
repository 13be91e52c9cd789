"""What to correct in a session: wrong ideas of the pre-test, each with a poll to run and the slide that answers it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from modules.actions.access import allow
from modules.actions.live.plan import Item, offered
from modules.actions.slide_notes import has_slide
from modules.core.items import MultipleResponse, OneBest, Option, Quiz, Scored
from modules.core.module import Block, Callout, Chart, Heading, Lesson, Module, walk
from modules.core.people import Actor
from modules.core.prose import plain
from modules.export.addresses import present_url, slide_anchor
from modules.outcomes.brief import Brief, Idea, brief
from modules.records.records import Records

TAKEAWAY = "Takeaway"


@dataclass(frozen=True, slots=True)
class Link:
    words: str
    href: str


@dataclass(frozen=True, slots=True)
class Correction:
    """An idea in the words of the option that most chose. `poll`: what a check of the lesson asks, empty without one.

    `unsafe`: the harm it would do, empty when none is named. `slide` None: the lesson shows nothing on a slide.
    """

    idea: Idea
    option: str
    question: str
    unsafe: str
    why: str
    lesson: str
    poll: str
    slide: Link | None


@dataclass(frozen=True, slots=True)
class Briefing:
    found: Brief
    corrections: tuple[Correction, ...]


def misconception_brief(records: Records, actor: Actor, module: Module) -> Briefing:
    """For those who may present: from everybody's first pre-test."""
    allow(actor, "present")
    found = brief(module, records.journal(module.id))
    return Briefing(found, tuple(_corrections(module, found.ideas)))


def _corrections(module: Module, ideas: Iterable[Idea]) -> Iterator[Correction]:
    for idea in ideas:
        quiz = module.quizzes[idea.place[0]]
        item = quiz.item(idea.place[1])
        if isinstance(item, OneBest | MultipleResponse):
            yield _correction(module, quiz, item, idea)


def _correction(module: Module, quiz: Quiz, item: OneBest | MultipleResponse, idea: Idea) -> Correction:
    option = next(one for one in item.options if one.id == idea.place[2])
    lesson = module.lesson(item.taught_in)
    return Correction(
        idea=idea,
        option=plain(quiz.rich(option.text)),
        question=plain(quiz.rich(item.stem)),
        unsafe=_harm(quiz, option),
        why=plain(quiz.rich(option.rationale)),
        lesson="" if lesson is None else f"Lesson {module.lessons.index(lesson) + 1}: {lesson.title}",
        poll="" if lesson is None else _poll(module, lesson, item, option),
        slide=None if lesson is None else _slide(module, lesson, item.taught_at),
    )


def _harm(quiz: Quiz, option: Option) -> str:
    return "" if option.unsafe is None else plain(quiz.rich(option.unsafe))


def _poll(module: Module, lesson: Lesson, item: OneBest | MultipleResponse, option: Option) -> str:
    """The check that offers the same wrong idea, else one of the same family or objective, else the first."""

    def nearness(one: Item) -> tuple[bool, ...]:
        check = module.quizzes[one[0]].item(one[1])
        if not isinstance(check, Scored):
            return False, False, False
        options = check.options if isinstance(check, OneBest | MultipleResponse) else ()
        same = option.misconception is not None and option.misconception in {o.misconception for o in options}
        return same, check.family == item.family, bool({*item.objectives} & {*check.objectives})

    best = max(offered(lesson, module), key=nearness, default=None)
    if best is None:
        return ""
    quiz = module.quizzes[best[0]]
    check = quiz.item(best[1])
    return "" if check is None else plain(quiz.rich(check.stem))


def _slide(module: Module, lesson: Lesson, heading: str) -> Link | None:
    """The first chart or takeaway under the heading that teaches it, else the lesson's takeaway, else its first."""
    blocks = walk(lesson.blocks)
    under = _under(blocks, heading)
    every = _shown(blocks)
    takeaways = [one for one in every if isinstance(one, Callout)]
    best = next(iter((*_shown(under), *takeaways, *every)), None)
    if best is None:
        return None
    words = best.slide or (TAKEAWAY if isinstance(best, Callout) else best.request.title)
    return Link(words, f"{present_url(module.id)}#{slide_anchor(lesson.id, best.line)}")


def _shown(blocks: Iterable[Block]) -> list[Chart | Callout]:
    return [one for one in blocks if isinstance(one, Chart | Callout) and has_slide(one)]


def _under(blocks: tuple[Block, ...], heading: str) -> tuple[Block, ...]:
    """What stands between a heading and the next; nothing when the item names none."""
    at = next((n for n, one in enumerate(blocks) if isinstance(one, Heading) and one.anchor == heading), None)
    if at is None:
        return ()
    after = next((n for n, one in enumerate(blocks) if n > at and isinstance(one, Heading)), len(blocks))
    return blocks[at + 1 : after]
