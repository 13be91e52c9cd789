"""A chart as two pictures: one lettered for a phone, one for a desk."""

import re
from html import escape

from modules.charts.chart import Chart
from modules.charts.svg import svg
from modules.charts.theme import LIGHT

_SIZE = re.compile(r'<svg[^>]*?\bwidth="([\d.]+)"[^>]*?\bheight="([\d.]+)"')


def picture_html(narrow: str, wide: str, chart: Chart) -> str:
    """Both addresses, the text alternative, and the shape, so that nothing moves when the picture comes."""
    return (
        f'<picture><source media="(min-width: 760px)" srcset="{escape(wide)}" {_shape(chart, 720)}>'
        f'<img src="{escape(narrow)}" alt="{escape(chart.alt)}" loading="lazy" {_shape(chart, 360)}></picture>'
    )


def _shape(chart: Chart, width: int) -> str:
    found = _SIZE.search(svg(chart, width=width, palette=LIGHT))
    return f'width="{found[1]}" height="{found[2]}"' if found else ""
