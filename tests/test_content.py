"""The shipped content: no problems, enough of everything, and no clinical figure outside a role."""

import hashlib
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from modules.authoring.library import Loaded, load
from modules.charts.draw import draw
from modules.core.errors import UnknownPath
from modules.core.formula import paths_in
from modules.core.items import (
    Estimated,
    Judged,
    MultipleResponse,
    OneBest,
    ScoredItem,
    ScriptConcordance,
    SingleBest,
)
from modules.core.module import (
    Block,
    Callout,
    Chart,
    Check,
    Heading,
    Module,
    Paragraph,
    Predict,
    Reveal,
    SourceSays,
    walk,
)
from modules.core.paths import find
from modules.core.proof import claim
from modules.core.prose import Cite, Emphasis, Inline, Link, Rich, Strong, Value, Words, plain
from modules.core.proven import expressions, proven_by_data, unproven

ROOT = Path(__file__).resolve().parents[1]
CUTOFF = date(2026, 1, 6)

ALLOWED = (
    # Names of trials, guidelines, scores and drug classes, which carry digits of their own.
    r"DESTINY-Breast0\d|HER2CLIMB-05|HER2CLIMB|H0648g|M77001|EORTC 75111(?:-10114)?|SYSUCC-002|AFT-38|AGO|CTONG-0802",
    r"HER2|ERBB2|CDK4/6|CEP17|IHC [0-3]\+?(?: (?:or|and|to) [0-3]\+)?|\b[0-3]\+|T-DM1|T-DXd|G8|17",
    r"[Pp]hase [1-4]b?|[Gg]rade [1-5](?:(?:-| to | or |–)[1-5])?|NYHA class (?:III|IV)|95% (?:CI|confidence)",
    # Years and dates.
    r"(?:\d{1,2} )?(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{4}",
    r"\b(?:19|20)\d\ds?\b",
    # Time points in years, in words.
    r"(?:at|under) (?:two|four|five|eight) years",
    # Doses named in a regimen.
    r"\d+(?:\.\d+)? ?mg(?:/(?:m2|m²|kg))?",
)
"""All the digits that may stand in prose without a role."""

NUMBER_WORDS = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|half|third)\b[ -]"
    r"(?:cycles|months|years|patients|weeks|percent|per cent|points|deaths|times|in \d|in ten|of (?:all )?patients)",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return load(ROOT / "content", ROOT / "quizzes", on=date.today())


@pytest.fixture(scope="module")
def module(loaded: Loaded) -> Module:
    return loaded.library.modules["her2-maintenance"]


def test_the_shipped_content_has_no_problems(loaded: Loaded) -> None:
    assert [str(p) for p in loaded.problems] == []


def test_every_waiver_of_the_shipped_content_has_a_reason_and_a_name(loaded: Loaded) -> None:
    for waived in loaded.waived:
        assert len(waived.waiver.reason.split()) >= 3, waived
        assert len(waived.waiver.name.split()) >= 1, waived


def test_every_trial_of_the_evidence_is_a_file(loaded: Loaded) -> None:
    assert len(loaded.library.evidence.trials) == 35


def test_the_module_has_nine_lessons_of_one_to_three_minutes(module: Module) -> None:
    assert len(module.lessons) == 9
    assert all(1 <= x.minutes <= 3 for x in module.lessons)


def blocks(module: Module) -> Iterator[tuple[str, Block]]:
    for lesson in module.lessons:
        for block in walk(lesson.blocks):
            yield lesson.id, block


def test_every_lesson_but_first_and_last_has_a_chart_and_a_check(module: Module) -> None:
    for lesson in module.lessons[1:-1]:
        found = walk(lesson.blocks)
        assert any(isinstance(b, Chart) for b in found), lesson.id
        assert any(isinstance(b, Check) for b in found), lesson.id


def test_the_module_has_at_least_twelve_charts_and_each_draws(module: Module, loaded: Loaded) -> None:
    charts = [b for _, b in blocks(module) if isinstance(b, Chart)]
    assert len(charts) >= 12
    for chart in charts:
        drawn = draw(chart.request, loaded.library.evidence)
        assert drawn.alt
        assert drawn.table.rows
        assert drawn.sources


def test_at_least_ten_notes_say_where_the_source_document_differs(module: Module) -> None:
    notes = [b for _, b in blocks(module) if isinstance(b, SourceSays)]
    assert sum(b.standing in ("contradicted", "imprecise") for b in notes) >= 10


def texts(block: Block) -> tuple[Rich, ...]:
    match block:
        case Heading() | Paragraph():
            return (block.content,)
        case SourceSays():
            return ((Words(block.says),),)
        case Callout():
            return ((Words(block.title),),) if block.title else ()
        case Reveal():
            return ((Words(block.summary),),)
        case Predict():
            return ((Words(block.ask),),)
        case Chart():
            return ((Words(block.request.title), Words(" "), Words(block.request.caption or "")),)
        case _:
            return ()


def typed(rich: Rich) -> str:
    """Only what the author typed: figures that come through a role are left out."""
    return "".join(_typed(inline) for inline in rich)


def _typed(inline: Inline) -> str:
    match inline:
        case Words(text):
            return text
        case Strong(children) | Emphasis(children) | Link(_, children):
            return typed(children)
        case Value():
            return "¤"
        case _:
            return ""


def test_no_clinical_figure_stands_outside_a_role(module: Module) -> None:
    found = []
    for lesson, block in blocks(module):
        for rich in texts(block):
            said = typed(rich)
            bare = re.sub("|".join(ALLOWED), "", said)
            if re.search(r"\d", bare) or NUMBER_WORDS.search(bare):
                found.append(f"{lesson}:{block.line}: {said}")
    assert found == []


def inlines(rich: Rich) -> Iterator[Inline]:
    for inline in rich:
        yield inline
        if isinstance(inline, Strong | Emphasis | Link):
            yield from inlines(inline.children)


def test_every_figure_in_prose_is_what_the_trial_file_holds(module: Module, loaded: Loaded) -> None:
    count = 0
    for _, block in blocks(module):
        for rich in texts(block):
            for inline in inlines(rich):
                if isinstance(inline, Value):
                    assert find(loaded.library.evidence, inline.quantity.path) == inline.quantity
                    assert inline.quantity.origin.source.citation
                    count += 1
    assert count >= 80


def test_what_came_after_the_cut_off_is_told_as_such(module: Module) -> None:
    for lesson, block in blocks(module):
        for rich in texts(block):
            after = [i for i in inlines(rich) if isinstance(i, Value) and i.quantity.origin.after]
            assert not after or "after this module's cut-off" in plain(rich).replace("’", "'"), (
                lesson,
                block.line,
            )


def test_a_paragraph_with_a_figure_has_a_citation_in_its_lesson(module: Module) -> None:
    for lesson in module.lessons:
        rich = [inline for b in walk(lesson.blocks) for t in texts(b) for inline in inlines(t)]
        figures = {i.quantity.origin.source.reference for i in rich if isinstance(i, Value)}
        cited = {name for i in rich if isinstance(i, Cite) for name in i.references}
        assert {f for f in figures if f} <= cited, (lesson.id, {f for f in figures if f} - cited)


def test_forms_are_parallel(module: Module) -> None:
    a, b = (module.form(letter).items for letter in ("A", "B"))
    scored_a = [i for i in a if isinstance(i, ScoredItem)]
    scored_b = [i for i in b if isinstance(i, ScoredItem)]
    assert len(scored_a) == len(scored_b) == 8
    assert [i.clone for i in scored_a] == [i.clone for i in scored_b]
    assert [i.objectives for i in scored_a] == [i.objectives for i in scored_b]
    assert not {i.id for i in scored_a} & {i.id for i in scored_b}
    assert not {i.stem for i in scored_a} & {i.stem for i in scored_b}
    for form in (scored_a, scored_b):
        assert sum(i.level in ("application", "case") for i in form) >= 4


def test_every_objective_is_measured_and_every_option_explained(module: Module) -> None:
    wanted = {o.id for o in module.front.objectives}
    assert len(wanted) == 6
    for letter in ("A", "B"):
        items = [i for i in module.form(letter).items if isinstance(i, ScoredItem)]
        assert {o for i in items for o in i.objectives} == wanted
        for item in items:
            match item:
                case SingleBest() | MultipleResponse():
                    assert all(len(o.rationale) > 20 for o in item.options)
                case Estimated():
                    assert len(item.rationale) > 20


def test_the_reserve_holds_two_more_clones_of_every_family(module: Module) -> None:
    """Another item each time: no id and no stem stands twice."""
    forms = [module.form("A"), module.form("B"), *(module.quizzes[name] for name in module.front.reserve)]
    assert len(forms) == 4
    items = [[i for i in form.items if isinstance(i, ScoredItem)] for form in forms]
    for held in items[1:]:
        assert [(i.clone, i.objectives, i.level, i.type) for i in held] == [
            (i.clone, i.objectives, i.level, i.type) for i in items[0]
        ]
    everything = [i for held in items for i in held]
    assert len({i.id for i in everything}) == len({i.stem for i in everything}) == 32
    assert all("pre" not in form.file.roles for form in forms[2:])


def test_what_is_unsafe_is_told_by_the_record(module: Module) -> None:
    """The harm is a sentence with its source, and no option that is right does it."""
    marked = [
        (i.id, o) for i in scored(module) if isinstance(i, SingleBest | MultipleResponse) for o in i.options if o.unsafe
    ]
    assert {name for name, _ in marked} == {
        "fa-docetaxel-stop",
        "fb-docetaxel-stop",
        "fc-docetaxel-stop",
        "fd-docetaxel-stop",
        "cs-taxane",
    }
    for name, option in marked:
        assert not option.correct, name
        assert "{cite}" in (option.unsafe or ""), name


def test_every_item_says_at_which_heading_it_is_taught(module: Module) -> None:
    for item in scored(module):
        lesson = module.lesson(item.taught_in)
        assert lesson is not None, item.id
        anchors = {b.anchor for b in walk(lesson.blocks) if isinstance(b, Heading)}
        assert not item.taught_at or item.taught_at in anchors, item.id
    assert sum(bool(i.taught_at) for i in scored(module)) >= len(scored(module)) - 1


def test_the_module_has_a_branching_case_and_a_concordance_item_without_a_made_up_panel(module: Module) -> None:
    quiz = module.quizzes["her2-maintenance/case"]
    (case,) = quiz.file.cases
    assert 3 <= len(case.turns) <= 5
    for turn in case.turns:
        item = quiz.item(turn.item)
        assert isinstance(item, SingleBest)
        assert set(turn.leads) == {o.id for o in item.options}
        assert all(turn.leads[o.id].to is None for o in item.options if o.correct), "the best answer leads on"
    (asked,) = (i for i in scored(module) if isinstance(i, ScriptConcordance))
    assert asked.panel == (), "a panel is asked, never invented"


def scored(module: Module) -> tuple[ScoredItem, ...]:
    return tuple(i for quiz in module.quizzes.values() for i in quiz.items if isinstance(i, ScoredItem))


def claimed(item: ScoredItem) -> set[str]:
    """The options that hold a figure, and the key: what a proof by data must speak of."""
    options = item.options if isinstance(item, OneBest | MultipleResponse) else ()
    return {o.id for o in options if o.correct or re.search(r"\d|\{value\}", re.sub("HER2[A-Z]*(-05)?", "", o.text))}


def test_at_least_seven_in_ten_scored_items_are_proven_by_data(module: Module, loaded: Loaded) -> None:
    items = scored(module)
    proven = [i for i in items if proven_by_data(i) and not unproven(i, loaded.library.evidence)]
    for item in proven:
        written = expressions(item) if isinstance(item, OneBest | MultipleResponse) else {}
        assert claimed(item) <= set(written), item.id
        assert all(paths_in(claim(text)) for text in written.values()), item.id
    share = len(proven) / len(items)
    assert share >= 0.7, f"{len(proven)} of {len(items)} scored items are proven by data: {share:.0%}"


def test_a_judgement_names_a_source_and_no_invented_reviewer(module: Module) -> None:
    unnamed = {f.name for f in module.front.faculty if "to be named" in f.name}
    for item in scored(module):
        if isinstance(item, SingleBest | MultipleResponse) and isinstance(item.proof, Judged):
            assert item.proof.expert.reviewer in unnamed, item.id
            assert item.proof.expert.why, item.id


def test_no_number_needed_to_treat_where_no_difference_is_not_ruled_out(loaded: Loaded) -> None:
    """PATINA's survival ratio spans 1 and its rates have no interval."""
    evidence = loaded.library.evidence
    with pytest.raises(UnknownPath, match="no number needed to treat"):
        find(evidence, "patina.os.nnt-at-60")
    assert find(evidence, "patina.pfs.nnt-at-60").value == 11


def test_lessons_ask_at_least_nine_checks(module: Module) -> None:
    assert len([b for _, b in blocks(module) if isinstance(b, Check)]) >= 9


def test_the_source_and_its_support_are_credited(module: Module, loaded: Loaded) -> None:
    front = module.front
    assert front.evidence_cutoff == CUTOFF
    assert front.origin is not None
    assert "Bartsch" in front.origin.speaker
    assert "MedAll" in front.origin.publisher
    assert any("Pfizer" in s.name or "Pfizer" in s.kind for s in front.support)
    assert loaded.library.credit.provider is None, "nobody may be invented"


def test_no_sentence_is_copied_from_the_source(module: Module) -> None:
    """Runs of eight words of the source document, as hashes: it is not shipped. The grant's name is left out."""
    known = set((ROOT / "tests" / "source-runs.txt").read_text().split())
    said = " ".join(typed(r) for _, b in blocks(module) for r in texts(b))
    assert not known & set(runs(said))


def runs(text: str, length: int = 8) -> Iterator[str]:
    words = re.findall(r"[a-z0-9]+", text.lower())
    for i in range(len(words) - length + 1):
        yield hashlib.sha256(" ".join(words[i : i + length]).encode()).hexdigest()[:16]
