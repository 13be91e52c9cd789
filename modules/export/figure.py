"""One chart as a figure: the finding as a heading, the picture, what must be said with it, its numbers."""

from collections.abc import Sequence
from html import escape
from typing import Protocol

from modules.export.addresses import Files
from modules.export.inline import link_html


class Tabular(Protocol):
    """A chart's numbers as text."""

    @property
    def columns(self) -> tuple[str, ...]: ...
    @property
    def rows(self) -> tuple[tuple[str, ...], ...]: ...
    @property
    def caption(self) -> str: ...
    @property
    def also(self) -> tuple[str, ...]: ...


class Sourced(Protocol):
    """Where a chart's figures were published; `assessor` empty where nobody assesses the endpoint."""

    @property
    def citation(self) -> str: ...
    @property
    def detail(self) -> str: ...
    @property
    def cut(self) -> str: ...
    @property
    def assessor(self) -> str: ...
    @property
    def confidence(self) -> str: ...
    @property
    def link(self) -> str | None: ...
    @property
    def after(self) -> bool: ...


class Drawn(Protocol):
    """What a figure needs of a chart; charts.chart.Chart has it."""

    @property
    def title(self) -> str: ...
    @property
    def caption(self) -> str | None: ...
    @property
    def alt(self) -> str: ...
    @property
    def table(self) -> Tabular: ...
    @property
    def notes(self) -> tuple[str, ...]: ...
    @property
    def sources(self) -> Sequence[Sourced]: ...


def figure_html(drawn: Drawn, picture: str, *, anchor: str, level: int = 3, files: Files = ()) -> str:
    """`picture` is an SVG or an image element; `anchor` is the heading's id; `files` are the chart to keep."""
    name = escape(anchor)
    caption = f"<p>{escape(drawn.caption)}</p>" if drawn.caption else ""
    notes = "".join(f'<p class="lm-chart-note">{escape(note)}</p>' for note in drawn.notes)
    return (
        f'<figure class="lm-figure" aria-labelledby="{name}">'
        f'<h{level} id="{name}" class="lm-figure-title">{escape(drawn.title)}</h{level}>{caption}'
        f'<div class="lm-picture">{picture}</div>{notes}{sources_html(drawn.sources)}'
        f'<details class="lm-table"><summary>Show as a table</summary>{table_html(drawn.table)}</details>'
        f"{files_html(files, drawn.title)}</figure>"
    )


def asked_figure_html(drawn: Drawn, picture: str) -> tuple[str, str]:
    """The chart of an item: its title and picture; and for after the answer, what it says in words and figures."""
    notes = "".join(f'<p class="lm-chart-note">{escape(note)}</p>' for note in drawn.notes)
    shown = (
        f'<figure class="lm-figure"><figcaption>{escape(drawn.title)}</figcaption>'
        f'<div class="lm-picture">{picture}</div></figure>'
    )
    return shown, f"<p>{escape(drawn.alt)}</p>{notes}{sources_html(drawn.sources)}{table_html(drawn.table)}"


def files_html(files: Files, title: str) -> str:
    """Links that download, named together by the chart's title."""
    if not files:
        return ""
    links = "".join(
        f'<li><a href="{escape(url)}" download target="_self">{escape(words)}</a></li>' for words, url in files
    )
    return f'<ul class="lm-files" aria-label="{escape(f"Download: {title}")}">{links}</ul>'


def picture_img(url: str, alt: str) -> str:
    """For a page that cannot hold an inline SVG; `url` is the chart in the theme on screen."""
    return f'<img src="{escape(url)}" alt="{escape(alt)}" loading="lazy">'


def table_html(table: Tabular) -> str:
    """The first column heads its rows. The box scrolls by itself on a phone, also by keyboard; the rest is below it."""
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in table.columns)
    body = "".join(f"<tr>{_cells(row)}</tr>" for row in table.rows)
    caption = escape(table.caption)
    also = "".join(f"<li>{escape(words)}</li>" for words in table.also)
    return (
        f'<div class="lm-scroll" role="region" tabindex="0" aria-label="{caption}">'
        f"<table><caption>{caption}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
        + (f'<ul class="lm-also">{also}</ul>' if also else "")
    )


def _cells(row: tuple[str, ...]) -> str:
    first, *rest = row
    return f'<th scope="row">{escape(first)}</th>' + "".join(f"<td>{escape(cell)}</td>" for cell in rest)


def sources_html(sources: Sequence[Sourced]) -> str:
    """One line a source: citation, what was read out, data cut, assessor, how sure we are."""
    if not sources:
        return ""
    lines = "".join(f"<li>{source_line(source)}</li>" for source in sources)
    word = "Source" if len(sources) == 1 else "Sources"
    return f'<div class="lm-sources"><span class="lm-sources-title">{word}</span><ul>{lines}</ul></div>'


def source_line(source: Sourced) -> str:
    said = (source.detail, source.cut, source.assessor, source.confidence)
    after = " Published after this module’s evidence cut-off." if source.after else ""
    citation = escape(source.citation)
    cite = link_html(source.link, citation) if source.link else citation
    return f"{cite}. {escape('; '.join(part for part in said if part))}.{after}"
