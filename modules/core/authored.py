"""The base of everything an author writes: frozen, strict, no unknown keys."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints


class Authored(BaseModel):
    """Validated once, straight from the file; sequences arrive as tuples.

    Validators are built when they are first needed: a check that reads little should not wait for all of them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)


def _day(value: object) -> object:
    """Dates stay text in YAML until a field wants one (ISO 8601)."""
    if not isinstance(value, str):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError(f'"{value}" is not a date; write it as 2026-01-06') from None


Day = Annotated[date, BeforeValidator(_day)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]*$")]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
