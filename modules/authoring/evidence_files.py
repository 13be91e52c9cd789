"""content/trials, references, terms and definitions -> Evidence; a broken file is named, the rest stays."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar

from modules.authoring.credit_file import read_crediting
from modules.authoring.curve_files import CurveFiles
from modules.authoring.digitised import with_curves
from modules.authoring.kept import mark
from modules.authoring.lint.trials import check_reference, check_trial
from modules.authoring.lint.typed import names_with_digits
from modules.authoring.problems import Findings, did_you_mean
from modules.authoring.sheet import Sheet
from modules.authoring.source import Source, read_text, read_yaml
from modules.authoring.validate import look, validate
from modules.core.conduct import Preset
from modules.core.evidence import Accepted, Evidence, Fact, Reference, Term, Trial
from modules.core.products import Product
from modules.core.schemes import Crediting

Entry = TypeVar("Entry", Reference, Term, Fact, Product, Accepted, Preset)
SHELF_FILES = ("references", "terms", "definitions", "products", "changes", "presets", "credit", "registers")


@dataclass(frozen=True, slots=True)
class ReviewDay:
    """When a trial file is to be looked at again, and where it says so."""

    review_by: date | None
    line: int
    findings: Findings


@dataclass(slots=True)
class ReadTrial:
    """One trial file as read; `mark` covers all that was read for it, `findings` its own file's first."""

    mark: str
    trial: Trial | None
    findings: list[Findings]
    review_line: int


@dataclass(slots=True)
class Shelf:
    """The evidence as loaded, presets and credit; `broken` maps a trial id to the file that could not be used."""

    evidence: Evidence
    broken: dict[str, str]
    names: re.Pattern[str]
    findings: list[Findings] = field(default_factory=list)
    reviews: dict[str, ReviewDay] = field(default_factory=dict)
    read: dict[str, ReadTrial] = field(default_factory=dict)
    presets: dict[str, Preset] = field(default_factory=dict)
    credit: Crediting = field(default_factory=Crediting)


def read_shelf(content: Path, known: Mapping[str, ReadTrial] | None = None) -> Shelf:
    """`known`: trials read before, by file name; one whose files have not changed is taken as it was."""
    reader = _ShelfReader(content, known or {})
    references, reference_sheet = reader.entries("references", Reference)
    definitions, definition_sheet = reader.entries("definitions", Fact)
    terms, term_sheet = reader.entries("terms", Term)
    changes, _ = reader.entries("changes", Accepted)
    presets, _ = reader.entries("presets", Preset)
    trials, broken = reader.trials(references)
    products, product_sheet = reader.entries("products", Product)
    evidence = Evidence(
        trials=trials,
        definitions=definitions,
        references=references,
        terms=terms,
        products=products,
        changes=changes,
    )
    if product_sheet:
        product_sheet.twice(("products",), (name.casefold() for name in _generics(product_sheet)), "the product")
    if definition_sheet:
        for index, fact in _placed(definition_sheet, "definitions", definitions):
            check_reference(fact.source, ("definitions", index, "source"), definition_sheet, references)
    if term_sheet:
        _check_terms(term_sheet, evidence, broken)
    del reference_sheet
    names = names_with_digits(trials.values())
    credit, wrong = read_crediting(content)
    return Shelf(evidence, broken, names, [*reader.findings, *wrong], reader.reviews, reader.read, presets, credit)


def _generics(sheet: Sheet) -> list[str]:
    return [str(look(entry, ("generic",))) for entry in look(sheet.source.value, ("products",)) or ()]


def _placed(sheet: Sheet, name: str, found: dict[str, Entry]) -> list[tuple[int, Entry]]:
    """The entries that could be read, with their places in the file."""
    listed = look(sheet.source.value, (name,)) or ()
    ids = [str(look(entry, ("id",))) for entry in listed]
    return [(index, found[id_]) for index, id_ in enumerate(ids) if id_ in found]


def _check_terms(sheet: Sheet, evidence: Evidence, broken: dict[str, str]) -> None:
    placed = _placed(sheet, "terms", evidence.terms)
    sheet.twice(("terms",), (term.term.casefold() for _, term in placed), "the term")
    for index, term in placed:
        for key, code, known in (
            ("trials", "R104", {**evidence.trials, **broken}),
            ("definitions", "R109", evidence.definitions),
        ):
            for place, name in enumerate(getattr(term, key)):
                if name not in known:
                    at = ("terms", index, key, place)
                    sheet.add(code, at, f'no {key.removesuffix("s")} "{name}"', did_you_mean(name, known))


class _ShelfReader:
    """Reads the files of the content folder that belong to no module."""

    def __init__(self, content: Path, known: Mapping[str, ReadTrial]) -> None:
        self.content, self.known = content, known
        self.findings: list[Findings] = []
        self.reviews: dict[str, ReviewDay] = {}
        self.read: dict[str, ReadTrial] = {}

    def _open(self, file: Path) -> tuple[Findings, Source | None]:
        self.findings.append(self._named(file))
        return self.findings[-1], self._source(file, self.findings[-1])

    def _named(self, file: Path) -> Findings:
        return Findings(f"{self.content.name}/{file.relative_to(self.content).as_posix()}")

    def _source(self, file: Path, findings: Findings) -> Source | None:
        text = read_text(file, findings)
        return None if text is None else read_yaml(text, findings)

    def entries(self, name: str, shape: type[Entry]) -> tuple[dict[str, Entry], Sheet | None]:
        """The valid entries of references.yaml and its like, by id; each bad one is a problem of its own."""
        file = self.content / f"{name}.yaml"
        if not file.is_file():
            return {}, None
        findings, source = self._open(file)
        if source is None:
            return {}, None
        listed = look(source.value, (name,))
        if not isinstance(listed, tuple) or set(source.value) != {name}:
            findings.add("S106", source.line(()), f'the file must hold one list under the key "{name}"')
            return {}, None
        sheet = Sheet(source, findings)
        ids = (str(look(entry, ("id",)) or f"entry {place}") for place, entry in enumerate(listed, 1))
        sheet.twice((name,), ids, f"the {name.removesuffix('s')} id")
        found = (validate(shape, source, findings, (name, index)) for index in range(len(listed)))
        return {entry.id: entry for entry in found if entry is not None}, sheet

    def trials(self, references: dict[str, Reference]) -> tuple[dict[str, Trial], dict[str, str]]:
        trials: dict[str, Trial] = {}
        broken: dict[str, str] = {}
        folder = self.content / "trials"
        around = mark(folder / "curves", self.content / "references.yaml")
        for file in sorted(folder.glob("[!.]*.yaml")):
            seen, now = self.known.get(file.stem), f"{around} {mark(file)}"
            found = seen if seen and seen.mark == now else self._trial(file, now, references)
            self.read[file.stem] = found
            self.findings.extend(found.findings)
            if found.trial is None:
                broken[file.stem] = found.findings[0].path
            else:
                trials[found.trial.id] = found.trial
                day = ReviewDay(found.trial.review_by, found.review_line, found.findings[0])
                self.reviews[found.trial.id] = day
        return trials, broken

    def _trial(self, file: Path, now: str, references: dict[str, Reference]) -> ReadTrial:
        findings = self._named(file)
        source = self._source(file, findings)
        trial = None if source is None else validate(Trial, source, findings)
        if trial is None or source is None:
            return ReadTrial(now, None, [findings], 1)
        if trial.id != file.stem:
            message = f'the id "{trial.id}" differs from the file name'
            fix = f"Write id: {file.stem}, or rename the file."
            findings.add("S302", source.line(("id",)), message, fix=fix)
        check_trial(trial, Sheet(source, findings), references)
        curves = CurveFiles(self.content / "trials" / "curves", f"{self.content.name}/trials/curves")
        filled = None if findings.broken else with_curves(trial, Sheet(source, findings), curves)
        found = [findings, *curves.findings]
        usable = None if any(one.broken for one in found) else filled
        return ReadTrial(now, usable, found, source.line(("review_by",)))
