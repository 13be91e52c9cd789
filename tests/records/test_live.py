"""Live sessions on both engines: votes count only while a poll is open, once a voter, and none is lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from modules.core.live import LiveSession, OpinionPoll, Placed, Plan, WordsPoll
from modules.core.responses import Chosen, Response, Written
from modules.records.ballot_box import BallotBox
from modules.records.live import Vote
from modules.records.records import Records, open_records

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
PLAN = Plan(
    lessons=("01-a",),
    polls=(
        Placed(id="p1", poll=OpinionPoll(ask="Tea?", options=("Yes", "No"))),
        Placed(id="p2", poll=WordsPoll(ask="Why?")),
    ),
)
YES, NO = Chosen(options=("1",)), Chosen(options=("2",))


def begun(records: Records, code: str = "KQ7R2M") -> str:
    assert records.live.begin(LiveSession(code, "harbour", "d" * 64, "host", PLAN, NOW))
    return code


def opened(records: Records, poll: str = "p1") -> str:
    code = begun(records)
    assert records.live.move(code, poll, ("draft", "open"), NOW)
    return code


def vote(voter: str, response: Response = YES, poll: str = "p1", minutes: int = 0) -> Vote:
    return Vote("KQ7R2M", poll, voter, response, NOW + timedelta(minutes=minutes))


def test_a_session_is_read_as_it_was_begun_and_a_code_is_taken_once(records: Records) -> None:
    code = begun(records)
    found = records.live.session(code)
    assert found is not None
    assert (found.module, found.host, found.plan, found.created, found.ended) == ("harbour", "host", PLAN, NOW, None)
    assert found.states == {"p1": "draft", "p2": "draft"}
    assert not records.live.begin(LiveSession(code, "other", "d" * 64, "host", PLAN, NOW))
    assert records.live.session("NOSUCH") is None
    assert [one.code for one in records.live.sessions(host="host")] == [code]
    assert records.live.sessions(host="nobody") == ()


def test_a_vote_counts_only_while_its_poll_is_open(records: Records) -> None:
    code = begun(records)
    assert records.live.cast([vote("a")]) == (False,)
    assert records.live.move(code, "p1", ("draft", "open"), NOW)
    assert records.live.cast([vote("a"), vote("b", NO), vote("c", poll="p2"), vote("d", poll="none")]) == (
        True, True, False, False,
    )  # fmt: skip
    assert records.live.move(code, "p1", ("open", "closed"), NOW)
    assert records.live.cast([vote("a", NO)]) == (False,)
    assert records.live.votes(code, "p1") == {"a": YES, "b": NO}


def test_a_second_vote_replaces_the_first_also_within_one_transaction(records: Records) -> None:
    code = opened(records)
    records.live.cast([vote("a"), vote("a", NO)])
    assert records.live.votes(code, "p1") == {"a": NO}
    records.live.cast([vote("a", YES, minutes=1)])
    assert records.live.vote_of(code, "p1", "a") == YES
    assert records.live.counts(code, "p1") == ((YES, 1),)


def test_one_poll_is_open_at_a_time_and_states_move_once(records: Records) -> None:
    code = opened(records)
    assert not records.live.move(code, "p2", ("draft", "open"), NOW)
    with ThreadPoolExecutor(8) as threads:
        closed = list(threads.map(lambda _: records.live.move(code, "p1", ("open", "closed"), NOW), range(8)))
    assert closed.count(True) == 1
    with ThreadPoolExecutor(8) as threads:
        both = list(
            threads.map(
                lambda n: records.live.move(code, f"p{n % 2 + 1}", (("closed", "draft")[n % 2], "open"), NOW), range(8)
            )
        )
    found = records.live.session(code)
    assert found is not None
    assert both.count(True) == 1
    assert list(found.states.values()).count("open") == 1


def test_the_end_closes_what_is_open_and_stands(records: Records) -> None:
    code = opened(records)
    records.live.end(code, NOW + timedelta(hours=1))
    records.live.end(code, NOW + timedelta(hours=2))
    found = records.live.session(code)
    assert found is not None
    assert found.ended == NOW + timedelta(hours=1)
    assert found.states["p1"] == "closed"


def test_of_250_votes_cast_at_once_none_is_lost_and_all_are_told(records: Records) -> None:
    """A peer lost 242 of 250 to a read-modify-write."""
    code, box = opened(records), BallotBox(records.live)
    with ThreadPoolExecutor(25) as threads:
        futures = list(threads.map(lambda n: box.cast(vote(f"v{n}", YES if n % 3 else NO)), range(250)))
    assert all(one.result(30) for one in futures)
    assert len(records.live.votes(code, "p1")) == 250
    assert records.live.counts(code, "p1") == ((YES, 166), (NO, 84))


def test_a_box_writes_again_after_it_was_idle_and_says_when_the_records_are_away(records: Records) -> None:
    begun(records)
    box = BallotBox(records.live)
    assert box.cast(vote("a")).result(10) is False
    assert records.live.move("KQ7R2M", "p1", ("draft", "open"), NOW)
    assert box.cast(vote("a")).result(10) is True


def test_two_processes_show_one_tally(records: Records, records_url: str) -> None:
    code, other = opened(records), open_records(records_url)
    try:
        before = other.live.pulse(code)
        records.live.cast([vote("a")])
        other.live.cast([vote("b", NO)])
        assert records.live.votes(code, "p1") == other.live.votes(code, "p1") == {"a": YES, "b": NO}
        assert other.live.pulse(code) != before
    finally:
        other.close()


def test_the_pulse_changes_with_everything_that_anybody_sees(records: Records) -> None:
    code, seen = begun(records), set()

    def beat() -> None:
        pulse = records.live.pulse(code)
        assert pulse not in seen
        assert records.live.pulse(code) == pulse
        seen.add(pulse)

    beat()
    records.live.put_slide(code, 4)
    beat()
    records.live.move(code, "p2", ("draft", "open"), NOW + timedelta(minutes=1))
    beat()
    records.live.cast([vote("a", Written(text="time"), "p2")])
    beat()
    shown = records.live.pulse(code)
    records.live.cast([vote("a", Written(text="cost"), "p2", minutes=2)])
    assert records.live.pulse(code) == shown, "nobody sees what was voted before the poll is closed"
    records.floor.ask(code, "a", "How long?", most=3, now=NOW)
    beat()
    records.floor.put_state(code, records.floor.questions(code)[0].id, "shown")
    beat()
    records.floor.second(code, records.floor.questions(code)[0].id, "b")
    beat()
    records.live.end(code, NOW + timedelta(hours=1))
    beat()


def test_questions_wait_until_shown_and_are_seconded_once_a_voter(records: Records) -> None:
    code = begun(records)
    for text in ("How long?", "How long?", "For whom?", "Why?"):
        records.floor.ask(code, "a", text, most=2, now=NOW)
    first, second = records.floor.questions(code, "a")
    assert (first.text, first.state, first.mine, second.text) == ("How long?", "waiting", True, "For whom?")
    assert not records.floor.second(code, second.id, "b")
    records.floor.put_state(code, second.id, "shown")
    for voter in ("a", "b", "b", "c"):
        assert records.floor.second(code, second.id, voter)
    top = records.floor.questions(code, "b")[0]
    assert (top.text, top.seconded, top.by_me, top.mine) == ("For whom?", 2, True, False)
    assert not records.floor.second("OTHER", second.id, "d")


def test_polls_added_while_the_session_goes_on_start_as_drafts_and_the_others_keep_their_votes(
    records: Records,
) -> None:
    code = opened(records)
    records.live.cast([vote("a")])
    more = PLAN.model_copy(update={"polls": (*PLAN.polls, Placed(id="p3", poll=WordsPoll(ask="And?")))})
    records.live.put_plan(code, more, NOW)
    found = records.live.session(code)
    assert found is not None
    assert found.states == {"p1": "open", "p2": "draft", "p3": "draft"}
    assert records.live.votes(code, "p1") == {"a": YES}
