"""A library of a big house: the shipped module and trials many times over, each copy with names of its own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import yaml

from tests.load.bytecode import with_bytecode
from tests.load.server import ROOT

SHIPPED = "her2-maintenance"
LESSONS, ITEMS, TRIALS = 1000, 1000, 200
LESSONS_A_MODULE, ITEMS_A_FORM, ITEMS_TO_EVALUATE = 10, 4, 2


def big_library(place: Path) -> Path:
    """content/ and quizzes/ below `place`: 100 modules of 10 lessons and 10 items, and 200 trials."""
    content, quizzes = place / "content", place / "quizzes"
    (content / "trials").mkdir(parents=True)
    for file in (ROOT / "content").glob("*.yaml"):
        shutil.copyfile(file, content / file.name)
    sources = sorted((ROOT / "content/trials").glob("*.yaml"))
    curves = ROOT / "content/trials/curves"
    if curves.is_dir():
        shutil.copytree(curves, content / "trials/curves")
    copies = -(-TRIALS // len(sources))
    names = [file.stem for file in sources]
    for number, (copy, file) in enumerate((c, f) for c in range(copies) for f in sources):
        if number < TRIALS:
            (content / "trials" / f"{_named(file.stem, copy)}.yaml").write_text(
                file.read_text().replace(f"id: {file.stem}\n", f"id: {_named(file.stem, copy)}\n", 1)
            )
    whole = TRIALS // len(sources)
    for number in range(LESSONS // LESSONS_A_MODULE):
        _module(number, number % whole, names, (content, quizzes))
    return place


def cost_of_check(site: Path) -> tuple[float, float]:
    """(CPU seconds, peak memory in MB) of one `check` as a process of its own; it must find no error.

    Python keeps the bytecode of our modules, as it does for an author, though a machine for tests may forbid it.
    """
    command = [sys.executable, "-m", "modules.cli", "check", str(site)]
    child = subprocess.Popen(command, cwd=ROOT, env=with_bytecode(), stdout=subprocess.PIPE)
    told = child.stdout.read().decode() if child.stdout else ""
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    assert child.returncode == 0, told[-2000:]
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def _named(trial: str, copy: int) -> str:
    return trial if copy == 0 else f"{trial}-copy-{copy}"


def _module(number: int, copy: int, names: list[str], homes: tuple[Path, Path]) -> None:
    """Lessons in turn from the shipped ones; forms with their first items; objectives those the forms ask about."""
    content, quizzes = homes
    name = f"module-{number:03d}"
    folder, tests = content / name, quizzes / name
    folder.mkdir()
    tests.mkdir(parents=True)
    lessons = sorted(p for p in (ROOT / "content" / SHIPPED).glob("[0-9]*.md"))
    placed = [(f"{n:02d}-{file.stem[3:]}", file) for n, file in enumerate(islice(cycle(lessons), LESSONS_A_MODULE), 1)]
    kept = {file.stem: stem for stem, file in reversed(placed)}
    asked = [_form(letter, name, kept, names, copy) for letter in ("a", "b")]
    objectives = set.intersection(*({o for item in form["items"] for o in item["objectives"]} for form in asked))
    for stem, file in placed:
        text = _with_objectives(_without_checks(file.read_text()), objectives)
        (folder / f"{stem}.md").write_text(_renamed(text, names, copy))
    for letter, form in zip(("a", "b"), asked, strict=True):
        for item in form["items"]:
            item["objectives"] = [o for o in item["objectives"] if o in objectives] or sorted(objectives)[:1]
        (tests / f"form-{letter}.yaml").write_text(_dumped(form))
    evaluation = yaml.safe_load((ROOT / "quizzes" / SHIPPED / "evaluation.yaml").read_text())
    evaluation |= {"id": f"{name}/evaluation", "items": evaluation["items"][:ITEMS_TO_EVALUATE]}
    (tests / "evaluation.yaml").write_text(_dumped(evaluation))
    (folder / "module.md").write_text(_front(name, objectives))


def _without_checks(text: str) -> str:
    return re.sub(r"(?m)^:::\{(?:check|case)\} .*\n:::\n\n?", "", text)


def _with_objectives(text: str, objectives: set[str]) -> str:
    """Those the forms ask about, at least one."""

    def kept(line: re.Match[str]) -> str:
        named = [o for o in line[1].split(", ") if o in objectives] or sorted(objectives)[:1]
        return f"objectives: [{', '.join(named)}]"

    return re.sub(r"(?m)^objectives: \[(.*)\]$", kept, text, count=1)


def _renamed(text: str, names: list[str], copy: int) -> str:
    """Paths and chart keys lead to the copies of the trials."""
    if copy == 0:
        return text
    trials = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    pattern = rf"(?<![\w./-])({trials})(?=\.[a-z]|\n|,|\])"
    return re.sub(pattern, lambda found: _named(found[1], copy), text)


def _form(letter: str, name: str, kept: dict[str, str], names: list[str], copy: int) -> dict[str, Any]:
    text = (ROOT / "quizzes" / SHIPPED / f"form-{letter}.yaml").read_text()
    form: dict[str, Any] = yaml.safe_load(_renamed(text, names, copy))
    form["id"] = f"{name}/form-{letter}"
    form["items"] = form["items"][:ITEMS_A_FORM]
    for item in form["items"]:
        item["see"] = kept.get(item["see"], next(iter(kept.values())))
    return form


def _front(name: str, objectives: set[str]) -> str:
    _, head, body = (ROOT / "content" / SHIPPED / "module.md").read_text().split("---\n", 2)
    front: dict[str, Any] = yaml.safe_load(head)
    front["objectives"] = [o for o in front["objectives"] if o["id"] in objectives]
    front["id"], front["evaluation"] = name, f"{name}/evaluation"
    front["forms"] = {"A": f"{name}/form-a", "B": f"{name}/form-b"}
    # The copies hold two forms of five: what the shipped module has beside them is left out.
    for key in ("reserve", "follow_up"):
        front.pop(key, None)
    front["conduct"] = {"attempts": 1}
    front["assessment"] = {"correct": ITEMS_A_FORM - 1, "asked": ITEMS_A_FORM}
    return f"---\n{_dumped(front)}---\n{body}"


def _dumped(value: dict[str, Any]) -> str:
    return yaml.safe_dump(value, sort_keys=False, allow_unicode=True, width=110, default_style=None)
