"""The files of a batch: JSON by ACCME's draft, and delimited text as configured."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

from modules.authoring.register_file import read_registers
from modules.core.people import BirthDay
from modules.core.registers import Column
from modules.export.pars import Document, pars_json
from modules.export.register_rows import batch
from modules.export.register_text import tab_delimited
from tests.reported import CONTENT, NOW, TODAY, completion, confirmed, licence, pharmacist, profile, rule

PARS, CPE = rule(), rule("cpe-monitor")


def test_a_learner_report_holds_what_accme_asks_for() -> None:
    """cme-rules 1.4: names, month and day of birth, licence by state, activity, credit in quarters, action."""
    made = json.loads(pars_json(batch(PARS, [completion(profile=profile())], {}, today=TODAY), PARS, now=NOW))
    reports = made["ACCMELearnerReports"]["ActivityReports"]
    assert reports["DateTimeCreated"] == "2026-04-01T09:30:00Z"
    (report,) = reports["ActivityReport"]
    assert report == {
        "ReportingOrganization": "0012345",
        "Member": {
            "Name": {"GivenName": "Ada", "FamilyName": "Byron King"},
            "PersonalInfo": {"BirthDate": "03-09"},
        },
        "Activity": {
            "ProviderOrganization": "0012345",
            "Module": {"ModuleName": {"value": "Harbour lights"}, "moduleID": "201234567"},
        },
        "Status": "Completed",
        "CompletedDateTime": "2026-03-20T00:00:00",
        "CreditCertificate": [
            {
                "UniqueID": [{"value": "A123456", "domain": "CA"}, {"value": "1234567893", "domain": "NPI"}],
                "CreditReceived": {
                    "activityCertification": "AMA PRA Category 1",
                    "creditUnit": "Point",
                    "numberOfCredits": 0.5,
                },
                "CreditID": "ccid:0012345:LM-AAAA-AAAA-AAAA-AAAA",
            }
        ],
        "XtensibleInfo": {"LearnerRecordAction": "add"},
    }


def test_the_birth_date_is_written_as_the_configuration_says() -> None:
    fixed = rule(birth="MM/DD", birth_json="2000-MM-DD")
    made = batch(fixed, [completion(profile=profile(born=BirthDay(month=2, day=29)))], {}, today=TODAY)
    assert '"BirthDate": "2000-02-29"' in pars_json(made, fixed, now=NOW)
    assert "\t02/29\t" in tab_delimited(made, fixed)


def test_abim_points_go_by_the_board_number() -> None:
    one = completion(scheme="abim-moc", profile=profile(licences=(licence("abim", "123456"),)))
    made = json.loads(pars_json(batch(PARS, [one], {}, today=TODAY), PARS, now=NOW))
    (report,) = made["ACCMELearnerReports"]["ActivityReports"]["ActivityReport"]
    (credit,) = report["CreditCertificate"]
    assert credit["UniqueID"] == [{"value": "123456", "domain": "ABIM"}]
    assert credit["CreditReceived"]["activityCertification"] == "ABIM"


def test_deletions_stand_before_additions() -> None:
    before = confirmed(batch(PARS, [completion("LM-A")], {}, today=TODAY))
    both = [completion("LM-A", state="superseded", replaced_by="LM-B"), completion("LM-B")]
    made = batch(PARS, both, before, today=TODAY)
    lines = tab_delimited(made, PARS).split("\r\n")
    assert [(line.split("\t")[0], line.split("\t")[-1]) for line in lines[1:3]] == [("delete", "LM-A"), ("add", "LM-B")]
    actions = [
        report["XtensibleInfo"]["LearnerRecordAction"]
        for report in json.loads(pars_json(made, PARS, now=NOW))["ACCMELearnerReports"]["ActivityReports"][
            "ActivityReport"
        ]
    ]
    assert actions == ["delete", "add"]


def test_the_text_has_the_columns_of_the_configuration_and_no_others() -> None:
    columns = (Column(name="Last", value="family-name"), Column(name="Credits", value="credits"))
    bare = rule(columns=columns, header=False)
    made = batch(bare, [completion()], {}, today=TODAY)
    assert tab_delimited(made, bare) == "Byron King\t0.5\r\n"
    assert tab_delimited(made, rule(columns=columns)).startswith("Last\tCredits\r\n")


def test_cpe_monitor_gets_e_profile_month_and_day_uan_date_and_hours() -> None:
    """ACPE: NABP e-Profile number and MMDD."""
    made = tab_delimited(batch(CPE, [pharmacist(profile=profile())], {}, today=TODAY), CPE)
    assert made.split("\r\n")[1] == "add\t7654321\t0309\t0129-0000-26-001-H01-P\t2026-03-20\t0.5"


def test_the_same_batch_gives_the_same_bytes() -> None:
    ones = [completion(f"LM-{n}") for n in range(20)]
    first = batch(PARS, ones, {}, today=TODAY)
    again = batch(PARS, reversed(ones), {}, today=TODAY)
    assert pars_json(first, PARS, now=NOW) == pars_json(again, PARS, now=NOW)
    assert tab_delimited(first, PARS) == tab_delimited(again, PARS)
    assert first.id == again.id


def test_the_models_take_back_what_was_written_and_refuse_what_the_draft_refuses() -> None:
    made = pars_json(batch(PARS, [completion()], {}, today=TODAY), PARS, now=NOW + timedelta(days=1))
    assert Document.model_validate_json(made)
    for good, bad in (("201234567", "20123456"), ("0.5", "0.3"), ('"add"', '"update"'), ("03-09", "13-09")):
        with pytest.raises(ValidationError):
            Document.model_validate_json(made.replace(good, bad))


def test_the_shipped_file_is_marked_as_to_be_confirmed() -> None:
    found, problems = read_registers(CONTENT)
    assert problems == ()
    assert found is not None
    assert all(one.unread for one in found.registers)
    assert "TO BE CONFIRMED" in (CONTENT / "registers.yaml").read_text()


def test_a_misspelt_key_or_a_pattern_that_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    shipped = (CONTENT / "registers.yaml").read_text()
    (tmp_path / "registers.yaml").write_text(shipped.replace("deadline_days", "deadline_day"))
    assert "[S104]" in str(read_registers(tmp_path)[1][0])
    (tmp_path / "registers.yaml").write_text(shipped.replace('"[0-9]{9}"', '"[0-9"'))
    found, (problem,) = read_registers(tmp_path)
    assert found is None
    assert "not a regular expression" in str(problem)
