"""What votes come to: tallies, the four cells of a shift, and cells that stay hidden."""

from __future__ import annotations

from itertools import product

from modules.core.live import ItemPoll, Placed, Plan, Shift, pairs, shift, tally
from modules.core.responses import Chosen, Given, Written
from modules.core.small_cells import LEAST, hidden

CELLS = ("stayed right", "gained", "lost", "stayed wrong")


def test_a_tally_counts_voters_and_what_they_chose() -> None:
    found = tally([Chosen(options=("a", "b")), Chosen(options=("a",))])
    assert (found.n, found.counts, found.values) == (2, {"a": 2, "b": 1}, ())
    assert tally([Given(value=3.0), Given(value=1.5)]).values == (1.5, 3.0)
    assert tally([Written(text="time"), Written(text="time")]).counts == {"time": 2}
    assert tally([]).n == 0


def test_a_shift_counts_only_those_who_voted_twice() -> None:
    before = {"a": True, "b": False, "c": True, "d": False, "e": True}
    after = {"a": True, "b": True, "c": False, "d": False, "f": True}
    assert shift(before, after) == Shift(1, 1, 1, 1)
    assert shift(before, after).n == 4


def test_no_small_cell_can_be_told_by_somebody_who_knows_the_total_and_the_rule() -> None:
    """Every table of four cells up to twelve people each: tables that look alike differ in each small cell."""
    alike: dict[tuple[object, ...], list[tuple[int, ...]]] = {}
    for cells in product(range(13), repeat=4):
        if sum(cells) < LEAST:
            continue
        shut = hidden(dict(zip(CELLS, cells, strict=True)))
        seen = tuple(None if name in shut else n for name, n in zip(CELLS, cells, strict=True))
        alike.setdefault((sum(cells), *seen), []).append(cells)
    for seen, tables in alike.items():
        for place, shown in enumerate(seen[1:]):
            possible = {cells[place] for cells in tables}
            assert shown is not None or len(possible) > 1 or min(possible) >= LEAST, (seen, tables)


def test_nothing_is_hidden_in_a_large_table() -> None:
    assert hidden(dict.fromkeys(CELLS, LEAST)) == frozenset()
    assert hidden({"a": 4, "b": 30, "c": 9}) == {"a", "c"}
    assert hidden({"a": 120, "b": 50, "c": 2, "d": 40}) == {"c", "d"}
    assert hidden({"a": 0, "b": 0, "c": 9, "d": 30}) == {"a", "b", "c"}


def test_polls_of_one_item_before_and_after_are_a_pair() -> None:
    one, other = (ItemPoll(quiz="q", item=item, moment="before") for item in ("i", "j"))
    again = ItemPoll(quiz="q", item="i", moment="after")
    once = ItemPoll(quiz="q", item="k")
    plan = Plan(lessons=(), polls=tuple(Placed(id=f"p{n}", poll=p) for n, p in enumerate((one, other, once, again))))
    assert [(a.id, b.id) for a, b in pairs(plan)] == [("p0", "p3")]


def test_every_order_of_votes_gives_the_same_shift() -> None:
    people = {f"v{n}": right for n, right in enumerate(product((True, False), repeat=2))}
    before, after = ({who: right[i] for who, right in people.items()} for i in (0, 1))
    assert shift(before, dict(reversed(after.items()))) == Shift(1, 1, 1, 1)
