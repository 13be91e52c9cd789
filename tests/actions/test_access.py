"""Who may do what: every act on other people's records, tried as everybody who could try it."""

import ast
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, get_args

import pytest

from modules import actions as actions_folder
from modules.actions.access import MAY, OPERATOR, REFUSED, Act, may
from modules.core.errors import NotAllowed
from modules.core.people import DUTIES, Actor

ROOT = Path(__file__).resolve().parents[2]
GUARDED: dict[str, Act] = {
    "acceptance.accept": "accept-evidence",
    "accounts_desk.confirm_account": "confirm-account",
    "accounts_desk.issue_link": "confirm-account",
    "completion.completion_csv": "export-completion",
    "completion.completion_rows": "see-completion",
    "credit_desk.correct_name": "correct-certificate",
    "credit_desk.find_certificate": "see-learner",
    "credit_desk.revoke_certificate": "revoke-certificate",
    "impact.impact": "see-evidence-due",
    "live.brief.misconception_brief": "present",
    "live.floor.moderate": "present",
    "live.floor.on_screen": "present",
    "live.report.session_report": "present",
    "live.sessions.add_poll": "present",
    "live.sessions.begin": "present",
    "live.sessions.end": "present",
    "live.sessions.hide_word": "present",
    "live.sessions.led": "present",
    "live.sessions.led_by": "present",
    "live.sessions.move_poll": "present",
    "live.sessions.put_slide": "present",
    "outcomes.items_of": "see-items",
    "outcomes.live_of": "see-items",
    "people.close": "close-account",
    "people.give": "give-duties",
    "people.people": "see-people",
    "people.put_duties": "give-duties",
    "people.reopen": "close-account",
    "people.take": "give-duties",
    "privacy.erase_learner": "erase-learner",
    "registers.confirm": "export-registers",
    "registers.due": "export-registers",
    "registers.written": "export-registers",
    "upkeep.content_problems": "see-problems",
    "upkeep.evidence_due": "see-evidence-due",
}
"""Every function of modules.actions with a parameter `actor`, and the act it asks leave for."""
OWN = frozenset(
    {"credit_desk.correct_own_name", "privacy.erase_own", "privacy.kept", "privacy.own_export"}
) | frozenset(
    f"own_account.{name}" for name in ("own", "change_password", "change_email", "close_sign_in", "sign_out_everywhere")
)
"""Functions that take an actor for what is the actor's own: no duty is asked."""
THE_DOOR = "access"

GUEST = Actor("a-guest", duties=frozenset(DUTIES), confirmed=True)
UNCONFIRMED = Actor("somebody", "account", frozenset(DUTIES))
PEOPLE: dict[str, Actor] = {
    "guest": GUEST,
    "unconfirmed": UNCONFIRMED,
    **{duty: Actor("somebody", "account", frozenset({"learner", duty}), confirmed=True) for duty in DUTIES},
    "operator": OPERATOR,
}


class Reached(Exception):
    """The act went on to its work."""


class Anything:
    """Stands for every other argument; whatever is asked of it, the door has been passed."""

    def __getattr__(self, name: str) -> Any:
        raise Reached(name)

    def __iter__(self) -> Iterator[Any]:
        raise Reached("iterated")


def acting() -> dict[str, Callable[..., Any]]:
    """Public functions of modules.actions that take an actor, `file.function`."""
    found = {}
    for info in pkgutil.walk_packages(actions_folder.__path__, f"{actions_folder.__name__}."):
        file = import_module(info.name)
        for name, function in inspect.getmembers(file, inspect.isfunction):
            mine = function.__module__ == file.__name__ and not name.startswith("_")
            if mine and "actor" in inspect.signature(function).parameters:
                found[f"{info.name.removeprefix('modules.actions.')}.{name}"] = function
    return {name: function for name, function in found.items() if name.partition(".")[0] != THE_DOOR}


def call(function: Callable[..., Any], actor: Actor) -> None:
    needed = inspect.signature(function).parameters.values()
    given = {p.name: actor if p.name == "actor" else Anything() for p in needed if p.default is p.empty}
    function(**given)


def test_every_act_on_others_is_known_here() -> None:
    assert set(acting()) == set(GUARDED) | OWN


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("name", GUARDED)
def test_an_act_is_done_by_those_it_is_for_and_refused_to_all_others(name: str, who: str) -> None:
    actor, act = PEOPLE[who], GUARDED[name]
    allowed = actor.account is not None and actor.confirmed and bool(actor.duties & MAY[act])
    if allowed:
        with pytest.raises((Reached, TypeError)):
            call(acting()[name], actor)
    else:
        with pytest.raises(NotAllowed, match=REFUSED):
            call(acting()[name], actor)


def test_each_act_is_open_to_somebody_and_never_to_a_mere_learner() -> None:
    assert set(MAY) == set(get_args(Act))
    assert [act for act in MAY if not may(PEOPLE["owner"], act) and act != "present"] == []
    assert [act for act in MAY if may(PEOPLE["learner"], act)] == []


@pytest.mark.parametrize("who", ["guest", "unconfirmed"])
def test_duties_count_only_for_a_confirmed_account(who: str) -> None:
    assert [act for act in MAY if may(PEOPLE[who], act)] == []


OF_OTHERS = frozenset(
    {"journal", "people", "learners_of", "issued", "everyone", "revoke", "supersede", "name_person", "set_duties"}
)
"""Methods of the records that read or change more than one learner's."""
CLOSED_TO_FACES = ("modules.records.duties", "modules.records.profiles", "modules.outcomes.")
FACES = sorted((ROOT / "modules" / "web").rglob("*.py")) + sorted((ROOT / "modules" / "routes").rglob("*.py"))


@pytest.mark.parametrize("file", FACES, ids=lambda f: f.relative_to(ROOT).as_posix())
def test_a_face_reads_others_only_through_a_guarded_act(file: Path) -> None:
    nodes = list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
    calls = [n.func.attr for n in nodes if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute)]
    assert [name for name in calls if name in OF_OTHERS] == []
    taken = [f"{n.module}.{a.name}" for n in nodes if isinstance(n, ast.ImportFrom) for a in n.names]
    functions = [one for one in taken if one.startswith(CLOSED_TO_FACES) and one.rpartition(".")[2][0].islower()]
    assert [one for one in functions if not one.startswith("modules.outcomes.wording")] == []
