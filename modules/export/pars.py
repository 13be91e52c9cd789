"""PARS and JA-PARS: a batch as JSON, by the draft schemas that ACCME staff published (elliottACCME/tempSchema, 2025).

Only what Landmark can fill in is restated here; demographics for REMS are left out. See docs/registers.md for what was
read and what the accredited provider must confirm.
"""

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_serializer

from modules.core.registers import Batch, RegisterRule, Row
from modules.export.register_text import birth_text, rows

Words = Annotated[str, StringConstraints(min_length=1)]


class _Part(BaseModel):
    """Names as the draft writes them."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class PersonName(_Part):
    GivenName: Words
    FamilyName: Words


class PersonalInfo(_Part):
    """Month and day; the draft's pattern asks for a year, its text allows none (content/registers.yaml decides)."""

    BirthDate: Annotated[str, StringConstraints(pattern=r"^([0-9]{4}-)?(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$")]


class Member(_Part):
    Name: PersonName
    PersonalInfo: PersonalInfo


class ModuleName(_Part):
    value: Words


class ReportedModule(_Part):
    ModuleName: ModuleName
    moduleID: Annotated[str, StringConstraints(pattern=r"^[0-9]{9}$")]


class ReportedActivity(_Part):
    ProviderOrganization: Annotated[str, StringConstraints(pattern=r"^[0-9]{7}$")]
    Module: ReportedModule


class UniqueId(_Part):
    """A person's number and who gave it: NPI, a board, or the state of a licence."""

    value: Words
    domain: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,8}$")]


class CreditReceived(_Part):
    activityCertification: Words
    creditUnit: Literal["Point"] = "Point"
    numberOfCredits: Annotated[Decimal, Field(ge=Decimal("0.25"), multiple_of=Decimal("0.25"))]

    @field_serializer("numberOfCredits")
    def _number(self, value: Decimal) -> float:
        """Quarters are exact in binary."""
        return float(value)


class CreditCertificate(_Part):
    UniqueID: tuple[UniqueId, ...]
    CreditReceived: CreditReceived
    CreditID: Annotated[str, StringConstraints(pattern=r"^ccid:[^:\s]+:[^:\s]+$")]


class XtensibleInfo(_Part):
    LearnerRecordAction: Literal["add", "delete"]


class ActivityReport(_Part):
    """One completion of one learner."""

    ReportingOrganization: Annotated[str, StringConstraints(pattern=r"^[0-9]{7}$")]
    Member: Member
    Activity: ReportedActivity
    Status: Literal["Completed"] = "Completed"
    CompletedDateTime: Words
    CreditCertificate: tuple[CreditCertificate, ...]
    XtensibleInfo: XtensibleInfo


class ActivityReports(_Part):
    DateTimeCreated: Words
    ActivityReport: tuple[ActivityReport, ...]


class LearnerReports(_Part):
    ActivityReports: ActivityReports


class Document(_Part):
    ACCMELearnerReports: LearnerReports


def pars_json(batch: Batch, rule: RegisterRule, *, now: datetime) -> str:
    """The same batch and moment give the same bytes. Text ends with a line end."""
    reports = tuple(_report(action, row, rule) for action, row in rows(batch, rule))
    made = ActivityReports(DateTimeCreated=_moment(now), ActivityReport=reports)
    document = Document(ACCMELearnerReports=LearnerReports(ActivityReports=made))
    return json.dumps(document.model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n"


def _report(action: str, row: Row, rule: RegisterRule) -> ActivityReport:
    return ActivityReport(
        ReportingOrganization=row.provider,
        Member=Member(
            Name=PersonName(GivenName=row.given_name, FamilyName=row.family_name),
            PersonalInfo=PersonalInfo(BirthDate=birth_text(rule.birth_json, row.birth)),
        ),
        Activity=ReportedActivity(
            ProviderOrganization=row.provider,
            Module=ReportedModule(ModuleName=ModuleName(value=row.title), moduleID=row.activity),
        ),
        CompletedDateTime=f"{row.completed}T00:00:00",
        CreditCertificate=(_certificate(row),),
        XtensibleInfo=XtensibleInfo(LearnerRecordAction="add" if action == rule.add else "delete"),
    )


def _certificate(row: Row) -> CreditCertificate:
    npi = (UniqueId(value=row.npi, domain="NPI"),) if row.npi and row.domain != "NPI" else ()
    return CreditCertificate(
        UniqueID=(UniqueId(value=row.licence, domain=row.domain), *npi),
        CreditReceived=CreditReceived(activityCertification=row.credit, numberOfCredits=Decimal(row.credits)),
        CreditID=f"ccid:{row.provider}:{row.certificate}",
    )


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
