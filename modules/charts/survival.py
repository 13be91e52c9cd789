"""Survival: published step curves with numbers at risk, or landmark rates as points; no curve is made up."""

from dataclasses import dataclass

from modules.charts.axis import at_month, listed, month_ticks, more_or_fewer
from modules.charts.chart import Chart, Gap, Line, Published, RatePoint, SurvivalPlot, Table
from modules.charts.fidelity import fidelity_notes
from modules.charts.sources import cautions, source_rows
from modules.charts.theme import Slot, slots
from modules.core.errors import UnknownPath
from modules.core.evidence import ENDPOINT_NAMES, Curve, Endpoint, Evidence, Readout, Trial
from modules.core.figures import Survival
from modules.core.paths import contrast, find, landmark_gap, origin, readout_at
from modules.core.quantity import Quantity, number, text

EVENT_FREE: dict[Endpoint, str] = {
    "OS": "alive",
    "PFS": "progression-free",
    "TTP": "without progression",
    "TTF": "without treatment failure",
    "DOR": "still in response",
}
RECONSTRUCTED = "read from the reconstructed curve"


@dataclass(frozen=True, slots=True)
class _Shown:
    """What is drawn, and the readout (of the same endpoint) whose results are printed beside it."""

    evidence: Evidence
    trial: Trial
    drawn: Readout
    published: Readout
    looks: dict[str, Slot]

    def short(self, arm_id: str) -> str:
        arm = self.trial.arm(arm_id)
        return arm.short if arm else arm_id

    def figure(self, readout: Readout, path: str) -> Quantity | None:
        try:
            return find(self.evidence, f"{self.trial.id}.{readout.id}.{path}")
        except UnknownPath:
            return None

    @property
    def arms(self) -> tuple[str, ...]:
        """Arms on the chart, in the order of the trial file."""
        inside = {c.arm for c in self.drawn.curves} or {m.arm for m in self.drawn.landmarks}
        return tuple(arm.id for arm in self.trial.arms if arm.id in inside)

    @property
    def free(self) -> str:
        return EVENT_FREE.get(self.drawn.endpoint, "event-free")


def survival(request: Survival, evidence: Evidence) -> Chart:
    shown = _shown(request, evidence)
    plot = _plot(shown, request.month)
    readouts = list(dict.fromkeys([shown.drawn.id, shown.published.id]))
    used = [(shown.trial, readout) for readout in shown.trial.readouts if readout.id in readouts]
    used.sort(key=lambda pair: readouts.index(pair[1].id))
    return Chart(
        title=request.title,
        caption=request.caption,
        alt=_alt(shown, plot),
        table=_curve_table(shown, plot) if plot.lines else _rate_table(shown, plot),
        notes=(*fidelity_notes(shown.trial, shown.drawn, shown.published), *cautions(used)),
        sources=source_rows(used),
        plot=plot,
    )


def _shown(request: Survival, evidence: Evidence) -> _Shown:
    drawn = _readout(request, evidence)
    trial = evidence.trials[request.trial]
    against = trial.readout(drawn.fidelity.against) if drawn.fidelity else None
    same = against is not None and against.endpoint == drawn.endpoint
    return _Shown(evidence, trial, drawn, against if against and same else drawn, slots(trial))


def _readout(request: Survival, evidence: Evidence) -> Readout:
    """The one asked for, else the first with curves, else the first with landmark rates."""
    path = f"{request.trial}.{request.readout or request.endpoint}"
    if request.readout is not None:
        _, named = readout_at(evidence, path)
        candidates: tuple[Readout, ...] = (named,)
    else:
        trial = evidence.trials.get(request.trial)
        if trial is None:
            raise UnknownPath(path, f'no trial has the id "{request.trial}"')
        candidates = tuple(r for r in trial.readouts if r.endpoint == request.endpoint)
    for readout in (*(r for r in candidates if r.curves), *(r for r in candidates if r.landmarks)):
        return readout
    raise UnknownPath(path, f'"{path}" has neither a published curve nor landmark rates to draw')


def _plot(shown: _Shown, month: float | None) -> SurvivalPlot:
    curves = {curve.arm: curve for curve in shown.drawn.curves}
    lines = tuple(_line(shown, curves[arm]) for arm in shown.arms if arm in curves)
    points = () if lines else _points(shown)
    end = max([m for line in lines for m in line.months] + [p.month for p in points])
    gap = None if month is None else _gap(shown, month)
    origin_of_time = " since randomisation" if shown.trial.design.randomised else ""
    return SurvivalPlot(
        lines=lines,
        points=points,
        gap=gap,
        published=_published(shown),
        ticks=month_ticks(end),
        end=end,
        x_name=f"Months{origin_of_time}",
        y_name=f"Percent {shown.free}",
    )


def _line(shown: _Shown, curve: Curve) -> Line:
    return Line(shown.short(curve.arm), shown.looks[curve.arm], curve.months, curve.percent, curve.at_risk)


def _points(shown: _Shown) -> tuple[RatePoint, ...]:
    found = []
    rates = {(rate.arm, rate.month): rate for rate in shown.drawn.landmarks}
    for arm, month in sorted(rates, key=lambda key: (shown.arms.index(key[0]), key[1])):
        quantity = find(shown.evidence, f"{shown.trial.id}.{shown.drawn.id}.{arm}.at-{number(month)}")
        percent = rates[arm, month].percent
        look = shown.looks[arm]
        found.append(RatePoint(shown.short(arm), look, month, percent, quantity.ci, text(quantity, "estimate")))
    return tuple(found)


def _gap(shown: _Shown, month: float) -> Gap:
    """From the published rates where both arms have one at that month, else read from the curves and said."""
    for readout in dict.fromkeys([shown.drawn.id, shown.published.id]):
        source = shown.trial.readout(readout)
        if source and (gap := _published_gap(shown, source, month)):
            return gap
    arms = contrast(shown.trial, shown.published) or contrast(shown.trial, shown.drawn)
    levels = [_level(shown.drawn, arm, month) for arm in arms] if arms else []
    if arms and len(levels) == 2 and levels[0] is not None and levels[1] is not None:
        value = levels[0] - levels[1]
        said = f"About {_per_100(shown, value)}", f"{shown.free} at {at_month(month)}, {RECONSTRUCTED}"
        return _marked(month, (levels[0], levels[1]), said)
    path = f"{shown.trial.id}.{shown.drawn.id}.gain-at-{number(month)}"
    raise UnknownPath(path, f'readout "{shown.drawn.id}" has no rate for both arms at {number(month)} months')


def _published_gap(shown: _Shown, readout: Readout, month: float) -> Gap | None:
    effect = landmark_gap(shown.trial, readout, month)
    arms = contrast(shown.trial, readout)
    if effect is None or arms is None:
        return None
    rates = {rate.arm: rate.percent for rate in readout.landmarks if rate.month == month}
    ends = (rates[arms[0]], rates[arms[1]])
    said = _per_100(shown, effect.value), f"{shown.free} at {at_month(month)}, calculated"
    return _marked(month, ends, said)


def _marked(month: float, ends: tuple[float, float], said: tuple[str, str]) -> Gap:
    return Gap(month, min(ends), max(ends), *said)


def _per_100(shown: _Shown, value: float) -> str:
    points = Quantity("", abs(value), "percent", origin(shown.trial, shown.drawn), calculated="difference of rates")
    return more_or_fewer(text(points, form="per-100").removesuffix(" per 100"), value)


def _level(readout: Readout, arm: str, month: float) -> float | None:
    """The height of the step curve at a month; None outside the published figure."""
    curve = next((c for c in readout.curves if c.arm == arm), None)
    if curve is None or not curve.months[0] <= month <= curve.months[-1]:
        return None
    return [p for m, p in zip(curve.months, curve.percent, strict=True) if m <= month][-1]


def _published(shown: _Shown) -> tuple[Published, ...]:
    """Medians and ratio as printed by the source, for the arms on the chart; nothing is read from a curve."""
    rows = []
    for arm in shown.arms:
        median = shown.figure(shown.published, f"{arm}.median")
        if median is not None:
            rows.append(Published(shown.short(arm), shown.looks[arm], text(median, "estimate")))
    ratio = shown.published.ratio
    about_these = ratio is not None and ratio.value is not None and len(shown.arms) == 2
    if about_these and ratio and {ratio.treated, ratio.control} <= {*shown.arms, None}:
        quantity = find(shown.evidence, f"{shown.trial.id}.{shown.published.id}.ratio")
        rows.append(Published((quantity.name or "ratio").capitalize(), None, _bare(quantity)))
    return tuple(rows)


def _bare(quantity: Quantity) -> str:
    return text(quantity, "estimate").removeprefix(f"{quantity.name} ")


def _alt(shown: _Shown, plot: SurvivalPlot) -> str:
    name = ENDPOINT_NAMES[shown.drawn.endpoint].lower()
    arms = listed(tuple(shown.short(arm) for arm in shown.arms))
    if plot.lines:
        first = f"Step curves of {name} in {shown.trial.name} for {arms} over {number(plot.end)} months."
    else:
        rates = "; ".join(f"{p.label} {p.text} at {at_month(p.month)}" for p in plot.points)
        first = f"Points for {name} in {shown.trial.name}, percent {shown.free}: {rates}."
    said = [f"{row.label} {row.text}" for row in plot.published if row.slot]
    second = [f"published median {listed(tuple(said))}"] if said else []
    if plot.gap:
        second.append(f"{plot.gap.headline.lower()} {plot.gap.detail}")
    sentence = "; ".join(second)
    return f"{first} {sentence[:1].upper()}{sentence[1:]}." if sentence else first


def _curve_table(shown: _Shown, plot: SurvivalPlot) -> Table:
    columns = ["Month"]
    for line in plot.lines:
        columns += [f"{line.label}, % {shown.free}", f"{line.label}, at risk"]
    months = sorted({month for line in plot.lines for month in line.months})
    rows = []
    for month in months:
        cells = [number(month)]
        for line in plot.lines:
            at = line.months.index(month) if month in line.months else None
            cells += ["", ""] if at is None else [number(line.percent[at]), number(line.at_risk[at])]
        rows.append(tuple(cells))
    return Table(tuple(columns), tuple(rows), f"{shown.trial.name}, {shown.drawn.detail}, {shown.drawn.cut.label}")


def _rate_table(shown: _Shown, plot: SurvivalPlot) -> Table:
    rows = tuple((p.label, number(p.month), p.text) for p in plot.points)
    caption = f"{shown.trial.name}, {shown.drawn.detail}, {shown.drawn.cut.label}"
    return Table(("Arm", "Month", f"Percent {shown.free}"), rows, caption)
