"""How the plain pages draw what lessons ask for: charts as inline SVG, checks and cases with folded answers."""

import re
from collections.abc import Mapping

from modules.actions.drawing import Drawing, drawing
from modules.charts.theme import CSS
from modules.core.evidence import Evidence, Reference
from modules.core.figures import ChartRequest
from modules.core.module import Block, CaseStudy, Chart, Check, Image, Module, walk
from modules.core.prose import Rich
from modules.export.addresses import chart_files, image_url
from modules.export.cases import case_html, case_prose
from modules.export.checks import check_html, check_prose, formative
from modules.export.figure import asked_figure_html, figure_html
from modules.export.html import chart_level, image_html
from modules.export.pieces import Pieces
from modules.export.references import cited

Blocks = tuple[Block, ...]
_STYLE = re.compile(r' style="[^"]*"')


def paper(module: Module, blocks: Blocks, evidence: Evidence, lesson: str | None = None) -> Pieces:
    """`lesson` is the one whose blocks these are; None for a welcome, whose charts have no address."""
    references = cited(blocks, evidence.references, also=_asked(module, blocks))
    bare = _bare(module, references, evidence)

    def figure(block: Chart) -> str:
        drawn = drawing(module, block, evidence, width=360, palette=CSS)
        level = chart_level(blocks, block.number)
        files = chart_files(module, lesson, block.number) if lesson else ()
        name = f"chart-{block.number}"
        return figure_html(drawn.chart, inline_svg(drawn), anchor=name, level=level, files=files)

    def check(block: Check) -> str:
        quiz = module.quizzes.get(block.quiz)
        return check_html(quiz, block.item, bare.within(f"check-{block.line}")) if quiz else ""

    def case(block: CaseStudy) -> str:
        quiz = module.quizzes.get(block.quiz)
        return case_html(quiz, block.case, bare.within(f"case-{block.line}")) if quiz else ""

    def image(block: Image) -> str:
        return image_html(block, image_url(module, block.file))

    return Pieces(figure, check, image, references, evidence.terms, case=case)


def inline_svg(drawn: Drawing) -> str:
    """Sized by the page's style sheet: its policy refuses style attributes."""
    return _STYLE.sub("", drawn.svg)


def _bare(module: Module, references: Mapping[str, Reference], evidence: Evidence) -> Pieces:
    """For a check or a case, which holds neither images nor other checks; an item's chart tells no figure at first."""

    def asked_chart(request: ChartRequest) -> tuple[str, str]:
        drawn = drawing(module, Chart(request, 0, 0), evidence, width=360, palette=CSS)
        return asked_figure_html(drawn.chart, inline_svg(drawn))

    return Pieces(_nothing, _nothing, _nothing, references, evidence.terms, asked_chart=asked_chart)


def _nothing(_block: object) -> str:
    return ""


def _asked(module: Module, blocks: Blocks) -> list[Rich]:
    found: list[Rich] = []
    for block in walk(blocks):
        quiz = module.quizzes.get(block.quiz) if isinstance(block, Check | CaseStudy) else None
        if quiz is None or not formative(quiz):
            continue
        if isinstance(block, Check):
            found += check_prose(quiz, block.item)
        elif isinstance(block, CaseStudy):
            found += case_prose(quiz, block.case)
    return found
