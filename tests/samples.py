"""One item of every type, made up, with a quiz that holds them. No figure here is clinical."""

from dataclasses import replace

from modules.core.figures import Comparison
from modules.core.items import (
    Barrier,
    ChartPoint,
    ChartValue,
    Choice,
    Commitment,
    CommitmentReview,
    ExtendedMatching,
    FreeText,
    Intention,
    Likert,
    MultipleResponse,
    Numeric,
    Option,
    PlainOption,
    Quiz,
    QuizFile,
    ScoredItem,
    ScriptConcordance,
    Sequencing,
    SingleBest,
    Stem,
    UnscoredItem,
    texts_of,
)
from modules.core.prose import Words
from modules.core.responses import Chosen, Committed, Given, Matched, Ordered, Response, Reviewed, Written
from modules.core.scored import Scale

Item = ScoredItem | UnscoredItem
CHART = Comparison(kind="comparison", title="With a lamp more ships are seen", readouts=("lighthouse.orr",))
KEY = 80.2
"""What the evidence says where an estimate is asked."""
STATEMENTS = ("look twice before I sail", "ask for a lamp")


def plain(**texts: str) -> tuple[PlainOption, ...]:
    return tuple(PlainOption(id=name, text=text) for name, text in texts.items())


def options(right: str, **texts: str) -> tuple[Option, ...]:
    return tuple(
        Option(id=name, text=text, correct=name in right.split(), rationale=f"Secret reason for {name}.")
        for name, text in texts.items()
    )


def sample(kind: type[Item], **more: object) -> Item:
    """An item of this type; `more` replaces its own keys."""
    scored = {"objectives": ("see",), "see": "01-lamp", "evidence": ("lighthouse.orr",)}
    own = {**_OWN[kind.__name__], **more}
    known = scored if "objectives" in kind.model_fields else {}
    (name,) = kind.model_fields["type"].annotation.__args__  # type: ignore[union-attr]
    return kind.model_validate({"id": f"s-{name}", "type": name, **known, **own})


_ESTIMATE = {"answer": "lighthouse.orr.lamp", "tolerance": 1.0, "unit": "percent", "rationale": "Secret: as printed."}
_OWN: dict[str, dict[str, object]] = {
    "SingleBest": {
        "vignette": "A ship comes near the shore on a night without a moon, and the crew sees no light.",
        "stem": "What is the best next step?",
        "options": options("wait", sail="Sail on at full speed", wait="Drop anchor and wait", turn="Turn back to sea"),
    },
    "ChartPoint": {
        "stem": "Which point is the share of ships seen with a lamp?",
        "chart": CHART,
        "options": tuple(
            o.model_copy(update={"mark": mark})
            for o, mark in zip(
                options("upper", upper="The upper point", lower="The lower point"),
                ("lighthouse.orr.lamp", "lighthouse.orr.dark"),
                strict=True,
            )
        ),
    },
    "MultipleResponse": {
        "stem": "Which of these does a keeper check?",
        "options": options("oil wick", oil="The oil", wick="The wick", tide="The tide", wind="The wind"),
    },
    "Numeric": {"stem": "What share of ships was seen?", "scale": Scale(low=0, high=100, step=0.1), **_ESTIMATE},
    "ChartValue": {
        "stem": "Read the share of ships seen with a lamp off the chart.",
        "chart": CHART,
        "scale": Scale(low=0, high=100, step=0.5),
        **_ESTIMATE,
    },
    "ExtendedMatching": {
        "stem": "For each ship, which signal fits best?",
        "options": plain(lamp="A steady lamp", horn="A horn", flag="A flag", bell="A bell"),
        "stems": (
            Stem(id="fog", text="A barge in thick fog", key="horn", rationale="Secret: sound goes through fog."),
            Stem(id="night", text="A schooner on a clear night", key="lamp", rationale="Secret: light is seen far."),
        ),
    },
    "Sequencing": {
        "stem": "Put the keeper's evening in order.",
        "steps": plain(trim="Trim the wick", fill="Fill the oil", light="Light the lamp", log="Write the log"),
        "rationale": "Secret: a lamp is trimmed before it is lit.",
    },
    "ScriptConcordance": {
        "vignette": "A keeper sees the light of another tower flicker.",
        "stem": "How does this change what you think?",
        "hypothesis": "The oil is running out",
        "finding": "The wind has risen to a gale",
        "panel": (1, 1, 1, 1, 2, 2, 0, 1, 1, 2),
        "rationale": "Secret: keepers differ.",
    },
    "Likert": {"stem": "This was useful to me"},
    "Choice": {"stem": "Where do you sail?", "options": plain(sea="At sea", lake="On a lake", river="On a river")},
    "Intention": {"stem": "What will you do about it?"},
    "Barrier": {"stem": "What stands in the way?"},
    "FreeText": {"stem": "Anything else?", "required": False, "longest": 200},
    "Commitment": {"stem": "What will you do differently?"},
    "CommitmentReview": {"stem": "You wrote that you would do this. How far has it gone?"},
}
KINDS: tuple[type[Item], ...] = (
    SingleBest, ChartPoint, MultipleResponse, Numeric, ChartValue, ExtendedMatching, Sequencing, ScriptConcordance,
    Likert, Choice, Intention, Barrier, FreeText, Commitment, CommitmentReview,
)  # fmt: skip


def quiz_of(*items: Item) -> Quiz:
    """A quiz whose texts are plain words and whose estimates have a key."""
    prose = {text: (Words(text),) for item in items for text in texts_of(item)}
    keys = {item.id: KEY for item in items if isinstance(item, Numeric | ChartValue)}
    return replace(Quiz(QuizFile(id="harbour/samples", items=items)), prose=prose, keys=keys)


def right_response(item: Item) -> Response:
    """What earns the full score, or any response that fits."""
    match item:
        case SingleBest() | ChartPoint() | MultipleResponse():
            return Chosen(options=tuple(o.id for o in item.options if o.correct))
        case Numeric() | ChartValue():
            return Given(value=KEY)
        case ExtendedMatching():
            return Matched(pairs={s.id: s.key for s in item.stems})
        case Sequencing():
            return Ordered(steps=tuple(s.id for s in item.steps))
        case ScriptConcordance() | Likert():
            return Chosen(options=("1",))
        case FreeText():
            return Written(text="Fair winds")
        case Commitment():
            return Committed(statements=STATEMENTS)
        case CommitmentReview():
            return Reviewed(states=("full", "part"))
        case _:
            return Chosen(options=(item.options[0].id,))
