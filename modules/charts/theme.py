"""How an arm looks in every chart: colour, dash and symbol; and the three palettes."""

from dataclasses import dataclass, fields
from typing import Literal

from modules.core.evidence import Trial

Slot = Literal["control", "a", "b", "c"]
Symbol = Literal["circle-open", "square", "diamond", "triangle-up"]

FONT = "'Source Sans 3','Source Sans',system-ui,sans-serif"
SYMBOLS: dict[Slot, Symbol] = {"control": "circle-open", "a": "square", "b": "diamond", "c": "triangle-up"}
DASHES: dict[Slot, tuple[float, ...]] = {"control": (3, 2), "a": (), "b": (5, 2, 1, 2), "c": (1, 1.6)}
"""Lengths in line widths; none is a solid line."""
BAND = 0.16


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours by their use; the four arm colours reach 4.5:1 on the background, so labels may use them."""

    background: str
    surface: str
    text: str
    muted: str
    grid: str
    border: str
    link: str
    control: str
    arm_a: str
    arm_b: str
    arm_c: str

    def of(self, slot: Slot | None) -> str:
        """The colour of an arm; None is a figure that belongs to no arm."""
        match slot:
            case None:
                return self.text
            case "control":
                return self.control
            case "a":
                return self.arm_a
            case "b":
                return self.arm_b
            case "c":
                return self.arm_c


LIGHT = Palette(
    background="#FFFFFF",
    surface="#F3F6F9",
    text="#0B1620",
    muted="#475866",
    grid="#E3E8ED",
    border="#667888",
    link="#0B5A8F",
    control="#3F4A57",
    arm_a="#1F6BC2",
    arm_b="#8A3206",
    arm_c="#B4487C",
)
DARK = Palette(
    background="#0E1720",
    surface="#172430",
    text="#E7EEF4",
    muted="#A8B8C6",
    grid="#2A3947",
    border="#7E93A6",
    link="#7CC0EE",
    control="#C6CFDD",
    arm_a="#2FAEF5",
    arm_b="#FFB45E",
    arm_c="#F2609C",
)


def _variables(base: Palette) -> Palette:
    names = {field.name: field.name.replace("_", "-") for field in fields(base)}
    return Palette(**{field: f"var(--{name},{getattr(base, field)})" for field, name in names.items()})


CSS = _variables(LIGHT)
"""For SVG inside a page that sets --background, --text, --arm-a and the rest; not for Plotly."""


def slots(trial: Trial) -> dict[str, Slot]:
    """Every arm's look: control arms slate, the others A, B, C in the order of the trial file."""
    order: tuple[Slot, ...] = ("a", "b", "c")
    treated = [arm.id for arm in trial.arms if arm.role != "control"]
    looks: dict[str, Slot] = {arm.id: "control" for arm in trial.arms}
    return looks | {arm: order[min(place, 2)] for place, arm in enumerate(treated)}
