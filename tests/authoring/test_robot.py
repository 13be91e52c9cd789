"""The test-wise robot: honest banks pass at the stated rate, a bank that gives its keys away does not."""

import json
import random
import shutil
from collections.abc import Callable
from itertools import product
from math import prod
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modules import cli
from modules.authoring.chance import chi_square_tail, needed, upper_tail
from modules.authoring.library import load
from modules.authoring.robot import ALPHA, FEWEST, STRATEGIES, Played, bank, play, power
from modules.authoring.wording import Said
from tests.authoring.reading import GOOD, HERE

_WORDS = (
    "always all every must may often some likely the of in with rate death survival median longer shorter patients arm "
    "interval ratio months cycles response toxicity brain lesion therapy antibody dose review gain loss share"
)
WORDS = _WORDS.split()


def some_texts(fewest: int, most: int) -> list[str]:
    rng = random.Random(fewest)
    return [" ".join(rng.choices(WORDS, k=rng.randint(fewest, most))) for _ in range(500)]


OPTIONS, STEMS = some_texts(2, 9), some_texts(8, 20)


def an_item(rng: random.Random, key: Callable[[tuple[str, ...]], int] | None = None) -> Played:
    """An item of random words; its key is any option, unless `key` chooses it from their texts."""
    options = tuple(rng.choices(OPTIONS, k=rng.choice((3, 4, 4, 5))))
    place = key(options) if key else rng.randrange(len(options))
    return Played("demo/checks", "any", Said("", rng.choice(STEMS), options, ("",) * len(options), place), place)


def a_bank(seed: int, items: int, key: Callable[[tuple[str, ...]], int] | None = None) -> list[Played]:
    rng = random.Random(seed)
    return [an_item(rng, key) for _ in range(items)]


def longest(options: tuple[str, ...]) -> int:
    return max(range(len(options)), key=lambda n: len(options[n]))


@pytest.mark.parametrize("items", [FEWEST, 25])
def test_honest_banks_are_refused_no_more_often_than_stated(items: int) -> None:
    """2,000 banks in all; three standard errors of a rate of 5% are allowed for."""
    banks = 1000
    refused = sum(any(game.won for game in play(a_bank(seed, items))) for seed in range(banks))
    stated = len(STRATEGIES) * ALPHA
    assert stated == pytest.approx(0.05)
    assert refused / banks <= stated + 3 * (stated * (1 - stated) / banks) ** 0.5


def test_a_bank_of_longest_keys_is_refused() -> None:
    assert "I301" in {game.strategy.code for game in play(a_bank(1, 20, longest)) if game.won}


def test_the_stated_power_is_the_share_of_leaking_banks_that_are_refused() -> None:
    """Six keys in ten are the longest option, the others are not."""
    rng = random.Random(7)

    def leaky(options: tuple[str, ...]) -> int:
        others = [n for n in range(len(options)) if n != longest(options)]
        return longest(options) if rng.random() < 0.6 else rng.choice(others)

    banks = [a_bank(seed, 25, leaky) for seed in range(150)]
    caught = sum(next(g for g in play(b) if g.strategy.code == "I301").won for b in banks) / len(banks)
    assert caught == pytest.approx(sum(map(power, banks)) / len(banks), abs=0.1)


def test_keys_that_are_never_the_longest_option_are_told_and_fail_nothing() -> None:
    def shortest(options: tuple[str, ...]) -> int:
        return min(range(len(options)), key=lambda n: len(options[n]))

    game = next(g for g in play(a_bank(3, 25, shortest)) if g.strategy.code == "I301")
    assert (game.won, game.shunned) == (False, True)


def test_a_bank_of_fewer_items_is_not_judged() -> None:
    assert play(a_bank(1, FEWEST - 1, longest)) == ()


def test_the_strategies_take_what_they_say() -> None:
    options = ("It is always longer", "Longer survival, at the interim look", "It may be longer", "It is unclear")
    heard = Said("", "What did the interim analysis of survival show?", options, ("",) * 4, 1)
    taken = {s.code: sorted(s.takes(heard)) for s in STRATEGIES}
    assert taken == {"I301": [1], "I302": [1], "I303": [1, 2, 3], "I304": [1, 2], "I305": [0, 1, 2]}


@given(st.lists(st.floats(0, 1), max_size=7), st.integers(0, 8))
def test_the_tail_is_that_of_all_outcomes_counted_one_by_one(chances: list[float], hits: int) -> None:
    counted = sum(
        prod(p if hit else 1 - p for p, hit in zip(chances, outcome, strict=True))
        for outcome in product((0, 1), repeat=len(chances))
        if sum(outcome) >= hits
    )
    assert upper_tail(chances, hits) == pytest.approx(counted, abs=1e-12)


@given(st.lists(st.floats(0.1, 0.9), max_size=20))
def test_the_needed_hits_are_the_fewest_beyond_chance(chances: list[float]) -> None:
    fewest = needed(chances, ALPHA)
    if fewest is None:
        assert upper_tail(chances, len(chances)) > ALPHA
    else:
        assert upper_tail(chances, fewest) <= ALPHA < upper_tail(chances, fewest - 1)


@pytest.mark.parametrize(("statistic", "freedom"), [(3.841459, 1), (5.991465, 2), (7.814728, 3), (9.487729, 4)])
def test_the_chi_square_tail_agrees_with_the_printed_tables(statistic: float, freedom: int) -> None:
    assert chi_square_tail(statistic, freedom) == pytest.approx(0.05, abs=1e-6)


def test_no_strategy_nor_its_reverse_beats_the_shipped_module() -> None:
    root = Path(cli.__file__).parents[1]
    games = play(bank(load(root / "content", root / "quizzes").library.modules["her2-maintenance"]))
    assert len(games) == len(STRATEGIES)
    assert [g.strategy.name for g in games if g.won or g.shunned] == []


@pytest.fixture
def leaking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site whose keys are the longest options."""
    site = shutil.copytree(GOOD, tmp_path / "site")
    shutil.copyfile(HERE / "bad/i301-longest-key.yaml", site / "quizzes/demo/checks.yaml")
    monkeypatch.chdir(tmp_path)
    return site


RUN = ["check", "site", "--on", "2030-07-01"]


def test_a_winning_strategy_fails_the_check_and_names_the_items(
    leaking: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(RUN) == 0
    capsys.readouterr()
    assert cli.main([*RUN, "--robot"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "demo: 22 single-best items against the test-wise robot"
    assert [line.endswith("  beats chance") for line in lines[2:7]] == [True, False, False, False, False]
    assert lines[-3].startswith('site/quizzes/demo/checks.yaml:4: [I301] module "demo": longest option: right in ')
    assert '"sign-14"' in lines[-3]


def test_a_path_to_one_quiz_still_plays_the_whole_bank(leaking: Path) -> None:
    assert cli.main(["check", "site/quizzes/demo/form-a.yaml", *RUN[2:], "--robot"]) == 1
    assert cli.main(["check", "site/content/trials", *RUN[2:], "--robot"]) == 0


def test_the_robot_is_in_the_report_for_programs(leaking: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([*RUN, "--robot", "--json"]) == 1
    report = json.loads(capsys.readouterr().out)
    (match,) = report["robot"]
    assert (match["module"], match["items"], match["false_alarms_at_most"]) == ("demo", 22, 0.05)
    assert [s["name"] for s in match["strategies"] if s["beats_chance"]] == ["longest option"]
    assert [p["code"] for p in report["problems"]] == ["I301"]


def test_a_small_bank_is_said_to_be_too_small(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(GOOD, tmp_path / "site")
    monkeypatch.chdir(tmp_path)
    assert cli.main([*RUN, "--robot"]) == 0
    assert capsys.readouterr().out.startswith("demo: too few items for the robot (n = 8; ")
