"""A draft -> YAML in the style of quizzes/: long texts folded, lists indented, order of keys as written."""

from typing import Any

import yaml

_WIDTH = 116
_FOLDED = 70
"""Texts longer than this stand below their key, folded."""


class _Dumper(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002 - as PyYAML calls it
        """Entries of a list stand two spaces to the right of its key."""
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - as PyYAML calls it
        """The reader refuses anchors; a text that stands twice is written twice."""
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = ">" if len(text) > _FOLDED else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _list(dumper: yaml.SafeDumper, entries: list[Any]) -> yaml.SequenceNode:
    short = all(isinstance(entry, str) for entry in entries)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", entries, flow_style=short)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(list, _list)


def as_yaml(file: dict[str, Any]) -> str:
    """One document; an empty line before each item but the first."""
    written: str = yaml.dump(file, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_WIDTH)
    head, items, body = written.partition("items:\n")
    return head + items + body.replace("\n  - id: ", "\n\n  - id: ")
