"""Forest: ratios with intervals on a log axis, the subgroups of one readout or readouts across trials."""

from dataclasses import dataclass

from modules.charts.axis import listed, ratio_ticks
from modules.charts.chart import Chart, ForestPlot, ForestRow, Table
from modules.charts.sources import cautions, source_rows
from modules.charts.theme import slots
from modules.core.evidence import Endpoint, Evidence, Readout, Trial
from modules.core.figures import Forest
from modules.core.paths import contrast, find, readout_at
from modules.core.quantity import Quantity, interval_text, number, text

MORE_IS_BETTER: frozenset[Endpoint] = frozenset({"ORR"})
Where = tuple[Trial, Readout]


@dataclass(frozen=True, slots=True)
class _Row:
    """One ratio before its words are shortened to what the rows have in common."""

    label: str
    detail: str
    measured: str
    where: Where
    quantity: Quantity
    heading: str = ""
    interaction: str = ""
    patients: str = ""
    path: str = ""


def forest(request: Forest, evidence: Evidence) -> Chart:
    if request.subgroups is not None:
        used = [readout_at(evidence, request.subgroups)]
        found = _subgroups(evidence, *used[0])
    else:
        used = [readout_at(evidence, path) for path in request.readouts]
        found = [_across(evidence, where, used) for where in used]
    plot = _plot(found)
    within = request.subgroups is not None
    return Chart(
        title=request.title,
        caption=request.caption,
        alt=_alt(plot, found),
        table=_table(found, plot, within=within),
        notes=(*(_interaction_note(used[0][1]) if within else ()), *cautions(used)),
        sources=source_rows(used),
        plot=plot,
    )


def _table(found: list[_Row], plot: ForestPlot, *, within: bool) -> Table:
    """Subgroups say how many patients they hold and their p-value of interaction too."""
    used = [row.where for row in found]
    cells = [
        (row.label, _compared(row.where) or "not stated", row.measured, drawn.text, row.patients, row.interaction)
        for row, drawn in zip(found, plot.rows, strict=True)
    ]
    columns = ("Group", "Compared", "Measured", plot.heading, "Patients", "Interaction p")
    width = 6 if within else 4
    caption = "; ".join(dict.fromkeys(f"{trial.name}, {readout.cut.label}" for trial, readout in used))
    return Table(columns[:width], tuple(row[:width] for row in cells), caption)


def _interactions(readout: Readout) -> dict[str | None, str | None]:
    """The printed p-value of interaction of each factor; None where none was read."""
    found: dict[str | None, str | None] = {}
    for group in readout.subgroups:
        found[group.factor] = found.get(group.factor) or group.interaction
    return found


def _interaction_note(readout: Readout) -> tuple[str, ...]:
    """Matthews JNS, Altman DG. BMJ 1996;313:808: intervals of groups do not answer whether the effect differs."""
    found = _interactions(readout)
    if all(found.values()):
        return ()
    named = tuple(factor for factor, p in found.items() if factor and not p)
    of = f" for {listed(named)}" if any(found.values()) and named else ""
    return (f"Interaction p not found in the sources read{of}: the groups' own intervals do not test a difference.",)


def _subgroups(evidence: Evidence, trial: Trial, readout: Readout) -> list[_Row]:
    """The whole population first, where its ratio is of the same kind."""
    path, where = f"{trial.id}.{readout.id}", (trial, readout)
    rows = []
    if readout.ratio and readout.ratio.value is not None and readout.ratio.kind == readout.subgroup_kind:
        overall = f"Overall ({readout.population})"
        rows.append(_Row(overall, "", readout.detail, where, find(evidence, f"{path}.ratio"), path=f"{path}.ratio"))
    interactions, before = _interactions(readout), None
    for group in readout.subgroups:
        patients = "" if group.n is None else number(group.n)
        detail = f"n = {patients}" if patients else ""
        at = f"{path}.subgroup.{group.id}"
        quantity = find(evidence, at)
        p = interactions[group.factor]
        said = ("interaction p " + p) if p else "interaction p not found"
        heading = f"{group.factor}: {said}" if group.factor and group.factor != before else ""
        rows.append(_Row(group.label, detail, readout.detail, where, quantity, heading, p or "not found", patients, at))
        before = group.factor
    return rows


def _across(evidence: Evidence, where: Where, used: list[Where]) -> _Row:
    trial, readout = where
    path = f"{trial.id}.{readout.id}.ratio"
    quantity = find(evidence, path)
    if len({shown.id for shown, _ in used}) == 1:
        return _Row(readout.detail, "", readout.detail, where, quantity, path=path)
    several = len({other.endpoint for _, other in used}) > 1
    compared = _compared(where) or "direction not stated"
    return _Row(
        trial.name,
        f"{readout.endpoint}: {compared}" if several else compared,
        readout.detail,
        where,
        quantity,
        path=path,
    )


def _direction(where: Where) -> tuple[str, str] | None:
    """(treated, control), or None when the source does not say which way round its ratio is."""
    trial, readout = where
    if readout.ratio and not (readout.ratio.treated and readout.ratio.control):
        return None
    if arms := contrast(trial, readout):
        return arms
    treated = [arm.id for arm in trial.arms if arm.role == "experimental"]
    control = [arm.id for arm in trial.arms if arm.role == "control"]
    return (treated[0], control[0]) if len(treated) == len(control) == 1 else None


def _names(where: Where) -> tuple[str, str] | None:
    arms = [where[0].arm(arm) for arm in _direction(where) or ()]
    return (arms[0].short, arms[1].short) if len(arms) == 2 and arms[0] and arms[1] else None


def _compared(where: Where) -> str | None:
    names = _names(where)
    return f"{names[0]} v {names[1]}" if names else None


def _plot(found: list[_Row]) -> ForestPlot:
    levels = {row.quantity.ci.level for row in found if row.quantity.ci}
    level = f"{number(levels.pop())}% CI" if len(levels) == 1 else ""
    kinds = tuple(dict.fromkeys(row.quantity.name or "ratio" for row in found))
    kind = kinds[0].capitalize() if len(kinds) == 1 else "Ratio"
    rows = tuple(_drawn(row, level, kinds) for row in found)
    edges = [v for row in rows for v in (row.value, *((row.ci.low, row.ci.high) if row.ci else ())) if v]
    low, high = min(0.5, min(edges) * 0.9), max(1.6, max(edges) * 1.1)
    below, above = _favours([row.where for row in found])
    heading = f"{kind} ({level})" if level else kind
    return ForestPlot(rows, heading, below, above, ratio_ticks(low, high), low, high)


def _drawn(row: _Row, level: str, kinds: tuple[str, ...]) -> ForestRow:
    """The level and the kind stand in the heading when every row shares them."""
    quantity = row.quantity
    interval = interval_text(quantity)
    interval = interval.removeprefix(f"{level} ") if level else interval
    shown = text(quantity) + (f" ({interval})" if interval else "; no interval published")
    treated = _direction(row.where)
    slot = slots(row.where[0])[treated[0]] if treated else None
    prefix = f"{quantity.name} " if len(kinds) > 1 else ""
    value, said = quantity.value or 0.0, prefix + shown
    return ForestRow(row.label, row.detail, slot, value, quantity.ci, said, row.heading, row.path)


def _favours(used: list[Where]) -> tuple[str | None, str | None]:
    """What lies left and right of 1; nothing when a direction is unknown or the endpoints pull both ways."""
    better = {readout.endpoint in MORE_IS_BETTER for _, readout in used}
    names = [_names(where) for where in used]
    if len(better) > 1 or None in names or not names:
        return None, None
    named = {name for name in names if name}
    treated, control = named.pop() if len(named) == 1 else ("the first arm", "the second arm")
    sides = (f"favours {treated}", f"favours {control}")
    return (sides[1], sides[0]) if better == {True} else sides


def _alt(plot: ForestPlot, found: list[_Row]) -> str:
    rows = sorted(plot.rows, key=lambda row: row.value)
    names = ", ".join(dict.fromkeys(row.where[0].name for row in found))
    said = "; ".join(f"{row.label} {row.text}" for row in ((rows[0], rows[-1]) if len(rows) > 1 else rows))
    sure = sum(1 for row in rows if row.ci and 1 not in row.ci)
    ends = "lowest and highest: " if len(rows) > 1 else ""
    return (
        f"Forest plot of {len(rows)} estimates from {names}, {_lowered(plot.heading)}; {ends}{said}. "
        f"{sure} of {len(rows)} intervals lie wholly on one side of 1."
    )


def _lowered(words: str) -> str:
    return words[:1].lower() + words[1:]
