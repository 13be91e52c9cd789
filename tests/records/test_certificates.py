"""Certificates on both engines: issued once, never changed by a second claim."""

from concurrent.futures import ThreadPoolExecutor

from modules.records.records import Records
from tests.builders import NOON, certificate, claimed


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
