"""One trial: design, arms, every readout with its data cut, charts and sources."""

from html import escape

import streamlit as st

from modules.actions.house import house
from modules.charts.of_readout import request_of, sentence
from modules.core.errors import UnknownPath
from modules.core.evidence import ENDPOINT_NAMES, Evidence, Readout, Trial
from modules.core.figures import ChartRequest
from modules.core.paths import find, origin
from modules.core.quantity import text
from modules.export.addresses import trial_chart_files, trial_chart_url
from modules.export.figure import files_html, sources_html, table_html
from modules.web import session, shell
from modules.web.explore import drawn, explore
from modules.web.picture import picture_html


def trial_page(trial: Trial) -> None:
    evidence = house().shelf.current().library.evidence
    st.page_link(shell.EVIDENCE, label="All trials")
    shell.html(_design(trial) + _arms(trial))
    for endpoint in dict.fromkeys(r.endpoint for r in trial.readouts):
        st.header(ENDPOINT_NAMES[endpoint], anchor=False)
        for readout in trial.readouts:
            if readout.endpoint == endpoint:
                _readout(evidence, trial, readout)
    shell.html(_facts(trial))


def _design(trial: Trial) -> str:
    rows = (
        ("Phase", trial.phase),
        (
            "Design",
            ("randomised" if trial.design.randomised else "not randomised")
            + (f", {trial.design.blinding}" if trial.design.blinding else ""),
        ),
        ("Setting", trial.setting),
        ("Population", trial.population),
        ("Patients", str(trial.n) if trial.n else "not published"),
        ("Registry", trial.nct or "not stated"),
        ("Notes", trial.design.notes),
    )
    return (
        '<dl class="lm-facts">'
        + "".join(f"<div><dt>{k}</dt><dd>{escape(v)}</dd></div>" for k, v in rows if v)
        + "</dl>"
    )


def _arms(trial: Trial) -> str:
    rows = "".join(
        f'<tr><th scope="row">{escape(a.label)}</th><td>{escape(a.regimen) or "not stated"}</td>'
        f"<td>{a.n if a.n is not None else 'not published'}</td></tr>"
        for a in trial.arms
    )
    return (
        '<h2>Arms</h2><div class="lm-scroll" role="region" tabindex="0" aria-label="Arms"><table><thead><tr>'
        '<th scope="col">Arm</th><th scope="col">Regimen</th><th scope="col">Patients</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _readout(evidence: Evidence, trial: Trial, readout: Readout) -> None:
    request = request_of(trial, readout)
    path = f"{trial.id}.{readout.id}"
    after = " · published after the evidence cut-off" if readout.cut.after else ""
    shell.html(
        f"<h3>{escape(sentence(readout.detail))}</h3>"
        f'<p class="lm-place">{escape(readout.population)} · {escape(readout.cut.label)}{after}</p>'
        f"{_ratio(evidence, path)}"
    )
    if request is None or not _figure(request, path):
        where = origin(trial, readout)
        note = f"<p>{escape(readout.note)}</p>" if readout.note else ""
        shell.html(f'{note}<p class="lm-small">{escape(where.source.citation)} ({where.confidence})</p>')


def _figure(request: ChartRequest, path: str) -> bool:
    """The chart as in a lesson, without a heading of its own; False when it cannot be drawn."""
    try:
        chart = drawn(house().shelf.digest(), path, request)
    except UnknownPath:
        return False
    theme, (trial, _, readout) = session.theme(), path.partition(".")
    narrow, wide = (trial_chart_url(trial, readout, theme=theme, width=w) for w in (360, 720))
    notes = "".join(f'<p class="lm-chart-note">{escape(note)}</p>' for note in chart.notes)
    shell.html(
        f'<div class="lm-figure"><div class="lm-picture">{picture_html(narrow, wide, chart)}</div>{notes}'
        f'{sources_html(chart.sources)}<details class="lm-table"><summary>Show as a table</summary>'
        f"{table_html(chart.table)}</details>{files_html(trial_chart_files(trial, readout), chart.title)}</div>"
    )
    explore(request, key=path)
    return True


def _ratio(evidence: Evidence, path: str) -> str:
    try:
        found = find(evidence, path)
    except UnknownPath:
        return ""
    return f"<p>{escape(sentence(text(found, 'estimate')))}</p>"


def _facts(trial: Trial) -> str:
    if not trial.facts:
        return ""
    rows = "".join(
        f'<li>{escape(f.text)} <span class="lm-small">{escape(f.source.citation)} ({f.confidence})</span></li>'
        for f in trial.facts
    )
    return f"<h2>Facts of the design and conduct</h2><ul>{rows}</ul>"
