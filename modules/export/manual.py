"""A document of this project as HTML, for the pages that show one."""

from markdown_it import MarkdownIt


def manual_html(text: str) -> str:
    """Our own Markdown; its title is left to the page, wide tables scroll by themselves, and no HTML in it counts."""
    drawn = MarkdownIt("commonmark", {"html": False}).enable("table").render(text.partition("\n")[2])
    scroll = '<div class="lm-scroll" role="region" tabindex="0" aria-label="Table"><table>'
    return str(drawn).replace("<table>", scroll).replace("</table>", "</table></div>")
