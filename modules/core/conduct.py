"""How a quiz behaves: attempts and their delay, order, going back, and when rationales show."""

from typing import Annotated, Literal

from pydantic import Field

from modules.core.authored import Authored, Id, Text

Reveal = Literal["at-once", "after-attempt", "after-passing"]


class Conduct(Authored):
    """Every key is optional: None leaves it to the preset, then to the default of the role (see `conduct`).

    `attempts`: how many a learner has; a retry is served clones, so there are never more than the bank holds.
    `delay_hours`: from a failed attempt to the next. `minutes`: a hint of the time it takes, never a limit.
    """

    attempts: Annotated[int, Field(ge=1)] | None = None
    delay_hours: Annotated[float, Field(ge=0)] | None = None
    shuffle_items: bool | None = None
    shuffle_options: bool | None = None
    back: bool | None = None
    rationales: Reveal | None = None
    confidence: bool | None = None
    minutes: Annotated[int, Field(ge=1)] | None = None


class Preset(Authored):
    """What an accreditor asks, by name; `least_share` of items right is the lowest pass mark it takes.

    `unread`: the rule was not read in full, so the accredited provider confirms it before credit is issued.
    """

    id: Id
    name: Text
    least_share: Annotated[float, Field(ge=0, le=1)] | None = None
    conduct: Conduct = Conduct()
    source: Text
    unread: bool = False


class PresetFile(Authored):
    """content/presets.yaml"""

    presets: tuple[Preset, ...]


DEFAULT = Conduct(
    attempts=None,
    delay_hours=0,
    shuffle_items=True,
    shuffle_options=True,
    back=True,
    rationales="after-attempt",
    confidence=True,
)
"""Of pre- and post-test."""
FORMATIVE = DEFAULT.model_copy(update={"back": False, "rationales": "at-once", "shuffle_items": False})
"""Of checks, practice and reviews: an answer gets its verdict at once, so it is not changed afterwards."""


def conduct(default: Conduct, *stated: Conduct) -> Conduct:
    """The first that states a key decides it; `stated` in order of weight (module, then preset)."""
    given = [one.model_dump(exclude_none=True) for one in (*stated, default)]
    merged = {key: value for layer in reversed(given) for key, value in layer.items()}
    return Conduct.model_validate(merged)
