"""What a format holds comes back as it went: export, import, compare."""

from collections.abc import Callable
from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from modules.authoring.problems import Findings
from modules.authoring.source import read_yaml
from modules.core.items import (
    ExtendedMatching,
    FreeText,
    MultipleResponse,
    Numeric,
    Quiz,
    ScoredItem,
    Sequencing,
    SingleBest,
    UnscoredItem,
)
from modules.core.prose import plain
from modules.exchange.draft_yaml import as_yaml
from modules.exchange.formats import read_file, write_file
from modules.exchange.incoming import escaped, incoming
from modules.exchange.outgoing import Format
from modules.exchange.question import tidy
from tests.exchange.made import TEXT, essays, matchings, multiples, numerics, quiz, read, sequences, singles

FULL = st.sampled_from(["gift", "moodle"])


def back(sent: Quiz, form: Format) -> dict[str, Any]:
    """The one item of a quiz after a journey, read from its YAML as an author's file is."""
    raw, _ = write_file(sent, form)
    assert raw is not None
    draft = incoming(read_file(raw, form), "demo/back")
    written = as_yaml(draft.file)
    findings = Findings("draft")
    source = read_yaml(written, findings)
    assert source is not None, (findings.problems, written)
    assert yaml.safe_load(written) == draft.file
    (item,) = draft.file["items"]
    (again,) = source.value["items"]
    assert _listed(again) == item
    return item


def _listed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _listed(one) for key, one in value.items()}
    return [_listed(one) for one in value] if isinstance(value, tuple) else value


def options(item: SingleBest | MultipleResponse) -> list[tuple[str, bool, str]]:
    return [(o.text, o.correct, o.rationale) for o in item.options]


def options_of(draft: dict[str, Any]) -> list[tuple[str, bool, str]]:
    return [(o["text"], o.get("correct", False), o["rationale"]) for o in draft["options"]]


@given(TEXT.map(read).map(plain))
def test_an_imported_text_stays_text(shown: str) -> None:
    assert plain(read(escaped(shown))) == shown


@given(singles(), FULL)
def test_single_best_comes_back(item: SingleBest, form: Format) -> None:
    draft = back(quiz(item), form)
    assert (draft["id"], draft["type"], draft["stem"]) == (item.id, "single-best", item.stem)
    assert draft.get("vignette") == item.vignette
    assert options_of(draft) == options(item)
    assert draft.get("fixed", False) == (item.fixed and form == "moodle")


@given(multiples(), FULL)
def test_multiple_response_comes_back(item: MultipleResponse, form: Format) -> None:
    draft = back(quiz(item), form)
    assert (draft["type"], draft["stem"]) == ("multiple-response", item.stem)
    assert draft.get("scoring", "all-or-nothing") == item.scoring
    assert options_of(draft) == options(item)


@given(numerics(), FULL)
def test_a_number_comes_back(made: tuple[Numeric, float], form: Format) -> None:
    item, key = made
    draft = back(quiz(item, keys={item.id: key}), form)
    assert (draft["type"], draft["stem"]) == ("numeric", item.stem)
    assert (float(draft["answer"]), draft["tolerance"], draft["unit"]) == (key, item.tolerance, item.unit)
    assert draft["rationale"] == item.rationale


@given(matchings(), FULL)
def test_extended_matching_comes_back(item: ExtendedMatching, form: Format) -> None:
    draft = back(quiz(item), form)
    arrow: Callable[[str], str] = lambda text: text.replace("->", "→") if form == "gift" else text  # noqa: E731
    words = {o["id"]: o["text"] for o in draft["options"]}
    ours = {o.id: arrow(o.text) for o in item.options}
    assert draft["stem"] == item.stem
    assert set(words.values()) == set(ours.values())
    assert [(s["text"], words[s["key"]], s["rationale"]) for s in draft["stems"]] == [
        (arrow(s.text), ours[s.key], s.rationale) for s in item.stems
    ]


@given(sequences())
def test_a_sequence_comes_back_from_moodle(item: Sequencing) -> None:
    draft = back(quiz(item), "moodle")
    assert (draft["type"], draft["stem"], draft["rationale"]) == ("sequencing", item.stem, item.rationale)
    assert [step["text"] for step in draft["steps"]] == [step.text for step in item.steps]


@given(essays(), FULL)
def test_a_free_text_comes_back(item: FreeText, form: Format) -> None:
    draft = back(quiz(item), form)
    assert (draft["type"], draft["stem"]) == ("free-text", item.stem)
    assert draft.get("required", True) == (item.required or form == "gift")


@given(singles())
def test_aiken_holds_the_question_the_options_and_the_key(item: SingleBest) -> None:
    sent = quiz(item)
    raw, notes = write_file(sent, "aiken")
    if raw is None:
        assert [note.level for note in notes if note.item] == ["left out"]
        return
    (draft,) = incoming(read_file(raw, "aiken"), "demo/back").file["items"]
    asked = [sent.rich(text) for text in (item.vignette, item.stem) if text]
    assert draft["stem"] == escaped(tidy(" ".join(map(plain, asked))))
    assert [(o["text"], o.get("correct", False)) for o in draft["options"]] == [
        (o.text, o.correct) for o in item.options
    ]


@given(st.lists(TEXT, min_size=2, max_size=6), FULL)
def test_imported_ids_never_collide(stems: list[str], form: Format) -> None:
    items: list[ScoredItem | UnscoredItem] = [
        FreeText(type="free-text", id=f"q{n}", stem=stem) for n, stem in enumerate(stems)
    ]
    raw, _ = write_file(quiz(*items), form)
    assert raw is not None
    text = raw.decode()
    for n in range(len(stems)):
        text = text.replace(f"::q{n}::", "::Same title::").replace(f"<text>q{n}</text>", "<text>Same title</text>")
    draft = incoming(read_file(text.encode(), form), "demo/back")
    ids = [item["id"] for item in draft.file["items"]]
    assert ids == ["same-title", *(f"same-title-{n}" for n in range(2, len(stems) + 1))]
