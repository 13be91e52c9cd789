"""Plain text as the label of a widget."""

import re

_MARKDOWN = re.compile(r"[\\`*_\[\]~$]|<(?=[A-Za-z/!?])|:(?=//|[\w+\-/]+[:\[])")
_AT_START = re.compile(r"^(\s*(?:\d+(?=[.)]\s)|(?=>|[#+\-]+\s)))")


def label(text: str) -> str:
    """Nothing in it is Markdown.

    Only what would act is escaped: Streamlit hands the label to screen readers as it is, backslashes and all.
    """
    return _AT_START.sub(r"\1\\", _MARKDOWN.sub(r"\\\g<0>", text))
