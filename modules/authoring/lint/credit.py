"""What a module and a site may say of credit: schemes that exist, a provider for them, no statement typed by hand."""

import re
from collections.abc import Iterator

from modules.authoring.drafts import ModuleDraft
from modules.authoring.problems import Findings, did_you_mean
from modules.authoring.sheet import Sheet
from modules.authoring.source import Location
from modules.core.credit import claimable
from modules.core.module import Block, FrontMatter, Heading, Paragraph, walk
from modules.core.prose import plain
from modules.core.schemes import Crediting, Scheme, plain_words

# ACPE: 0129-0000-19-XXX-H01-P: provider, co-provider, year, number, home study or live, pharmacist or technician.
_UAN = re.compile(r"\d{4}-\d{4}-\d{2}-\d{3}-[HL]\d{2}-[PT]")
# AMA PRA: "The [provider] designates this [enduring material] for a maximum of ..."
_DESIGNATES = r"\bdesignates?\s+this\b|\bAMA\s+PRA\s+Category\b|\bcategory\s+1\s+credits?\b"


def check_crediting(crediting: Crediting, sheet: Sheet) -> None:
    """credit.yaml by itself."""
    sheet.twice(("schemes",), (one.id for one in crediting.schemes), "the scheme id")
    for index, one in enumerate(crediting.schemes):
        if one.beside is not None and (crediting.scheme(one.beside) is None or one.beside == one.id):
            _unknown(one.beside, crediting, sheet, ("schemes", index, "beside"))
    for index, name in enumerate(crediting.offered):
        at: Location = ("offered", index)
        scheme = crediting.scheme(name)
        if scheme is None:
            _unknown(name, crediting, sheet, at)
        elif scheme.accredited and crediting.provider is None:
            _no_provider(scheme, sheet, at)
        elif scheme.unread:
            message = f'the wording of "{name}" was not read in the accreditor\'s own text'
            sheet.add("F120", at, message, "Have the provider confirm it, then take unread: true out.")


def check_schemes(front: FrontMatter, crediting: Crediting, sheet: Sheet) -> None:
    """The schemes that a module names."""
    sheet.twice(("credit", "schemes"), front.credit.schemes, "the scheme")
    for index, name in enumerate(front.credit.schemes):
        at: Location = ("credit", "schemes", index)
        scheme = crediting.scheme(name)
        if scheme is None:
            _unknown(name, crediting, sheet, at)
            continue
        if scheme.accredited and crediting.provider is None:
            _no_provider(scheme, sheet, at)
        elif name not in crediting.offered:
            sheet.add("F117", at, f'"{name}" is not offered on this site', "Add it to offered: in credit.yaml.")
        if front.credit.maximum > 0 and not claimable(front, scheme):
            message = f"{front.credit.maximum:g} hours hold no step of {scheme.step_minutes} minutes of {scheme.name}"
            sheet.add("F110", ("credit", "maximum"), message, "Take the scheme out.")
        if scheme.uan and not _UAN.fullmatch(front.credit.uan or ""):
            message = f"{scheme.name} needs the module's universal activity number"
            where: Location = ("credit", "uan") if front.credit.uan else at
            sheet.add("F121", where, message, "Write uan: 0000-0000-26-001-H01-P, as the provider was given it.")


def _unknown(name: str, crediting: Crediting, sheet: Sheet, at: Location) -> None:
    fix = did_you_mean(name, crediting.known) or f"Schemes: {', '.join(crediting.known)}."
    sheet.add("F117", at, f'no scheme "{name}" in credit.yaml', fix)


def _no_provider(scheme: Scheme, sheet: Sheet, at: Location) -> None:
    message = f"{scheme.name} needs an accredited provider, and none is named"
    sheet.add("F118", at, message, "Name the provider in credit.yaml, or take the scheme out.")


def check_statements(draft: ModuleDraft, crediting: Crediting) -> None:
    """No designation is typed: the page and the certificate generate it from credit.yaml (AMA PRA: exact wording)."""
    typed = _typed(crediting)
    if draft.source is not None:
        for at in draft.source.lines:
            text = draft.source.value
            for part in at:
                text = text[part]
            if isinstance(text, str) and at[0] != "credit" and (found := typed.search(text)):
                _statement(found[0], draft.findings, draft.source.line(at))
    for findings, blocks in ((draft.findings, draft.welcome), *_lessons(draft)):
        for block in walk(blocks):
            if isinstance(block, Heading | Paragraph) and (found := typed.search(plain(block.content))):
                line = block.line_at(found.start()) if isinstance(block, Paragraph) else block.line
                _statement(found[0], findings, line)


def _lessons(draft: ModuleDraft) -> Iterator[tuple[Findings, tuple[Block, ...]]]:
    return ((one.findings, one.lesson.blocks) for one in draft.lessons if one.lesson)


def _statement(found: str, findings: Findings, line: int) -> None:
    message = f'"{found}" states credit in typed words'
    findings.add("F119", line, message, fix="Take it out: the page states credit as credit.yaml says it.")


def _typed(crediting: Crediting) -> re.Pattern[str]:
    """Words that only the generated statement may use: those of the law books, and every scheme's unit."""
    units = {
        plain_words(unit).replace("(s)", "").strip("™ ")
        for one in crediting.schemes
        if one.accredited
        for unit in (one.unit, one.units)
    }
    named = [rf"\b{re.escape(unit)}\b" for unit in sorted(units - {""}, key=len, reverse=True)]
    return re.compile("|".join([_DESIGNATES, *named]), re.IGNORECASE)
