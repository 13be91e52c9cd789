"""The misconception brief against counts made by hand, and what it does not tell."""

import random
from dataclasses import replace

import pytest

from modules.core.events import ItemAnswered, event_id
from modules.core.items import Option, Quiz, QuizFile, SingleBest
from modules.core.module import Module
from modules.core.responses import Chosen, Confidence
from modules.core.small_cells import LEAST
from modules.outcomes.brief import FEWEST, Brief, brief
from tests.builders import NOON, module, single

FORM = "harbour/form-a"


def item(name: str, **named: str | None) -> SingleBest:
    """Option `a` is right; `named`: the misconception of b, c and so on."""
    options = [Option(id="a", text="a", correct=True, rationale="So.")]
    options += [Option(id=o, text=o, rationale="No.", misconception=idea) for o, idea in named.items()]
    return single(name).model_copy(update={"options": tuple(options)})


def harmful(one: SingleBest, option: str) -> SingleBest:
    marked = (o.model_copy(update={"unsafe": "Harm."}) if o.id == option else o for o in one.options)
    return one.model_copy(update={"options": tuple(marked)})


def asking(*items: SingleBest) -> Module:
    built = module()
    return replace(built, quizzes=built.quizzes | {FORM: Quiz(QuizFile(id=FORM, roles=("pre", "post"), items=items))})


def gave(
    learner: int, option: str, sure: Confidence | None, *, item: str = "one", attempt: int = 1, role: str = "pre"
) -> ItemAnswered:
    who = f"l{learner}"
    return ItemAnswered.model_validate(
        {
            "id": event_id(who, role, item, attempt), "learner": who, "module": "harbour", "module_version": "d",
            "at": NOON, "role": role, "quiz": FORM, "attempt": attempt, "item": item,
            "response": Chosen(options=(option,)), "score": float(option == "a"), "confidence": sure,
        }
    )  # fmt: skip


def told(found: Brief) -> list[tuple[str, int, int | None, int]]:
    return [(one.name, one.least, one.chose, one.asked) for one in found.ideas]


def test_below_ten_learners_nothing_but_their_number_is_told() -> None:
    made = asking(item("one", b="myth", c=None))
    few = [gave(n, "b", 3) for n in range(FEWEST - 1)]
    assert brief(made, few) == Brief(FEWEST - 1)
    assert brief(made, [*few, gave(FEWEST, "a", 3)]).enough


def test_only_first_pre_tests_count_and_only_answers_that_were_sure() -> None:
    made = asking(item("one", b="myth", c=None))
    events = [gave(n, "b", 3) for n in range(6)] + [gave(n, "a", 3) for n in range(6, 12)]
    events += [gave(n, "b", 1) for n in range(12, 20)] + [gave(n, "b", None) for n in range(20, 25)]
    noise = [gave(n, "b", 3, attempt=2) for n in range(6, 12)] + [gave(n, "b", 3, role="post") for n in range(30, 40)]
    assert told(brief(made, events)) == [("myth", 3, 6, 25)]
    assert brief(made, [*noise, *events]) == brief(made, events)


def test_an_idea_is_counted_over_items_and_a_learner_once() -> None:
    made = asking(item("one", b="myth", c=None), item("two", b=None, c="myth"))
    both = [gave(n, "b", 3) for n in range(7)] + [gave(n, "c", 3, item="two") for n in range(4, 10)]
    rest = [gave(n, "a", 2) for n in range(10, 20)]
    assert told(brief(made, [*both, *rest])) == [("myth", 3, 10, 20)]
    assert brief(made, [*both, *rest]).ideas[0].place == (FORM, "one", "b")


def test_the_unsafe_leads_then_the_sure_then_the_fairly_sure() -> None:
    made = asking(harmful(item("one", b="common", c="harm", d="middling", e="rare"), "c"))
    chosen = [("b", 3)] * 20 + [("c", 2)] * 5 + [("d", 2)] * 12 + [("e", 2)] * 6 + [("a", 1)] * 7
    events = [gave(n, option, sure) for n, (option, sure) in enumerate(chosen)]  # type: ignore[arg-type]
    found = brief(made, events)
    assert told(found) == [("harm", 2, 5, 50), ("common", 3, 20, 50), ("middling", 2, 12, 50)]
    assert [one.unsafe for one in found.ideas] == [True, False, False]


def test_clones_share_the_unsafe_choice_of_their_family() -> None:
    pair = [harmful(item(name, b=None), "b").model_copy(update={"clone": "family"}) for name in ("one", "two")]
    events = [gave(n, "b", 3, item="one" if n % 2 else "two") for n in range(8)]
    events += [gave(n, "a", 3) for n in range(8, 20)]
    assert told(brief(asking(*pair), events)) == [("family: unsafe", 2, 8, 20)]


@pytest.mark.parametrize("others", range(8))
def test_few_who_did_not_choose_it_are_not_told_either(others: int) -> None:
    made = asking(item("one", b="myth"))
    events = [gave(n, "b", 3) for n in range(12)] + [gave(n, "a", 3) for n in range(12, 12 + others)]
    assert told(brief(made, events)) == [("myth", 3, None if others < LEAST else 12, 12 + others)]


def test_no_count_below_five_is_told_whatever_is_answered() -> None:
    chance = random.Random(5)
    made = asking(harmful(item("one", b="x", c="y", d=None), "d"), item("two", b="y", c="z", d="x"))
    for _ in range(200):
        learners = range(chance.randint(8, 30))
        events = [
            gave(n, chance.choice("abcd"), chance.choice((1, 2, 3)), item=name)
            for n in learners
            for name in ("one", "two")
        ]
        found = brief(made, events)
        assert len(found.ideas) <= 3
        for one in found.ideas:
            chose = {
                e.learner for e in events if _chose(made, e, one.name, one.unsafe) and (e.confidence or 0) >= one.least
            }
            assert one.chose == (None if one.asked - len(chose) < LEAST else len(chose))
            assert len(chose) >= LEAST


def _chose(made: Module, event: ItemAnswered, name: str, unsafe: bool) -> bool:
    asked = made.quizzes[FORM].item(event.item)
    assert isinstance(asked, SingleBest)
    assert isinstance(event.response, Chosen)
    option = next(o for o in asked.options if o.id in event.response.options)
    known = option.misconception or (f"{asked.id}: unsafe" if option.unsafe else f"{FORM}#{asked.id}: {option.id}")
    return not option.correct and known == name and (option.unsafe is not None) == unsafe
