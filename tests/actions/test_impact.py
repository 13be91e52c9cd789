"""A trial reports again: everything that rests on the old cut is named, and accepting loses nothing."""

import json
from datetime import date
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import pytest
import yaml

from modules.actions.acceptance import Acceptance, accept
from modules.actions.access import OPERATOR
from modules.actions.impact import Report, Touched, impact
from modules.authoring.library import load
from modules.authoring.new_cut import read_cut
from modules.cli import main
from modules.core.errors import NotAllowed
from modules.core.evidence import Trial
from modules.core.module import Library
from modules.records.records import Records, open_records
from tests.actions.published_2015 import ROOT, published_2015
from tests.builders import certificate, claimed

CUT_2020 = ROOT / "content/trials/cleopatra.yaml"
TODAY = date(2026, 11, 27)
THEIRS = "LM-AAAA-BBBB-CCCC-DDDD"
OTHERS = "LM-EEEE-FFFF-GGGG-HHHH"


BOTH_CUTS = "The effect on survival held from the interim analysis to the final one"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return published_2015(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module")
def library(site: Path) -> Library:
    loaded = load(site / "content", site / "quizzes")
    assert [p for p in loaded.problems if p.severity == "error"] == []
    return loaded.library


def certified(records: Records) -> Records:
    """One certificate of the module whose text named CLEOPATRA, one of a text that did not."""
    for learner, number, trials in (("ann", THEIRS, ("CLEOPATRA", "PATINA")), ("bob", OTHERS, ("PATINA",))):
        mine = claimed().model_copy(
            update={"learner": learner, "module": "her2-maintenance", "id": uuid5(NAMESPACE_URL, learner)}
        )
        document = certificate(number).model_copy(update={"module": "her2-maintenance", "trials": trials})
        records.issue(document, mine)
    return records


def new_cut(library: Library, file: Path = CUT_2020) -> Trial:
    trial, problems = read_cut(file, library.evidence.references, ROOT / "content")
    assert problems == ()
    assert trial is not None
    return trial


def report_of(library: Library, records: Records | None = None, file: Path = CUT_2020) -> tuple[Report, Touched]:
    report = impact(OPERATOR, library, new_cut(library, file), records)
    assert report is not None
    (touched,) = report.touched
    return report, touched


def listed(touched: Touched) -> list[tuple[str, str, str, str]]:
    """(kind, standing, file, name), each once."""
    rows = [(use.kind, use.standing, Path(use.file).name, use.name) for use in touched.uses]
    return list(dict.fromkeys(rows))


def test_the_2020_cut_of_cleopatra_touches_exactly_this(library: Library, sqlite_records: Records) -> None:
    report, touched = report_of(library, certified(sqlite_records))
    assert [(c.path.removeprefix("cleopatra."), c.old, c.new) for c in report.changes] == [
        ("os-eos-landmark.follow-up", None, "median follow-up 99.9 months"),
        ("os-eos-landmark.ptd.at-96", None, "37%"),
        ("os-eos-landmark.td.at-96", None, "23%"),
        ("os-eos-gain.follow-up", None, "median follow-up 99.9 months"),
        ("os-eos-gain.published-difference", None, "16.3 months"),
        ("pfs-8y.follow-up", None, "median follow-up 99.9 months"),
        ("pfs-8y.ptd.at-96", None, "16%"),
    ]
    assert listed(touched) == [
        ("key", "flips", "checks.yaml", "ck-median-gap"),
        ("key", "older cut", "practice.yaml", "pr-read-median"),
        ("sentence", "older cut", "03-dual-blockade.md", "Two antibodies and a taxane: reading CLEOPATRA"),
        ("sentence", "older cut", "09-conclusions.md", "Conclusions"),
        ("source-says", "reworded", "03-dual-blockade.md", "Two antibodies and a taxane: reading CLEOPATRA"),
        ("prediction", "older cut", "03-dual-blockade.md", "Two antibodies and a taxane: reading CLEOPATRA"),
        ("chart", "reworded", "03-dual-blockade.md", "With pertuzumab, more patients were alive at four years"),
        ("chart", "older cut", "03-dual-blockade.md", BOTH_CUTS),
        ("chart", "reworded", "practice.yaml", "pr-read-median"),
        ("slide", "reworded", "03-dual-blockade.md", "With pertuzumab, more patients were alive at four years"),
        ("slide", "older cut", "03-dual-blockade.md", BOTH_CUTS),
        ("notes", "older cut", "03-dual-blockade.md", "Two antibodies and a taxane: reading CLEOPATRA"),
        ("item", "older cut", "case.yaml", "cs-taxane"),
        ("item", "older cut", "checks.yaml", "ck-hazard-ratio"),
        ("item", "older cut", "checks.yaml", "ck-median-gap"),
        ("item", "reworded", "checks.yaml", "ck-median-gap"),
        ("item", "older cut", "form-a.yaml", "fa-absolute-harm"),
        ("item", "older cut", "form-a.yaml", "fa-docetaxel-stop"),
        ("item", "older cut", "form-b.yaml", "fb-hazard-ratio"),
        ("item", "reworded", "form-b.yaml", "fb-hazard-ratio"),
        ("item", "older cut", "form-b.yaml", "fb-absolute-harm"),
        ("item", "older cut", "form-b.yaml", "fb-docetaxel-stop"),
        ("item", "older cut", "form-c.yaml", "fc-hazard-ratio"),
        ("item", "reworded", "form-c.yaml", "fc-hazard-ratio"),
        ("item", "older cut", "form-c.yaml", "fc-absolute-harm"),
        ("item", "older cut", "form-c.yaml", "fc-docetaxel-stop"),
        ("item", "older cut", "form-d.yaml", "fd-docetaxel-stop"),
        ("item", "older cut", "practice.yaml", "pr-read-median"),
    ]
    assert [one.certificate.number for one in touched.certificates] == [THEIRS]


def test_the_sentences_it_touches_are_exactly_these(library: Library) -> None:
    _, touched = report_of(library)
    said = [use.old for use in touched.uses if use.kind in ("sentence", "source-says")]
    assert [text[:70] for text in said] == [
        "At the final planned analysis (2015), median OS was 56.5 months (95% C",
        "In relative terms: hazard ratio 0.68 (95% CI 0.56 to 0.84), an average",
        "Adding pertuzumab to trastuzumab and docetaxel moved median survival f",
        "The difference in medians was 15.7 months in 2015 and more at the end ",
    ]


def test_old_and_new_wording_stand_side_by_side(library: Library) -> None:
    _, touched = report_of(library)
    gap = next(use for use in touched.uses if use.kind == "source-says" and use.standing == "reworded")
    assert "15.7 months" in gap.old
    assert "16.3 months" in gap.new
    key = next(use for use in touched.uses if use.kind == "key")
    assert (key.name, key.old, key.new) == ("ck-median-gap", "15.7 months", "16.3 months")


def test_every_sentence_of_the_old_cut_is_named_and_no_other(library: Library) -> None:
    """Counted another way: by the paths that authors typed."""
    _, touched = report_of(library)
    named = {(use.file, use.name) for use in touched.uses if use.kind in ("sentence", "source-says")}
    lessons = library.modules["her2-maintenance"].lessons
    typed = {
        (lesson.path, lesson.title)
        for lesson in lessons
        if "cleopatra.os-final" in (ROOT / lesson.path).read_text().split("---", 2)[2]
    }
    assert {file for file, _ in named} == {file for file, _ in typed}


def test_the_command_prints_the_report_and_says_that_something_is_touched(
    site: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settle(monkeypatch, site, tmp_path)
    certified(open_records(f"sqlite:///{tmp_path / 'landmark.db'}")).close()
    assert main(["impact", str(CUT_2020)]) == 1
    text = capsys.readouterr().out
    assert "new      cleopatra.os-eos-gain.published-difference: 16.3 months" in text
    assert f"certificate {THEIRS} (valid)" in text
    assert OTHERS not in text
    assert "see: /read/her2-maintenance/03-dual-blockade#" in text
    assert main(["impact", "--json", str(CUT_2020)]) == 1
    data = json.loads(capsys.readouterr().out)
    assert data["trial"] == "cleopatra"
    assert data["modules"][0]["certificates"] == [THEIRS]


def settle(monkeypatch: pytest.MonkeyPatch, site: Path, data: Path) -> None:
    monkeypatch.setenv("LANDMARK_CONTENT_DIR", str(site / "content"))
    monkeypatch.setenv("LANDMARK_QUIZZES_DIR", str(site / "quizzes"))
    monkeypatch.setenv("LANDMARK_DATABASE_URL", f"sqlite:///{data / 'landmark.db'}")


def test_a_file_with_problems_or_of_no_published_trial_is_refused_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch, site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settle(monkeypatch, site, tmp_path)
    broken = tmp_path / "broken.yaml"
    broken.write_text(CUT_2020.read_text().replace("ci: [0.56, 0.84]", "ci: [0.84, 0.56]"))
    assert main(["impact", str(broken)]) == 2
    assert "[E104]" in capsys.readouterr().err
    stranger = tmp_path / "stranger.yaml"
    stranger.write_text(CUT_2020.read_text().replace("id: cleopatra\n", "id: stranger\n", 1))
    assert main(["impact", str(stranger)]) == 2
    assert 'no published trial "stranger"' in capsys.readouterr().err
    assert main(["impact", str(tmp_path / "none.yaml")]) == 2


def accepted(library: Library, content: Path, by: str = "Dr A. Editor") -> tuple[Path, ...]:
    report, _ = report_of(library)
    return accept(OPERATOR, report, Acceptance(by, TODAY, CUT_2020.read_bytes()), library.evidence, content=content)


def test_accepting_writes_log_and_drafts_and_publishes_the_file(tmp_path: Path) -> None:
    site = published_2015(tmp_path)
    library = load(site / "content", site / "quizzes").library
    accepted(library, site / "content")
    loaded = load(site / "content", site / "quizzes")
    assert [p for p in loaded.problems if p.severity == "error"] == []
    assert loaded.library.evidence.trials["cleopatra"].readout("os-eos-gain") is not None
    (entry,) = loaded.library.evidence.changes.values()
    assert (entry.trial, entry.by, entry.date) == ("cleopatra", "Dr A. Editor", TODAY)
    assert ("cleopatra.os-eos-gain.published-difference", "16.3 months") in {(f.path, f.now) for f in entry.figures}
    drafts = sorted(f.name for f in (site / "content/_drafts/her2-maintenance").iterdir())
    assert drafts == ["what-changed-cleopatra.md", "what-changed-cleopatra.yaml"]


def test_accepting_twice_is_accepting_once_and_an_edited_draft_is_kept(tmp_path: Path) -> None:
    site = published_2015(tmp_path)
    content = site / "content"
    library = load(content, site / "quizzes").library
    accepted(library, content)
    log = (content / "changes.yaml").read_text()
    draft = content / "_drafts/her2-maintenance/what-changed-cleopatra.md"
    draft.write_text("mine now")
    accepted(library, content)
    assert (content / "changes.yaml").read_text() == log
    assert draft.read_text() == "mine now"
    assert [f.name for f in content.rglob(".*.yaml.*")] == []


def test_nobody_accepts_without_a_name_and_nothing_is_written_then(tmp_path: Path) -> None:
    site = published_2015(tmp_path)
    library = load(site / "content", site / "quizzes").library
    with pytest.raises(NotAllowed, match="name of the person"):
        accepted(library, site / "content", by="  ")
    assert not (site / "content/changes.yaml").exists()
    assert not (site / "content/_drafts").exists()


def test_the_delta_lesson_loads_once_moved_into_the_module(tmp_path: Path) -> None:
    """It holds only what changed, each figure by its role, and two items an author has to finish."""
    site = published_2015(tmp_path)
    library = load(site / "content", site / "quizzes").library
    accepted(library, site / "content")
    drafts = site / "content/_drafts/her2-maintenance"
    text = (drafts / "what-changed-cleopatra.md").read_text()
    assert "{estimate}`cleopatra.os-eos-gain.published-difference`" in text
    assert "{estimate}`cleopatra.os-final.published-difference`" in text
    assert "os-final.ptd" not in text
    quiz = yaml.safe_load((drafts / "what-changed-cleopatra.yaml").read_text())
    assert [item["type"] for item in quiz["items"]] == ["numeric", "single-best"]
    (drafts / "what-changed-cleopatra.md").rename(site / "content/her2-maintenance/10-what-changed-cleopatra.md")
    (drafts / "what-changed-cleopatra.yaml").rename(site / "quizzes/her2-maintenance/what-changed-cleopatra.yaml")
    loaded = load(site / "content", site / "quizzes")
    assert [p for p in loaded.problems if p.severity == "error"] == []
    assert loaded.library.modules["her2-maintenance"].lesson("10-what-changed-cleopatra") is not None
