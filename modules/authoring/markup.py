"""The one Markdown parser: CommonMark, MyST roles and colon fences; raw HTML stays text."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.colon_fence import colon_fence_plugin

RAW_HTML = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>|<!--")
_HTML = ("html_block", "html_inline")  # switched off anyway, but asked at every line and bracket
_ROLE = re.compile(r"\{([a-zA-Z0-9_+:-]+)\}(`+)")


def _role(state: StateInline, silent: bool) -> bool:
    """MyST's {name}`content`, with the lines it begins and ends in; at least one sign stands between the ticks."""
    text, start = state.src, state.pos
    if text[start] != "{" or not (opened := _ROLE.match(text, start)):
        return False
    ticks = opened[2]
    end = text.find(ticks, opened.end() + 1)
    if end < 0:
        return False
    state.pos = end + len(ticks)
    if not silent:
        token = state.push("myst_role", "", 0)
        token.content = text[opened.end() : end].replace("\n", " ")
        first = text.count("\n", 0, start)
        token.meta = {"name": opened[1], "line": first, "last": first + text.count("\n", start, end)}
    return True


def _any_link(url: str) -> bool:  # noqa: ARG001 - the parser asks with this argument
    return True


def _markdown() -> MarkdownIt:
    """Headings by underlining are off: a --- under a paragraph would silently make one."""
    md = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["lheading", *_HTML])
    md.use(colon_fence_plugin)
    md.inline.ruler.before("newline", "myst_role", _role)  # first: nothing is as frequent
    # Links are judged by the inline reader, which can say what is wrong; the parser would leave them as text.
    md.validateLink = _any_link  # type: ignore[method-assign]
    return md


_MARKDOWN = _markdown()


def block_tokens(text: str) -> list[Token]:
    return _MARKDOWN.parse(text + "\n")


def inline_tokens(text: str) -> list[Token]:
    """The children of one paragraph's worth of text."""
    found = _MARKDOWN.parseInline(text)
    return found[0].children or [] if found else []
