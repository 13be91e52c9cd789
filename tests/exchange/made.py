"""Items of every type with words that try the escapes of each format; nothing in them is clinical."""

from typing import Any

from hypothesis import strategies as st

from modules.authoring.inline import Desk, Sentence
from modules.authoring.problems import Findings
from modules.core.items import (
    ExtendedMatching,
    FreeText,
    MultipleResponse,
    Numeric,
    Option,
    PlainOption,
    Quiz,
    QuizFile,
    ScoredItem,
    Sequencing,
    SingleBest,
    Stem,
    UnscoredItem,
    texts_of,
)
from modules.exchange.incoming import escaped
from modules.exchange.question import tidy
from tests.builders import evidence

SIGNS = "abcxyzABTF0159 ~=#{}:\\%*_`[]()<>&!?.,;-'\"/$|^+@éß→漢\u00a0"
WORDS = st.one_of(
    st.text(SIGNS, min_size=1, max_size=40),
    st.sampled_from(
        ["->", "a -> b", "%50% of it", "// no comment", "[html]<b>x</b>", "&lt;p&gt;", "TRUE", "::", "{T}"]
    ),
    st.sampled_from(
        ["\\n", "####", "x_y_z", "<br>", "]]>", "A. first", "ANSWER: B", "$CATEGORY: x", "no", "1.50", "- a"]
    ),
).map(lambda text: escaped(tidy(text)))
TEXT = WORDS.filter(bool)
MARKS: dict[str, Any] = {"objectives": ("one",), "see": "01-start", "evidence": ("demo.os",)}


def read(text: str) -> Any:
    """A text as the quiz reader parses it."""
    return Sentence(Desk(evidence()), Findings("quiz"), 1).read(text)


def quiz(*items: ScoredItem | UnscoredItem, keys: dict[str, float] | None = None) -> Quiz:
    file = QuizFile(id="demo/made", items=items)
    prose = {text: read(text) for item in items for text in texts_of(item)}
    return Quiz(file, prose, keys or {})


def _options(texts: list[tuple[str, str]], right: set[int]) -> tuple[Option, ...]:
    return tuple(
        Option(id=f"o{n}", text=text, correct=n in right, rationale=why) for n, (text, why) in enumerate(texts)
    )


@st.composite
def singles(draw: st.DrawFn) -> SingleBest:
    texts = draw(st.lists(st.tuples(TEXT, TEXT), min_size=2, max_size=5))
    right = draw(st.integers(0, len(texts) - 1))
    vignette = draw(st.none() | TEXT)
    stem, fixed = draw(TEXT), draw(st.booleans())
    options = _options(texts, {right})
    return SingleBest(type="single-best", id="one", vignette=vignette, stem=stem, options=options, fixed=fixed, **MARKS)


@st.composite
def multiples(draw: st.DrawFn) -> MultipleResponse:
    texts = draw(st.lists(st.tuples(TEXT, TEXT), min_size=3, max_size=6))
    right = draw(st.sets(st.integers(0, len(texts) - 1), min_size=1, max_size=len(texts) - 1))
    scoring = draw(st.sampled_from(["all-or-nothing", "right-minus-wrong"])) if len(right) > 1 else "all-or-nothing"
    options = _options(texts, right)
    return MultipleResponse(
        type="multiple-response", id="many", stem=draw(TEXT), options=options, scoring=scoring, **MARKS
    )


@st.composite
def numerics(draw: st.DrawFn) -> tuple[Numeric, float]:
    key = draw(st.integers(-100_000, 100_000)) / 100
    tolerance = draw(st.integers(0, 1000)) / 100
    unit = draw(st.sampled_from(["months", "%", "per 100 = all"]))
    stem, why = draw(TEXT), draw(TEXT)
    item = Numeric(
        type="numeric", id="so", stem=stem, answer="demo.os", tolerance=tolerance, unit=unit, rationale=why, **MARKS
    )
    return item, key


@st.composite
def matchings(draw: st.DrawFn) -> ExtendedMatching:
    texts = draw(st.lists(TEXT, min_size=3, max_size=5, unique=True))
    options = tuple(PlainOption(id=f"o{n}", text=text) for n, text in enumerate(texts))
    why, ids = draw(TEXT), st.sampled_from([option.id for option in options])
    stems = draw(st.lists(st.tuples(TEXT, ids), min_size=2, max_size=4))
    made = tuple(Stem(id=f"s{n}", text=text, key=key, rationale=why) for n, (text, key) in enumerate(stems))
    return ExtendedMatching(type="extended-matching", id="fit", stem=draw(TEXT), options=options, stems=made, **MARKS)


@st.composite
def sequences(draw: st.DrawFn) -> Sequencing:
    texts = draw(st.lists(TEXT, min_size=3, max_size=5))
    steps = tuple(PlainOption(id=f"s{n}", text=text) for n, text in enumerate(texts))
    return Sequencing(type="sequencing", id="row", stem=draw(TEXT), steps=steps, rationale=draw(TEXT), **MARKS)


@st.composite
def essays(draw: st.DrawFn) -> FreeText:
    return FreeText(type="free-text", id="say", stem=draw(TEXT), required=draw(st.booleans()))
