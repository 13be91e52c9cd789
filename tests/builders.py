"""A small module, a made-up trial and events, built by hand. No figure here is clinical."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from modules.core.conduct import Conduct
from modules.core.credit import Certificate
from modules.core.events import (
    AttemptClosed,
    CreditClaimed,
    FrontMatterAcknowledged,
    ItemAnswered,
    LessonFinished,
    LessonOpened,
    event_id,
)
from modules.core.evidence import (
    Arm,
    DataCut,
    Design,
    Estimate,
    Evidence,
    Fact,
    LandmarkRate,
    Number,
    Ratio,
    Readout,
    Source,
    Subgroup,
    Trial,
)
from modules.core.grading import Chosen
from modules.core.items import FreeText, Likert, MultipleResponse, Numeric, Option, Quiz, QuizFile, SingleBest
from modules.core.module import Credit, FrontMatter, Lesson, Module, Objective, Paragraph, Pass
from modules.core.paths import find
from modules.core.prose import Strong, Value, Words
from modules.core.quantity import text

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
SOURCE = Source(citation="A made-up report, 2026")


def minutes(count: float) -> datetime:
    """So many minutes after NOON."""
    return NOON + timedelta(minutes=count)


def trial() -> Trial:
    """LIGHTHOUSE: two arms, a ratio, landmark rates, a subgroup and a fact."""
    return Trial(
        id="lighthouse",
        name="LIGHTHOUSE",
        phase="3",
        design=Design(randomised=True),
        setting="made up",
        line="first line",
        disease="breast",
        hormone_receptor="any",
        drug_classes=("lamp",),
        population="ships",
        n=200,
        arms=(
            Arm(id="lamp", label="Lamp", short="Lamp", role="experimental", n=100),
            Arm(id="dark", label="No lamp", short="Dark", role="control", n=100),
        ),
        readouts=(_survival(), _response()),
        facts=(
            Fact(
                id="height",
                text="The tower",
                numbers={"cycles": Number(value=6, unit="cycles")},
                source=SOURCE,
                confidence="verified",
            ),
        ),
    )


def _survival() -> Readout:
    return Readout(
        id="os-final",
        endpoint="OS",
        detail="Survival afloat",
        population="all",
        source=SOURCE,
        confidence="verified",
        cut=DataCut(label="final", follow_up_months=60),
        estimates=(
            Estimate(arm="lamp", value=56.5, unit="months", ci=(49.3, None)),
            Estimate(arm="dark", value=40.0, unit="months", ci=(35.0, 45.0)),
        ),
        ratio=Ratio(value=0.8, ci=(0.7, 0.9), p="<0.001", treated="lamp", control="dark", events={"lamp": 40}),
        landmarks=(
            LandmarkRate(month=24, arm="lamp", percent=80, ci=(76, 84)),
            LandmarkRate(month=24, arm="dark", percent=60, ci=(56, 64)),
            LandmarkRate(month=48, arm="lamp", percent=50, ci=(40, 60)),
            LandmarkRate(month=48, arm="dark", percent=49, ci=(39, 59)),
        ),
        subgroups=(Subgroup(id="north", label="North", value=0.75, ci=(0.6, 0.95)),),
    )


def _response() -> Readout:
    return Readout(
        id="orr",
        endpoint="ORR",
        detail="Seen from shore",
        population="all",
        source=SOURCE,
        confidence="verified",
        cut=DataCut(label="first"),
        estimates=(
            Estimate(arm="lamp", value=80.2, unit="percent"),
            Estimate(arm="dark", value=69.3, unit="percent"),
        ),
    )


def evidence() -> Evidence:
    return Evidence(trials={"lighthouse": trial()})


def single(item_id: str = "one", *, right: str = "a", options: str = "abc", clone: str | None = None) -> SingleBest:
    return SingleBest(
        id=item_id,
        type="single-best",
        objectives=("see",),
        stem=f"Which of these, {item_id}?",
        see="01-lamp",
        evidence=("lighthouse.os-final",),
        clone=clone,
        options=tuple(Option(id=o, text=o, correct=o == right, rationale=f"Because {o}.") for o in options),
    )


def multiple(
    item_id: str = "many", *, right: str = "ab", options: str = "abcd", clone: str | None = None
) -> MultipleResponse:
    return MultipleResponse(
        id=item_id,
        type="multiple-response",
        objectives=("see",),
        stem="Which of these?",
        see="01-lamp",
        evidence=("lighthouse.os-final",),
        clone=clone,
        options=tuple(Option(id=o, text=o, correct=o in right, rationale=f"Because {o}.") for o in options),
    )


def numeric(item_id: str = "many-months", *, clone: str | None = None) -> Numeric:
    return Numeric(
        id=item_id,
        type="numeric",
        objectives=("see",),
        stem="How long?",
        see="01-lamp",
        tolerance=0.5,
        answer="lighthouse.os-final.lamp.median",
        unit="months",
        rationale="As printed.",
        evidence=("lighthouse.os-final",),
        clone=clone,
    )


def form(letter: Literal["A", "B"]) -> Quiz:
    items = (single("one"), multiple("two"), numeric("three"))
    file = QuizFile(id=f"harbour/form-{letter.lower()}", roles=("pre", "post"), form=letter, items=items)
    return Quiz(file, keys={"three": 56.5})


def reserve(letter: Literal["C", "D"]) -> Quiz:
    """Clones of the items of the forms: `one-c` of the family `one`, and so on. They have the same keys."""
    ids = {family: f"{family}-{letter.lower()}" for family in ("one", "two", "three")}
    items = (
        single(ids["one"], clone="one"),
        multiple(ids["two"], clone="two"),
        numeric(ids["three"], clone="three"),
    )
    file = QuizFile(id=f"harbour/form-{letter.lower()}", roles=("post", "review"), form=letter, items=items)
    return Quiz(file, keys={ids["three"]: 56.5})


def follow_up() -> Quiz:
    items = (Likert(id="kept", type="likert", stem="I did what I meant to do"),)
    return Quiz(QuizFile(id="harbour/follow-up", roles=("follow-up",), items=items))


def evaluation() -> Quiz:
    items = (
        Likert(id="useful", type="likert", stem="This was useful"),
        FreeText(id="wish", type="free-text", stem="Anything else?", required=False, longest=40),
    )
    return Quiz(QuizFile(id="harbour/evaluation", roles=("evaluation",), items=items))


def front() -> FrontMatter:
    return FrontMatter(
        id="harbour",
        title="Into the harbour",
        summary="A made-up module.",
        version="1.2.0",
        minutes=20,
        released=date(2026, 1, 6),
        reviewed=date(2026, 1, 6),
        expires=date(2027, 1, 6),
        evidence_cutoff=date(2026, 1, 1),
        audience=("Pilots",),
        purpose="To arrive.",
        objectives=(Objective(id="see", text="See the lamp"),),
        faculty=(),
        disclosures=(),
        mitigation="None needed.",
        support=(),
        medium="Pages on the internet",
        method_of_participation="Read.",
        instructions="Read on.",
        requirements="A browser.",
        contact="harbour@example.org",
        privacy="Kept here.",
        copyright="None.",
        assessment=Pass(correct=2, asked=3),
        credit=Credit(maximum=0.5),
        forms={"A": "harbour/form-a", "B": "harbour/form-b"},
        reserve=("harbour/form-c", "harbour/form-d"),
        evaluation="harbour/evaluation",
    )


def module() -> Module:
    """Two lessons, two forms of three items (two to pass) and two of clones, a check, an evaluation."""
    checks = Quiz(QuizFile(id="harbour/checks", items=(single("look"),)))
    forms = (form("A"), form("B"), reserve("C"), reserve("D"))
    return Module(
        front=front(),
        welcome=(),
        lessons=(_lesson("01-lamp"), _lesson("02-shore")),
        quizzes={q.id: q for q in (*forms, evaluation(), checks)},
        digest="d" * 64,
    )


def _lesson(lesson_id: str) -> Lesson:
    quantity = find(evidence(), "lighthouse.os-final.lamp")
    value = Value(quantity, "value", text(quantity))
    block = Paragraph((Words("Ships lasted "), Strong((value,))), line=3)
    return Lesson(lesson_id, lesson_id, 3, ("see",), (block,), f"content/harbour/{lesson_id}.md")


def conducted(built: Module, **stated: object) -> Module:
    """The module with these keys of its conduct stated in the front matter."""
    conduct = Conduct.model_validate(stated)
    return replace(built, front=built.front.model_copy(update={"conduct": conduct}))


def followed_up(built: Module) -> Module:
    quiz = follow_up()
    front = built.front.model_copy(update={"follow_up": quiz.id})
    return replace(built, front=front, quizzes=built.quizzes | {quiz.id: quiz})


def without_item(built: Module, quiz_id: str, item_id: str) -> Module:
    """The module after its author has taken an item out."""
    quiz = built.quizzes[quiz_id]
    file = quiz.file.model_copy(update={"items": tuple(i for i in quiz.items if i.id != item_id)})
    return replace(built, quizzes=built.quizzes | {quiz_id: replace(quiz, file=file)})


def acknowledged(learner: str = "ann", *, at: datetime = NOON, module_id: str = "harbour") -> FrontMatterAcknowledged:
    return FrontMatterAcknowledged(
        id=event_id(learner, module_id, "front-matter", "d"),
        learner=learner,
        module=module_id,
        module_version="d",
        at=at,
        profession="Pilot",
        country="NO",
    )


def opened(lesson: str, visit: int = 0, *, at: datetime = NOON, learner: str = "ann") -> LessonOpened:
    return LessonOpened(
        id=event_id(learner, "harbour", "opened", lesson, visit),
        learner=learner,
        module="harbour",
        module_version="d",
        at=at,
        lesson=lesson,
    )


def finished(lesson: str, *, at: datetime = NOON, learner: str = "ann") -> LessonFinished:
    return LessonFinished(
        id=event_id(learner, "harbour", "finished", lesson),
        learner=learner,
        module="harbour",
        module_version="d",
        at=at,
        lesson=lesson,
    )


def answered(item: str = "look", *, option: str = "a", at: datetime = NOON, learner: str = "ann") -> ItemAnswered:
    return ItemAnswered(
        id=event_id(learner, "harbour", "answer", "harbour/checks", 1, item),
        learner=learner,
        module="harbour",
        module_version="d",
        at=at,
        role="check",
        quiz="harbour/checks",
        attempt=1,
        item=item,
        objectives=("see",),
        response=Chosen(options=(option,)),
        score=float(option == "a"),
    )


def closed(
    role: Literal["pre", "post", "evaluation"],
    attempt: int = 1,
    *,
    correct: int = 2,
    at: datetime = NOON,
    learner: str = "ann",
) -> AttemptClosed:
    return AttemptClosed(
        id=event_id(learner, "harbour", "closed", role, "q", attempt),
        learner=learner,
        module="harbour",
        module_version="d",
        at=at,
        role=role,
        quiz="q",
        attempt=attempt,
        correct=correct,
        asked=3,
        needed=2 if role == "post" else None,
    )


def claimed(learner: str = "ann", number: str = "LM-AAAA-BBBB-CCCC-DDDD") -> CreditClaimed:
    return CreditClaimed(
        id=event_id(learner, "harbour", "claim"),
        learner=learner,
        module="harbour",
        module_version="d",
        at=NOON,
        scheme="participation",
        quarter_hours=2,
        certificate=number,
    )


def certificate(
    number: str = "LM-AAAA-BBBB-CCCC-DDDD", *, name: str = "Ann Åker", digest: str = "d" * 64
) -> Certificate:
    return Certificate(
        number=number,
        name=name,
        profession="Pilot",
        module="harbour",
        title="Into the harbour",
        module_version="1.2.0",
        digest=digest,
        evidence_cutoff=date(2026, 1, 1),
        provider="The harbour",
        learning_format="Enduring material",
        scheme="participation",
        quarter_hours=2,
        form="A",
        rule="2 of 3",
        score="3 of 3",
        completed=date(2026, 3, 1),
        issued=NOON,
        trials=("LIGHTHOUSE",),
    )
