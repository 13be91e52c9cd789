"""A slide as HTML."""

from html import escape

from modules.core.slide import Picture, Slide


def body_html(slide: Slide) -> str:
    """What stands between a slide's title and its foot."""
    place = ' class="lm-place"' if slide.kind == "lesson" else ""
    said = "".join(f"<p{place}>{escape(row)}</p>" for row in slide.paragraphs)
    rows = "".join(f"<li>{escape(row)}</li>" for row in slide.bullets)
    listed = f"<ul>{rows}</ul>" if rows else ""
    return f"{said}{listed}{_stage(slide.chart)}"


def _stage(chart: Picture | None) -> str:
    if chart is None:
        return ""
    return f'<div class="lm-stage" tabindex="0" role="group" aria-label="Chart">{chart.svg}</div>'


def foot_html(slide: Slide) -> str:
    """A chart's cautions and the sources; empty where a slide shows no evidence."""
    told = "<br>".join(map(escape, slide.foot))
    return f"{_cautions(slide.chart)}{told}"


def _cautions(chart: Picture | None) -> str:
    if chart is None or not chart.notes:
        return ""
    return f'<span class="lm-chart-note">{escape(" ".join(chart.notes))}</span> '
