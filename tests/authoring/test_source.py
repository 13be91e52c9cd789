"""Strict YAML: nothing is guessed, every value knows its line, nothing crashes."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from modules.authoring.front_matter import part
from modules.authoring.problems import Findings, Problem
from modules.authoring.source import LARGEST, Source, read_text, read_yaml


def read(text: str, first_line: int = 1) -> Source:
    findings = Findings("file")
    source = read_yaml(text, findings, first_line)
    assert source is not None, findings.problems
    return source


def problems(text: str) -> list[Problem]:
    findings = Findings("file")
    assert read_yaml(text, findings) is None
    return findings.problems


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("true", True),
        ("false", False),
        ("True", "True"),
        ("yes", "yes"),
        ("Yes", "Yes"),
        ("no", "no"),
        ("on", "on"),
        ("off", "off"),
        ("null", None),
        ("~", None),
        ("", None),
        ("Null", "Null"),
        ("NULL", "NULL"),
        ("7", 7),
        ("-7", -7),
        ("+7", 7),
        ("0", 0),
        ("010", "010"),
        ("0x1F", "0x1F"),
        ("0o17", "0o17"),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        ("1:2:3", "1:2:3"),
        ("190:20:30.15", "190:20:30.15"),
        ("1.5", 1.5),
        ("-0.5", -0.5),
        ("1.", "1."),
        (".5", ".5"),
        ("1e5", "1e5"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("2026-01-06", "2026-01-06"),
        ("2026-01-06 10:00:00", "2026-01-06 10:00:00"),
        ("<0.001", "<0.001"),
        ("'7'", "7"),
        ('"true"', "true"),
        ("''", ""),
        ("=", "="),
        ("<<", "<<"),
        ("9" * 5000, "9" * 5000),
        ("1." + "9" * 400, "1." + "9" * 400),
    ],
)
def test_only_plain_numbers_true_false_and_null_are_more_than_text(written: str, value: object) -> None:
    found = read(f"key: {written}").value["key"]
    assert found == value
    assert type(found) is type(value)


def test_lists_are_tuples_and_keys_are_text() -> None:
    assert read("a: [1, [b]]\n2: c\nyes: d\nnull: e").value == {
        "a": (1, ("b",)),
        "2": "c",
        "yes": "d",
        "null": "e",
    }


def test_every_value_knows_its_line_in_the_file() -> None:
    source = read("a:\n  - b: 1\n    c: >-\n      two\n      lines\n  - x\nd: {e: [f,\n  g]}\n", first_line=10)
    lines = {(): 10, ("a",): 10, ("a", 0): 11, ("a", 0, "b"): 11, ("a", 0, "c"): 12, ("a", 1): 15}
    lines |= {("d",): 16, ("d", "e"): 16, ("d", "e", 0): 16, ("d", "e", 1): 17}
    assert source.lines == lines
    assert source.line(("a", 0, "missing")) == 11
    assert source.line_of(("a", 0, "c"), "lines") == 14


def test_an_empty_text_holds_nothing() -> None:
    assert read("").value is None
    assert read("# only a comment").value is None


def test_a_key_twice_names_both_lines() -> None:
    (problem,) = problems("a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\n")
    assert (problem.code, problem.line) == ("S103", 5)
    assert "line 3" in problem.message


def test_the_same_key_in_two_mappings_is_fine() -> None:
    assert read("- {a: 1}\n- {a: 2}\nb".removesuffix("b")).value == ({"a": 1}, {"a": 2})


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: &x 1\nb: *x", "S109", 1),
        ("a: 1\nb: *x", "S109", 2),
        ("a: !!python/object/apply:os.system [ls]", "S109", 1),
        ("a: !x y", "S109", 1),
        ("a: 1\n---\nb: 2", "S109", 2),
        ("? [a]\n: b", "S109", 1),
        ("x: y\na: [1,\nb: 2\nc: d\n", "S102", 2),
        ("a: b: c", "S102", 1),
        ("a: 'b\nc: d\n", "S102", 1),
        ("a:\n\t- b", "S102", 2),
        ("a: %x", "S102", 1),
        ("a: @x", "S102", 1),
        ("[" * 50, "S111", 1),
        ("a: \ud800", "S102", 1),
        ("a: \x00", "S102", 1),
    ],
)
def test_what_cannot_be_read_or_is_refused_is_a_problem_at_its_line(text: str, code: str, line: int) -> None:
    assert [(p.code, p.line) for p in problems(text)] == [(code, line)]


def test_a_billion_laughs_is_refused_at_the_first_anchor() -> None:
    laughs = 'a: &a ["lol", "lol"]\n' + "".join(f"{n}: &{n} [*a, *a]\n" for n in "bcdefghi")
    assert [p.code for p in problems(laughs)] == ["S109"]


@pytest.mark.parametrize("deep", ["[" * 100_000, "{a: " * 50_000, "- " * 50_000, "a:\n" * 1000])
def test_deep_nesting_ends_early(deep: str) -> None:
    findings = Findings("file")
    read_yaml(deep, findings)
    assert findings.problems


@settings(max_examples=400, deadline=None)
@given(st.text())
def test_no_text_crashes_the_loader(text: str) -> None:
    findings = Findings("file")
    source = read_yaml(text, findings)
    assert (source is None) == bool(findings.problems)
    part(f"---\n{text}\n---\n", findings)


PLAIN = st.none() | st.booleans() | st.integers(-(10**14), 10**14) | st.text(st.characters(codec="ascii"))
TREES = st.recursive(
    PLAIN, lambda t: st.lists(t, max_size=4) | st.dictionaries(st.text("abc", min_size=1), t, max_size=4)
)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.text("abc", min_size=1), TREES, max_size=5))
def test_what_is_written_as_json_is_read_back(tree: dict[str, Any]) -> None:
    import json

    def frozen(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: frozen(v) for k, v in value.items()}
        return tuple(frozen(v) for v in value) if isinstance(value, list) else value

    assert read(json.dumps(tree)).value == frozen(tree)


@settings(max_examples=200, deadline=None)
@given(raw=st.binary())
def test_no_bytes_crash_the_reader(raw: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.getbasetemp() / "any.yaml"
    file.write_bytes(raw)
    findings = Findings("file")
    text = read_text(file, findings)
    assert (text is None) == bool(findings.problems)


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        (b"a: 1\nb: \xff", 2),
        (b"a\n\nb\x00", 3),
        (b"\xfe\xff\x00a", 1),
        (b"x" * (LARGEST + 1), 1),
        (b"a\n\xe2\x80\xa8", 2),
    ],
)
def test_bytes_that_are_not_plain_text_are_a_problem_at_their_line(raw: bytes, line: int, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(raw)
    findings = Findings("file")
    assert read_text(tmp_path / "file", findings) is None
    assert [(p.code, p.line) for p in findings.problems] == [("S101", line)]


def test_windows_line_ends_and_a_byte_order_mark_are_taken_off(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"\xef\xbb\xbfa: 1\r\nb: 2\r")
    assert read_text(tmp_path / "file", Findings("file")) == "a: 1\nb: 2\n"


def test_a_file_that_cannot_be_opened_is_a_problem(tmp_path: Path) -> None:
    findings = Findings("file")
    assert read_text(tmp_path / "nowhere", findings) is None
    assert [p.code for p in findings.problems] == ["S101"]


def test_front_matter_keeps_the_lines_of_the_file() -> None:
    findings = Findings("file")
    head, body, line = part("---\na: 1\nb: 2\n---\n\ntext\n", findings)
    assert head is not None
    assert head.line(("b",)) == 3
    assert (body, line) == ("\ntext\n", 5)
    assert findings.problems == []
