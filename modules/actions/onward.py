"""What a learner is offered next, in words."""

from modules.core.module import Module
from modules.core.progress import Progress, Stage, resume_lesson, stage

STEP: dict[Stage, str] = {
    "front-matter": "Before you start",
    "pre": "Answer the pre-test",
    "lessons": "Go on reading",
    "post": "Take the post-test",
    "evaluation": "Send the evaluation",
    "claim": "Claim your certificate",
    "done": "See your certificate",
}


def step_words(module: Module, mine: Progress, *, wanted: str = "") -> str:
    """`wanted`: the lesson they came for, if there is one."""
    at = stage(module, mine)
    found = module.lesson(wanted) or module.lesson(resume_lesson(module, mine))
    lesson = found if at == "lessons" else None
    return f"Read: {lesson.title}" if lesson else STEP[at]
