"""What must stand beside a chart: its sources, and the cautions that never leave it."""

from collections.abc import Iterable
from dataclasses import replace

from modules.charts.chart import SourceRow
from modules.core.evidence import Confidence, Endpoint, Readout, Source, Trial
from modules.core.paths import origin

ACROSS_TRIALS = "Trials are not compared with one another: populations, comparators and clocks differ."
AFTER_CUT = "Published after this module's evidence cut-off"
_UNASSESSED: frozenset[Endpoint] = frozenset({"OS", "AE"})


def source_row(trial: Trial, readout: Readout) -> SourceRow:
    where = origin(trial, readout)
    unassessed = "" if readout.endpoint in _UNASSESSED else "assessor not stated"
    return SourceRow(
        citation=where.source.citation,
        detail=f"{trial.name}: {where.detail}",
        cut=where.cut or "",
        assessor=where.assessor or unassessed,
        confidence=confidence_words(where.confidence),
        link=where.source.link,
        after=where.after,
    )


def source_rows(readouts: Iterable[tuple[Trial, Readout]]) -> tuple[SourceRow, ...]:
    """One row a readout, in the order of the chart, without repeats."""
    return tuple(dict.fromkeys(source_row(trial, readout) for trial, readout in readouts))


def merged_rows(readouts: Iterable[tuple[Trial, Readout]]) -> tuple[SourceRow, ...]:
    """One row a publication and data cut: what was read there stands together."""
    found: dict[SourceRow, list[str]] = {}
    for trial, readout in readouts:
        row = source_row(trial, readout)
        found.setdefault(replace(row, detail=trial.name), []).append(readout.detail)
    return tuple(replace(row, detail=f"{row.detail}: {', '.join(dict.fromkeys(said))}") for row, said in found.items())


def event_row(source: Source, confidence: Confidence, detail: str) -> SourceRow:
    """The source of a dated event, which has no data cut and nobody who assessed it."""
    return SourceRow(source.citation, detail, "", "", confidence_words(confidence), source.link)


def confidence_words(confidence: Confidence) -> str:
    return "secondary source" if confidence == "secondary" else "verified"


def cautions(readouts: Iterable[tuple[Trial, Readout]]) -> tuple[str, ...]:
    """The caution for several trials in one chart, and the one for data after the cut-off."""
    shown = tuple(readouts)
    found = [ACROSS_TRIALS] if len({trial.id for trial, _ in shown}) > 1 else []
    after = dict.fromkeys(f"{t.name} ({r.cut.label})" for t, r in shown if r.cut.after)
    return (*found, *([f"{AFTER_CUT}: {', '.join(after)}."] if after else []))
