"""Coordinates from a CSV become curves that can be checked; nothing in the file can harm the loader."""

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from modules.authoring.curve_files import MOST_ROWS
from modules.authoring.evidence_files import read_shelf
from modules.authoring.library import Loaded, digest, load
from modules.core.evidence import Readout
from tests.authoring.reading import GOOD

CURVE = "content/trials/curves/traced-new.csv"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return shutil.copytree(GOOD, tmp_path / "site")


def load_site(site: Path) -> Loaded:
    return load(site / "content", site / "quizzes")


def rebuilt() -> Readout:
    readout = read_shelf(GOOD / "content").evidence.trials["traced"].readout("os-curve")
    assert readout is not None
    return readout


def reported(site: Path, name: str = "traced") -> list[tuple[str, str, int]]:
    return [(p.code, p.path, p.line) for p in load_site(site).problems if name in p.path]


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_curve_passes_through_the_printed_numbers_at_risk_and_counts_everybody() -> None:
    digitised = rebuilt().digitised
    assert digitised is not None
    for curve, given_arm in zip(rebuilt().curves, digitised.arms, strict=True):
        at_risk = dict(zip(curve.months, curve.at_risk, strict=True))
        assert [at_risk[m] for m in given_arm.at_risk.months] == list(given_arm.at_risk.counts)
        everybody = zip(curve.at_risk, curve.events_by, curve.censored_by, strict=True)
        assert {sum(row) for row in everybody} == {curve.n}


def test_the_curve_falls_inside_its_band_and_keeps_near_the_coordinates() -> None:
    curve = rebuilt().curves[0]
    assert list(curve.percent) == sorted(curve.percent, reverse=True)
    rows = zip(curve.low, curve.percent, curve.high, strict=True)
    assert all(low <= percent <= high for low, percent, high in rows)
    lines = (GOOD / CURVE).read_text().splitlines()[2:]
    given_points = [tuple(map(float, line.split(","))) for line in lines]
    for month, percent in zip(curve.months, curve.percent, strict=True):
        published = [p for m, p in given_points if m <= month][-1] if month else 100
        assert percent == pytest.approx(published, abs=3)


def test_every_published_result_is_recomputed_and_within() -> None:
    fidelity = rebuilt().fidelity
    assert fidelity is not None
    assert fidelity.within
    assert [(c.what, c.arm) for c in fidelity.checks] == [
        *((what, arm) for arm in ("new", "old") for what in ("patients", "events", "median", "curve")),
        ("hazard ratio", None),
    ]
    assert (fidelity.against, fidelity.ratio, fidelity.events, fidelity.events_published) == ("os", 0.57, 95, 95)


def test_a_tolerance_may_be_set_in_the_file(site: Path) -> None:
    trial = site / "content/trials/traced.yaml"
    edit(trial, "      against: os\n", "      against: os\n      tolerance: {ratio: 0.01}\n")
    problems = load_site(site).problems
    assert [(p.code, p.line) for p in problems] == [("E123", 33)]
    assert "hazard ratio: 0.57 recomputed, 0.56 published; allowed: within 0.01 on the log scale" in str(problems[0])


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("    digitised:\n", "    fidelity: {against: os, note: A note.}\n    digitised:\n", "S112", 33),
        ("file: traced-new.csv", "file: ../traced-new.csv", "S114", 36),
        ("file: traced-new.csv", "file: /etc/passwd", "S114", 36),
        ("        - arm: new\n", "        - arm: next\n", "R112", 35),
        ("        - arm: new\n", "        - arm: old\n", "E107", 41),
        ("against: os", "against: pfs", "R113", 33),
        ("n: 60\n          at", "n: 20001\n          at", "E122", 40),
        ("    digitised:\n", "    digitised:\n      tolerance: {events: -1}\n", "S113", 33),
        (
            "    ratio: {value: 0.56",
            "    fidelity: {against: os, note: A note, checks: [{what: events, value: 1, published: 1, allowed: all,"
            " within: true}]}\n    ratio: {value: 0.56",
            "S112",
            24,
        ),
    ],
)
def test_what_does_not_belong_there_is_a_problem(site: Path, old: str, new: str, code: str, line: int) -> None:
    edit(site / "content/trials/traced.yaml", old, new)
    assert reported(site) == [(code, "content/trials/traced.yaml", line)]


def test_a_link_is_not_followed(site: Path) -> None:
    (site / CURVE).rename(site / "elsewhere.csv")
    (site / CURVE).symlink_to(site / "elsewhere.csv")
    assert reported(site) == [("E120", "content/trials/traced.yaml", 36)]


def test_a_folder_in_the_place_of_a_file_is_a_problem(site: Path) -> None:
    (site / CURVE).unlink()
    (site / CURVE).mkdir()
    assert reported(site) == [("E120", "content/trials/traced.yaml", 36)]


@pytest.mark.parametrize("rows", [0, MOST_ROWS + 1])
def test_a_file_without_rows_or_with_too_many_is_a_problem(site: Path, rows: int) -> None:
    (site / CURVE).write_text("month,percent\n" + "1,50\n" * rows)
    assert reported(site) == [("E120", CURVE, 1)]


def test_a_file_that_is_too_large_is_not_opened(site: Path) -> None:
    (site / CURVE).write_text("month,percent\n" + "# remark\n" * 60_000)
    assert reported(site) == [("E120", "content/trials/traced.yaml", 36)]


def test_a_change_of_coordinates_changes_the_module_that_shows_them(site: Path) -> None:
    edit(site / "content/demo/01-start.md", "\n---\n", "\n---\n\n{value}`traced.os.new.median`\n")
    before = load_site(site).library.modules["demo"].digest
    seen = digest(site / "content", site / "quizzes")
    with (site / CURVE).open("a") as file:
        file.write("# read twice\n")
    assert load_site(site).library.modules["demo"].digest != before
    assert digest(site / "content", site / "quizzes") != seen


ROWS = st.lists(st.tuples(st.floats(0, 60), st.floats(0, 110)).map(lambda r: f"{r[0]:.1f},{r[1]:.1f}"), max_size=40)
FALLING = st.lists(st.floats(0, 100), min_size=1, max_size=40).map(
    lambda drawn: [f"{month},{percent:.1f}" for month, percent in enumerate(sorted(drawn, reverse=True))]
)
TEXTS = st.one_of(
    st.binary(max_size=200),
    st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.builds(
        lambda rows, end: ("month,percent\n" + "\n".join(rows) + end).encode(), ROWS | FALLING, st.text(max_size=5)
    ),
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS)
def test_no_bytes_crash_the_loader_and_the_other_trials_stay(site: Path, raw: bytes) -> None:
    (site / CURVE).write_bytes(raw)
    shelf = read_shelf(site / "content")
    problems = [p for findings in shelf.findings for p in findings.problems]
    assert {"demo", "bare"} <= set(shelf.evidence.trials)
    assert {p.code for p in problems} <= {"E120", "E121", "E122", "E123"}
    assert bool(problems) == ("traced" not in shelf.evidence.trials)


COUNTS = st.lists(st.integers(-3, 80), max_size=6) | st.lists(st.integers(0, 60), min_size=4, max_size=4).map(
    lambda drawn: sorted(drawn, reverse=True)
)
MONTHS = st.lists(st.integers(-2, 70), max_size=6) | st.just([0, 12, 24, 36])


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(MONTHS, COUNTS)
def test_no_numbers_at_risk_crash_the_loader(site: Path, months: list[int], counts: list[int]) -> None:
    text = (GOOD / "content/trials/traced.yaml").read_text(encoding="utf-8")
    text = text.replace("[0, 12, 24, 36]", str(months), 1).replace("[60, 41, 30, 16]", str(counts), 1)
    (site / "content/trials/traced.yaml").write_text(text, encoding="utf-8")
    codes = {p.code for findings in read_shelf(site / "content").findings for p in findings.problems}
    assert codes <= {"E122", "E123"}
