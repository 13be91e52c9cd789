"""What accreditors ask of a module's front matter (ACCME enduring materials and Standards, AMA PRA)."""

import math
import re
from datetime import date

from modules.authoring.sheet import Sheet
from modules.core.module import FrontMatter

_MARKS = re.compile(r"!\[|<img|<svg|[™®]|\blogo\b", re.IGNORECASE)
_PICTURE = re.compile(r"!\[|<img|<svg|:::\{image\}|data:image", re.IGNORECASE)
YEARS = 3


def check_front(front: FrontMatter, sheet: Sheet, on: date | None) -> None:
    """`on` None: nothing is measured against today."""
    _dates(front, sheet)
    if on is not None:
        _age(front, sheet, on)
    _people(front, sheet)
    _support(front, sheet)
    _credit(front, sheet)


def later(day: date, years: int) -> date:
    """The same day some years on; 29 February becomes 28."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _dates(front: FrontMatter, sheet: Sheet) -> None:
    if front.reviewed < front.released:
        sheet.add("F104", ("reviewed",), f"reviewed {front.reviewed} is before released {front.released}")
    if front.expires <= front.released:
        sheet.add("F104", ("expires",), f"expires {front.expires} is not after released {front.released}")
    # ACCME enduring materials: reviewed at least every three years; PARS refuses a longer life.
    latest = later(max(front.released, front.reviewed), YEARS)
    if front.expires > latest:
        message = f"it expires on {front.expires}, more than {YEARS} years after its last review"
        sheet.add("F103", ("expires",), message, f"Write {latest} or earlier.")


def _age(front: FrontMatter, sheet: Sheet, on: date) -> None:
    if later(front.reviewed, YEARS) < on:
        message = f"the last review, {front.reviewed}, is more than {YEARS} years ago"
        sheet.add("F101", ("reviewed",), message, "Review the module and write the new date.")
    if front.expires < on:
        sheet.add("F102", ("expires",), f"it expired on {front.expires}", "Review it and write a later date.")


def _people(front: FrontMatter, sheet: Sheet) -> None:
    # ACCME Standard 3: the relationships of everyone in control of content.
    named = {d.name for d in front.disclosures}
    sheet.twice(("disclosures",), (d.name for d in front.disclosures), "a disclosure of")
    for index, person in enumerate(front.faculty):
        if person.name not in named:
            at = ("faculty", index)
            sheet.add(
                "F105",
                at,
                f'"{person.name}" has no disclosure',
                'Add an entry with this name to "disclosures".',
            )
    for key in ("audience", "objectives", "faculty", "support"):
        if not getattr(front, key):
            sheet.add("F111", (key,), f'"{key}" is empty', "Name at least one; say so in words where there is none.")


def _support(front: FrontMatter, sheet: Sheet) -> None:
    # ACCME Standard 4: commercial support is acknowledged in words; no logo, no trade name.
    for index, support in enumerate(front.support):
        for key in ("name", "kind"):
            if mark := _MARKS.search(getattr(support, key)):
                sheet.add("F106", ("support", index, key), f'"{mark[0]}" may not stand here', "Use the plain name.")
    for at in sheet.source.lines:
        text = sheet.source.value
        for part in at:
            text = text[part]
        if isinstance(text, str) and at[:1] != ("support",) and (picture := _PICTURE.search(text)):
            sheet.add("F107", at, f'"{picture[0]}" is an image; front matter holds words only')


def _credit(front: FrontMatter, sheet: Sheet) -> None:
    # AMA PRA: quarter-hour steps; the designated maximum does not exceed the time it takes.
    most = math.ceil(front.minutes / 15) / 4
    if front.minutes < 1:
        sheet.add("F110", ("minutes",), f"{front.minutes} minutes", "Write how long it takes.")
    if front.credit.maximum <= 0 or front.credit.maximum * 4 % 1:
        message = f"{front.credit.maximum:g} hours is not in steps of a quarter hour"
        sheet.add("F110", ("credit", "maximum"), message, f"Write {most:g} or less.")
    elif front.credit.maximum > most:
        message = f"{front.credit.maximum:g} hours is more than {front.minutes} minutes allow"
        sheet.add("F110", ("credit", "maximum"), message, f"Write {most:g} or less.")
