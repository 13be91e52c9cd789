"""Does the evidence hold what a chart asks for? Each lack is a problem at the line that asks."""

from collections.abc import Callable, Sequence
from typing import assert_never

from modules.authoring.inline import Desk
from modules.authoring.problems import Findings, did_you_mean
from modules.authoring.source import Location, Source
from modules.core.alike import Odd, Where, odd_cut, odd_event
from modules.core.errors import UnknownPath
from modules.core.evidence import Readout, Trial
from modules.core.figures import AdverseEvents, ChartRequest, Comparison, Cuts, Forest, IconArray, Survival, Timeline
from modules.core.paths import landmark_gap, readout_at


class ChartData:
    """Checks one request; `source` knows the line of each of its keys, which stand below `above`."""

    def __init__(self, desk: Desk, findings: Findings, source: Source, where: str, *, above: Location = ()) -> None:
        self.desk, self.findings, self.source, self.where, self.above = desk, findings, source, where, above

    def check(self, request: ChartRequest) -> None:
        match request:
            case Survival():
                self._survival(request)
            case Forest():
                self._forest(request)
            case Comparison():
                self._comparison(request)
            case Timeline():
                for index, trial in enumerate(request.trials):
                    self._dated(trial, ("trials", index))
            case IconArray():
                self._icons(request)
            case AdverseEvents():
                self._alike(request.readouts, "E113", odd_event)
            case Cuts():
                self._cuts(request)
            case _:
                assert_never(request)

    def _add(self, code: str, at: Location, message: str, fix: str = "") -> None:
        self.findings.add(code, self._line(at), message, where=self.where, fix=fix)

    def _line(self, at: Location) -> int:
        return self.source.line((*self.above, *at))

    def _trial(self, name: str, at: Location) -> Trial | None:
        trials = self.desk.evidence.trials
        if self.desk.blocked(name, self.findings, self._line(at), self.where):
            return None
        if name not in trials:
            self._add("R104", at, f'no trial "{name}" in content/trials', did_you_mean(name, trials))
        return trials.get(name)

    def _readout(self, path: str, at: Location) -> tuple[Trial, Readout] | None:
        if self.desk.blocked(path, self.findings, self._line(at), self.where):
            return None
        try:
            return readout_at(self.desk.evidence, path)
        except UnknownPath as unknown:
            near = f'Did you mean "{unknown.near[0]}"?' if unknown.near else ""
            self._add("R113", at, f'"{path}" is no readout: {unknown}', near)
            return None

    def _survival(self, request: Survival) -> None:
        trial = self._trial(request.trial, ("trial",))
        if trial is None:
            return
        readouts = [r for r in trial.readouts if r.endpoint == request.endpoint]
        if request.readout is not None:
            readouts = [r for r in readouts if r.id == request.readout]
            if not readouts:
                known = [r.id for r in trial.readouts if r.endpoint == request.endpoint]
                fix = did_you_mean(request.readout, known) or f"Readouts: {', '.join(known)}."
                self._add(
                    "R113",
                    ("readout",),
                    f'{trial.name} has no {request.endpoint} readout "{request.readout}"',
                    fix,
                )
                return
        drawable = [r for r in readouts if r.curves or r.landmarks or (request.readout and _has_medians(r))]
        if not drawable:
            message = f"{trial.name} has neither curves nor landmark rates for {request.endpoint}"
            named = [r.id for r in readouts if _has_medians(r)]
            fix = f'Name a "readout" to draw its medians: {", ".join(named)}.' if named else ""
            self._add("E110", ("endpoint",), message, fix or "Choose a comparison of medians.")
        elif request.month is not None and not any(_has_month(trial, r, request.month) for r in drawable):
            message = f"{trial.name} has no {request.endpoint} rate for both arms at {request.month:g} months"
            self._add("E110", ("month",), message, _months_known(drawable))

    def _forest(self, request: Forest) -> None:
        if request.subgroups is not None:
            found = self._readout(request.subgroups, ("subgroups",))
            if found and not found[1].subgroups:
                self._add("E110", ("subgroups",), f'"{request.subgroups}" has no subgroups')
        for index, path in enumerate(request.readouts):
            found = self._readout(path, ("readouts", index))
            if found and (found[1].ratio is None or found[1].ratio.value is None or found[1].ratio.ci is None):
                self._add("E110", ("readouts", index), f'"{path}" has no ratio with an interval')

    def _comparison(self, request: Comparison) -> None:
        first_unit = ""
        for index, path in enumerate(request.readouts):
            found = self._readout(path, ("readouts", index))
            if found is None:
                continue
            unit = _unit(found[1])
            if not unit:
                self._add("E110", ("readouts", index), f'"{path}" has no estimates and no landmark rates')
            elif first_unit and unit != first_unit:
                message = f'"{path}" is in {unit}, the readouts before it in {first_unit}'
                self._add("E110", ("readouts", index), message, "Compare one unit in one chart.")
            first_unit = first_unit or unit

    def _dated(self, name: str, at: Location) -> None:
        trial = self._trial(name, at)
        if trial and not (trial.approvals or trial.milestones):
            self._add("E110", at, f"{trial.name} has no dated approvals and no milestones")

    def _icons(self, request: IconArray) -> None:
        found = self._readout(request.readout, ("readout",))
        if found is None:
            return
        readout = found[1]
        if request.month is None:
            if not any(e.unit == "percent" and e.value is not None for e in readout.estimates):
                fix = 'Give a "month" with a landmark rate.' if readout.landmarks else ""
                self._add("E110", ("readout",), f'"{request.readout}" has no rates in percent', fix)
        elif not any(m.month == request.month for m in readout.landmarks):
            message = f'"{request.readout}" has no rate at {request.month:g} months'
            self._add("E110", ("month",), message, _months_known([readout]))

    def _alike(self, paths: tuple[str, ...], code: str, odd: Callable[[Sequence[Where]], Odd | None]) -> list[Where]:
        """All readouts in order; none, and a problem at the first that does not belong, when they are not alike."""
        places = [self._readout(path, ("readouts", at)) for at, path in enumerate(paths)]
        used = [found for found in places if found is not None]
        if len(used) < len(paths):
            return []
        if wrong := odd(used):
            self._add(code, ("readouts", wrong[0]), f'"{paths[wrong[0]]}" does not belong here: {wrong[1]}')
            return []
        return used

    def _cuts(self, request: Cuts) -> None:
        for at, (_, readout) in enumerate(self._alike(request.readouts, "E112", odd_cut)):
            ratio = readout.ratio is not None and readout.ratio.value is not None
            if not (ratio if request.measure == "ratio" else any(e.unit == "months" for e in readout.estimates)):
                lacking = "ratio" if request.measure == "ratio" else "medians"
                self._add("E110", ("readouts", at), f'"{request.readouts[at]}" has no {lacking}')


def _has_month(trial: Trial, readout: Readout, month: float) -> bool:
    covered = [c for c in readout.curves if c.months and c.months[0] <= month <= c.months[-1]]
    return landmark_gap(trial, readout, month) is not None or len(covered) > 1


def _has_medians(readout: Readout) -> bool:
    return any(e.unit == "months" and e.value is not None for e in readout.estimates)


def _months_known(readouts: list[Readout]) -> str:
    months = sorted({m.month for r in readouts for m in r.landmarks})
    return f"Landmark months: {', '.join(f'{m:g}' for m in months)}." if months else ""


def _unit(readout: Readout) -> str:
    units = {e.unit for e in readout.estimates}
    if len(units) > 1:
        return " and ".join(sorted(units))
    return units.pop() if units else "percent" if readout.landmarks else ""
