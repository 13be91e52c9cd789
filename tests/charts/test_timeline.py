"""Timeline: order, precision, kinds, sources."""

import pytest

from modules.charts.chart import Chart, TimelinePlot
from modules.charts.draw import draw
from modules.charts.timeline import narrowed
from modules.core.errors import UnknownPath
from modules.core.evidence import Evidence
from modules.core.figures import Timeline
from tests.charts.made import SOURCE, made
from tests.charts.readback import drawn, of_kind, words


def _event(name: str, date: str, kind: str) -> dict[str, object]:
    said = {"id": name, "text": f"What {name} was", "source": SOURCE, "confidence": "secondary"}
    return {**said, "date": date, "kind": kind}


def _timeline(evidence: Evidence, *trials: str) -> tuple[Chart, TimelinePlot]:
    chart = draw(Timeline(title="How it came", trials=trials), evidence)
    assert isinstance(chart.plot, TimelinePlot)
    return chart, chart.plot


@pytest.fixture
def dated() -> Evidence:
    approval = {"id": "ok", "date": "2019-12-20", "regulator": "FDA", "text": "approved", "source": SOURCE}
    milestones = [_event("paper", "2020", "publication"), _event("talk", "2019-06", "readout")]
    return made([], milestones=milestones, approvals=[{**approval, "confidence": "verified"}])


def test_events_stand_in_date_order_as_precise_as_published(dated: Evidence) -> None:
    _, plot = _timeline(dated, "made")
    assert [(moment.shown, moment.kind) for moment in plot.moments] == [
        ("June 2019", "readout"),
        ("20 December 2019", "approval"),
        ("2020", "publication"),
    ]


def test_kinds_are_told_apart_by_symbol_and_by_word(dated: Evidence) -> None:
    chart, _ = _timeline(dated, "made")
    root = drawn(chart, 360)
    marks = {kind: of_kind(root, kind)[0].tag.rpartition("}")[2] for kind in ("readout", "publication", "approval")}
    assert marks == {"readout": "circle", "publication": "circle", "approval": "path"}
    assert of_kind(root, "readout")[0].get("fill") != of_kind(root, "publication")[0].get("fill")
    said = " ".join(words(root))
    assert all(word in said for word in ("Readout: MADE", "Publication: MADE", "Approval: MADE"))


def test_each_event_has_its_source_and_how_sure_it_is(dated: Evidence) -> None:
    chart, _ = _timeline(dated, "made")
    assert [row.confidence for row in chart.sources] == ["secondary source", "verified", "secondary source"]


def test_a_timeline_narrows_to_kinds_and_trials_and_says_so(evidence: Evidence) -> None:
    chart, _ = _timeline(evidence, "cleopatra", "destiny-breast09")
    left = narrowed(chart, ["approval"], ["DESTINY-Breast09"])
    assert left is not None
    assert isinstance(left.plot, TimelinePlot)
    assert {(m.kind, m.trial) for m in left.plot.moments} == {("approval", "DESTINY-Breast09")}
    assert left.alt.startswith("Timeline of 1 approval in date order")
    assert narrowed(chart, [], ["DESTINY-Breast09"]) is None


def test_trials_without_a_dated_event_are_refused() -> None:
    with pytest.raises(UnknownPath, match="dated"):
        _timeline(made([]), "made")
