"""From a strict YAML value to a core type; pydantic's complaints become sentences at the right line."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from modules.authoring.problems import Findings, did_you_mean
from modules.authoring.source import Location, Source

Shape = TypeVar("Shape", bound=BaseModel)
_QUOTED = re.compile(r"'([^']*)'")
_NOUNS = {
    "approvals": "approval",
    "arms": "arm",
    "cases": "case",
    "curves": "curve of arm",
    "definitions": "definition",
    "disclosures": "disclosure of",
    "estimates": "estimate of arm",
    "facts": "fact",
    "faculty": "faculty member",
    "items": "item",
    "landmarks": "landmark rate of arm",
    "milestones": "milestone",
    "objectives": "objective",
    "options": "option",
    "readouts": "readout",
    "references": "reference",
    "stems": "stem",
    "steps": "step",
    "subgroups": "subgroup",
    "support": "support",
    "terms": "term",
    "turns": "turn",
}


def validate(shape: type[Shape], source: Source, findings: Findings, at: Location = ()) -> Shape | None:
    """The value at `at` as `shape`; None when it has problems."""
    value = look(source.value, at)
    if not isinstance(value, Mapping):
        keys = ", ".join(list(shape.model_fields)[:4])
        findings.add(
            "S106",
            source.line(at),
            f"keys and values are expected here ({keys}, ...)",
            where=where(source.value, at),
        )
        return None
    try:
        return shape.model_validate(value)
    except ValidationError as wrong:
        for detail in _own_faults(wrong.errors(include_url=False)):
            _report(shape, source, findings, (at, detail))
        return None


def _own_faults(details: list[ErrorDetails]) -> Iterator[ErrorDetails]:
    """A list counts its faultless entries only: too few of them is no fault beside a faulty entry."""
    places = [detail["loc"] for detail in details]
    for detail in details:
        loc = detail["loc"]
        inside = any(len(place) > len(loc) and place[: len(loc)] == loc for place in places)
        if not (detail["type"] == "too_short" and inside):
            yield detail


def look(value: Any, location: Location) -> Any:
    """What stands at a location; None when there is nothing."""
    for part in location:
        in_list = isinstance(value, tuple) and isinstance(part, int) and part < len(value)
        if not in_list and not _holds(value, part):
            return None
        value = value[part]
    return value


def where(value: Any, location: Location) -> str:
    """`item "nnt", option "b"`: the named things on the way to a location."""
    named: list[str] = []
    noun: str | None = None
    entry = value
    for part in location:
        entry = look(entry, (part,))
        if noun and isinstance(part, int) and isinstance(entry, Mapping):
            name = next((entry[k] for k in ("id", "arm", "name") if k in entry), None)
            named.append(f'{noun} "{name}"' if isinstance(name, str) else f"{noun.removesuffix(' of arm')} {part + 1}")
        noun = _NOUNS.get(str(part))
    return ", ".join(named)


def _report(shape: type[BaseModel], source: Source, findings: Findings, found: tuple[Location, ErrorDetails]) -> None:
    at, detail = found
    place, leaf = _place(look(source.value, at), detail["loc"])
    location = (*at, *place)
    code, message, fix = _sentence(detail, leaf, _keys_at(shape, detail["loc"]))
    if detail["type"] == "union_tag_invalid":
        leaf = "type"
    line = source.line((*location, leaf) if leaf else location)
    findings.add(code, line, message, where=where(source.value, location), fix=fix)


def _place(value: Any, loc: Location) -> tuple[Location, str]:
    """The location in the file, without pydantic's own marks, and the last name if it is not there."""
    place: Location = ()
    for index, part in enumerate(loc):
        inside = look(value, (*place, part)) is not None or _holds(look(value, place), part)
        if inside:
            place = (*place, part)
        elif index == len(loc) - 1 and isinstance(part, str) and part != "[key]":
            return place, part
    return place, ""


def _holds(value: Any, part: str | int) -> bool:
    return isinstance(value, Mapping) and part in value


def _sentence(detail: ErrorDetails, leaf: str, known: tuple[str, ...]) -> tuple[str, str, str]:
    """(code, message, fix) for one complaint."""
    kind, value, context = detail["type"], detail["input"], detail.get("ctx", {})
    name = next((str(p) for p in reversed(detail["loc"]) if isinstance(p, str)), "").replace("[key]", "the key")
    match kind:
        case "missing" if not leaf:
            return "S113", f'"{name}" needs more entries', ""
        case "missing":
            return "S105", f'the key "{leaf}" is missing', f'Add "{leaf}: ...".'
        case "extra_forbidden" if name.isdecimal():
            return "S104", f'unknown key "{name}"', "Write decimals with a point: 12.5, not 12,5."
        case "extra_forbidden":
            return (
                "S104",
                f'unknown key "{name}"',
                did_you_mean(name, known) or f"Known keys: {', '.join(known)}.",
            )
        case "union_tag_not_found":
            return "S105", 'the key "type" is missing', 'Add "type: single-best" or another item type.'
        case "union_tag_invalid":
            types = _QUOTED.findall(str(context.get("expected_tags", "")))
            wrong = str(context.get("tag", ""))
            return (
                "S108",
                f'unknown type "{wrong}"',
                did_you_mean(wrong, types) or f"Known types: {', '.join(types)}.",
            )
        case "literal_error" | "enum":
            choices = _QUOTED.findall(str(context.get("expected", "")))
            return (
                "S107",
                f'{name} "{value}" is not one of {", ".join(choices)}',
                did_you_mean(str(value), choices),
            )
        case "value_error":
            return (
                ("S106" if "is not a date" in detail["msg"] else "S112"),
                str(context.get("error", detail["msg"])),
                "",
            )
        case "string_pattern_mismatch":
            return "S114", f'{name} "{value}" is not in the form wanted here', _FORM
    return _sizes(kind, name, context) or _kinds(kind, name, value) or ("S106", f"{name}: {detail['msg']}", "")


_FORM = "An id has small letters, digits, - and _ only; a date is written 2026-01-06."


def _sizes(kind: str, name: str, context: Mapping[str, Any]) -> tuple[str, str, str] | None:
    match kind:
        case "string_too_short":
            return "S113", f'"{name}" is empty', "Write it, or leave the key out if it is optional."
        case "too_short":
            return "S113", f'"{name}" needs at least {context["min_length"]} entries', ""
        case "too_long":
            return "S113", f'"{name}" may have at most {context["max_length"]} entries', ""
        case "greater_than_equal":
            return "S113", f'"{name}" must be at least {context["ge"]:g}', ""
    return None


def _kinds(kind: str, name: str, value: Any) -> tuple[str, str, str] | None:
    shown = "nothing" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    match kind:
        case "string_type" if isinstance(value, Mapping | tuple):
            return (
                "S106",
                f'"{name}" must be text, not a list or keys',
                'A text with ": " or starting with [ or { needs "quotes".',
            )
        case "string_type":
            return (
                "S106",
                f'"{name}" must be text, not {shown}',
                f'Put it in quotes: "{shown}".' if value is not None else "",
            )
        case "int_type" | "int_from_float" | "int_parsing":
            return "S106", f'"{name}" must be a whole number, not "{shown}"', ""
        case "float_type" | "float_parsing":
            return "S106", f'"{name}" must be a number, not "{shown}"', "Write a plain decimal such as 12.5."
        case "bool_type":
            return "S106", f'"{name}" must be true or false, not "{shown}"', ""
        case "tuple_type":
            return (
                "S106",
                f'"{name}" must be a list, not "{shown}"',
                "Write [a, b], or one entry a line after a dash.",
            )
        case "dict_type" | "model_type" | "model_attributes_type":
            return "S106", f'"{name}" must hold keys and values, not "{shown}"', ""
        case "date_type":
            return "S106", f'"{name}" must be a date, not "{shown}"', "Write it as 2026-01-06."
    return None


def _keys_at(shape: type[BaseModel], loc: Location) -> tuple[str, ...]:
    """The keys an author could have meant at a location: the fields of every type that may stand there."""
    shapes: tuple[type[BaseModel], ...] = (shape,)
    for part in loc[:-1]:
        holding = [s for s in shapes if part in s.model_fields]
        tagged = tuple(s for s in shapes if part in _tags(s))
        if holding:
            shapes = tuple(inner for s in holding for inner in _models(s.model_fields[str(part)].annotation))
        elif tagged:
            shapes = tagged
    return tuple(dict.fromkeys(name for s in shapes for name in s.model_fields))


def _tags(shape: type[BaseModel]) -> tuple[Any, ...]:
    field = shape.model_fields.get("type")
    return get_args(field.annotation) if field and get_origin(field.annotation) is Literal else ()


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models(inner)
