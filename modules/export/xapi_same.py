"""Whether a store holds the statement we would send: what a store adds or may reword is left aside."""

from datetime import datetime
from typing import Any

# xAPI 1.0.3, Data, 2.3.1: a store may keep its own wording of verbs and definitions, and adds these itself.
_ADDED = frozenset({"stored", "authority", "version"})
_WORDED = frozenset({"definition", "display", "objectType"})


def same_statement(ours: dict[str, Any], theirs: dict[str, Any]) -> bool:
    return _bare(ours) == _bare(theirs)


def _bare(statement: dict[str, Any]) -> object:
    kept = {k: v for k, v in statement.items() if k not in _ADDED and k != "timestamp"}
    return (_plain(kept), _moment(statement.get("timestamp")))


def _plain(value: object) -> object:
    """Numbers by value, keys without order; None counts as not there, as some stores write it out."""
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items() if k not in _WORDED and v is not None}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _moment(text: object) -> object:
    try:
        return datetime.fromisoformat(str(text)).timestamp()
    except ValueError:
        return text
