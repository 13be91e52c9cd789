"""What the screen shows of a poll: options while it is open, then the votes, then the key. HTML, without a script."""

from html import escape

from modules.actions.live.results import Bar, Guesses, Moved, Results
from modules.core.quantity import number
from modules.core.small_cells import LEAST
from modules.records.floor import Question

LINES, LINE, LINE_OF_BAR, LINES_OF_CHART = 9, 60, 36, 5
"""Lines on a slide, and the letters in one: over its width, and beside a bar."""
SIZES = 6
"""Steps of size in a cloud of words."""
EXPLAINED = {
    "stayed right": "right both times",
    "gained": "wrong, then right",
    "lost": "right, then wrong",
    "stayed wrong": "wrong both times",
}


def panel_html(found: Results) -> str:
    """Everything is plain text; widths are attributes of SVG, so that no style is needed in the page."""
    parts = [_voters(found)]
    if found.bars:
        parts.append(f'<ol class="lm-bars">{"".join(_bar(bar, found.n) for bar in found.bars)}</ol>')
    if found.guesses is not None:
        parts.append(_histogram(found.guesses))
    if found.words:
        parts.append(_cloud(found.words))
    if found.right is not None and found.n:
        parts.append(
            f'<p class="lm-right-n">{found.right} of {found.n} were right ({_share(found.right, found.n)})</p>'
        )
    if found.rationale and _fits(found):
        parts.append(f'<p class="lm-why">{escape(found.rationale)}</p>')
    return "".join(parts)


def _fits(found: Results) -> bool:
    """Whether the reason has room under the bars, at a size that the back row reads; else the notes alone have it."""
    lines = sum(1 + len(bar.label) // LINE_OF_BAR for bar in found.bars)
    lines += 0 if found.guesses is None else LINES_OF_CHART
    return lines + len(found.ask) // LINE + len(found.rationale) // LINE + 2 <= LINES


def _voters(found: Results) -> str:
    votes = f"{found.n} vote" if found.n == 1 else f"{found.n} votes"
    match found.state:
        case "open":
            return f'<p class="lm-voters"><strong>Voting is open</strong> · {votes}</p>'
        case "closed" | "revealed":
            return f'<p class="lm-voters">{votes}</p>'
        case _:
            return '<p class="lm-voters">Not open yet</p>'


def _bar(bar: Bar, n: int) -> str:
    mark = {True: '<span class="lm-mark">✓ right</span>', False: "", None: ""}[bar.right]
    kind = " lm-key-bar" if bar.right else ""
    width = 0 if n == 0 else round(100 * bar.votes / n, 1)
    return (
        f'<li class="lm-bar{kind}"><span class="lm-bar-words">{escape(bar.label)} {mark}</span>'
        '<svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect width="{width}" height="4"/></svg>'
        f'<span class="lm-bar-n">{bar.votes} <small>({_share(bar.votes, n)})</small></span></li>'
    )


def _share(votes: int, n: int) -> str:
    return "0%" if n == 0 else f"{100 * votes / n:.0f}%"


def _histogram(found: Guesses) -> str:
    """Guesses in equal steps, the truth as a line over them."""
    most = max(1, *found.bins)
    step = 100 / len(found.bins)
    bars = "".join(
        f'<rect x="{n * step + 0.4:.2f}" y="{40 - 36 * votes / most:.2f}" width="{step - 0.8:.2f}" '
        f'height="{36 * votes / most:.2f}"/>'
        for n, votes in enumerate(found.bins)
    )
    line, told = "", f"Half of the room said {found.middle} or less." if found.middle else "No votes."
    if found.truth is not None and found.low <= found.truth <= found.high:
        at = 100 * (found.truth - found.low) / (found.high - found.low)
        line = f'<line x1="{at:.2f}" x2="{at:.2f}" y1="0" y2="40"/>'
    if found.found:
        told = f"The record shows {found.found}. {told}"
    return (
        f'<svg class="lm-guesses" viewBox="0 0 100 40" preserveAspectRatio="none" role="img" '
        f'aria-label="{escape(told)}">{bars}{line}</svg>'
        f'<p class="lm-scale"><span>{number(found.low)}</span><span>{number(found.high)}</span></p>'
        f'<p class="lm-right-n">{escape(told)}</p>'
    )


def _cloud(words: tuple[tuple[str, int], ...]) -> str:
    most = words[0][1]
    rows = "".join(
        f'<li class="lm-word-{max(1, round(SIZES * n / most))}">{escape(word)}'
        f'<span class="lm-hidden"> ({n})</span></li>'
        for word, n in sorted(words)
    )
    return f'<ul class="lm-cloud">{rows}</ul>'


def shift_html(found: Moved | None) -> str:
    """The four cells of those who voted twice; never two bars of different people."""
    if found is None:
        return '<p class="lm-voters">Close both polls to see who moved.</p>'
    n = found.shift.n
    if n < LEAST:
        return f'<p class="lm-voters">Fewer than {LEAST} people voted both times: too few to show who moved.</p>'
    if found.hidden:
        why = f"Fewer than {LEAST} of them are in one of the four groups, so that none of the four is shown."
        return f'<p class="lm-voters">{n} people voted both times. {why}</p>'
    cells = "".join(_cell(name, votes, n) for name, votes in found.shift.cells.items())
    told = "" if found.p is None else f" · exact McNemar test, two-sided p {_p(found.p)}"
    return f'<p class="lm-voters">{n} people voted both times{told}</p><dl class="lm-shift">{cells}</dl>'


def _cell(name: str, votes: int, n: int) -> str:
    value = f"{votes} <small>({_share(votes, n)})</small>"
    kind = name.replace(" ", "-")
    term = f"{name.capitalize()} <small>{EXPLAINED[name]}</small>"
    return f'<div class="lm-cell-{kind}"><dt>{term}</dt><dd>{value}</dd></div>'


def _p(p: float) -> str:
    return "< 0.001" if p < 0.001 else f"= {p:.3f}" if p < 0.1 else f"= {p:.2f}"


def floor_panel(questions: tuple[Question, ...]) -> str:
    """What the host has let through, most seconded first."""
    shown = [one for one in questions if one.state == "shown"]
    waiting = sum(one.state == "waiting" for one in questions)
    rows = "".join(f'<li>{escape(one.text)} <span class="lm-bar-n">+{one.seconded}</span></li>' for one in shown[:8])
    more = f'<p class="lm-scale">{waiting} waiting for the host</p>' if waiting else ""
    return f'<ol class="lm-floor">{rows}</ol>{more}' if rows else f"<p>Ask from your phone.</p>{more}"


def join_panel(code: str, address: str, qr: str) -> str:
    return (
        f'<div class="lm-join"><div class="lm-qr">{qr}</div><div><p class="lm-join-at">{escape(address)}</p>'
        f'<p class="lm-code">{escape(code)}</p><p>No account, no app. No name is asked.</p></div></div>'
    )
