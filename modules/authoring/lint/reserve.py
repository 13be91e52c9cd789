"""What a retry is served: clones in reserve of every family that forms A and B ask about, and what a preset asks."""

from collections.abc import Iterator

from modules.authoring.drafts import ModuleDraft, QuizDraft
from modules.authoring.problems import did_you_mean
from modules.authoring.sheet import Sheet
from modules.authoring.source import Location
from modules.core.conduct import Preset
from modules.core.items import Scored
from modules.core.module import FrontMatter

LETTERS = ("C", "D", "E", "F")


def named_quiz(quiz_id: str, module: ModuleDraft, sheet: Sheet, at: Location) -> QuizDraft | None:
    """The quiz that the front matter names; None, with a problem, when there is none."""
    draft = module.quiz(quiz_id)
    if draft is None:
        fix = did_you_mean(quiz_id, (q.id for q in module.quizzes))
        sheet.add("R106", at, f'no quiz "{quiz_id}" in quizzes/{module.id}', fix)
    return draft


def check_reserve(front: FrontMatter, module: ModuleDraft, sheet: Sheet) -> None:
    if not front.reserve:
        if front.conduct.attempts != 1:
            message = f"a learner who misses {front.assessment.correct} of {front.assessment.asked} cannot try again"
            fix = "Add reserve: with a quiz of clones, or conduct: {attempts: 1}."
            sheet.add("F114", ("assessment",), message, fix)
        return
    sheet.twice(("reserve",), front.reserve, "the reserve quiz")
    forms = [draft for name in front.forms.values() if (draft := module.quiz(name)) is not None]
    families = dict.fromkeys(family for draft in forms for family in _families(draft))
    for n, name in enumerate(front.reserve):
        at: Location = ("reserve", n)
        draft = named_quiz(name, module, sheet, at)
        if draft is None or draft.quiz is None:
            continue
        file = draft.quiz.file
        if file.form not in LETTERS or "post" not in file.roles or "pre" in file.roles:
            fix = "Write roles: [post] and form: C in it, or another letter up to F."
            sheet.add("F108", at, f'"{name}" is not a post-test with a form from C to F', fix)
        if all(form.quiz for form in forms):
            _clones(draft, list(families), sheet, at)


def _clones(draft: QuizDraft, families: list[str], sheet: Sheet, at: Location) -> None:
    held = set(_families(draft))
    if missing := [family for family in families if family not in held]:
        if len(missing) == len(families):
            message = f'"{draft.id}" has no clone of any item of the forms'
            sheet.add("F113", at, message, "Give its items the clone names of the forms.")
            return
        listed = ", ".join(f'"{family}"' for family in missing)
        message = f'"{draft.id}" has no clone of {listed}'
        sheet.add("F112", at, message, "Write one for each, or a retry that needs it cannot be served.")


def _families(draft: QuizDraft) -> Iterator[str]:
    return (item.family for item in draft.quiz.items if isinstance(item, Scored)) if draft.quiz else iter(())


def check_preset(front: FrontMatter, presets: dict[str, Preset], sheet: Sheet) -> None:
    """R118, F115 and F116: what the front matter says against the preset it names."""
    if front.preset is None:
        return
    preset = presets.get(front.preset)
    if preset is None:
        fix = did_you_mean(front.preset, presets) or f"Presets: {', '.join(presets)}."
        sheet.add("R118", ("preset",), f'no preset "{front.preset}" in presets.yaml', fix)
        return
    passed, least = front.assessment, preset.least_share
    if least is not None and passed.correct < least * passed.asked - 1e-9:
        message = f"{passed.correct} of {passed.asked} is below the {100 * least:g}% that {preset.name} asks for"
        sheet.add("F115", ("assessment",), message, "Raise the pass mark, or name another preset.")
    wanted = preset.conduct.model_dump(exclude_none=True)
    stated = front.conduct.model_dump(exclude_none=True)
    for key in wanted.keys() & stated.keys():
        if wanted[key] != stated[key]:
            message = f'{preset.name} asks for {key}: {_said(wanted[key])}, and "{_said(stated[key])}" is stated'
            sheet.add("F116", ("conduct", key), message, "Take it out, or say in the record why it departs.")


def _said(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else f"{value:g}" if isinstance(value, float) else str(value)
