"""The certificates: one stands for a learner, a module and a scheme; corrected and revoked ones stay beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, Select, select, update

from modules.core.certificates import Certificate
from modules.core.events import CreditClaimed
from modules.records.deed_rows import Deed, add_deed
from modules.records.engine import transaction
from modules.records.rows import Shared, canonical, insert_new, moment
from modules.records.schema import CERTIFICATES, LEARNERS

CertificateState = Literal["valid", "superseded", "revoked"]
NOT_READ = "The records cannot be read at the moment. Try again."
NOT_KEPT = "This was not saved. Try again."


@dataclass(frozen=True, slots=True)
class Issued:
    """A certificate and its state; `reason` says why it no longer stands, `ended` since when.

    `replaced_by`: the number of the certificate that took its place.
    """

    certificate: Certificate
    state: CertificateState
    reason: str | None
    learner: str
    replaced_by: str | None = None
    ended: datetime | None = None


class Certificates(Shared):
    """Part of Records. Issuing is with the journal, since claim and certificate are written together."""

    def revoke(
        self, number: str, reason: str, now: datetime | None = None, *, deed: Deed | None = None
    ) -> Issued | None:
        """The certificate stays on record as revoked, with the reason; None when the number is unknown.

        Only one that stands can be revoked; any other is returned as it is. `deed`: who did it, noted with it.
        """
        ended = None if now is None else moment(now)
        values = {"state": "revoked", "reason": reason, "ended_at": ended}
        with transaction(self._writing, NOT_KEPT) as connection:
            changed = connection.execute(update(CERTIFICATES).where(_stands(number)).values(values))
            found = _one(connection, number)
            if deed is not None and changed.rowcount == 1:
                add_deed(connection, deed)
            return found

    def supersede(
        self, number: str, replacement: Certificate, reason: str, now: datetime, *, deed: Deed | None = None
    ) -> Issued | None:
        """Puts a corrected certificate in the place of one that stands, in one transaction; None when none stands.

        The same correction made twice is one: what stands under the replacement's number is returned.
        """
        ended = {"state": "superseded", "reason": reason, "ended_at": moment(now)}
        with transaction(self._writing, NOT_KEPT) as connection:
            changed = connection.execute(update(CERTIFICATES).where(_stands(number)).values(ended))
            if changed.rowcount == 1:
                old = connection.execute(_numbered(number)).one()
                row = certificate_row(replacement, old.learner)
                insert_new(connection, CERTIFICATES, [row | {"replaces": number}])
                name = {"name": replacement.name}
                connection.execute(update(LEARNERS).where(LEARNERS.c.id == old.learner).values(name))
                if deed is not None:
                    add_deed(connection, deed)
            return _one(connection, replacement.number)

    def certificate(self, number: str) -> Issued | None:
        with transaction(self._engine, NOT_READ) as connection:
            return _one(connection, number)

    def certificates(self, learner: str) -> tuple[Issued, ...]:
        """Oldest first; corrected and revoked ones among them."""
        return self._listed(select(CERTIFICATES).where(CERTIFICATES.c.learner == learner))

    def issued(self, module: str) -> tuple[Issued, ...]:
        """Every certificate of a module, oldest first."""
        return self._listed(select(CERTIFICATES).where(CERTIFICATES.c.module == module))

    def _listed(self, query: Select[Any]) -> tuple[Issued, ...]:
        ordered = query.order_by(CERTIFICATES.c.issued_at, CERTIFICATES.c.number)
        with transaction(self._engine, NOT_READ) as connection:
            rows = connection.execute(ordered).all()
            return _with_successors(connection, rows)


def issue_row(connection: Connection, certificate: Certificate, event: CreditClaimed) -> bool:
    """Whether the certificate is new; one of the same learner, module and scheme is never issued beside another.

    A revoked one is not issued again by a second claim: a person revoked it, and a person must look at it.
    """
    if connection.execute(_of_claim(event)).first() is not None:
        return False
    insert_new(connection, CERTIFICATES, [certificate_row(certificate, event.learner)])
    return True


def of_claim(connection: Connection, event: CreditClaimed) -> Issued:
    """What a claim has led to: the one that stands, else the last that did."""
    rows = connection.execute(_of_claim(event)).all()
    found = _with_successors(connection, rows)
    return next((one for one in found if one.state == "valid"), found[-1])


def certificate_row(certificate: Certificate, learner: str) -> dict[str, str]:
    return {
        "number": certificate.number,
        "learner": learner,
        "module": certificate.module,
        "issued_at": moment(certificate.issued),
        "document": canonical(certificate),
        "state": "valid",
        "scheme": certificate.scheme,
    }


def _of_claim(event: CreditClaimed) -> Select[Any]:
    mine = (CERTIFICATES.c.learner == event.learner) & (CERTIFICATES.c.module == event.module)
    query = select(CERTIFICATES).where(mine & (CERTIFICATES.c.scheme == event.scheme))
    return query.order_by(CERTIFICATES.c.issued_at, CERTIFICATES.c.number)


def _numbered(number: str) -> Select[Any]:
    return select(CERTIFICATES).where(CERTIFICATES.c.number == number)


def _stands(number: str) -> Any:
    return (CERTIFICATES.c.number == number) & (CERTIFICATES.c.state == "valid")


def _one(connection: Connection, number: str) -> Issued | None:
    row = connection.execute(_numbered(number)).one_or_none()
    return None if row is None else _with_successors(connection, [row])[0]


def _with_successors(connection: Connection, rows: Sequence[Row[Any]]) -> tuple[Issued, ...]:
    gone = [row.number for row in rows if row.state == "superseded"]
    columns = (CERTIFICATES.c.replaces, CERTIFICATES.c.number)
    query = select(*columns).where(CERTIFICATES.c.replaces.in_(gone))
    after = {row.replaces: row.number for row in connection.execute(query)} if gone else {}
    return tuple(_issued(row, after.get(row.number)) for row in rows)


def _issued(row: Row[Any], after: str | None) -> Issued:
    ended = None if row.ended_at is None else datetime.fromisoformat(row.ended_at)
    document = Certificate.model_validate_json(row.document)
    return Issued(document, row.state, row.reason, row.learner, after, ended)
