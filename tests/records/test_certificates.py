"""Certificates on both engines: issued once, never changed by a second claim."""

import json
from concurrent.futures import ThreadPoolExecutor

from modules.core.certificates import Certificate
from modules.core.events import EVENT, event_id
from modules.records.records import Records
from tests.builders import NOON, certificate, claimed, minutes

NUMBER = "LM-AAAA-BBBB-CCCC-DDDD"
NEW_IN_CERTIFICATES = {
    "cuts", "amount", "unit", "units", "heading", "scheme_name", "statement", "provider_address", "joint",
    "accreditation", "uan", "revision", "replaces",
}  # fmt: skip


def test_a_certificate_is_found_by_its_number_as_it_was_issued(records: Records) -> None:
    issued = records.issue(certificate(), claimed(), email="ann@example.org")
    assert (issued.certificate, issued.state, issued.reason, issued.learner) == (
        certificate(),
        "valid",
        None,
        "ann",
    )
    assert records.certificate("LM-AAAA-BBBB-CCCC-DDDD") == issued
    assert records.certificates("ann") == (issued,)
    assert records.events("ann", "harbour") == (claimed(),)


def test_an_unknown_number_is_no_certificate(records: Records) -> None:
    assert records.certificate("LM-ZZZZ-ZZZZ-ZZZZ-ZZZZ") is None
    assert records.certificates("nobody") == ()
    assert records.revoke("LM-ZZZZ-ZZZZ-ZZZZ-ZZZZ", "No reason") is None


def test_a_second_claim_changes_neither_certificate_nor_name(records: Records) -> None:
    first = records.issue(certificate(), claimed(), email="ann@example.org")
    assert records.issue(certificate(name="Someone Else"), claimed(), email="else@example.org") == first
    person = records.person("ann")
    assert person is not None
    assert (person.name, person.email, person.created) == ("Ann Åker", "ann@example.org", NOON)


def test_ten_claims_at_once_are_one_certificate(records: Records) -> None:
    def claim(n: int) -> str:
        return records.issue(certificate(name=f"Name {n}"), claimed()).certificate.name

    with ThreadPoolExecutor(10) as threads:
        names = set(threads.map(claim, range(10)))
    assert len(names) == 1
    assert len(records.certificates("ann")) == len(records.events("ann", "harbour")) == 1


def test_a_revoked_certificate_stays_on_record_with_its_reason(records: Records) -> None:
    records.issue(certificate(), claimed())
    revoked = records.revoke("LM-AAAA-BBBB-CCCC-DDDD", "Issued by mistake")
    assert revoked is not None
    assert (revoked.state, revoked.reason) == ("revoked", "Issued by mistake")
    assert records.certificate("LM-AAAA-BBBB-CCCC-DDDD") == revoked
    assert records.issue(certificate(), claimed()) == revoked


def second(name: str = "Anna Åker", number: str = "LM-EEEE-FFFF-GGGG-HHHH") -> Certificate:
    return certificate(number, name=name).model_copy(update={"revision": 2, "replaces": NUMBER})


def test_a_corrected_certificate_takes_the_place_of_the_one_before(records: Records) -> None:
    records.issue(certificate(), claimed())
    after = records.supersede(NUMBER, second(), "Name corrected", minutes(5))
    assert after is not None
    assert (after.certificate, after.state, after.learner) == (second(), "valid", "ann")
    before = records.certificate(NUMBER)
    assert before is not None
    assert (before.state, before.reason, before.replaced_by, before.ended) == (
        "superseded", "Name corrected", second().number, minutes(5),
    )  # fmt: skip
    assert [one.state for one in records.certificates("ann")] == ["superseded", "valid"]
    assert records.issue(certificate(name="Else"), claimed()) == after


def test_what_no_longer_stands_is_neither_replaced_nor_revoked(records: Records) -> None:
    records.issue(certificate(), claimed())
    records.supersede(NUMBER, second(), "Name corrected", minutes(5))
    third = second("Someone Else", "LM-IIII-JJJJ-KKKK-LLLL")
    assert records.supersede(NUMBER, third, "Again", minutes(6)) is None
    unchanged = records.revoke(NUMBER, "No reason at all", minutes(7))
    assert unchanged is not None
    assert (unchanged.state, unchanged.reason) == ("superseded", "Name corrected")


def test_ten_corrections_at_once_leave_one_that_stands(records: Records) -> None:
    records.issue(certificate(), claimed())
    with ThreadPoolExecutor(10) as threads:
        found = list(threads.map(lambda n: records.supersede(NUMBER, second(f"Name {n}"), "x", minutes(5)), range(10)))
    assert len({one.certificate.name for one in found if one}) == 1
    assert [one.state for one in records.certificates("ann")] == ["superseded", "valid"]


def test_a_learner_holds_one_certificate_of_each_scheme(records: Records) -> None:
    records.issue(certificate(), claimed())
    number, claim = "LM-MMMM-NNNN-OOOO-PPPP", event_id("ann", "harbour", "claim", "ama")
    other = claimed(number=number).model_copy(update={"scheme": "ama", "id": claim})
    issued = records.issue(certificate(number).model_copy(update={"scheme": "ama"}), other)
    assert issued.certificate.number == number
    assert records.issue(certificate("LM-X").model_copy(update={"scheme": "ama"}), other) == issued
    assert len(records.certificates("ann")) == len(records.issued("harbour")) == 2


def test_certificates_and_events_from_before_there_were_schemes_still_load(records: Records) -> None:
    """What an earlier release wrote: quarter hours alone."""
    records.issue(certificate(), claimed())
    old = certificate().model_dump(mode="json", exclude=NEW_IN_CERTIFICATES)
    found = Certificate.model_validate_json(json.dumps(old))
    assert (found.amount_text, found.scheme_name, found.revision) == ("0.5 hours", "Certificate of participation", 1)
    assert found == certificate()
    event = claimed().model_dump(mode="json", exclude={"amount", "unit"})
    assert EVENT.validate_json(json.dumps(event)) == claimed()
