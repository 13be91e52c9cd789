"""`check --robot`: what the test-wise robot made of each module, as a table, as problems, and for programs."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from modules.authoring.problems import Findings, Problem
from modules.authoring.robot import ALPHA, FEWEST, GIVEN_AWAY, STRATEGIES, Game, Played, bank, play, power
from modules.authoring.source import read_text, read_yaml
from modules.authoring.targets import Target
from modules.core.module import Library


@dataclass(frozen=True, slots=True)
class Match:
    """The robot against the bank of one module; no games when the bank is too small."""

    module: str
    items: tuple[Played, ...]
    games: tuple[Game, ...]


def matches(library: Library, chosen: Target) -> tuple[Match, ...]:
    """Modules with errors are not in the library: they are mended first. A bank is never played in part."""
    banks = ((module.id, bank(module)) for module in library.modules.values())
    return tuple(
        Match(name, items, play(items)) for name, items in banks if any(chosen.holds(_file(p, chosen)) for p in items)
    )


def problems(match: Match, chosen: Target) -> tuple[Problem, ...]:
    """One for each strategy that won, at the first item of the bank."""
    won = [game for game in match.games if game.won]
    if not won:
        return ()
    first = match.items[0]
    findings = Findings(chosen.name(_file(first, chosen)))
    line = _line(first, chosen.quizzes)
    for game in won:
        right = ", ".join(f'"{p.item}"' for p in game.hits)
        message = (
            f"{game.strategy.name}: right in {len(game.hits)} of the {game.decided} items it decides, "
            f"{game.expected:.1f} by chance (p {game.tail:.2g}): {right}"
        )
        findings.add(game.strategy.code, line, message, where=f'module "{match.module}"', fix="Mend some of these.")
    return tuple(findings.problems)


def _file(played: Played, chosen: Target) -> str:
    return f"{chosen.quizzes.name}/{played.quiz}.yaml"


def _line(first: Played, quizzes: Path) -> int:
    unheard = Findings(first.quiz)
    text = read_text(quizzes / f"{first.quiz}.yaml", unheard)
    source = None if text is None else read_yaml(text, unheard)
    listed = source.value["items"] if source else ()
    index = next((n for n, item in enumerate(listed) if item["id"] == first.item), 0)
    return source.line(("items", index)) if source else 1


def table(match: Match) -> str:
    count = len(match.items)
    if not match.games:
        return (
            f"{match.module}: too few items for the robot (n = {count}; it plays from {FEWEST} single-best items on)."
        )
    rows = [
        f"{match.module}: {count} single-best items against the test-wise robot",
        f"  {'strategy':<24}{'decides':>8}{'right':>7}{'by chance':>11}{'wins at':>9}{'p':>8}",
        *map(_row, match.games),
        f"  An honest bank is refused in at most {len(STRATEGIES) * ALPHA:.0%} of cases ({ALPHA:.0%} a strategy). "
        f"A cue that gives away {GIVEN_AWAY:.0%} of these items is caught in {power(match.items):.0%}.",
    ]
    return "\n".join(rows)


def _row(game: Game) -> str:
    wins = "-" if game.needed is None else str(game.needed)
    counts = f"{game.decided:>8}{len(game.hits):>7}{game.expected:>11.1f}{wins:>9}{game.tail:>8.3f}"
    verdict = "  beats chance" if game.won else f"  shunning it pays (p {game.reverse:.2g})" if game.shunned else ""
    return f"  {game.strategy.name:<24}{counts}{verdict}"


def for_programs(played: Sequence[Match]) -> list[dict[str, Any]]:
    return [
        {
            "module": match.module,
            "items": len(match.items),
            "played": bool(match.games),
            "alpha": ALPHA,
            "false_alarms_at_most": len(STRATEGIES) * ALPHA,
            "power": {"given_away": GIVEN_AWAY, "caught": power(match.items)} if match.games else None,
            "strategies": [_strategy(game) for game in match.games],
        }
        for match in played
    ]


def _strategy(game: Game) -> dict[str, Any]:
    return {
        "code": game.strategy.code,
        "name": game.strategy.name,
        "decided": game.decided,
        "right": [f"{p.quiz}#{p.item}" for p in game.hits],
        "expected": game.expected,
        "needed": game.needed,
        "p": game.tail,
        "p_of_so_few": game.reverse,
        "beats_chance": game.won,
    }
