"""The one Markdown parser: CommonMark, MyST roles and colon fences; raw HTML stays text."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.myst_role import myst_role_plugin
from mdit_py_plugins.myst_role.index import myst_role

RAW_HTML = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>|<!--")


def _role_with_its_line(state: StateInline, silent: bool) -> bool:
    start = state.pos
    found = myst_role(state, silent)
    if found and not silent:
        state.tokens[-1].meta["line"] = state.src.count("\n", 0, start)
        state.tokens[-1].meta["last"] = state.src.count("\n", 0, state.pos)
    return found


def _any_link(url: str) -> bool:  # noqa: ARG001 - the parser asks with this argument
    return True


def _markdown() -> MarkdownIt:
    """Headings by underlining are off: a --- under a paragraph would silently make one."""
    md = MarkdownIt("commonmark", {"html": False}).enable("table").disable("lheading")
    md.use(colon_fence_plugin).use(myst_role_plugin)
    md.inline.ruler.at("myst_role", _role_with_its_line)
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
