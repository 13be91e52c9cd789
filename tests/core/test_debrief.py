"""The order of a debrief, and calibration: counts that add up, whatever the order of answers."""

from hypothesis import given
from hypothesis import strategies as st

from modules.core.debrief import ORDER, Looked, calibration, debrief
from modules.core.events import ItemAnswered
from modules.core.grading import Chosen
from modules.core.items import SingleBest
from tests.builders import answered, single


def harmful() -> SingleBest:
    item = single("look")
    options = tuple(
        o if o.correct else o.model_copy(update={"unsafe": "It would stop the lamp."}) for o in item.options
    )
    return item.model_copy(update={"options": options})


def answer(*, right: bool, confidence: int | None) -> ItemAnswered:
    option = "a" if right else "b"
    update = {"confidence": confidence, "score": float(right), "response": Chosen(options=(option,))}
    return answered().model_copy(update=update)


GIVEN = st.builds(
    lambda right, sure: answer(right=right, confidence=sure), st.booleans(), st.sampled_from([None, 1, 2, 3])
)


def test_what_could_harm_leads_then_sure_and_wrong_then_wrong_then_guessed() -> None:
    looked = [
        Looked(1, single("look"), answer(right=True, confidence=3)),
        Looked(2, single("look"), answer(right=True, confidence=1)),
        Looked(3, single("look"), answer(right=False, confidence=1)),
        Looked(4, single("look"), answer(right=False, confidence=3)),
        Looked(5, harmful(), answer(right=False, confidence=2)),
        Looked(6, harmful(), answer(right=False, confidence=1)),
    ]
    assert [(x.place, x.kind) for x in debrief(looked)] == [
        (5, "unsafe"), (4, "sure and wrong"), (3, "wrong"), (6, "wrong"), (2, "right by a guess"), (1, "right"),
    ]  # fmt: skip


@given(st.lists(GIVEN, max_size=20))
def test_a_debrief_loses_nothing_and_keeps_to_its_order(answers: list[ItemAnswered]) -> None:
    looked = [Looked(n, single("look"), a) for n, a in enumerate(answers, 1)]
    found = debrief(looked)
    assert sorted(x.place for x in found) == [x.place for x in looked]
    ranks = [(ORDER.index(x.kind), x.place) for x in found]
    assert ranks == sorted(ranks)


@given(st.lists(GIVEN, max_size=20))
def test_calibration_counts_every_answer_with_a_confidence_once(answers: list[ItemAnswered]) -> None:
    steps = calibration(answers)
    sure = [a for a in answers if a.confidence is not None]
    assert sum(s.asked for s in steps) == len(sure)
    assert sum(s.right for s in steps) == sum(a.score == 1 for a in sure)
    assert calibration(reversed(answers)) == steps
