"""Problems: everything authors need to mend, all at once."""

from html import escape

import streamlit as st

from modules.actions.house import house
from modules.actions.upkeep import content_problems
from modules.authoring.problems import Problem, Waived
from modules.web import shell
from modules.web.attention import arrive
from modules.web.owner import door


def page() -> None:
    shell.title("Problems")
    arrive("problems")
    loaded = content_problems(door("see-problems"), house().shelf)
    errors = [p for p in loaded.problems if p.severity == "error"]
    offered = ", ".join(loaded.library.modules) or "none"
    st.write(f"Errors: {len(errors)}. Warnings: {len(loaded.problems) - len(errors)}. Modules offered: {offered}.")
    if loaded.problems:
        shell.html(f'<ul class="lm-problems">{"".join(map(_row, loaded.problems))}</ul>')
    else:
        st.success("Nothing to mend.")
    if loaded.waived:
        rows = "".join(map(_waived_row, loaded.waived))
        summary = f"Waived by a person: {len(loaded.waived)}"
        shell.html(f'<details><summary>{summary}</summary><ul class="lm-problems">{rows}</ul></details>')


def _waived_row(waived: Waived) -> str:
    problem, waiver = waived.problem, waived.waiver
    return (
        f"<li><p><strong>{escape(problem.code)}</strong> · {escape(problem.path)}, line {problem.line}</p>"
        f"<p>{escape(problem.where)}: {escape(problem.message)}</p>"
        f"<p>{escape(waiver.name)}: {escape(waiver.reason)}</p></li>"
    )


def _row(problem: Problem) -> str:
    return (
        f"<li><p><strong>{escape(problem.code)}</strong> {escape(problem.severity)} · "
        f"{escape(str(problem.path))}, line {problem.line}</p>"
        f"<p>{escape(problem.where)}: {escape(problem.message)}</p><p>{escape(problem.fix)}</p></li>"
    )


if __name__ == "__main__":
    shell.guard(page)
