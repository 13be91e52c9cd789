"""The report on a live session as an accessible PDF (PDF/UA-1) and as CSV."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import typst

from modules.core.credit import day_text
from modules.core.session_report import Guesses, PairReport, PollReport, SessionReport, Share
from modules.core.small_cells import LEAST
from modules.export.completion import csv_text
from modules.export.typeset import LOGO, Words, pdf, printable

_TEMPLATE = Path(__file__).with_suffix(".typ")
TITLE = "Live session report"
REHEARSAL = "REHEARSAL: SIMULATED VOTES"
MOMENTS = {"once": "", "before": "before the teaching", "after": "after the teaching"}
CELLS = {
    "stayed right": "right both times",
    "gained": "wrong, then right",
    "lost": "right, then wrong",
    "stayed wrong": "wrong both times",
}
UNDER = f"fewer than {LEAST}"
CHANGE = "Paired change (adjusted interval of Agresti and Min)"
TEST = "Exact McNemar test, two-sided"
METHOD = (
    "Votes are of devices. Nobody was asked for a name. Where a device voted more than once, its last vote counts.",
    "A vote is right with the full score of the question. Shares of right votes have the 95% score interval of Wilson "
    "(Wilson EB, J Am Stat Assoc 1927;22:209).",
    "A pair compares the same devices before and after. Its change is the share right after less the share right "
    "before, with the adjusted 95% interval of Agresti and Min (Stat Med 2005;24:729). Its p is of the exact McNemar "
    "test, two-sided: binomial with 0.5 over those who changed (McNemar Q, Psychometrika 1947;12:153).",
    f"Where {UNDER} devices fall into one of the four cells of a pair, no cell is shown, nor what is computed from the "
    "cells: with the bars before and after, one cell would tell the others (complementary suppression; Hundepool A "
    "and others, Statistical Disclosure Control, Wiley 2012, 4.2).",
    "The median of guesses is the middle one, or the mean of the two in the middle.",
    "The same question was asked twice of one room without a comparison group: a change may also come from having "
    "seen the question before.",
)
HEADER = (
    "Rehearsal", "Session", "Module", "Version", "Began (UTC)", "Poll", "Kind", "Moment", "Question", "What", "Label",
    "Key", "Votes", "n", "Share", "95% from", "95% to", "Value", "Unit", "p",
)  # fmt: skip


def live_report_pdf(report: SessionReport, *, now: datetime) -> bytes:
    """What no installed font can print becomes an empty square."""
    words: Words = {
        "title": TITLE,
        "module": report.title,
        "told": _told(report),
        "description": f"{TITLE}, {report.title}, {report.code}",
        "made": list(now.timetuple()[:3]),
        "rehearsal": REHEARSAL if report.rehearsal else "",
        "facts": [list(one) for one in _facts(report)],
        "polls": [_poll(n, one) for n, one in enumerate(report.polls, 1)],
        "pairs": [_pair(one, report) for one in report.pairs],
        "questions": [[q.text, str(q.seconded), "answered" if q.answered else "shown"] for q in report.questions],
        "method": list(METHOD),
        "missing": "",
    }
    try:
        return _compiled(words, now)
    except typst.TypstError:
        return _compiled(printable(words) | {"missing": _SQUARES}, now)


_SQUARES = "Characters this document cannot print are shown as squares; the CSV of this report has them."


def _compiled(words: Words, now: datetime) -> bytes:
    return pdf(_TEMPLATE, {"report": json.dumps(words), "logo": LOGO.read_text()}, now)


def _told(report: SessionReport) -> str:
    """Where the text has changed since, the questions and keys are those of now."""
    version = f"Version {report.version}" if report.version else "A version that was not kept"
    since = "; the module has changed since, and questions and keys are as they are now" if report.changed else ""
    return f"{version}{since}."


def _facts(report: SessionReport) -> Iterator[tuple[str, str]]:
    began = report.began.astimezone(UTC)
    hours = f"{began:%H:%M}" if report.ended is None else f"{began:%H:%M} to {report.ended.astimezone(UTC):%H:%M}"
    yield "Session", report.code
    yield "When", f"{day_text(began.date())}, {hours} UTC"
    yield "Devices that voted", str(report.devices)
    yield "Polls", str(len(report.polls))
    if report.unopened:
        yield "Planned, not asked", str(report.unopened)
    if report.gone:
        yield "Taken out of the module since", str(report.gone)


def _poll(number: int, one: PollReport) -> dict[str, object]:
    told = [MOMENTS[one.moment], f"{one.n} vote" if one.n == 1 else f"{one.n} votes"]
    return {
        "number": number,
        "ask": one.ask,
        "case": list(one.case),
        "told": " · ".join(filter(None, told)),
        "options": [
            [o.label, "right" if o.right else "", str(o.votes), _percent(o.votes, one.n), _part(o.votes, one.n)]
            for o in one.options
        ],
        "right": "" if one.right is None else right_text(one.right),
        "guesses": guess_text(one.guesses),
        "words": [f"{word} ({n})" for word, n in one.words],
        "left": f"Left out by the host: {one.left_out} of {one.n} votes." if one.left_out else "",
    }


def right_text(share: Share) -> str:
    low, high = share.interval
    told = f"{share.count} of {share.n} right, {share.value:.0%} (95% interval {100 * low:.0f} to {100 * high:.0f}%)"
    return f"{told}."


def guess_text(guesses: Guesses | None) -> str:
    if guesses is None:
        return ""
    said = f"Median of the guesses: {guesses.said}." if guesses.median is not None else "Nobody guessed."
    return f"{said} The record shows {guesses.found}." if guesses.found else said


def _pair(one: PairReport, report: SessionReport) -> dict[str, object]:
    places = {poll.id: n for n, poll in enumerate(report.polls, 1)}
    first, after = (places[poll] for poll in one.polls)
    rows: list[list[str]] = []
    if one.n is not None:
        rows = [
            [name.capitalize(), CELLS[name], str(votes), _percent(votes, one.n)] for name, votes in one.cells.items()
        ]
    return {
        "ask": one.ask,
        "told": f"Polls {first} and {after} · {UNDER if one.n is None else one.n} voted both times",
        "cells": rows,
        "change": _change(one),
        "withheld": "" if one.cells else _withheld(one),
    }


def _withheld(one: PairReport) -> str:
    if one.n is None:
        return f"{UNDER.capitalize()} devices voted both times: too few to show who moved."
    return f"{UNDER.capitalize()} devices fall into one of the four cells, so that none of them is shown."


def _change(one: PairReport) -> list[str]:
    if one.change is None or one.interval is None or one.p is None:
        return []
    low, high = one.interval
    told = f"{_points(one.change)} percentage points (95% interval {_points(low)} to {_points(high)})"
    return [f"{CHANGE}: {told}.", f"{TEST}: {p_text(one.p)}."]


def _points(value: float) -> str:
    return f"{100 * value:+.1f}".replace("-", "\N{MINUS SIGN}")


def p_text(p: float) -> str:
    return "p < 0.001" if p < 0.001 else f"p = {p:.3f}"


def _percent(votes: int, n: int) -> str:
    return "" if n == 0 else f"{votes / n:.0%}"


def _part(votes: int, n: int) -> float:
    return 0.0 if n == 0 else round(votes / n, 4)


def live_report_csv(report: SessionReport) -> str:
    """A row a poll and option, and for each pair a row a cell: what is not told is empty."""
    return csv_text(HEADER, _rows(report))


_Row = tuple[object, ...]


def _rows(report: SessionReport) -> Iterator[_Row]:
    began = report.began.astimezone(UTC).strftime("%Y-%m-%d %H:%M")
    mark = REHEARSAL if report.rehearsal else None
    same = (mark, report.code, report.module, report.version, began)
    for poll in report.polls:
        for row in _poll_rows(poll):
            yield (*same, poll.id, poll.kind, poll.moment, poll.ask, *row)
    for pair in report.pairs:
        for row in _pair_rows(pair):
            yield (*same, " and ".join(pair.polls), "pair", "before and after", pair.ask, *row)


def _poll_rows(one: PollReport) -> Iterator[_Row]:
    n = one.n
    for option in one.options:
        key = None if option.right is None else option.right
        yield ("option", option.label, key, option.votes, n, _share(option.votes, n), *[None] * 5)
    if one.right is not None:
        low, high = (round(end, 4) for end in one.right.interval)
        yield ("right", None, None, one.right.count, n, _share(one.right.count, n), low, high, *[None] * 3)
    if one.guesses is not None:
        bare = (None, None, None, n, None, None, None)
        yield ("median of guesses", *bare, one.guesses.median, one.guesses.unit, None)
        yield ("figure of the record", *bare[:3], None, *bare[4:], one.guesses.truth, one.guesses.unit, None)
    for word, times in one.words:
        yield ("word", word, None, times, n, _share(times, n), *[None] * 5)
    if one.left_out:
        yield ("left out by the host", None, None, one.left_out, n, _share(one.left_out, n), *[None] * 5)


def _pair_rows(one: PairReport) -> Iterator[_Row]:
    n = one.n
    for name in CELLS:
        votes = one.cells.get(name)
        share = None if votes is None or n is None else _share(votes, n)
        yield ("cell", name, None, votes, UNDER if n is None else n, share, *[None] * 5)
    if one.change is not None and one.interval is not None and one.p is not None:
        low, high = (round(end, 4) for end in one.interval)
        yield ("change", CHANGE, None, None, n, None, low, high, round(one.change, 4), "difference of shares", None)
        yield ("test", TEST, None, None, n, *[None] * 5, _short_p(one.p))


def _short_p(p: float) -> float:
    """Three significant digits, however small."""
    return float(f"{p:.3g}")


def _share(votes: int, n: int) -> float | None:
    return None if n == 0 else round(votes / n, 4)
