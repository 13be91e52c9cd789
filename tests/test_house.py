"""The house rules that a program can count: lengths, arguments, imports, names, what is documented."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from modules.authoring.directives import DIRECTIVES
from modules.core.items import ScoredItem, UnscoredItem

ROOT = Path(__file__).resolve().parents[1]
LONGEST_FILE, LONGEST_FUNCTION, MOST_POSITIONAL = 400, 50, 4
VAGUE = {"utils", "helpers", "common", "manager"}
OURS = sorted((ROOT / "modules").rglob("*.py"))
PYTHON = [ROOT / "app.py", *OURS, *sorted((ROOT / "tests").rglob("*.py"))]
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
# Written in pieces, so that this file does not hold what it looks for.
MACHINE_PATHS = ("/" + "work/", "../" + "shared", "/" + "tmp/w/", "bash" + "_jobs")

Function = ast.FunctionDef | ast.AsyncFunctionDef


def name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def functions(file: Path) -> Iterator[Function]:
    return (node for node in ast.walk(tree(file)) if isinstance(node, Function))


def positional(function: Function) -> int:
    """self and cls are not counted; keyword-only arguments are free."""
    named = [a.arg for a in (*function.args.posonlyargs, *function.args.args)]
    return len(named) - (named[:1] in (["self"], ["cls"]))


def text_files() -> Iterator[Path]:
    """Every text file of the project, dot files too; what .gitignore names is not part of it."""
    ignored = [".git", *(line.rstrip("/") for line in (ROOT / ".gitignore").read_text().split())]

    def kept(part: str) -> bool:
        return not any(Path(part).match(pattern) for pattern in ignored)

    for folder, folders, files in os.walk(ROOT):
        folders[:] = filter(kept, folders)
        for file in sorted(Path(folder, part) for part in filter(kept, files)):
            if b"\x00" not in file.read_bytes():
                yield file


@pytest.mark.parametrize("file", PYTHON, ids=name)
def test_no_file_is_longer_than_four_hundred_lines(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize("file", PYTHON, ids=name)
def test_no_function_is_longer_than_fifty_lines(file: Path) -> None:
    lengths = {f.name: (f.end_lineno or f.lineno) - f.lineno + 1 for f in functions(file)}
    assert {n: length for n, length in lengths.items() if length > LONGEST_FUNCTION} == {}


@pytest.mark.parametrize("file", OURS, ids=name)
def test_no_function_takes_more_than_four_positional_arguments(file: Path) -> None:
    assert {f.name: positional(f) for f in functions(file) if positional(f) > MOST_POSITIONAL} == {}


@pytest.mark.parametrize("file", [f for f in PYTHON if f.read_text(encoding="utf-8").strip()], ids=name)
def test_every_file_says_in_its_first_line_what_it_is(file: Path) -> None:
    said = ast.get_docstring(tree(file))
    assert said, "no docstring"
    assert file.read_text(encoding="utf-8").startswith('"""')
    assert said.split("\n")[0].rstrip().endswith((".", ":"))


@pytest.mark.parametrize("file", PYTHON, ids=name)
def test_our_own_code_is_imported_at_the_top_and_by_name(file: Path) -> None:
    nodes = list(ast.walk(tree(file)))
    whole = [a.name for n in nodes if isinstance(n, ast.Import) for a in n.names]
    assert [n for n in whole if n.partition(".")[0] == "modules"] == [], "write from modules.x import y"
    inside = [n for f in functions(file) for n in ast.walk(f) if isinstance(n, ast.ImportFrom)]
    assert [n.module for n in inside if n.level or (n.module or "").partition(".")[0] == "modules"] == []


def test_no_file_has_a_name_that_says_nothing() -> None:
    assert [name(f) for f in PYTHON if f.stem.casefold() in VAGUE] == []


def test_imports_run_in_one_direction() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("item", [*get_args(ScoredItem), *get_args(UnscoredItem)], ids=lambda item: item.__name__)
def test_every_item_type_has_a_section_in_the_item_manual(item: type) -> None:
    (kind,) = get_args(item.__annotations__["type"])
    manual = (ROOT / "quizzes" / "README.md").read_text(encoding="utf-8")
    assert re.search(rf"^##+ `?{kind}`?$", manual, re.M)
    assert f"type: {kind}" in manual


@pytest.mark.parametrize("directive", DIRECTIVES)
def test_every_directive_is_explained_in_the_author_manual(directive: str) -> None:
    manual = (ROOT / "content" / "README.md").read_text(encoding="utf-8")
    assert f"**{directive}**" in manual
    assert f":::{{{directive}}}" in manual


def test_every_environment_variable_is_in_the_operating_manual() -> None:
    read = set(re.findall(r'"(LANDMARK_[A-Z_]+)"', (ROOT / "modules" / "settings.py").read_text()))
    told = re.findall(r"^\| `(LANDMARK_[A-Z_]+)` \|", (ROOT / "docs" / "operating.md").read_text(), re.M)
    assert read == set(told)


def test_no_file_names_a_path_of_the_machine_it_was_written_on() -> None:
    found = [
        f"{name(file)}: {path}"
        for file in text_files()
        for path in MACHINE_PATHS
        if path in file.read_text(encoding="utf-8", errors="replace")
    ]
    assert found == []


def test_decisions_are_numbered_without_gaps() -> None:
    assert [f.name[:4] for f in DECISIONS] == [f"{n:04}" for n in range(1, len(DECISIONS) + 1)]


@pytest.mark.parametrize("file", DECISIONS, ids=name)
def test_a_decision_is_short_and_says_what_it_costs(file: Path) -> None:
    lines = file.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith(f"# {file.name[:4]} ")
    assert 10 <= len(lines) <= 20
    assert [w for w in ("**Context.**", "**Decision.**", "**Cost.**") if w not in "\n".join(lines)] == []
    assert f"docs/decisions/{file.name}" in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("file", ["CONTRIBUTING.md", "CHANGELOG.md", "docs/operating.md", "content/LICENSE.md"])
def test_links_between_documents_lead_somewhere(file: str) -> None:
    targets = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", (ROOT / file).read_text(encoding="utf-8"))
    assert [t for t in targets if not (ROOT / file).parent.joinpath(t).exists()] == []
