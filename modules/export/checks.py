"""A formative check on paper: the stem, the options, and the answer behind a fold. Never for scored items."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import assert_never

from modules.core.items import (
    FORMATIVE,
    ChartPoint,
    ChartValue,
    Estimated,
    ExtendedMatching,
    MultipleResponse,
    OneBest,
    Option,
    PlainOption,
    Quiz,
    Scored,
    ScoredItem,
    ScriptConcordance,
    Sequencing,
    texts_of,
)
from modules.core.prose import Rich, plain
from modules.core.quantity import number
from modules.core.scored import CONCORDANCE, PANEL
from modules.export.inline import rich_html
from modules.export.pieces import Pieces

Led = Mapping[str, str]
NOTHING: Led = {}


def check_html(quiz: Quiz, item_id: str, pieces: Pieces) -> str:
    """Empty unless the quiz is only formative and holds that item: a scored key never leaves the server."""
    item = quiz.item(item_id)
    if not (isinstance(item, Scored) and formative(quiz)):
        return ""
    return (
        f'<div class="lm-check" role="group" aria-label="Check your understanding">'
        f'<p class="lm-callout-title">Check your understanding</p>{asked_html(quiz, item, pieces)}</div>'
    )


def formative(quiz: Quiz) -> bool:
    """A quiz whose items may also be scored is not."""
    return FORMATIVE.issuperset(quiz.file.roles)


def check_prose(quiz: Quiz, item_id: str) -> Iterator[Rich]:
    """Every sentence of a check in reading order, for its citations."""
    item = quiz.item(item_id)
    yield from (quiz.rich(text) for text in texts_of(item)) if isinstance(item, Scored) else ()


def asked_html(quiz: Quiz, item: ScoredItem, pieces: Pieces, led: Led = NOTHING) -> str:
    """The question, and its answer behind a fold. `led`: what follows each option of a decision, by its id."""
    place = pieces.within(item.id)
    vignette = f"<p>{rich_html(quiz.rich(item.vignette), place.within('v'))}</p>" if item.vignette else ""
    stem = f'<p class="lm-stem">{rich_html(quiz.rich(item.stem), place.within("s"))}</p>'
    picture, words = place.asked_chart(item.chart) if isinstance(item, ChartPoint | ChartValue) else ("", "")
    match item:
        case OneBest() | MultipleResponse():
            asked, answer = _options(quiz, item.options, place), _rationales(quiz, item.options, place, led)
        case Estimated():
            asked, answer = f"<p>Your answer in {escape(item.unit)}.</p>", _figure(quiz, item, place)
        case ExtendedMatching():
            asked, answer = _matching(quiz, item, place)
        case Sequencing():
            asked, answer = _sequence(quiz, item, place)
        case ScriptConcordance():
            asked, answer = _concordance(quiz, item, place)
        case _:
            assert_never(item)
    fold = f'<details class="lm-answer"><summary>Show the answer</summary>{answer}{words}</details>'
    return f"{vignette}{stem}{picture}{asked}{fold}"


def _options(quiz: Quiz, options: Sequence[Option | PlainOption], pieces: Pieces) -> str:
    rows = "".join(f"<li>{rich_html(quiz.rich(o.text), pieces.within(f'o{i}'))}</li>" for i, o in enumerate(options))
    return f'<ol class="lm-options">{rows}</ol>'


def _rationales(quiz: Quiz, options: Sequence[Option], pieces: Pieces, led: Led) -> str:
    return f"<ul>{''.join(_rationale(quiz, (i, o), pieces, led.get(o.id, '')) for i, o in enumerate(options))}</ul>"


def _rationale(quiz: Quiz, placed: tuple[int, Option], pieces: Pieces, led: str) -> str:
    index, option = placed
    word = "Correct" if option.correct else "Not correct"
    why = rich_html(quiz.rich(option.rationale), pieces.within(f"r{index}"))
    unsafe = rich_html(quiz.rich(option.unsafe), pieces.within(f"u{index}")) if option.unsafe else ""
    harm = f" <strong>Unsafe:</strong> {unsafe}" if unsafe else ""
    kind = "lm-right" if option.correct else "lm-wrong"
    return f'<li class="{kind}"><strong>{_letter(index)}. {word}.</strong> {why}{harm}{led}</li>'


def _letter(index: int) -> str:
    return chr(ord("A") + index)


def _figure(quiz: Quiz, item: Estimated, pieces: Pieces) -> str:
    key = f"{number(quiz.keys[item.id])} {escape(item.unit)}" if item.id in quiz.keys else ""
    return f"<p><strong>{key}</strong></p>{_why(quiz, item, pieces)}"


def _why(quiz: Quiz, item: Estimated | Sequencing | ScriptConcordance, pieces: Pieces) -> str:
    return f"<p>{rich_html(quiz.rich(item.rationale), pieces.within('r'))}</p>"


def _matching(quiz: Quiz, item: ExtendedMatching, pieces: Pieces) -> tuple[str, str]:
    """The lettered options, the numbered stems; and the letter of each stem."""
    letters = {option.id: _letter(n) for n, option in enumerate(item.options)}
    stems, keys = [], []
    for n, stem in enumerate(item.stems):
        stems.append(f"<li>{rich_html(quiz.rich(stem.text), pieces.within(f't{n}'))}</li>")
        why = rich_html(quiz.rich(stem.rationale), pieces.within(f"r{n}"))
        keys.append(f'<li class="lm-right"><strong>{letters[stem.key]}.</strong> {why}</li>')
    asked = f"{_options(quiz, item.options, pieces)}<ol>{''.join(stems)}</ol>"
    return asked, f"<ol>{''.join(keys)}</ol>"


def _sequence(quiz: Quiz, item: Sequencing, pieces: Pieces) -> tuple[str, str]:
    """Sorted by their words before the answer: as written they stand in the right order."""
    by_words = sorted(item.steps, key=lambda step: plain(quiz.rich(step.text)).casefold())
    given = "".join(f"<li>{rich_html(quiz.rich(s.text), pieces.within(f'o{s.id}'))}</li>" for s in by_words)
    right = "".join(f"<li>{rich_html(quiz.rich(s.text), pieces.within(f'a{s.id}'))}</li>" for s in item.steps)
    asked = f'<p>Put these in order.</p><ul class="lm-options">{given}</ul>'
    return asked, f"<ol>{right}</ol>{_why(quiz, item, pieces)}"


def _concordance(quiz: Quiz, item: ScriptConcordance, pieces: Pieces) -> tuple[str, str]:
    """The plan, the finding and the scale; and what the panel answered, where there is one large enough."""
    plan = rich_html(quiz.rich(item.hypothesis), pieces.within("h"))
    found = rich_html(quiz.rich(item.finding), pieces.within("f"))
    points = "".join(f"<li>{escape(words)}</li>" for words in CONCORDANCE.values())
    votes = Counter(item.panel)
    rows = "".join(f"<li>{escape(words)}: {votes[point]}</li>" for point, words in CONCORDANCE.items())
    panel = f"<p>Of {len(item.panel)} experts:</p><ul>{rows}</ul>" if len(item.panel) >= PANEL else ""
    asked = f'<p>If: {plan}</p><p>And then: {found}</p><ol class="lm-options">{points}</ol>'
    return asked, f"{panel}{_why(quiz, item, pieces)}"
