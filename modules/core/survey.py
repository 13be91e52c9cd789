"""The item types that are asked and never graded."""

from typing import Annotated, Literal

from pydantic import Field

from modules.core.authored import Authored, Id, Text
from modules.core.options import PlainOption


class Survey(Authored):
    """`required` ones must be answered before credit."""

    id: Id
    stem: Text
    required: bool = True


class Likert(Survey):
    """One point of an ordered scale."""

    type: Literal["likert"]
    scale: Annotated[tuple[Text, ...], Field(min_length=3)] = (
        "Strongly disagree",
        "Disagree",
        "Neither",
        "Agree",
        "Strongly agree",
    )


class Listed(Survey):
    """One option, or several when `many`."""

    options: Annotated[tuple[PlainOption, ...], Field(min_length=2)]
    many: bool = False


class Choice(Listed):
    type: Literal["choice"]


def _options(**texts: str) -> tuple[PlainOption, ...]:
    return tuple(PlainOption(id=one.replace("_", "-"), text=text) for one, text in texts.items())


class Intention(Listed):
    """What a learner means to do about it."""

    type: Literal["intention"]
    options: Annotated[tuple[PlainOption, ...], Field(min_length=2)] = _options(
        change="I will change what I do",
        confirmed="It confirms what I do",
        consider="I will look into it first",
        none="I will not change what I do",
        not_mine="It does not apply to my practice",
    )


class Barrier(Listed):
    """What stands in the way; several may be chosen."""

    type: Literal["barrier"]
    options: Annotated[tuple[PlainOption, ...], Field(min_length=2)] = _options(
        cost="Cost or reimbursement",
        access="Access to the drug or the test",
        time="Lack of time",
        guideline="No guideline that supports it",
        team="Agreement within the team",
        patient="What patients prefer",
        evidence="Evidence not strong enough",
        none="Nothing stands in the way",
    )
    many: bool = True


class FreeText(Survey):
    type: Literal["free-text"]
    longest: int = 1000


class Commitment(Survey):
    """Up to `most` statements of what the learner will do differently; asked about again at the follow-up."""

    type: Literal["commitment"]
    most: Annotated[int, Field(ge=1, le=3)] = 3
    longest: int = 200


class CommitmentReview(Survey):
    """At the follow-up: each statement the learner made, and how far it went."""

    type: Literal["commitment-review"]
    states: Annotated[tuple[PlainOption, ...], Field(min_length=2)] = _options(
        full="Done in full",
        part="Done in part",
        not_yet="Not yet, still planned",
        dropped="Not done",
    )
