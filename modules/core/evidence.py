"""What trials published: arms, readouts at a data cut, estimates with intervals, and where each was read."""

from typing import Annotated, Literal

from pydantic import StringConstraints, model_validator

from modules.core.authored import Authored, Day, Id, Text
from modules.core.digitised import Digitised
from modules.core.products import Product

Confidence = Literal["verified", "secondary"]
Endpoint = Literal["OS", "PFS", "TTP", "TTF", "ORR", "DOR", "CNS", "AE"]
Unit = Literal["months", "percent", "years", "cycles", "patients", "per 100", "ratio", "count"]
RatioKind = Literal["hazard ratio", "relative risk", "odds ratio"]
ArmRole = Literal["control", "experimental", "single"]
Grade = Literal["any", "3+", "3-4", "3", "4", "5", "NYHA III-IV", "serious"]
Bounds = tuple[float | None, float | None]
"""(low, high); None is an end that was not reached."""

ENDPOINT_NAMES: dict[Endpoint, str] = {
    "OS": "Overall survival",
    "PFS": "Progression-free survival",
    "TTP": "Time to progression",
    "TTF": "Time to treatment failure",
    "ORR": "Objective response",
    "DOR": "Duration of response",
    "CNS": "Central nervous system",
    "AE": "Adverse events",
}


class Source(Authored):
    """Where a figure was read. `link` is what a learner may open; `read` says what was seen there."""

    citation: Text
    doi: str | None = None
    pmid: str | None = None
    link: str | None = None
    reference: Id | None = None
    read: str | None = None


class Arm(Authored):
    """One arm; `short` is its label on a chart. n in patients, None when not published."""

    id: Id
    label: Text
    short: Text
    role: ArmRole
    regimen: str = ""
    n: int | None = None


class DataCut(Authored):
    """The analysis a readout comes from. `after` marks a cut published after the module's evidence cut-off."""

    label: Text
    date: Day | None = None
    follow_up_months: float | None = None
    after: bool = False


class Estimate(Authored):
    """One arm's median (months) or rate (percent, 0 to 100). `value` None: the median was not reached."""

    arm: Id
    value: float | None
    unit: Literal["months", "percent"]
    ci: Bounds | None = None
    note: str | None = None


class Ratio(Authored):
    """Treated over control; both None when the source does not say which way round. `value` None: only a p-value."""

    kind: RatioKind = "hazard ratio"
    value: float | None = None
    ci: Bounds | None = None
    ci_level: float = 95
    p: str | None = None
    treated: Id | None = None
    control: Id | None = None
    events: dict[Id, int] = {}
    note: str | None = None


class LandmarkRate(Authored):
    """Percent event-free in one arm at a month."""

    month: float
    arm: Id
    percent: float
    ci: Bounds | None = None


class Subgroup(Authored):
    """One row of a subgroup forest; the ratio has the direction of the readout's first-named arm.

    `factor` is what the groups differ in; `interaction` its printed p-value of interaction, on any row of the factor.
    """

    id: Id
    label: Text
    n: int | None = None
    value: float
    ci: Bounds
    factor: Text | None = None
    interaction: Text | None = None


class Curve(Authored):
    """Percent event-free and patients at risk at each month, as digitised from the published figure.

    At risk is counted at the start of each interval. `low` and `high` are the pointwise 95% limits, `events_by` and
    `censored_by` the running totals before each month; all four stay empty where they are not known.
    """

    arm: Id
    n: int
    events: int
    months: tuple[float, ...]
    percent: tuple[float, ...]
    at_risk: tuple[int, ...]
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()
    events_by: tuple[int, ...] = ()
    censored_by: tuple[int, ...] = ()

    @model_validator(mode="after")
    def _same_length(self) -> "Curve":
        if not len(self.months) == len(self.percent) == len(self.at_risk):
            raise ValueError("months, percent and at_risk must have the same length")
        for name in ("low", "high", "events_by", "censored_by"):
            if len(getattr(self, name)) not in (0, len(self.months)):
                raise ValueError(f"{name} must have as many entries as months, or be left out")
        if bool(self.low) != bool(self.high):
            raise ValueError("low and high belong together: give both or neither")
        return self


class FidelityCheck(Authored):
    """One result of the rebuilt patients beside the published one; `value` None is a median that was not reached.

    Patients, events, months, a ratio, or, for the curve, its largest distance from the coordinates in percentage
    points (published 0). `allowed` says how far it may be off.
    """

    what: Literal["patients", "events", "median", "hazard ratio", "curve"]
    arm: Id | None = None
    value: float | None
    ci: Bounds | None = None
    published: float | None
    published_ci: Bounds | None = None
    allowed: Text
    within: bool


class Fidelity(Authored):
    """How well digitised curves match the published readout `against`: the ratio recomputed, events recovered.

    `checks` are worked out when curves are rebuilt from coordinates; no author writes them.
    """

    against: Id
    ratio: float | None = None
    ratio_ci: Bounds | None = None
    events: int | None = None
    events_published: int | None = None
    error_points: float | None = None
    note: Text
    checks: tuple[FidelityCheck, ...] = ()

    @property
    def within(self) -> bool:
        return all(check.within for check in self.checks)


class Difference(Authored):
    """A difference the source itself printed (never one we computed)."""

    treated: Id
    control: Id
    value: float
    unit: Literal["months", "percent"]
    ci: Bounds | None = None


class Readout(Authored):
    """One endpoint at one data cut. An arm appears at most once in `estimates`.

    `supersedes` names the readouts of the same endpoint whose data this later cut replaces. Where there is `digitised`,
    `curves` and `fidelity` are filled from it at load. `event` is the plain name of an adverse event, `grade` which of
    its grades were counted; None is not stated, or not graded.
    """

    id: Id
    endpoint: Endpoint
    detail: Text
    population: Text
    assessor: str | None = None
    cut: DataCut
    supersedes: tuple[Id, ...] = ()
    event: Text | None = None
    grade: Grade | None = None
    estimates: tuple[Estimate, ...] = ()
    ratio: Ratio | None = None
    landmarks: tuple[LandmarkRate, ...] = ()
    subgroups: tuple[Subgroup, ...] = ()
    subgroup_kind: RatioKind = "hazard ratio"
    curves: tuple[Curve, ...] = ()
    fidelity: Fidelity | None = None
    digitised: Digitised | None = None
    difference: Difference | None = None
    source: Source
    confidence: Confidence
    note: str | None = None


class Number(Authored):
    """A figure inside a fact."""

    value: float
    unit: Unit


class Fact(Authored):
    """A sourced statement that is not an estimate: a design detail, a guideline definition."""

    id: Id
    text: Text
    numbers: dict[Id, Number] = {}
    source: Source
    confidence: Confidence


class Approval(Authored):
    """What a regulator licensed, and when."""

    id: Id
    date: Day
    regulator: Text
    text: Text
    source: Source
    confidence: Confidence


class Milestone(Authored):
    """A dated event of a trial: first presentation or publication. `date` is 2025, 2025-06 or 2025-06-02."""

    id: Id
    date: Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
    kind: Literal["readout", "publication"]
    text: Text
    source: Source
    confidence: Confidence


class Design(Authored):
    randomised: bool
    blinding: str | None = None
    notes: str = ""


class Trial(Authored):
    """One file in content/trials. `n` in patients; `line` and the two tuples feed the explorer's filters.

    `review_by`: the day by which somebody looks whether the trial has reported again.
    """

    id: Id
    name: Text
    nct: str | None = None
    phase: Text
    design: Design
    setting: Text
    line: Literal["first line", "first-line maintenance", "later line", "any line"]
    disease: Literal["breast", "lung"]
    hormone_receptor: Literal["any", "positive", "negative", "not applicable"]
    drug_classes: tuple[Text, ...]
    population: Text
    n: int | None = None
    review_by: Day | None = None
    arms: tuple[Arm, ...]
    readouts: tuple[Readout, ...] = ()
    facts: tuple[Fact, ...] = ()
    approvals: tuple[Approval, ...] = ()
    milestones: tuple[Milestone, ...] = ()

    @property
    def curve_files(self) -> tuple[str, ...]:
        """Names of the files of digitised coordinates, in the order of the readouts."""
        return tuple(arm.file for r in self.readouts if r.digitised for arm in r.digitised.arms)

    def arm(self, arm_id: str) -> Arm | None:
        return next((a for a in self.arms if a.id == arm_id), None)

    def readout(self, readout_id: str) -> Readout | None:
        return next((r for r in self.readouts if r.id == readout_id), None)


class Reference(Authored):
    """One entry of content/references.yaml, as a learner will read it."""

    id: Id
    citation: Text
    doi: str | None = None
    pmid: str | None = None
    link: str | None = None


class Term(Authored):
    """One entry of content/terms.yaml."""

    id: Id
    term: Text
    expansion: str | None = None
    definition: Text
    source_class: Literal["guideline", "label", "trial", "statistics", "regulator", "general"]
    trials: tuple[Id, ...] = ()
    definitions: tuple[Id, ...] = ()


class Moved(Authored):
    """A published figure before and after a change; None where there was or is none."""

    path: str
    was: str | None = None
    now: str | None = None


class Accepted(Authored):
    """One entry of content/changes.yaml: a new version of a trial file, who accepted it, and what it moved."""

    id: Id
    date: Day
    trial: Id
    by: Text
    touched: Text
    figures: tuple[Moved, ...] = ()


class Evidence(Authored):
    """Everything clinical that a module may show, by id."""

    trials: dict[str, Trial] = {}
    definitions: dict[str, Fact] = {}
    references: dict[str, Reference] = {}
    terms: dict[str, Term] = {}
    changes: dict[str, Accepted] = {}
    products: dict[str, Product] = {}
