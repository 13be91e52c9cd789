"""Readouts with digitised coordinates get their curves and the proof of their fidelity, or problems."""

from collections.abc import Iterator
from itertools import pairwise

from modules.authoring.curve_files import CurveFiles
from modules.authoring.problems import did_you_mean
from modules.authoring.sheet import Sheet
from modules.authoring.source import Location
from modules.core.digitised import DigitisedArm
from modules.core.evidence import FidelityCheck, Readout, Trial
from modules.core.guyot import Point
from modules.core.quantity import number
from modules.core.rebuilt import RebuiltArm, curve, fidelity, published_events, rebuilt_arm

MOST_PATIENTS = 20_000


def with_curves(trial: Trial, sheet: Sheet, files: CurveFiles) -> Trial:
    """The trial with the curves of each digitised readout; a readout with problems stays as it is."""
    readouts = []
    for index, readout in enumerate(trial.readouts):
        at: Location = ("readouts", index)
        if readout.fidelity and readout.fidelity.checks:
            message = "checks are worked out from digitised coordinates; nobody writes them"
            sheet.add("S112", (*at, "fidelity", "checks"), message, "Leave them out.")
        readouts.append(_Digitiser(trial, readout, sheet, at).filled(files) if readout.digitised else readout)
    return trial.model_copy(update={"readouts": tuple(readouts)})


class _Digitiser:
    """One readout; `at` is where it stands."""

    def __init__(self, trial: Trial, readout: Readout, sheet: Sheet, at: Location) -> None:
        self.trial, self.readout, self.sheet, self.at = trial, readout, sheet, (*at, "digitised")

    def filled(self, files: CurveFiles) -> Readout:
        given, readout = self.readout.digitised, self.readout
        against = self.trial.readout(given.against) if given else None
        if given is None or against is None:
            return readout
        if readout.curves or readout.fidelity:
            message = "digitised makes the curves and their fidelity"
            self.sheet.add("S112", self.at, message, "Leave curves and fidelity out.")
            return readout
        found = [self._arm(arm, (*self.at, "arms", i), (files, against)) for i, arm in enumerate(given.arms)]
        arms = tuple(arm for arm in found if arm)
        if len(arms) < len(given.arms):
            return readout
        proof = fidelity(given, arms, against)
        for check in proof.checks:
            self._miss(check)
        return readout.model_copy(update={"curves": tuple(curve(arm) for arm in arms), "fidelity": proof})

    def _arm(self, arm: DigitisedArm, at: Location, known: tuple[CurveFiles, Readout]) -> RebuiltArm | None:
        files, against = known
        points = self._points(arm, at, files)
        unfit = next(_unfit(arm, points), None)
        if unfit:
            self.sheet.add("E122", (*at, "at_risk", unfit[0]), unfit[1], "Compare with the row below the figure.")
        if points is None or unfit:
            return None
        rebuilt = rebuilt_arm(arm, points, published_events(arm, against))
        for month, count in zip(arm.at_risk.months, arm.at_risk.counts, strict=True):
            if abs(rebuilt.at_risk(month) - count) > max(2, arm.n / 50):
                message = f"the curve leaves {rebuilt.at_risk(month)} at risk at month {month:g}, not {count}"
                self.sheet.add("E122", (*at, "at_risk", "counts"), message, "Compare both with the figure.")
                return None
        return rebuilt

    def _points(self, arm: DigitisedArm, at: Location, files: CurveFiles) -> tuple[Point, ...] | None:
        why = files.missing(arm.file)
        if why:
            known = sorted(f.name for f in files.folder.glob("*.csv")) if files.folder.is_dir() else []
            fix = did_you_mean(arm.file, known) or f"It is looked for in {files.place}."
            self.sheet.add("E120", (*at, "file"), f'the file "{arm.file}" {why}', fix)
            return None
        return files.read(arm.file)

    def _miss(self, check: FidelityCheck) -> None:
        if check.within:
            return
        index = next((i for i, arm in enumerate(self._arms()) if arm == check.arm), None)
        at = (*self.at, "against") if index is None else (*self.at, "arms", index)
        if check.what == "curve":
            figures = f"{number(check.value or 0.0)} percentage points from the coordinates"
        else:
            figures = f"{_said(check.value)} recomputed, {_said(check.published)} published"
        fix = "Compare coordinates, numbers at risk and published figures with the source."
        self.sheet.add("E123", at, f"{check.what}: {figures}; allowed: {check.allowed}", fix)

    def _arms(self) -> tuple[str, ...]:
        return tuple(arm.arm for arm in self.readout.digitised.arms) if self.readout.digitised else ()


def _said(value: float | None) -> str:
    return "not reached" if value is None else number(value)


def _unfit(arm: DigitisedArm, points: tuple[Point, ...] | None) -> Iterator[tuple[str, str]]:
    """What is wrong with the numbers at risk: (the key, the message)."""
    months, counts = arm.at_risk.months, arm.at_risk.counts
    if arm.n > MOST_PATIENTS:
        yield "counts", f"{arm.n:,} patients; up to {MOST_PATIENTS:,} can be rebuilt"
    if len(months) != len(counts):
        yield "months", f"{len(months)} months for {len(counts)} numbers at risk"
    if not months or months[0] != 0:
        yield "months", "the numbers at risk must start at month 0"
    for before, month in pairwise(months):
        if month <= before:
            yield "months", f"the months must rise; here {month:g} follows {before:g}"
    for before, count in pairwise(counts):
        if count > before:
            yield "counts", f"the numbers at risk may not rise; here {count} follows {before}"
    if counts and (counts[0] > arm.n or counts[-1] < 0):
        yield "counts", f"{counts[0]} to {counts[-1]} at risk among {arm.n} patients"
    if points and counts and months[-1] > points[-1].month and counts[-1] > 0:
        yield "months", f"{counts[-1]} at risk at month {months[-1]:g}, but the curve ends at {points[-1].month:g}"
