"""What must hold inside a trial file: arms exist once, intervals contain their estimates, curves fall."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise

from modules.authoring.problems import did_you_mean
from modules.authoring.sheet import Sheet
from modules.authoring.source import Location
from modules.core.evidence import Bounds, Curve, Readout, Trial
from modules.core.evidence import Source as Origin


def check_trial(trial: Trial, sheet: Sheet, references: Mapping[str, object]) -> None:
    for name in ("arms", "readouts", "facts", "approvals", "milestones"):
        entries = getattr(trial, name)
        sheet.twice((name,), (e.id for e in entries), f"the {name.removesuffix('s')} id")
        if name != "arms":
            for index, entry in enumerate(entries):
                check_reference(entry.source, (name, index, "source"), sheet, references)
    for index, readout in enumerate(trial.readouts):
        _Inspector(trial, readout, sheet, ("readouts", index)).inspect()


def check_reference(origin: Origin, at: Location, sheet: Sheet, references: Mapping[str, object]) -> None:
    """A source that names a reference must find it."""
    if origin.reference is not None and origin.reference not in references:
        fix = did_you_mean(origin.reference, references)
        sheet.add("R102", (*at, "reference"), f'no reference "{origin.reference}" in references.yaml', fix)


class _Inspector:
    """One readout of one trial."""

    def __init__(self, trial: Trial, readout: Readout, sheet: Sheet, at: Location) -> None:
        self.trial, self.readout, self.sheet, self.at = trial, readout, sheet, at

    def inspect(self) -> None:
        self._arms_exist()
        self._once()
        self._estimates()
        self._ratio()
        for index, curve in enumerate(self.readout.curves):
            self._curve(curve, (*self.at, "curves", index))
        self._supersedes()
        for name, match in (("fidelity", self.readout.fidelity), ("digitised", self.readout.digitised)):
            if match and self.trial.readout(match.against) is None:
                fix = did_you_mean(match.against, (r.id for r in self.trial.readouts))
                self._add("R113", (*self.at, name, "against"), f'no readout "{match.against}"', fix)

    def _supersedes(self) -> None:
        """A later cut replaces readouts of its own endpoint, never itself."""
        for index, name in enumerate(self.readout.supersedes):
            older, at = self.trial.readout(name), (*self.at, "supersedes", index)
            if older is None or name == self.readout.id:
                known = [r.id for r in self.trial.readouts if r.id != self.readout.id]
                self._add("R113", at, f'no other readout "{name}" in {self.trial.name}', did_you_mean(name, known))
            elif older.endpoint != self.readout.endpoint:
                message = f'"{name}" is about {older.endpoint}, this readout about {self.readout.endpoint}'
                self._add("R113", at, message, "Name a readout of the same endpoint.")

    def _add(self, code: str, at: Location, message: str, fix: str = "") -> None:
        self.sheet.add(code, at, message, fix)

    def _named_arms(self) -> Iterable[tuple[str, Location]]:
        readout = self.readout
        for name in ("estimates", "landmarks", "curves"):
            yield from ((row.arm, (*self.at, name, i, "arm")) for i, row in enumerate(getattr(readout, name)))
        if readout.digitised:
            at = (*self.at, "digitised", "arms")
            yield from ((row.arm, (*at, i, "arm")) for i, row in enumerate(readout.digitised.arms))
        for name, pair in (("ratio", readout.ratio), ("difference", readout.difference)):
            for side in ("treated", "control"):
                if pair and (arm := getattr(pair, side)):
                    yield arm, (*self.at, name, side)
        if readout.ratio:
            yield from ((arm, (*self.at, "ratio", "events", arm)) for arm in readout.ratio.events)

    def _arms_exist(self) -> None:
        known = [arm.id for arm in self.trial.arms]
        for arm, at in self._named_arms():
            if arm not in known:
                fix = did_you_mean(arm, known) or f"Arms: {', '.join(known)}."
                self._add("R112", at, f'{self.trial.name} has no arm "{arm}"', fix)

    def _once(self) -> None:
        readout, twice = self.readout, self.sheet.twice
        twice((*self.at, "estimates"), (e.arm for e in readout.estimates), "an estimate of arm", "E107")
        twice((*self.at, "curves"), (c.arm for c in readout.curves), "a curve of arm", "E107")
        if readout.digitised:
            twice((*self.at, "digitised", "arms"), (a.arm for a in readout.digitised.arms), "a curve of arm", "E107")
        landmarks = (f"{m.arm} at month {m.month:g}" for m in readout.landmarks)
        twice((*self.at, "landmarks"), landmarks, "a rate of arm", "E107")
        twice((*self.at, "subgroups"), (s.id for s in readout.subgroups), "the subgroup id")

    def _estimates(self) -> None:
        for index, estimate in enumerate(self.readout.estimates):
            at = (*self.at, "estimates", index)
            self._interval(estimate.value, estimate.ci, at)
            if estimate.unit == "percent":
                self._percent([estimate.value, *(estimate.ci or ())], at)
        for index, rate in enumerate(self.readout.landmarks):
            at = (*self.at, "landmarks", index)
            self._interval(rate.percent, rate.ci, at)
            self._percent([rate.percent, *(rate.ci or ())], at)
        for index, row in enumerate(self.readout.subgroups):
            self._interval(row.value, row.ci, (*self.at, "subgroups", index))
        self._interactions()

    def _interactions(self) -> None:
        """One p-value a factor, as it was printed."""
        printed: dict[str, str] = {}
        for index, row in enumerate(self.readout.subgroups):
            at = (*self.at, "subgroups", index, "interaction")
            if row.interaction is None:
                continue
            if row.factor is None:
                self._add(
                    "E114", at, f'the interaction p of "{row.id}" has no factor', "Say what the groups differ in."
                )
            elif printed.setdefault(row.factor, row.interaction) != row.interaction:
                self._add("E114", at, f'"{row.factor}" has two interaction p-values', "Write it once.")

    def _ratio(self) -> None:
        ratio, gap = self.readout.ratio, self.readout.difference
        if ratio:
            self._interval(ratio.value, ratio.ci, (*self.at, "ratio", "ci"))
        if gap:
            self._interval(gap.value, gap.ci, (*self.at, "difference", "ci"))

    def _interval(self, value: float | None, ci: Bounds | None, at: Location) -> None:
        if ci is None:
            return
        low, high = ci
        if low is not None and high is not None and low > high:
            self._add("E104", at, f"the interval {low:g} to {high:g} runs backwards")
        elif value is not None and ((low is not None and value < low) or (high is not None and value > high)):
            ends = " to ".join("not reached" if end is None else f"{end:g}" for end in ci)
            self._add("E104", at, f"the interval {ends} does not contain {value:g}", "Compare both with the source.")

    def _percent(self, values: Iterable[float | None], at: Location) -> None:
        for value in values:
            if value is not None and not 0 <= value <= 100:
                self._add("E105", at, f"{value:g} percent is outside 0 to 100")

    def _curve(self, curve: Curve, at: Location) -> None:
        self._percent(curve.percent, (*at, "percent"))
        self._ordered(curve.months, (*at, "months"), (lambda a, b: a < b), "the months must rise")
        self._ordered(curve.percent, (*at, "percent"), (lambda a, b: a >= b), "the percentages may not rise")
        self._ordered(curve.at_risk, (*at, "at_risk"), (lambda a, b: a >= b), "the numbers at risk may not rise")

    def _ordered(
        self, values: Sequence[float], at: Location, right: Callable[[float, float], bool], message: str
    ) -> None:
        wrong = next(((a, b) for a, b in pairwise(values) if not right(a, b)), None)
        if wrong:
            self._add("E106", at, f"{message}; here {wrong[1]:g} follows {wrong[0]:g}")
