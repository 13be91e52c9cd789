"""Items -> questions for one text format, with a note on everything the format cannot hold."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, assert_never

from modules.core.items import (
    Barrier,
    Case,
    ChartPoint,
    ChartValue,
    Choice,
    Commitment,
    CommitmentReview,
    ExtendedMatching,
    FreeText,
    Intention,
    Likert,
    MultipleResponse,
    Numeric,
    Quiz,
    Scored,
    ScoredItem,
    ScriptConcordance,
    Sequencing,
    SingleBest,
    UnscoredItem,
    texts_of,
)
from modules.core.prose import Cite, plain, values
from modules.exchange.aiken import KEY, LETTERS, OPTION
from modules.exchange.numbers import number_text
from modules.exchange.question import Answer, Note, Pair, Question, Reading, tidy

Format = Literal["gift", "aiken", "moodle", "qti"]
NAMES: dict[Format, str] = {"gift": "GIFT", "aiken": "Aiken", "moodle": "Moodle XML", "qti": "QTI 2.2"}


@dataclass(slots=True)
class Export:
    """One quiz on its way to one format; `notes` grows."""

    quiz: Quiz
    form: Format
    notes: list[Note] = field(default_factory=list)

    def words(self, text: str) -> str:
        """A text as a reader hears it: figures written out, references left away."""
        return tidy(plain(self.quiz.rich(text)))

    def asked(self, item: ScoredItem | UnscoredItem) -> str:
        """The vignette, if there is one, as a paragraph of its own before the stem."""
        vignette = item.vignette if isinstance(item, Scored) else None
        parts = [self.words(text) for text in (vignette, item.stem) if text]
        return "\n\n".join(part for part in parts if part)

    def key(self, item: Numeric) -> str:
        return number_text(Decimal(repr(self.quiz.keys[item.id])))

    def lost(self, item: ScoredItem | UnscoredItem, what: str, cure: str = "") -> None:
        self.notes.append(Note(item.id, "lost", what, cure))

    def left_out(self, item: ScoredItem | UnscoredItem, why: str, cure: str) -> None:
        self.notes.append(Note(item.id, "left out", why, cure))


def outgoing(quiz: Quiz, form: Format) -> Reading:
    """The questions of a quiz for GIFT, Aiken or Moodle XML."""
    export = Export(quiz, form)
    made = [(item, _question(export, item)) for item in quiz.items]
    sent = [item for item, question in made if question]
    export.notes += overall(quiz, sent)
    return Reading(tuple(question for _, question in made if question), tuple(export.notes))


def overall(quiz: Quiz, sent: list[ScoredItem | UnscoredItem]) -> list[Note]:
    """What holds for the file as a whole, whatever its format."""
    rich = [quiz.rich(text) for item in sent for text in texts_of(item)]
    notes = [_case_note(case) for case in quiz.file.cases]
    if any(True for one in rich for _ in values(one)):
        what = "Figures are written out; they no longer follow the record."
        notes.append(Note("", "changed", what, "Export again when a record changes."))
    if any(isinstance(inline, Cite) for one in rich for inline in one):
        notes.append(
            Note("", "changed", "References are left away.", "Name the source in words where readers need it.")
        )
    if any(isinstance(item, Scored) for item in sent):
        what = "Objectives, lessons, evidence, proofs, clone families and misconceptions stay behind."
        notes.append(Note("", "changed", what, "Keep this file as the source."))
    return notes


def _case_note(case: Case) -> Note:
    what = "A branching case has no place in the format; its items stand alone."
    return Note(case.id, "lost", what, "Repeat the opening in each item's vignette.")


def _question(export: Export, item: ScoredItem | UnscoredItem) -> Question | None:
    if export.form == "aiken" and not isinstance(item, SingleBest):
        export.left_out(item, f"Aiken holds single-best items, not {item.type}.", "Export to Moodle XML or QTI.")
        return None
    match item:
        case SingleBest():
            return _aiken(export, item) if export.form == "aiken" else _single(export, item)
        case MultipleResponse():
            return _multiple(export, item)
        case Numeric():
            return _numeric(export, item)
        case ExtendedMatching():
            return _matching(export, item)
        case Sequencing():
            return _ordering(export, item)
        case FreeText():
            return _essay(export, item)
        case _:
            unfit(export, item)
            return None


def unfit(export: Export, item: ScoredItem | UnscoredItem) -> None:
    """Notes why an item of this type is not sent."""
    match item:
        case ChartPoint() | ChartValue():
            export.left_out(item, "It asks about a chart, which the format cannot draw.", "Ask it in words.")
        case ScriptConcordance():
            export.left_out(item, "It is scored against a panel.", "Keep it here.")
        case Commitment() | CommitmentReview():
            export.left_out(item, "It belongs to the follow-up.", "Ask it as free-text there.")
        case Likert() | Choice() | Intention() | Barrier():
            cure = "Ask it in a survey there, or export to QTI."
            export.left_out(item, f"{NAMES[export.form]} has no question without a right answer but the essay.", cure)
        case SingleBest() | MultipleResponse() | Numeric() | ExtendedMatching() | Sequencing() | FreeText():
            pass
        case _:
            assert_never(item)


def _single(export: Export, item: SingleBest) -> Question:
    _harm(export, item)
    if item.fixed and export.form == "gift":
        export.lost(item, "GIFT cannot keep the order of options.", "Switch shuffling off there.")
    answers = tuple(Answer(export.words(o.text), 100.0 * o.correct, export.words(o.rationale)) for o in item.options)
    return Question(item.id, "single", export.asked(item), answers, fixed=item.fixed)


def _harm(export: Export, item: SingleBest | MultipleResponse) -> None:
    if any(option.unsafe for option in item.options):
        export.lost(item, "What makes an option unsafe stays behind.", "Say it in the option's rationale.")


def _aiken(export: Export, item: SingleBest) -> Question | None:
    text = tidy(export.asked(item))
    if OPTION.fullmatch(text) or KEY.fullmatch(text):
        export.left_out(item, "Its text reads like an option of Aiken.", "Begin it with another word.")
        return None
    if len(item.options) > len(LETTERS):
        export.left_out(item, f"Aiken holds {len(LETTERS)} options.", "Export to Moodle XML.")
        return None
    export.lost(item, "Aiken has no feedback: the rationales stay behind.", "Export to GIFT or Moodle XML.")
    answers = tuple(Answer(export.words(o.text), 100.0 * o.correct) for o in item.options)
    return Question(item.id, "single", text, answers)


def _multiple(export: Export, item: MultipleResponse) -> Question:
    """Right options share 100 percent. A wrong one takes as much away as a right one gives, or everything."""
    _harm(export, item)
    if item.fixed and export.form == "gift":
        export.lost(item, "GIFT cannot keep the order of options.", "Switch shuffling off there.")
    right = 100 / sum(option.correct for option in item.options)
    if item.scoring == "all-or-nothing":
        what = "It is scored all or nothing here; there a part of the right options earns a part of the mark."
        export.notes.append(Note(item.id, "changed", what, "Use a type there that marks all or nothing."))
    wrong = -right if item.scoring == "right-minus-wrong" else -100.0
    answers = tuple(
        Answer(export.words(o.text), right if o.correct else wrong, export.words(o.rationale)) for o in item.options
    )
    return Question(item.id, "multiple", export.asked(item), answers, fixed=item.fixed)


def _numeric(export: Export, item: Numeric) -> Question:
    if item.scale:
        export.lost(item, "The slider stays behind; the number is typed.")
    answer = Answer(export.key(item), 100, tolerance=number_text(Decimal(repr(item.tolerance))))
    feedback = export.words(item.rationale)
    return Question(item.id, "numeric", export.asked(item), (answer,), feedback=feedback, unit=tidy(item.unit))


def _matching(export: Export, item: ExtendedMatching) -> Question:
    text = {option.id: _arrowless(export, item, option.text) for option in item.options}
    used = {stem.key for stem in item.stems}
    pairs = [Pair(_arrowless(export, item, stem.text), text[stem.key]) for stem in item.stems]
    pairs += [Pair("", shown) for one, shown in text.items() if one not in used]
    said = [export.words(stem.rationale) for stem in item.stems]
    if len(set(said)) == 1:
        feedback = said[0]
    else:
        feedback = " ".join(f"{export.words(s.text)}: {one}" for s, one in zip(item.stems, said, strict=True))
        export.lost(item, "The rationales of the stems become one feedback.")
    return Question(item.id, "matching", export.asked(item), (), tuple(pairs), feedback)


def _arrowless(export: Export, item: ExtendedMatching, text: str) -> str:
    """GIFT takes `->` for the match itself and has no escape for it."""
    shown = export.words(text)
    if export.form == "gift" and "->" in shown:
        export.notes.append(Note(item.id, "changed", "The signs -> are written as an arrow (→)."))
        return shown.replace("->", "→")
    return shown


def _ordering(export: Export, item: Sequencing) -> Question | None:
    if export.form == "gift":
        export.left_out(item, "GIFT has no question that puts steps in order.", "Export to Moodle XML or QTI.")
        return None
    answers = tuple(Answer(export.words(step.text), 100) for step in item.steps)
    feedback = export.words(item.rationale)
    return Question(item.id, "ordering", export.asked(item), answers, feedback=feedback)


def _essay(export: Export, item: FreeText) -> Question:
    default = FreeText.model_fields["longest"].default
    if item.longest != default:
        export.lost(item, f"The limit of {item.longest} characters stays behind.")
    if not item.required and export.form == "gift":
        export.lost(item, "GIFT cannot say that an answer is not required.", "Say it in the stem.")
    return Question(item.id, "essay", export.asked(item), required=item.required)
