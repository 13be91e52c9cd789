"""content/trials, references, terms and definitions -> Evidence; a broken file is named, the rest stays."""

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar

from modules.authoring.curve_files import CurveFiles
from modules.authoring.digitised import with_curves
from modules.authoring.lint.trials import check_reference, check_trial
from modules.authoring.lint.typed import names_with_digits
from modules.authoring.problems import Findings, did_you_mean
from modules.authoring.sheet import Sheet
from modules.authoring.source import Source, read_text, read_yaml
from modules.authoring.validate import look, validate
from modules.core.evidence import Accepted, Evidence, Fact, Reference, Term, Trial
from modules.core.products import Product

Entry = TypeVar("Entry", Reference, Term, Fact, Product, Accepted)
SHELF_FILES = ("references", "terms", "definitions", "products", "changes")


@dataclass(frozen=True, slots=True)
class ReviewDay:
    """When a trial file is to be looked at again, and where it says so."""

    review_by: date | None
    line: int
    findings: Findings


@dataclass(slots=True)
class Shelf:
    """The evidence as loaded; `broken` maps a trial id to the file that could not be used."""

    evidence: Evidence
    broken: dict[str, str]
    names: re.Pattern[str]
    findings: list[Findings] = field(default_factory=list)
    reviews: dict[str, ReviewDay] = field(default_factory=dict)


def read_shelf(content: Path) -> Shelf:
    reader = _ShelfReader(content)
    references, reference_sheet = reader.entries("references", Reference)
    definitions, definition_sheet = reader.entries("definitions", Fact)
    terms, term_sheet = reader.entries("terms", Term)
    changes, _ = reader.entries("changes", Accepted)
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
    return Shelf(evidence, broken, names_with_digits(trials.values()), reader.findings, reader.reviews)


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

    def __init__(self, content: Path) -> None:
        self.content = content
        self.findings: list[Findings] = []
        self.reviews: dict[str, ReviewDay] = {}

    def _open(self, file: Path) -> tuple[Findings, Source | None]:
        findings = Findings(f"{self.content.name}/{file.relative_to(self.content).as_posix()}")
        self.findings.append(findings)
        text = read_text(file, findings)
        return findings, None if text is None else read_yaml(text, findings)

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
        for file in sorted(folder.glob("[!.]*.yaml")):
            findings, source = self._open(file)
            trial = None if source is None else validate(Trial, source, findings)
            if trial and source:
                if trial.id != file.stem:
                    message = f'the id "{trial.id}" differs from the file name'
                    findings.add(
                        "S302",
                        source.line(("id",)),
                        message,
                        fix=f"Write id: {file.stem}, or rename the file.",
                    )
                check_trial(trial, Sheet(source, findings), references)
                if not findings.broken:
                    trial = self._with_curves(trial, Sheet(source, findings))
            if trial is None or source is None or findings.broken:
                broken[file.stem] = findings.path
            else:
                trials[trial.id] = trial
                self.reviews[trial.id] = ReviewDay(trial.review_by, source.line(("review_by",)), findings)
        return trials, broken

    def _with_curves(self, trial: Trial, sheet: Sheet) -> Trial | None:
        """None when a file of coordinates is broken; what is wrong stands in that file's own findings."""
        folder = self.content / "trials" / "curves"
        files = CurveFiles(folder, f"{self.content.name}/trials/curves")
        filled = with_curves(trial, sheet, files)
        self.findings.extend(files.findings)
        return None if any(f.broken for f in files.findings) else filled
