"""Mutants of the shipped items: a wrong key is caught by the proofs, whichever option it is moved to."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from modules.authoring.drafts import QuizDraft
from modules.authoring.library import Loaded, load
from modules.authoring.lint.proof import check_proofs
from modules.authoring.problems import Findings
from modules.authoring.source import Source
from modules.core.evidence import Ratio
from modules.core.items import MultipleResponse, Quiz, QuizFile, SingleBest
from modules.core.proven import expressions, proven_by_data, unproven

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return load(ROOT / "content", ROOT / "quizzes")


def proven(loaded: Loaded) -> Iterator[tuple[QuizFile, SingleBest | MultipleResponse]]:
    """The shipped items with options that are proven by data, each with its file."""
    for module in loaded.library.modules.values():
        for quiz in module.quizzes.values():
            for item in quiz.items:
                if isinstance(item, SingleBest | MultipleResponse) and proven_by_data(item):
                    yield quiz.file, item


def keyed(item: SingleBest | MultipleResponse, keys: set[str]) -> SingleBest | MultipleResponse:
    """The item with other keys, its proofs as they were."""
    options = tuple(o.model_copy(update={"correct": o.id in keys}) for o in item.options)
    return item.model_copy(update={"options": options})


def reported(file: QuizFile, item: SingleBest | MultipleResponse, loaded: Loaded) -> set[str]:
    """The codes of the check for a file in which this item takes the place of its original."""
    items = tuple(item if x.id == item.id else x for x in file.items)
    draft = QuizDraft(file.id, Findings(file.id), Source(), Quiz(file.model_copy(update={"items": items})))
    check_proofs(draft, loaded.library.evidence)
    return {problem.code for problem in draft.findings.problems}


def test_the_items_as_shipped_are_proven(loaded: Loaded) -> None:
    found = list(proven(loaded))
    assert len(found) >= 18
    assert {item.id: codes for file, item in found if (codes := reported(file, item, loaded))} == {}


def test_moving_the_key_of_a_single_best_item_is_caught_every_time(loaded: Loaded) -> None:
    survivors, count = [], 0
    for file, item in proven(loaded):
        if isinstance(item, SingleBest):
            for option in item.options:
                if not option.correct:
                    count += 1
                    if not reported(file, keyed(item, {option.id}), loaded) & {"E302", "E303"}:
                        survivors.append(f"{item.id}: {option.id}")
    assert count >= 50
    assert survivors == [], f"{len(survivors)} of {count} mutants were not caught"


def test_adding_or_dropping_a_key_of_a_multiple_response_item_is_caught(loaded: Loaded) -> None:
    for file, item in proven(loaded):
        if isinstance(item, MultipleResponse):
            keys = {o.id for o in item.options if o.correct}
            for option in item.options:
                codes = reported(file, keyed(item, keys ^ {option.id}), loaded)
                assert codes & {"E302", "E303"}, (item.id, option.id)


def test_swapping_two_expressions_is_caught(loaded: Loaded) -> None:
    for file, item in proven(loaded):
        written = expressions(item)
        keys = [o.id for o in item.options if o.correct]
        for name in written:
            if name not in keys:
                swapped = written | {keys[0]: written[name], name: written[keys[0]]}
                mutant = item.model_copy(update={"proof": swapped})
                assert reported(file, mutant, loaded) >= {"E302", "E303"}, (item.id, name)


def test_a_new_data_cut_turns_the_items_that_rest_on_it(loaded: Loaded) -> None:
    """DESTINY-Breast09 has no survival ratio yet; a made-up one makes "not yet known" wrong and "longer" right."""
    evidence = loaded.library.evidence
    trial = evidence.trials["destiny-breast09"]
    ratio = Ratio(value=0.7, ci=(0.5, 0.9), treated="tdxd-p", control="thp")
    readouts = tuple(r.model_copy(update={"ratio": ratio}) if r.id == "os" else r for r in trial.readouts)
    later = trial.model_copy(update={"readouts": readouts})
    newer = evidence.model_copy(update={"trials": evidence.trials | {later.id: later}})
    turned = {item.id: unproven(item, newer) for _, item in proven(loaded) if unproven(item, newer)}
    assert list(turned) == ["fa-survival-immature", "fd-survival-immature"]
    for said in turned.values():
        assert sorted(one.partition(":")[0] for one in said) == [
            'the proof of the distractor "longer" is true',
            'the proof of the key "open" is false',
        ]
