"""What the figures of items say in words: values with intervals, and flags with what to do about them."""

from collections.abc import Callable, Iterator

from modules.outcomes.items import FEWEST_RELIABILITY, FUNCTIONAL, FamilyReport, Figure, FormReport, ItemReport

HARD, EASY = 0.30, 0.80
LOW_DISCRIMINATION = 0.10
HASTY = 5.0
SURE_AND_WRONG = 0.25
"""Share of the answers given with full confidence that are wrong."""
FEWEST_SURE = 20


def too_few(n: int) -> str:
    return f"too few answers (n = {n})"


def absent(figure: Figure) -> str:
    return f"all alike, nothing to tell (n = {figure.n})" if figure.enough else too_few(figure.n)


def share_text(figure: Figure) -> str:
    """`62% (55 to 69)`."""
    if figure.value is None:
        return absent(figure)
    return _with(f"{figure.value:.0%}", figure, lambda x: f"{100 * x:.0f}")


def live_text(figure: Figure) -> str:
    """`62% (55 to 69) of 48`, or that there are too few answers to say."""
    told = share_text(figure)
    return told if figure.value is None else f"{told} of {figure.n}"


def right_text(report: ItemReport) -> str:
    """`right 62% (55 to 69)`, or that there are too few answers to say."""
    told = share_text(report.difficulty)
    return told if report.difficulty.value is None else f"right {told}"


def number_text(figure: Figure) -> str:
    """`0.31 (0.22 to 0.40)`."""
    if figure.value is None:
        return absent(figure)
    return _with(f"{figure.value:.2f}", figure, lambda x: f"{x:.2f}")


def points_text(figure: Figure) -> str:
    """A change of a share: `+24 points (18 to 30)`."""
    if figure.value is None:
        return absent(figure)
    return _with(f"{100 * figure.value:+.0f} points", figure, lambda x: f"{100 * x:.0f}")


def p_text(p: float | None) -> str:
    if p is None:
        return ""
    return "p < 0.001" if p < 0.001 else f"p = {p:.3f}"


def reliability_text(form: FormReport) -> str:
    items, learners = FEWEST_RELIABILITY
    if form.items < items:
        return f"not told: it means little with fewer than {items} items (here {form.items})"
    if form.reliability.value is None and not form.reliability.enough:
        return f"{too_few(form.learners)}; told from {learners} learners"
    error = "" if form.error is None else f", standard error {form.error:.1f} items"
    return f"{number_text(form.reliability)}{error}"


def seconds_text(report: ItemReport) -> str:
    if report.seconds is None:
        return too_few(report.timed)
    low, middle, high = report.seconds
    return f"{middle:.0f} s ({low:.0f} to {high:.0f})"


def confidence_text(report: ItemReport) -> str:
    """The mean step against the share right: `2.1, with 62% right`."""
    if report.confidence.value is None or report.difficulty.value is None:
        return too_few(report.confidence.n)
    return f"{report.confidence.value:.1f}, with {report.difficulty.value:.0%} right"


def flags(report: ItemReport) -> tuple[str, ...]:
    """What to look at first, the gravest first."""
    return (*_key(report), *_difficulty(report), *_answers(report))


def family_flags(report: FamilyReport) -> tuple[str, ...]:
    value = report.sensitivity.value
    if value is None or value > 0:
        return ()
    if report.kept / report.n > EASY:
        return ("Known before: the lesson may aim too low, or the item is too easy. Aim both higher.",)
    return ("Nothing gained: check that a lesson teaches it, and that the item does not confuse.",)


def _key(report: ItemReport) -> Iterator[str]:
    if miskeyed(report):
        yield "Possibly miskeyed: the best learners prefer a distractor. Check the key."
    value = report.discrimination.value
    if value is not None and value < 0:
        yield "Who knows more answers it worse. Check the key and the stem."
    elif value is not None and value < LOW_DISCRIMINATION:
        yield "It tells little between who knows more and who knows less. Look at the distractors."


def miskeyed(report: ItemReport) -> bool:
    """A distractor beats the key among the better third by the rest of the form."""
    key = max((o.best for o in report.options if o.correct), default=0.0)
    return any(o.best > key for o in report.options if not o.correct)


def _difficulty(report: ItemReport) -> Iterator[str]:
    value = report.difficulty.value
    if value is not None and value < HARD:
        yield "Hard: fewer than three in ten are right. Check the key, the stem, and that a lesson teaches it."
    if value is not None and value > EASY and report.test == "pre":
        yield "Known before the lessons by more than eight in ten. Ask for more, or leave it out."


def _answers(report: ItemReport) -> Iterator[str]:
    unused = [o.option for o in report.options if not o.correct and o.share < FUNCTIONAL]
    if unused:
        yield f"Chosen by fewer than one in twenty: {', '.join(unused)}. Replace it or leave it out."
    if report.seconds is not None and report.seconds[1] < HASTY:
        yield f"Answered in {report.seconds[1]:.0f} s at the median: too fast to be read. Look for a cue."
    sure = next((s for s in report.calibration if s.confidence == 3), None)
    if sure and sure.n >= FEWEST_SURE and 1 - sure.right / sure.n >= SURE_AND_WRONG:
        yield f"Sure and wrong: {sure.n - sure.right} of {sure.n} who were sure. A misconception to teach against."


def _with(value: str, figure: Figure, say: Callable[[float], str]) -> str:
    if figure.interval is None:
        return value
    low, high = figure.interval
    return f"{value} ({say(low)} to {say(high)})"
