"""The report on items as HTML: flags in words first, the figures of each item in a fold."""

from html import escape

from modules.core.items import Quiz, Scored
from modules.core.module import Module
from modules.core.prose import plain
from modules.outcomes.items import FamilyReport, FormReport, ItemReport, OptionUse, Report
from modules.outcomes.live_votes import LiveItem
from modules.outcomes.wording import (
    confidence_text,
    family_flags,
    flags,
    live_text,
    number_text,
    p_text,
    points_text,
    reliability_text,
    right_text,
    seconds_text,
    share_text,
)

TESTS = {"pre": "pre-test", "post": "first post-test"}
ASKED = {"before": "before the teaching", "after": "after the teaching", "once": "asked once"}
SURE = {1: "A guess", 2: "Fairly sure", 3: "Sure"}


def form_html(form: FormReport, report: Report, quiz: Quiz) -> str:
    """A form in one test: its reliability, then its items in the form's order."""
    items = {r.item: r for r in report.items if (r.quiz, r.test) == (form.quiz, form.test)}
    rows = "".join(_item(items[i.id], quiz, i) for i in quiz.items if i.id in items and isinstance(i, Scored))
    reliability = escape(reliability_text(form))
    return (
        f"<p>{form.learners} learners answered all {form.items} items. Reliability: {reliability}.</p>"
        f'<div class="lm-item-reports">{rows}</div>'
    )


def _item(one: ItemReport, quiz: Quiz, item: Scored) -> str:
    found = flags(one)
    word = (
        f'<strong class="lm-flagged"><span aria-hidden="true">⚑</span> {len(found)} to look at</strong> · '
        if found
        else ""
    )
    told = "".join(f"<li>{escape(flag)}</li>" for flag in found)
    figures = _pairs(
        ("Right", share_text(one.difficulty)),
        ("Item-rest discrimination", number_text(one.discrimination)),
        ("Distractors that are chosen", share_text(one.functional)),
        ("Time to answer", seconds_text(one)),
        ("Mean confidence, of 1 to 3", confidence_text(one)),
    )
    return (
        f"<details><summary>{word}{escape(one.item)}: {escape(right_text(one))}</summary>"
        f'<p class="lm-stem">{escape(plain(quiz.rich(item.stem)))}</p>'
        f"{f'<ul>{told}</ul>' if told else ''}{figures}{_options(one.options)}{_sure(one)}</details>"
    )


def _pairs(*pairs: tuple[str, str]) -> str:
    return f'<dl class="lm-figures">{"".join(f"<dt>{escape(a)}</dt><dd>{escape(b)}</dd>" for a, b in pairs)}</dl>'


def _options(options: tuple[OptionUse, ...]) -> str:
    rows = "".join(
        f"<tr><th scope='row'>{escape(o.option)}{' (key)' if o.correct else ''}</th><td>{o.share:.0%}</td>"
        f"<td>{o.best:.0%}</td><td>{'' if o.with_rest is None else f'{o.with_rest:.2f}'}</td></tr>"
        for o in options
    )
    head = "<th scope='col'>Option</th><th scope='col'>All</th><th scope='col'>Better third</th>"
    head += "<th scope='col'>With rest of form</th>"
    return _table("Who chose what", head, rows)


def _sure(one: ItemReport) -> str:
    rows = "".join(
        f"<tr><th scope='row'>{SURE[s.confidence]}</th><td>{s.right} of {s.n}</td>"
        f"<td>{escape(share_text(s.share))}</td></tr>"
        for s in one.calibration
    )
    head = "<th scope='col'>Sure</th><th scope='col'>Right</th><th scope='col'>Share</th>"
    return _table("Right by how sure they were", head, rows)


def families_html(families: tuple[FamilyReport, ...]) -> str:
    """What changed, a row a family: right before and after, gained, lost, still wrong."""
    rows = "".join(_family(f) for f in families)
    names = ("Idea", "Change", "Right both", "Gained", "Lost", "Wrong both", "Exact McNemar")
    head = "".join(f"<th scope='col'>{n}</th>" for n in names)
    return _table("Before and after, the same learners", head, rows)


def _family(one: FamilyReport) -> str:
    told = "".join(f"<br><small>{escape(flag)}</small>" for flag in family_flags(one))
    cells = (points_text(one.sensitivity), one.kept, one.gained, one.lost, one.still_wrong, p_text(one.p))
    return f"<tr><th scope='row'>{escape(one.family)}{told}</th>{''.join(f'<td>{c}</td>' for c in cells)}</tr>"


def live_html(items: tuple[LiveItem, ...], module: Module) -> str:
    """Live votes: the share right before the teaching, after it, and where it was asked once."""
    rows = "".join(_live(one, module.quizzes[one.quiz]) for one in items)
    return f'<div class="lm-item-reports">{rows}</div>'


def _live(one: LiveItem, quiz: Quiz) -> str:
    item = quiz.item(one.item)
    stem = "" if item is None else f'<p class="lm-stem">{escape(plain(quiz.rich(item.stem)))}</p>'
    told = "; ".join(f"{moment} {live_text(figure)}" for moment, figure in one.shares)
    figures = _pairs(*((f"Right, {ASKED[moment]}", live_text(figure)) for moment, figure in one.shares))
    sessions = _pairs(("Sessions", str(one.sessions)))
    return f"<details><summary>{escape(one.item)}: {escape(told)}</summary>{stem}{figures}{sessions}</details>"


def _table(caption: str, head: str, rows: str) -> str:
    if not rows:
        return ""
    return (
        f'<div class="lm-wide" tabindex="0" role="region" aria-label="{escape(caption)}"><table class="lm-panel">'
        f"<caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )
