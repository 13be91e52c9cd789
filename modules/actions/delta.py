"""The draft of a delta lesson: what changed, in 60 seconds, of only what changed, with two item slots.

It is written beside the modules, not into one: an author finishes it, and nobody's completed module is altered.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from modules.actions.impact import Report, Touched
from modules.core.cuts import followed, newest_path
from modules.core.errors import UnknownPath
from modules.core.evidence import Evidence, Trial
from modules.core.module import Heading, Module, Paragraph, walk
from modules.core.paths import find
from modules.core.prose import values
from modules.core.quantity import Quantity

MINUTES = 1
TOLERANCE = 0.05
"""Of the figure asked for in the first item slot; an author may choose another."""


@dataclass(frozen=True, slots=True)
class Delta:
    """`lesson` is Markdown, `quiz` YAML; `name` is the stem of both files."""

    name: str
    lesson: str
    quiz: str


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure of the module that reads otherwise: `was` None where the old one is no longer in the file."""

    was: str | None
    now: str
    quantity: Quantity


def delta(report: Report, touched: Touched, evidence: Evidence) -> Delta | None:
    """`evidence` holds the trial as published. None when no figure of the module's lessons reads otherwise."""
    found = tuple(_figures(touched.module, report.new, evidence))
    if not found:
        return None
    name = f"what-changed-{report.new.id}"
    return Delta(name, _lesson(touched, report.new, found, name), _quiz(touched.module, found, name))


def _figures(module: Module, new: Trial, evidence: Evidence) -> Iterator[_Figure]:
    after = evidence.model_copy(update={"trials": {**evidence.trials, new.id: new}})
    old_now, new_now = followed(evidence), followed(after)
    seen: set[str] = set()
    for path in _paths(module, new.id):
        before, now, path_now = _found(old_now, path), _found(new_now, path), newest_path(after, path)
        if now is None or now == before or path_now in seen or (before and before.value == now.value):
            continue
        seen.add(path_now)
        yield _Figure(path if path_now != path else None, path_now, now)


def _paths(module: Module, trial: str) -> tuple[str, ...]:
    blocks = (block for lesson in module.lessons for block in walk(lesson.blocks))
    rich = (block.content for block in blocks if isinstance(block, Heading | Paragraph))
    read = dict.fromkeys(value.quantity.path for one in rich for value in values(one))
    return tuple(path for path in read if path.partition(".")[0] == trial)


def _found(evidence: Evidence, path: str) -> Quantity | None:
    try:
        return find(evidence, path)
    except UnknownPath:
        return None


def _lesson(touched: Touched, new: Trial, found: tuple[_Figure, ...], name: str) -> str:
    module = touched.module
    head = yaml.safe_dump(
        {"title": f"What changed: {new.name}", "minutes": MINUTES, "objectives": list(_objectives(touched))},
        sort_keys=False, allow_unicode=True,
    )  # fmt: skip
    rows = "\n".join(f"- {_row(one)}" for one in found)
    quiz = f"{module.id}/{name}"
    return (
        f"---\n{head}---\n{new.name} has reported again{_cited(found)}. "
        "This is what reads differently from the lessons you know.\n\n"
        f"{rows}\n\n:::{{takeaway}}\nTo be written: what this changes for a patient, in one sentence.\n:::\n\n"
        f":::{{check}} {quiz}#{name}-figure\n:::\n\n:::{{check}} {quiz}#{name}-meaning\n:::\n"
    )


def _cited(found: tuple[_Figure, ...]) -> str:
    """The references of what changed, each once."""
    named = dict.fromkeys(one.quantity.origin.source.reference for one in found)
    listed = ", ".join(name for name in named if name)
    return f" {{cite}}`{listed}`" if listed else ""


def _row(one: _Figure) -> str:
    detail = one.quantity.origin.detail
    what = f"{detail[:1].upper()}{detail[1:]}" if not re.search(r"\d", detail) else "This figure"
    cite = _cited((one,))
    before = f" The lessons read {{estimate}}`{one.was}`." if one.was else " An earlier figure was replaced."
    return f"{what}: now {{estimate}}`{one.now}`{cite}.{before}"


def _objectives(touched: Touched) -> tuple[str, ...]:
    """Those of the lessons that are touched, else the module's first."""
    files = {use.file for use in touched.uses}
    named = [o for lesson in touched.module.lessons if lesson.path in files for o in lesson.objectives]
    return tuple(dict.fromkeys(named)) or tuple(o.id for o in touched.module.front.objectives[:1])


def _quiz(module: Module, found: tuple[_Figure, ...], name: str) -> str:
    asked = next((one for one in found if one.quantity.value is not None), found[0])
    items = [_figure_slot(module, asked, name), _meaning_slot(module, asked, name)]
    head = {"id": f"{module.id}/{name}", "title": "What changed", "roles": ["check"], "items": items}
    return yaml.safe_dump(head, sort_keys=False, allow_unicode=True, width=110)


def _figure_slot(module: Module, asked: _Figure, name: str) -> dict[str, object]:
    """The answer comes from the newest figure; an author rewords the stem."""
    where, value = asked.quantity.origin, asked.quantity.value or 0.0
    return {
        "id": f"{name}-figure", "type": "numeric", "objectives": [module.front.objectives[0].id],
        "stem": f"After the latest data cut of {where.trial}: which value does the record now give for this endpoint?",
        "see": module.lessons[0].id, "evidence": [".".join(asked.now.split(".")[:2])], "answer": asked.now,
        "tolerance": round(abs(value) * TOLERANCE, 2), "unit": asked.quantity.unit,
        "rationale": f"The record now gives {{estimate}}`{asked.now}`{_cited((asked,))}.",
    }  # fmt: skip


def _meaning_slot(module: Module, asked: _Figure, name: str) -> dict[str, object]:
    slots = [
        {"id": "a", "text": "To be written: the key", "correct": True, "rationale": "To be written."},
        {"id": "b", "text": "To be written: a distractor", "rationale": "To be written."},
        {"id": "c", "text": "To be written: another distractor", "rationale": "To be written."},
    ]
    return {
        "id": f"{name}-meaning", "type": "single-best", "objectives": [module.front.objectives[0].id],
        "stem": "To be written: what does the change mean for a patient?", "see": module.lessons[0].id,
        "evidence": [".".join(asked.now.split(".")[:2])], "options": slots,
    }  # fmt: skip
