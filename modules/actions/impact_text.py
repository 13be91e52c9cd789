"""The impact report in words and as data, for the command line and for programs."""

from typing import Any

from modules.actions.impact import Report, Touched, counts
from modules.core.impact import STANDINGS, Change, Use
from modules.export.addresses import present_url, read_url, slide_anchor

NOUNS = {
    "key": "key", "sentence": "sentence", "source-says": "source note", "prediction": "prediction", "chart": "chart",
    "slide": "slide", "notes": "speaker note", "item": "text of an item", "certificate": "certificate",
}  # fmt: skip
PLURALS = {"text of an item": "texts of items"}


def link(module_id: str, use: Use) -> str:
    """Where a reader sees it; empty for what is not on a page of its own."""
    stem = use.file.rsplit("/", 1)[-1].removesuffix(".md")
    if use.kind == "slide":
        return f"{present_url(module_id)}#{slide_anchor(stem, use.line)}"
    if use.kind in ("key", "item"):
        return ""
    hash_ = f"#{use.anchor}" if use.anchor else ""
    if use.kind == "notes":
        return f"{present_url(module_id)}{hash_}"
    return read_url(module_id, None if stem == "module" else stem) + hash_


def counted(touched: Touched) -> str:
    """`1 key, 4 sentences, 2 certificates`."""
    said = (_count(n, NOUNS[kind]) for kind, n in counts(touched).items())
    return ", ".join(said)


def _count(n: int, noun: str) -> str:
    return f"{n} {noun if n == 1 else PLURALS.get(noun, noun + 's')}"


def as_text(report: Report) -> str:
    name = report.new.name
    if not report.changes:
        return f"{name}: no published figure differs. Nothing is touched."
    lines = [f"{name}: {_count(len(report.changes), 'figure')} of the file differ" + _s(len(report.changes))]
    lines += [f"  {_changed(change)}" for change in report.changes]
    if not report.touched:
        lines.append("No module reads them.")
    for touched in report.touched:
        lines += ["", f"{touched.module.id}: {counted(touched)}"]
        for use in touched.uses:
            lines += _used(touched, use)
        lines += [f"  certificate {one.certificate.number} ({one.state})" for one in touched.certificates]
    return "\n".join(lines)


def _s(n: int) -> str:
    return "s:" if n == 1 else ":"


def _changed(change: Change) -> str:
    if change.old is None:
        return f"new      {change.path}: {change.new}"
    if change.new is None:
        return f"gone     {change.path}: {change.old}"
    return f"changed  {change.path}: {change.old} -> {change.new}"


def _used(touched: Touched, use: Use) -> list[str]:
    lines = [f"  {use.kind}: {STANDINGS[use.standing]} · {use.file}:{use.line} · {use.name}", f"    was: {use.old}"]
    if use.new != use.old:
        lines.append(f"    now: {use.new}")
    if where := link(touched.module.id, use):
        lines.append(f"    see: {where}")
    return lines


def as_data(report: Report) -> dict[str, Any]:
    """For `--json`; keys are stable."""
    return {
        "trial": report.new.id,
        "changes": [{"path": c.path, "old": c.old, "new": c.new} for c in report.changes],
        "modules": [
            {
                "id": touched.module.id,
                "counts": counts(touched),
                "uses": [_use_data(touched, use) for use in touched.uses],
                "certificates": [one.certificate.number for one in touched.certificates],
            }
            for touched in report.touched
        ],
    }


def _use_data(touched: Touched, use: Use) -> dict[str, Any]:
    return {
        "kind": use.kind, "standing": use.standing, "file": use.file, "line": use.line, "name": use.name,
        "old": use.old, "new": use.new, "link": link(touched.module.id, use),
    }  # fmt: skip
