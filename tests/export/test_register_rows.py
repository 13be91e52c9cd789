"""A batch adds, replaces and deletes what is due, and nothing else."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from modules.core.registers import Completion, SentRow
from modules.export.register_rows import batch, row
from tests.reported import TODAY, completion, confirmed, pharmacist, profile, rule

PARS = rule()


def deeds(made: object) -> list[tuple[str, str]]:
    return [(one.deed, one.certificate) for one in made.deeds]  # type: ignore[attr-defined]


def test_what_was_confirmed_is_not_sent_again() -> None:
    first = batch(PARS, [completion()], {}, today=TODAY)
    assert deeds(first) == [("add", completion().certificate)]
    assert batch(PARS, [completion()], confirmed(first), today=TODAY).deeds == ()


def test_what_was_not_confirmed_is_the_same_batch_again() -> None:
    assert batch(PARS, [completion()], {}, today=TODAY) == batch(PARS, [completion()], {}, today=TODAY)


def test_a_corrected_certificate_is_deleted_and_the_correction_added() -> None:
    before = batch(PARS, [completion("LM-A")], {}, today=TODAY)
    both = [
        completion("LM-A", state="superseded", replaced_by="LM-B"),
        completion("LM-B", learner="learner of LM-A", name="Ada King"),
    ]
    after = batch(PARS, both, confirmed(before), today=TODAY)
    assert deeds(after) == [("delete", "LM-A"), ("add", "LM-B")]
    assert batch(PARS, both, confirmed(after, confirmed(before)), today=TODAY).deeds == ()


def test_the_old_row_stands_while_its_correction_would_be_refused() -> None:
    before = confirmed(batch(PARS, [completion("LM-A")], {}, today=TODAY))
    both = [completion("LM-A", state="superseded", replaced_by="LM-B"), completion("LM-B", consent=False)]
    after = batch(PARS, both, before, today=TODAY)
    assert after.deeds == ()
    assert "LM-B" in {one.certificate for one in after.refused}


def test_a_revoked_certificate_is_deleted_once_whatever_the_learner_agreed_to() -> None:
    before = confirmed(batch(PARS, [completion()], {}, today=TODAY))
    ended = completion(state="revoked", consent=False)
    after = batch(PARS, [ended], before, today=TODAY)
    assert deeds(after) == [("delete", ended.certificate)]
    last = batch(PARS, [ended], confirmed(after, before), today=TODAY)
    assert (last.deeds, last.refused) == ((), ())


def test_a_certificate_revoked_before_it_was_sent_is_never_sent() -> None:
    made = batch(PARS, [completion(state="revoked")], {}, today=TODAY)
    assert made.deeds == ()
    assert "revoked" in made.refused[0].why


def test_a_licence_mended_after_sending_replaces_the_row() -> None:
    before = confirmed(batch(PARS, [completion()], {}, today=TODAY))
    mended = completion(profile=profile(licences=completion().profile.licences[1:]))
    assert batch(PARS, [mended], before, today=TODAY).deeds == ()
    (other,) = batch(PARS, [completion(activity="209999999")], before, today=TODAY).deeds
    assert (other.deed, other.sure) == ("replace", False)
    assert other.new is not None
    assert other.new.activity == "209999999"


def test_the_name_as_it_was_sent_is_found_again_for_the_row_to_delete() -> None:
    before = confirmed(batch(PARS, [completion("LM-A", profile=profile())], {}, today=TODAY))
    renamed = profile(name="Ada Lovelace", given_name="Ada", family_name="Lovelace")
    both = [
        completion("LM-A", state="superseded", replaced_by="LM-B", profile=renamed),
        completion("LM-B", profile=renamed, name="Ada Lovelace"),
    ]
    delete, add = batch(PARS, both, before, today=TODAY).deeds
    assert delete.old is not None
    assert add.new is not None
    assert (delete.sure, delete.old.given_name, delete.old.family_name) == (True, "Ada", "Byron King")
    assert (add.new.given_name, add.new.family_name) == ("Ada", "Lovelace")


def test_the_same_rows_at_another_time_are_another_batch() -> None:
    first = batch(PARS, [completion()], {}, today=TODAY)
    changed = batch(PARS, [completion(activity="209999999")], confirmed(first), today=TODAY)
    back = batch(PARS, [completion()], confirmed(changed, confirmed(first)), today=TODAY)
    again = batch(PARS, [completion(activity="209999999")], confirmed(back), today=TODAY)
    assert len({first.id, changed.id, back.id, again.id}) == 4


def test_after_the_deadline_a_register_takes_no_deletion_either() -> None:
    """NABP: later changes are refused."""
    cpe = rule("cpe-monitor")
    before = confirmed(batch(cpe, [pharmacist()], {}, today=TODAY))
    late = TODAY.replace(month=7)
    assert batch(cpe, [pharmacist(state="revoked")], before, today=late).deeds == ()


@pytest.mark.parametrize(("scheme", "domain", "number"), [("ama-pra-1", "CA", "A123456")])
def test_a_row_names_whose_number_it_gives(scheme: str, domain: str, number: str) -> None:
    credit = PARS.credit(scheme)
    assert credit is not None
    made = row(completion(profile=profile()), credit)
    assert (made.domain, made.licence, made.credits) == (domain, number, "0.5")


step = st.sampled_from(["claim", "correct", "revoke", "refuse", "agree", "send", "lose"])


@settings(deadline=None)
@given(st.lists(step, max_size=30))
def test_whatever_happens_the_register_ends_up_with_what_stands(steps: list[str]) -> None:
    """A life of certificates: agreed to and sent, the register holds the valid one and no other."""
    lines: list[Completion] = []
    sent: dict[str, SentRow] = {}
    register: set[str] = set()
    consent = True

    def send(keep: bool) -> None:
        nonlocal sent
        made = batch(PARS, [replace(one, consent=consent) for one in lines], sent, today=TODAY)
        if keep:
            for one in made.deeds:
                assert (one.certificate in register) is (one.deed != "add")
                (register.discard if one.deed == "delete" else register.add)(one.certificate)
            sent = confirmed(made, sent)

    for what in steps:
        match what:
            case "claim" if not any(one.state == "valid" for one in lines):
                lines.append(completion(f"LM-{len(lines)}", learner="ann"))
            case "correct" if lines and lines[-1].state == "valid":
                lines[-1] = replace(lines[-1], state="superseded", replaced_by=f"LM-{len(lines)}")
                lines.append(completion(f"LM-{len(lines)}", learner="ann"))
            case "revoke" if lines and lines[-1].state == "valid":
                lines[-1] = replace(lines[-1], state="revoked")
            case "refuse" | "agree":
                consent = what == "agree"
            case "send" | "lose":
                send(what == "send")
    consent = True
    send(True)
    assert register == {one.certificate for one in lines if one.state == "valid"}
