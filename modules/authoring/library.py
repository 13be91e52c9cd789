"""Two folders -> the library of modules and every problem in them; a broken file takes no other down."""

import hashlib
import os
import pickle
import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from modules.authoring.drafts import LessonDraft, LessonHead, ModuleDraft, QuizDraft
from modules.authoring.evidence_files import SHELF_FILES, Shelf, read_shelf
from modules.authoring.front_matter import Parted, part
from modules.authoring.inline import Desk
from modules.authoring.kept import Kept, KeptModule, digest_of, mark
from modules.authoring.lesson import Reader
from modules.authoring.lint.abbreviations import check_abbreviations
from modules.authoring.lint.binding import check_review_days
from modules.authoring.lint.cases import check_cases
from modules.authoring.lint.claims import Claims
from modules.authoring.lint.credit import check_schemes, check_statements
from modules.authoring.lint.forms import check_forms
from modules.authoring.lint.front import check_front
from modules.authoring.lint.items import check_items
from modules.authoring.lint.module import check_module
from modules.authoring.lint.predictions import check_predictions
from modules.authoring.lint.proof import check_proofs
from modules.authoring.lint.reserve import check_preset
from modules.authoring.problems import Findings, Problem, Waived, did_you_mean
from modules.authoring.quiz import read_quiz
from modules.authoring.sheet import Sheet
from modules.authoring.source import read_text, read_yaml
from modules.authoring.validate import look, validate
from modules.authoring.waivers import settled
from modules.core.credit import designations
from modules.core.module import FrontMatter, Image, Lesson, Library, Module, walk
from modules.core.prose import Value
from modules.core.quantity import Quantity, Style

_LESSON_NAME = re.compile(r"^\d\d-[a-z0-9]+(?:-[a-z0-9]+)*\.md$")
_ID = re.compile(r"^[a-z0-9][a-z0-9_-]*$")
READ_BY_ALL = tuple(name for name in SHELF_FILES if name not in ("changes", "presets", "credit", "registers"))
"""Part of what every module shows; of presets and credit only what a module names is."""
_RETIRED = re.compile(r"^[a-z0-9_-]+/[a-z0-9_-]+#[a-z0-9_-]+$")


@dataclass(frozen=True, slots=True)
class Loaded:
    """`problems` in order of file and line; `files` are those that were read; `waived` is answered for."""

    library: Library
    problems: tuple[Problem, ...]
    files: tuple[str, ...] = ()
    waived: tuple[Waived, ...] = ()


def load(
    content: Path, quizzes: Path, on: date | None = None, *, kept: Kept | None = None, whole: bool = True
) -> Loaded:
    """Everything authors wrote; `on` is the day against which reviews and expiries are measured.

    `kept` is what an earlier load found, and is brought up to date. With `whole` False no module is put
    together: a check needs their problems only.
    """
    kept = Kept() if kept is None else kept
    shelf = _shelf(content, kept)
    loader = _Loader(content, quizzes, shelf, (on, kept, whole))
    modules = {m.id: m for m in loader.modules()}
    check_review_days(loader.used, shelf.reviews, on)
    findings = [*shelf.findings, *loader.findings]
    problems, waived = settled(findings)
    files = {f.path for f in findings if not f.path.endswith("/")}
    return Loaded(Library(modules, shelf.evidence, shelf.credit), problems, tuple(sorted(files)), waived)


def _shelf(content: Path, kept: Kept) -> Shelf:
    """As kept when no file of it has changed; else read again, the unchanged trials as they were."""
    key = mark(content / "trials", *(content / f"{name}.yaml" for name in SHELF_FILES))
    earlier: Shelf | None = pickle.loads(kept.shelf[1]) if kept.shelf else None  # noqa: S301 - see kept_in
    if earlier is not None and kept.shelf and kept.shelf[0] == key:
        return earlier
    shelf = read_shelf(content, earlier.read if earlier else {})
    kept.shelf = (key, pickle.dumps(shelf, protocol=pickle.HIGHEST_PROTOCOL))
    return shelf


def digest(content: Path, quizzes: Path) -> str:
    """A fingerprint of both folders: names, times and sizes, no bytes read."""
    return mark(content, quizzes)


def is_lesson_name(name: str) -> bool:
    """03-dual-blockade.md"""
    return bool(_LESSON_NAME.match(name))


def _listed(folder: Path, ending: str) -> list[Path]:
    """Files with an ending, README aside, in order of name."""
    return [
        folder / name
        for name in _names(folder)
        if name.endswith(ending) and name[: -len(ending)].casefold() != "readme"
    ]


def _names(folder: Path) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entry.name for entry in entries if entry.name[0] != "." and entry.is_file())
    except OSError:
        return []


class _Loader:
    """Reads the modules, one folder at a time, with the evidence at hand."""

    def __init__(self, content: Path, quizzes: Path, shelf: Shelf, how: tuple[date | None, Kept, bool]) -> None:
        self.content, self.quizzes, self.shelf = content, quizzes, shelf
        self.on, self.kept, self.whole = how
        self.frame = _frame(content, shelf)
        self.findings: list[Findings] = []
        self.used: set[str] = set()
        self.figures: dict[str, Quantity] = {}
        self.values: dict[tuple[str, Style, str], Value] = {}

    @cached_property
    def claims(self) -> Claims:
        return Claims(self.shelf.evidence)

    def modules(self) -> list[Module]:
        self._odd_names()
        retired = self._retired()
        folders = sorted(f for f in self._folders(self.content) if f.name != "trials")
        known = {folder.name for folder in folders}
        self.kept.modules = {name: one for name, one in self.kept.modules.items() if name in known}
        found = [module for folder in folders if (module := self._known(folder, retired))]
        for folder in self._folders(self.quizzes):
            if folder.name not in known:
                message = f'no module "{folder.name}" in content'
                self._note(f"{self.quizzes.name}/{folder.name}/").add("R115", 1, message)
        return found

    def _folders(self, place: Path) -> list[Path]:
        return sorted(f for f in place.iterdir() if f.is_dir() and f.name[0] not in "._") if place.is_dir() else []

    def _note(self, path: str) -> Findings:
        self.findings.append(Findings(path))
        return self.findings[-1]

    def _place(self, file: Path) -> str:
        root = self.content if file.is_relative_to(self.content) else self.quizzes
        return f"{root.name}/{file.relative_to(root).as_posix()}"

    def _odd_names(self) -> None:
        """Files that would be passed over in silence."""
        known = {self.content: SHELF_FILES, self.quizzes: ("retired",)}
        for folder, stems in known.items():
            for file in _listed(folder, ".yaml"):
                if file.stem not in stems:
                    fix = did_you_mean(file.stem, stems) or f"Files here: {', '.join(f'{s}.yaml' for s in stems)}."
                    self._note(self._place(file)).add("S301", 1, "a file with this name is not read here", fix=fix)
        for folder in (
            self.content,
            self.quizzes,
            *self._folders(self.content),
            *self._folders(self.quizzes),
        ):
            for file in _listed(folder, ".yml"):
                self._note(self._place(file)).add(
                    "S301", 1, "a file ending in .yml is not read", fix="End it in .yaml."
                )

    def _retired(self) -> set[str]:
        file = self.quizzes / "retired.yaml"
        if not file.is_file():
            return set()
        findings = self._note(self._place(file))
        text = read_text(file, findings)
        source = None if text is None else read_yaml(text, findings)
        if source is None:
            return set()
        listed = look(source.value, ("retired",))
        if not isinstance(listed, tuple):
            findings.add("S106", 1, 'the file must hold one list under the key "retired"')
            return set()
        for index, name in enumerate(listed):
            if not (isinstance(name, str) and _RETIRED.match(name)):
                line = source.line(("retired", index))
                findings.add("S114", line, f'"{name}" is no item address', fix="Write module/quiz#item.")
        return {name for name in listed if isinstance(name, str)}

    def _known(self, folder: Path, retired: set[str]) -> Module | None:
        """As kept when nothing has changed that it rests on; else read, and kept."""
        before = self.kept.modules.get(folder.name)
        key = self._key(folder, before.reads if before else frozenset())
        if found := self.kept.module(folder.name, key, whole=self.whole):
            self.findings += found.findings
            self.used |= found.reads
            return found.module
        start, desk = len(self.findings), self._desk()
        module = self._module(folder, retired, desk)
        reads = frozenset(desk.reads)
        self.used |= reads
        kept = KeptModule(self._key(folder, reads), reads, self.findings[start:], module, self.whole)
        self.kept.modules[folder.name] = kept
        return module

    def _desk(self) -> Desk:
        return Desk(self.shelf.evidence, self.shelf.broken, figures=self.figures, values=self.values)

    def _key(self, folder: Path, reads: frozenset[str]) -> str:
        own = mark(folder, self.quizzes / folder.name, self.quizzes / "retired.yaml")
        trials = (self.shelf.read[name].mark if name in self.shelf.read else name for name in sorted(reads))
        return digest_of([self.frame, str(self.on), own, *trials])

    def _module(self, folder: Path, retired: set[str], desk: Desk) -> Module | None:
        draft = self._front(folder, desk)
        for file in _listed(folder, ".md"):
            if file.name != "module.md":
                draft.lessons.append(self._lesson(file, desk))
        for file in _listed(self.quizzes / folder.name, ".yaml"):
            draft.quizzes.append(self._quiz(file, desk))
        if draft.front and not draft.lessons:
            draft.findings.add("F111", 1, "the module has no lessons", fix="Add 01-introduction.md beside module.md.")
        check_module(draft, self.shelf.evidence.references.keys(), retired)
        check_predictions(draft, self.shelf.evidence)
        check_forms(draft)
        check_statements(draft, self.shelf.credit)
        check_abbreviations(draft, self.shelf.evidence.terms)
        self.claims.check(draft)
        return self._finished(draft, folder, desk) if self.whole else None

    def _front(self, folder: Path, desk: Desk) -> ModuleDraft:
        file = folder / "module.md"
        findings = self._note(self._place(file))
        draft = ModuleDraft(folder.name, findings)
        if not file.is_file():
            findings.add("S301", 1, "the folder has no module.md", fix="Add it, or move the folder out of content.")
            return draft
        parted = self._parted(file, findings)
        draft.source = parted.head
        reader = self._reader(desk, findings, folder)
        draft.welcome = reader.read(parted.body, parted.body_line)
        for notes in reader.drafter.notes:
            findings.add("F107", notes.line, "speaker notes in the front matter", fix="Write them in a lesson.")
        for block in walk(draft.welcome):
            if isinstance(block, Image):
                findings.add("F107", block.line, "an image in the front matter; it holds words only")
        if parted.head is None:
            return draft
        front = validate(FrontMatter, parted.head, findings)
        if front and front.id != folder.name:
            message = f'the id "{front.id}" differs from the folder name "{folder.name}"'
            findings.add("S302", parted.head.line(("id",)), message, fix=f"Write id: {folder.name}.")
        if front:
            check_front(front, Sheet(parted.head, findings), self.on)
            check_preset(front, self.shelf.presets, Sheet(parted.head, findings))
            check_schemes(front, self.shelf.credit, Sheet(parted.head, findings))
        draft.front = front
        return draft

    def _parted(self, file: Path, findings: Findings) -> Parted:
        text = read_text(file, findings)
        return Parted(None, "", 1) if text is None else part(text, findings)

    def _reader(self, desk: Desk, findings: Findings, folder: Path) -> Reader:
        return Reader(desk, findings, folder, self.shelf.names)

    def _lesson(self, file: Path, desk: Desk) -> LessonDraft:
        findings = self._note(self._place(file))
        draft = LessonDraft(file.stem, findings)
        if not is_lesson_name(file.name):
            fix = "Name it with two digits and small letters: 03-dual-blockade.md."
            findings.add("S301", 1, f'"{file.name}" is not the name of a lesson', fix=fix)
        parted = self._parted(file, findings)
        reader = self._reader(desk, findings, file.parent)
        blocks = reader.read(parted.body, parted.body_line)
        draft.titles = tuple(reader.drafter.titles)
        if parted.head is None:
            return draft
        if not blocks and not findings.broken:
            findings.add("S209", parted.body_line, "the lesson has no text")
        draft.head = parted.head
        head = validate(LessonHead, parted.head, findings)
        if head:
            notes = tuple(reader.drafter.notes)
            draft.lesson = Lesson(file.stem, head.title, head.minutes, head.objectives, blocks, findings.path, notes)
        return draft

    def _quiz(self, file: Path, desk: Desk) -> QuizDraft:
        findings = self._note(self._place(file))
        if not _ID.match(file.stem):
            findings.add("S301", 1, f'"{file.name}" is not the name of a quiz', fix="Use small letters, digits and -.")
        draft = read_quiz(file, findings, desk, self.shelf.names)
        check_items(draft)
        check_cases(draft)
        check_proofs(draft, self.shelf.evidence, self.shelf.broken)
        return draft

    def _finished(self, draft: ModuleDraft, folder: Path, desk: Desk) -> Module | None:
        """The module, when nothing in its files is wrong."""
        if draft.front is None or any(f.broken for f in draft.all_findings):
            return None
        lessons = tuple(x.lesson for x in draft.lessons if x.lesson)
        quizzes = {x.id: x.quiz for x in draft.quizzes if x.quiz}
        pictures = sorted({b.file for x in lessons for b in walk(x.blocks) if isinstance(b, Image)})
        files = [
            folder / "module.md",
            *(folder / f"{x.id}.md" for x in lessons),
            *(folder / p for p in pictures),
        ]
        files += [self.quizzes / f"{quiz_id}.yaml" for quiz_id in quizzes]
        files += [self.content / f"{name}.yaml" for name in READ_BY_ALL]
        trials = [self.shelf.evidence.trials[t] for t in sorted(desk.reads & self.shelf.evidence.trials.keys())]
        files += [self.content / "trials" / f"{trial.id}.yaml" for trial in trials]
        files += [self.content / "trials" / "curves" / name for trial in trials for name in trial.curve_files]
        preset = self.shelf.presets.get(draft.front.preset or "")
        said = "\n".join(designations(self.shelf.credit, draft.front))
        total = _sha256(files, (preset.model_dump_json() if preset else "") + said)
        return Module(draft.front, draft.welcome, lessons, quizzes, total, preset)


def _frame(content: Path, shelf: Shelf) -> str:
    """What every module rests on: references, terms, definitions, products, and the names that trials and arms have."""
    names = (
        f"{trial.id} {trial.name} {[(arm.id, arm.label, arm.short) for arm in trial.arms]}"
        for trial in shelf.evidence.trials.values()
    )
    files = (content / f"{name}.yaml" for name in SHELF_FILES if name != "changes")
    return digest_of([mark(*files), *names, *sorted(shelf.broken)])


def _sha256(files: list[Path], ruled: str) -> str:
    """Over names and bytes, so that moving a sentence from one file to another shows; `ruled`: preset and credit."""
    total = hashlib.sha256(ruled.encode())
    for file in files:
        raw = file.read_bytes() if file.is_file() else b""
        total.update(f"{file.name} {len(raw)}\n".encode())
        total.update(raw)
    return total.hexdigest()
