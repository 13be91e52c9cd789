"""Keys proven by data: each proof is readable, rests on what the item names, and agrees with the evidence."""

from collections.abc import Collection, Mapping

from modules.authoring.drafts import QuizDraft
from modules.authoring.problems import did_you_mean
from modules.authoring.sheet import Sheet
from modules.authoring.source import Location
from modules.core.errors import ProofError
from modules.core.evidence import Evidence
from modules.core.formula import paths_in
from modules.core.items import (
    Estimated,
    Expert,
    ExtendedMatching,
    Judged,
    MultipleResponse,
    OneBest,
    Role,
    Scored,
    ScoredItem,
    ScriptConcordance,
)
from modules.core.proof import claim
from modules.core.proven import Fault, doubts, expressions

CODE_OF: Mapping[Fault, str] = {
    "unreadable": "E301",
    "key is false": "E302",
    "distractor is true": "E303",
    "options do not match": "E304",
}
_MEND: Mapping[Fault, str] = {
    "unreadable": "See Proof in the item manual.",
    "key is false": "Is the key still the best answer? Then mend the proof.",
    "distractor is true": "The option may be defensible now: change it, or mend the proof.",
    "options do not match": "Write one expression for each key and, where it can be told from data, each distractor.",
}
_TESTS: Collection[Role] = ("pre", "post")


def check_proofs(draft: QuizDraft, evidence: Evidence, broken: Collection[str] = ()) -> None:
    """`broken`: trials whose files have problems of their own; a proof that reads one waits, as do doubled ids."""
    if draft.quiz is None or draft.source is None:
        return
    sheet = Sheet(draft.source, draft.findings)
    in_a_test = any(role in _TESTS for role in draft.quiz.file.roles)
    for index, item in enumerate(draft.quiz.items):
        if not isinstance(item, Scored) or isinstance(item, Estimated):
            continue
        at: Location = ("items", index)
        if item.proof is None and in_a_test and not isinstance(item, ScriptConcordance):
            sheet.add("E307", at, "the item has no proof", "Add proof: with an expression for the key, or an expert.")
        elif item.proof == "expert":
            sheet.add("E306", (*at, "proof"), "the judgement has no source and no reviewer", _EXPERT)
        elif isinstance(item.proof, Judged):
            _check_expert(item.proof.expert, evidence, sheet, (*at, "proof", "expert"))
        else:
            _check_expressions(item, evidence, broken, (sheet, at))


_EXPERT = "Write expert: with source: (an id of references.yaml) and reviewer: (a name and role) below it."


def _check_expert(expert: Expert, evidence: Evidence, sheet: Sheet, at: Location) -> None:
    missing = [key for key in ("source", "reviewer") if getattr(expert, key) is None]
    if missing:
        sheet.add("E306", at, f"the judgement has no {' and no '.join(missing)}", _EXPERT)
    if expert.source is not None and expert.source not in evidence.references:
        fix = did_you_mean(expert.source, evidence.references)
        sheet.add("E306", (*at, "source"), f'no reference "{expert.source}" in references.yaml', fix)


def _check_expressions(
    item: ScoredItem,
    evidence: Evidence,
    broken: Collection[str],
    place: tuple[Sheet, Location],
) -> None:
    sheet, (*start,) = place
    at: Location = (*start, "proof")
    read = {name: _paths(expression) for name, expression in expressions(item).items()}
    for name, paths in read.items():
        for path in paths:
            if not any(path == listed or path.startswith(f"{listed}.") for listed in item.evidence):
                of = f' of "{name}"' if name else ""
                message = f'the proof{of} reads "{path}", which the item\'s evidence does not list'
                sheet.add("E305", (*at, name) if name else at, message, "Add it, or its readout or fact, to evidence.")
    names = _names(item)
    if len(set(names)) < len(names) or any(path.partition(".")[0] in broken for p in read.values() for path in p):
        return
    for doubt in doubts(item, evidence):
        where = (*at, doubt.option) if doubt.option is not None else at
        sheet.add(CODE_OF[doubt.fault], where, doubt.sentence, _MEND[doubt.fault])


def _names(item: ScoredItem) -> list[str]:
    match item:
        case OneBest() | MultipleResponse():
            return [option.id for option in item.options]
        case ExtendedMatching():
            return [stem.id for stem in item.stems]
        case _:
            return []


def _paths(expression: str) -> tuple[str, ...]:
    try:
        return paths_in(claim(expression))
    except ProofError:
        return ()
