"""The impact report: a new version of a trial file against the library, the charts and the certificates."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from modules.actions.access import allow
from modules.actions.slide_notes import written
from modules.charts.chart import Chart, SurvivalPlot
from modules.charts.draw import draw
from modules.core.errors import UnknownPath
from modules.core.evidence import Evidence, Trial
from modules.core.figures import ChartRequest, Cuts
from modules.core.impact import (
    Change,
    Kind,
    Standing,
    Use,
    Versions,
    blocks_uses,
    changes,
    prediction_uses,
    quiz_uses,
    versions,
)
from modules.core.items import ChartPoint, ChartValue, Quiz
from modules.core.module import Block, Heading, Lesson, Library, Module, walk
from modules.core.module import Chart as ChartBlock
from modules.core.people import Actor
from modules.core.proven import unproven
from modules.export.addresses import slide_anchor
from modules.records.records import Issued, Records

ORDER: tuple[Kind, ...] = ("key", "sentence", "source-says", "prediction", "chart", "slide", "notes", "item")
"""What is most dangerous first."""


@dataclass(frozen=True, slots=True)
class Touched:
    """One module: what must be looked at again, and the certificates whose text named the trial."""

    module: Module
    uses: tuple[Use, ...]
    certificates: tuple[Issued, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """`changes` even where nothing reads them; `touched` only the modules that do."""

    old: Trial
    new: Trial
    changes: tuple[Change, ...]
    touched: tuple[Touched, ...]


def impact(actor: Actor, library: Library, new: Trial, records: Records | None) -> Report | None:
    """None when the library has no trial of this id. `records` None: certificates are not looked up."""
    allow(actor, "see-evidence-due")
    old = library.evidence.trials.get(new.id)
    if old is None:
        return None
    compared = versions(library.evidence, new)
    touched = (_touched(module, compared, old, records) for module in library.modules.values())
    return Report(old, new, changes(old, new), tuple(one for one in touched if one.uses))


def _touched(module: Module, compared: Versions, old: Trial, records: Records | None) -> Touched:
    found = sorted(module_uses(module, compared), key=lambda use: (ORDER.index(use.kind), use.file, use.line))
    held = () if records is None or not found else records.issued(module.id)
    return Touched(module, tuple(found), tuple(one for one in held if old.name in one.certificate.trials))


def module_uses(module: Module, compared: Versions) -> Iterator[Use]:
    """Everything in a module that reads the trial's changed figures, in reading order."""
    path = f"content/{module.id}/module.md"
    for file, name, blocks in (
        (path, module.front.title, module.welcome),
        *((lesson.path, lesson.title, lesson.blocks) for lesson in module.lessons),
    ):
        at = Use("sentence", "reworded", "", "", file=file, name=name)
        yield from blocks_uses(blocks, compared, at)
        yield from prediction_uses(blocks, compared, at)
        yield from _chart_uses(blocks, compared, at)
    for lesson in module.lessons:
        yield from _notes_uses(lesson, compared)
    for quiz in module.quizzes.values():
        yield from quiz_uses(quiz, compared, unproven)
        yield from _item_chart_uses(quiz, compared)


def _notes_uses(lesson: Lesson, compared: Versions) -> Iterator[Use]:
    """What a speaker would say from the slides; the lesson's own text, said in its place, is found as sentences."""
    for line, notes in written(lesson):
        at = Use("notes", "reworded", "", "", file=lesson.path, name=lesson.title)
        for found in blocks_uses(notes.blocks, compared, at):
            yield replace(found, kind="notes", anchor=slide_anchor(lesson.id, line) if line else "")


def _chart_uses(blocks: tuple[Block, ...], compared: Versions, at: Use) -> Iterator[Use]:
    """A chart is a slide too. Its sources name the data cut, so a chart on an older cut differs there alone."""
    for block in walk(blocks):
        if isinstance(block, Heading):
            at = replace(at, anchor=block.anchor)
        if isinstance(block, ChartBlock) and (found := _drawn_use(block.request, compared)):
            placed = replace(found, file=at.file, line=block.line, anchor=at.anchor, name=block.request.title)
            yield placed
            yield replace(placed, kind="slide")


def _item_chart_uses(quiz: Quiz, compared: Versions) -> Iterator[Use]:
    for item in quiz.items:
        if isinstance(item, ChartPoint | ChartValue) and (found := _drawn_use(item.chart, compared)):
            yield replace(found, file=quiz.path, line=quiz.lines.get(item.id, 1), name=item.id)


def _drawn_use(request: ChartRequest, compared: Versions) -> Use | None:
    # Drawing is slow, and a request names every trial it shows.
    if compared.trial not in request.model_dump_json():
        return None
    if isinstance(request, Cuts):
        return _matured_use(request, compared)
    corrected = _difference(*(_drawn(request, evidence) for evidence in compared.as_written))
    return corrected or _difference(_drawn(request, compared.old), _drawn(request, compared.new))


def _matured_use(request: Cuts, compared: Versions) -> Use | None:
    """A chart of data cuts shows each as it was; it is out of date when its last one has been replaced."""
    before, after = (_drawn(request, evidence) for evidence in compared.as_written)
    found = _difference(before, after)
    named = (path.partition(".") for path in request.readouts)
    if found or before is None or not any(t == compared.trial and r in compared.replaced for t, _, r in named):
        return found
    return Use("chart", "older cut", before.alt, "A later cut is not on the chart.")


def _difference(before: Chart | None, after: Chart | None) -> Use | None:
    if before == after or before is None:
        return None
    if after is None:
        return Use("chart", "gone", before.alt, "The chart can no longer be drawn.")
    was, now = _said(before), _said(after)
    standing: Standing = "older cut" if was == now and before.plot == after.plot else "reworded"
    return Use("chart", standing, _without(was, now) or before.alt, _without(now, was) or after.alt)


def _said(chart: Chart) -> tuple[str, ...]:
    """Everything a chart says in words and figures, piece by piece."""
    beside = chart.plot.published if isinstance(chart.plot, SurvivalPlot) else ()
    rows = (" ".join(cell for cell in row if cell) for row in chart.table.rows)
    return (chart.alt, *(f"{one.label}: {one.text}" for one in beside), *rows)


def _without(said: tuple[str, ...], other: tuple[str, ...]) -> str:
    """What one version says and the other does not."""
    return "; ".join(piece for piece in said if piece not in other)


def _drawn(request: ChartRequest, evidence: Evidence) -> Chart | None:
    try:
        return draw(request, evidence)
    except UnknownPath:
        return None


def counts(touched: Touched) -> dict[str, int]:
    """How many of each kind, certificates too: `{"sentence": 3, ...}`."""
    found = {kind: sum(use.kind == kind for use in touched.uses) for kind in ORDER}
    return {kind: n for kind, n in found.items() if n} | {"certificate": len(touched.certificates)}
