"""What a poll's votes come to, as far as its state lets the room see it."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from modules.actions.live.asked import Asked, AskedFigure, asked, correct
from modules.core.items import (
    Estimated,
    ExtendedMatching,
    FreeText,
    Likert,
    Listed,
    MultipleResponse,
    OneBest,
    Scored,
    ScriptConcordance,
)
from modules.core.live import LiveSession, Placed, Shift, State, pairs, shift, tally
from modules.core.module import Module
from modules.core.prediction import in_unit, span
from modules.core.prose import plain
from modules.core.quantity import number
from modules.core.responses import Response
from modules.core.scored import CONCORDANCE
from modules.core.small_cells import hidden_beside_margins
from modules.outcomes.statistics import mcnemar
from modules.records.records import Records

BINS = 12
MOST_WORDS = 40


@dataclass(frozen=True, slots=True)
class Bar:
    """`right` None until the key is revealed, and where there is none."""

    label: str
    votes: int
    right: bool | None = None


@dataclass(frozen=True, slots=True)
class Guesses:
    """Votes in equal steps from `low` to `high`; `truth` and `found` once revealed: the value and how it reads."""

    low: float
    high: float
    bins: tuple[int, ...]
    middle: str
    truth: float | None = None
    found: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """The shift of a pair. `hidden`: all cells, or none; `p`: exact McNemar, None when it would tell."""

    shift: Shift
    hidden: frozenset[str]
    p: float | None


@dataclass(frozen=True, slots=True)
class Results:
    """`n` voters. All else is empty until the poll is closed; `right`: how many, once the key is revealed."""

    state: State
    ask: str
    n: int
    bars: tuple[Bar, ...] = ()
    guesses: Guesses | None = None
    words: tuple[tuple[str, int], ...] = ()
    right: int | None = None
    rationale: str = ""
    moved: Moved | None = None


def results(records: Records, module: Module, session: LiveSession, placed: Placed) -> Results:
    """NotAllowed when the author has taken away what it asks."""
    what, state = asked(module, placed.poll), session.state(placed.id)
    counted = records.live.counts(session.code, placed.id)
    n = sum(times for _, times in counted)
    shown = Results(state, ask_text(what), n)
    if state in ("draft", "open"):
        return shown
    votes = [response for response, times in counted for _ in range(times)]
    told = state == "revealed"
    kept_back = session.hidden.get(placed.id, frozenset())
    return Results(
        state=state,
        ask=shown.ask,
        n=n,
        bars=_bars(what, votes, told=told),
        guesses=_guesses(what, votes, told=told),
        words=_words(what, votes, kept_back),
        right=_right(what, votes) if told else None,
        rationale=rationale_of(what) if told else "",
        moved=moved(records, module, session, placed),
    )


def ask_text(what: Asked) -> str:
    return what.block.ask if isinstance(what, AskedFigure) else plain(what.quiz.rich(what.item.stem))


def case_of(what: Asked) -> tuple[str, ...]:
    """What is told before the question, in paragraphs."""
    if isinstance(what, AskedFigure):
        return (f"Predict first: {span(what.block)}.",)
    quiz, item = what.quiz, what.item
    told = [plain(quiz.rich(item.vignette))] if isinstance(item, Scored) and item.vignette else []
    if isinstance(item, ScriptConcordance):
        told += [f"If you were thinking of {plain(quiz.rich(item.hypothesis))}"]
        told += [f"and then you find {plain(quiz.rich(item.finding))}"]
    return tuple(told)


def options_of(what: Asked) -> tuple[tuple[str, str], ...]:
    """Each value that can be voted for, and its words; empty for numbers and free text."""
    if isinstance(what, AskedFigure):
        return ()
    quiz, item = what.quiz, what.item
    match item:
        case OneBest() | MultipleResponse():
            return tuple((o.id, plain(quiz.rich(o.text))) for o in item.options)
        case Listed():
            return tuple((o.id, plain(quiz.rich(o.text))) for o in item.options)
        case Likert():
            return tuple((str(n), words) for n, words in enumerate(item.scale, 1))
        case ScriptConcordance():
            return tuple((str(n), words) for n, words in CONCORDANCE.items())
        case ExtendedMatching():
            words = {o.id: plain(quiz.rich(o.text)) for o in item.options}
            pairs_of = ((s, o) for s in item.stems for o in item.options)
            return tuple((f"{s.id}={o.id}", f"{plain(quiz.rich(s.text))}: {words[o.id]}") for s, o in pairs_of)
        case _:
            return ()


def _bars(what: Asked, votes: Sequence[Response], *, told: bool) -> tuple[Bar, ...]:
    counts = tally(votes).counts
    keys = key_of(what)
    return tuple(
        Bar(words, counts.get(value, 0), value in keys if told and keys else None) for value, words in options_of(what)
    )


def key_of(what: Asked) -> frozenset[str]:
    """The values that are right; empty where there is no key."""
    if isinstance(what, AskedFigure):
        return frozenset()
    match what.item:
        case OneBest() | MultipleResponse():
            return frozenset(o.id for o in what.item.options if o.correct)
        case ExtendedMatching():
            return frozenset(f"{s.id}={s.key}" for s in what.item.stems)
        case _:
            return frozenset()


def key_text(what: Asked) -> str:
    """The answer in words, for the screen once it is revealed; empty where there is none."""
    if isinstance(what, AskedFigure):
        return in_unit(what.block.quantity.value, what.block.quantity) if what.block.quantity.value is not None else ""
    if isinstance(what.item, Estimated):
        return f"{number(what.quiz.keys[what.item.id])} {what.item.unit}"
    return "; ".join(words for value, words in options_of(what) if value in key_of(what))


def _guesses(what: Asked, votes: Sequence[Response], *, told: bool) -> Guesses | None:
    values = tally(votes).values
    span = _span(what, values, told=told)
    if span is None:
        return None
    (low, high), truth = span, _truth(what)
    edges = [low + (high - low) * n / BINS for n in range(1, BINS)]
    bins = [0] * BINS
    for value in values:
        bins[bisect_right(edges, value)] += 1
    middle = number(round(median(values), 2)) if values else ""
    return Guesses(low, high, tuple(bins), middle, truth if told else None, key_text(what) if told else "")


def _span(what: Asked, values: Sequence[float], *, told: bool) -> tuple[float, float] | None:
    """The scale that was offered; for a typed number that of the answers, and of the key once it is told."""
    if isinstance(what, AskedFigure):
        return what.block.low, what.block.high
    if not isinstance(what.item, Estimated):
        return None
    scale = what.item.scale
    if scale is not None:
        return scale.low, scale.high
    known = [*values, what.quiz.keys[what.item.id]] if told else list(values)
    if not known:
        return None
    return (min(known), max(known)) if min(known) < max(known) else (known[0] - 1, known[0] + 1)


def _truth(what: Asked) -> float | None:
    if isinstance(what, AskedFigure):
        return what.block.quantity.value
    return what.quiz.keys.get(what.item.id) if isinstance(what.item, Estimated) else None


def _words(what: Asked, votes: Sequence[Response], kept_back: frozenset[str]) -> tuple[tuple[str, int], ...]:
    if isinstance(what, AskedFigure) or not isinstance(what.item, FreeText):
        return ()
    counts = tally(votes).counts
    shown = sorted((one for one in counts if one not in kept_back), key=lambda one: (-counts[one], one))
    return tuple((one, counts[one]) for one in shown[:MOST_WORDS])


def _right(what: Asked, votes: Sequence[Response]) -> int | None:
    graded = [correct(what, vote) for vote in votes]
    return None if not votes or graded[0] is None else sum(map(bool, graded))


def rationale_of(what: Asked) -> str:
    """Why the key is right, in the item's own words."""
    if isinstance(what, AskedFigure):
        return ""
    match what.item:
        case OneBest() | MultipleResponse():
            return plain(what.quiz.rich(next(o.rationale for o in what.item.options if o.correct)))
        case Estimated() | ScriptConcordance():
            return plain(what.quiz.rich(what.item.rationale))
        case _:
            return ""


def moved(records: Records, module: Module, session: LiveSession, placed: Placed) -> Moved | None:
    """For the poll after the teaching, once both are closed; None for any other, and without a key."""
    first = next((one for one, after in pairs(session.plan) if after.id == placed.id), None)
    if first is None or session.state(first.id) not in ("closed", "revealed"):
        return None
    before, after = (right_by_voter(records, module, session, one) for one in (first, placed))
    if before is None or after is None:
        return None
    found = shift(before, after)
    shut = hidden_beside_margins(found.cells)
    return Moved(found, shut, None if shut else mcnemar(found.gained, found.lost))


def right_by_voter(records: Records, module: Module, session: LiveSession, placed: Placed) -> Mapping[str, bool] | None:
    """Whether each device was right; None where there is no key."""
    what = asked(module, placed.poll)
    graded = {voter: correct(what, vote) for voter, vote in records.live.votes(session.code, placed.id).items()}
    return None if None in graded.values() else {voter: bool(right) for voter, right in graded.items()}
