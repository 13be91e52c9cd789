"""What a new version of a trial touches: every sentence, item and note that reads it, old and new wording."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from modules.core.cuts import followed, newest_path, successors
from modules.core.errors import UnknownPath
from modules.core.evidence import Evidence, Trial
from modules.core.inventory import inventory
from modules.core.items import ChartPoint, Estimated, Quiz, Scored, ScoredItem, texts_of, texts_of_case
from modules.core.module import Block, Bullets, Callout, Heading, Paragraph, Predict, Reveal, SourceSays, walk
from modules.core.paths import find
from modules.core.prose import Rich, Value, plain, restated, values
from modules.core.quantity import Quantity, text
from modules.core.sentences import sentences

Kind = Literal["sentence", "source-says", "prediction", "chart", "slide", "notes", "item", "key"]
Standing = Literal["reworded", "older cut", "flips", "gone"]
STANDINGS: dict[Standing, str] = {
    "reworded": "reads differently",
    "older cut": "same words, older data cut or source",
    "flips": "the key no longer holds",
    "gone": "a figure it reads is no longer there",
}


Box = Callout | SourceSays | None
Unproven = Callable[[ScoredItem, Evidence], tuple[str, ...]]
"""From an item and some evidence to the sentences of its proof that do not hold in it."""


@dataclass(frozen=True, slots=True)
class Change:
    """One figure of the trial file; `old` None: it is new, `new` None: it is gone."""

    path: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Use:
    """One thing a learner sees that reads the changed figures.

    `file` and `line` are where its author wrote it, `name` its lesson, item or chart title, `anchor` the heading
    above it; of a speaker's notes the slide they belong to.
    """

    kind: Kind
    standing: Standing
    old: str
    new: str
    file: str = ""
    line: int = 1
    name: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Versions:
    """The evidence before and after, superseded readouts followed (see core.cuts), and the trial that changed.

    `replaced`: its readouts that have a later cut in the new file which they had not before, directly or by way of
    another. `as_written`: both without following any cut.
    """

    old: Evidence
    new: Evidence
    trial: str
    replaced: frozenset[str]
    as_written: tuple[Evidence, Evidence]


def versions(evidence: Evidence, new: Trial) -> Versions:
    """The evidence as published, and as it would be with the new version of one trial."""
    after = evidence.model_copy(update={"trials": {**evidence.trials, new.id: new}})
    old = evidence.trials[new.id]
    replaced = frozenset(r.id for r in new.readouts if _later(new, r.id) - _later(old, r.id))
    return Versions(followed(evidence), followed(after), new.id, replaced, (evidence, after))


def _later(trial: Trial, readout: str) -> set[str]:
    return {found.id for found in successors(trial, readout)}


def changes(old: Trial, new: Trial) -> tuple[Change, ...]:
    """Every published figure that differs, by path, as it reads in either version."""
    before, after = inventory(old), inventory(new)
    paths = dict.fromkeys((*before, *after))
    return tuple(Change(p, before.get(p), after.get(p)) for p in paths if before.get(p) != after.get(p))


def blocks_uses(blocks: tuple[Block, ...], versions: Versions, at: Use) -> Iterator[Use]:
    """The sentences of a lesson or welcome; a takeaway's also stand on a slide. `at` names the file."""
    for block, box in _written(blocks, None):
        if isinstance(block, Heading):
            at = replace(at, anchor=block.anchor)
        kind: Kind = "source-says" if isinstance(box, SourceSays) else "sentence"
        for found in (use for one in sentences(block.content) for use in sentence_uses(one, versions, kind)):
            placed = replace(found, file=at.file, name=at.name, anchor=at.anchor, line=block.line)
            yield placed
            if isinstance(box, Callout) and box.kind == "takeaway":
                yield replace(placed, kind="slide", line=box.line)


def prediction_uses(blocks: tuple[Block, ...], versions: Versions, at: Use) -> Iterator[Use]:
    """Figures that a learner is asked to predict: the truth they are measured against."""
    for block in walk(blocks):
        if isinstance(block, Predict) and reads(block.figure, versions.trial):
            asked = Value(block.quantity, "estimate", "")
            standing = _standing(asked, versions)
            before, after = _compared(block.figure, versions)
            if standing is not None:
                was, now = ("no figure" if q is None else _said(asked, q) for q in (before, after))
                yield replace(at, kind="prediction", standing=standing, old=f"{block.ask} {was}",
                              new=f"{block.ask} {now}", line=block.line)  # fmt: skip


def _written(blocks: tuple[Block, ...], box: Box) -> Iterator[tuple[Heading | Paragraph, Box]]:
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                yield block, box
            case Bullets():
                for entry in block.entries:
                    yield from _written(entry, box)
            case Callout() | SourceSays():
                yield from _written(block.blocks, block)
            case Reveal() | Predict():
                yield from _written(block.blocks, box)
            case _:
                pass


def sentence_uses(rich: Rich, versions: Versions, kind: Kind) -> Iterator[Use]:
    """At most one use a sentence: the gravest of what happened to its figures."""
    mine = [value for value in values(rich) if reads(value.quantity.path, versions.trial)]
    standings = {_standing(value, versions) for value in mine} - {None}
    if not standings:
        return
    worst = next(s for s in ("gone", "reworded", "older cut") if s in standings)
    yield Use(kind, worst, plain(rich).strip(), plain(restated(rich, _anew(versions))).strip())


def reads(path: str, trial: str) -> bool:
    return path.partition(".")[0] == trial


def _standing(value: Value, versions: Versions) -> Standing | None:
    before, after = _compared(value.quantity.path, versions)
    if after is None:
        return "gone"
    if before == after:
        return None
    if before is None or _said(value, before) != _said(value, after):
        return "reworded"
    return "older cut"


def _compared(path: str, versions: Versions) -> tuple[Quantity | None, Quantity | None]:
    """A figure before and after: as written where the file corrects it, else with a new later cut followed.

    A figure that had been replaced before (an interim analysis, told as such) is not replaced once more.
    """
    before, after = (_found(evidence, path) for evidence in versions.as_written)
    current = newest_path(versions.as_written[0], path) == path
    if before == after and current and _readout_of(path) in versions.replaced:
        return _found(versions.old, path), _found(versions.new, path)
    return before, after


def _readout_of(path: str) -> str:
    return path.split(".")[1] if "." in path else ""


def _found(evidence: Evidence, path: str) -> Quantity | None:
    try:
        return find(evidence, path)
    except UnknownPath:
        return None


def _said(value: Value, quantity: Quantity) -> str:
    return text(quantity, value.style, value.form)


def _anew(versions: Versions) -> Callable[[Value], Value]:
    """A figure that changed is restated from the new evidence; the others keep the words they have."""

    def anew(value: Value) -> Value:
        path = value.quantity.path
        before, after = _compared(path, versions) if reads(path, versions.trial) else (None, None)
        if before == after:
            return value
        if after is None:
            return Value(value.quantity, value.style, "[no longer published]", value.form)
        if before is not None and _said(value, before) == _said(value, after):
            return value
        return Value(after, value.style, _said(value, after), value.form)

    return anew


def quiz_uses(quiz: Quiz, versions: Versions, unproven: Unproven) -> Iterator[Use]:
    """Items whose texts, marks, answer, proof or stated evidence read the changed figures; and cases."""
    for item in quiz.items:
        found = [
            use
            for one in texts_of(item)
            for part in sentences(quiz.rich(one))
            for use in sentence_uses(part, versions, "item")
        ]
        if isinstance(item, Scored):
            found += _mark_uses(item, versions)
            found += _key_uses(item, versions, unproven)
            found += [] if found else _resting(item, versions)
        yield from (replace(use, file=quiz.path, line=quiz.lines.get(item.id, 1), name=item.id) for use in found)
    for case in quiz.file.cases:
        told = (part for one in texts_of_case(case).values() for part in sentences(quiz.rich(one)))
        line = quiz.lines.get(case.id, 1)
        for use in (use for part in told for use in sentence_uses(part, versions, "item")):
            yield replace(use, file=quiz.path, line=line, name=case.id)


def _mark_uses(item: ScoredItem, versions: Versions) -> Iterator[Use]:
    """Points of a chart that an option stands for, where they have moved."""
    for option in item.options if isinstance(item, ChartPoint) else ():
        path = option.mark or ""
        before, after = _compared(path, versions)
        if reads(path, versions.trial) and before != after:
            was, now = ("no figure" if q is None else text(q, "estimate") for q in (before, after))
            standing: Standing = "gone" if after is None else "older cut" if was == now else "reworded"
            yield Use("item", standing, f"The mark of {option.id}: {was}", f"The mark of {option.id}: {now}")


def _key_uses(item: ScoredItem, versions: Versions, unproven: Unproven) -> Iterator[Use]:
    if isinstance(item, Estimated):
        yield from _answer_uses(item.answer, versions)
    if not any(reads(path, versions.trial) for path in item.evidence):
        return  # a proof reads nothing that its item does not list (E305)
    follows = any(_readout_of(path) in versions.replaced for path in item.evidence)
    broken = [
        sentence
        for before, after in (versions.as_written, *([(versions.old, versions.new)] if follows else []))
        for sentence in set(unproven(item, after)) - set(unproven(item, before))
    ]
    if broken:
        yield Use("key", "flips", "The proof held.", " ".join(dict.fromkeys(broken)))


def _resting(item: ScoredItem, versions: Versions) -> Iterator[Use]:
    """An item whose words stand, but whose stated evidence does not."""
    rests = [path for path in item.evidence if reads(path, versions.trial) and _rests(path, versions)]
    if rests:
        yield Use("item", "older cut", f"Rests on {', '.join(rests)}.", "The same, as it now stands.")


def _answer_uses(path: str, versions: Versions) -> Iterator[Use]:
    before, after = _compared(path, versions)
    if reads(path, versions.trial) and before != after:
        was, now = ("no figure" if q is None else text(q, "estimate") for q in (before, after))
        yield Use("key", "older cut" if was == now else "flips", was, now)


def _rests(path: str, versions: Versions) -> bool:
    """Whether what an evidence path names (a readout, a fact, any figure) differs between the versions."""
    before, after = versions.as_written
    return _readout_of(path) in versions.replaced or _named(before, path) != _named(after, path)


def _named(evidence: Evidence, path: str) -> object:
    head, _, tail = path.partition(".")
    trial = evidence.trials.get(head)
    if trial is None:
        return None
    kind, _, name = tail.partition(".")
    if kind in ("fact", "approval", "milestone"):
        name = name.partition(".")[0]
        return next((one for one in getattr(trial, f"{kind}s") if one.id == name), None)
    return trial.readout(kind) or (trial.arm(kind), trial.n)
