"""Which figures may be typed in prose, and which must come from the evidence."""

import pytest

from modules.authoring.lint.typed import EXCEPTIONS
from tests.authoring.reading import picture

ALLOWED = [
    "Published in 2015 and 1998, since the late 1990s, between 2019–2023.",
    "On 6 January 2026, or January 6, 2026, or 2026-01-06.",
    "HER2, ERBB2, HER2CLIMB-05, DESTINY-Breast09, H0648g, M77001, T-DM1, PIK3CA, PD-L1 and DEMO-77.",
    "IHC 3+, IHC 2+ or 1+, IHC 0, a score of 3+, ISH group 2, groups 2 to 4.",
    "CDK4/6 inhibitors; CDK 4/6.",
    "A phase 3 trial, a randomised phase 2 trial, phase 1b, phase 2/3, Phase 3.",
    "Grade 3 harm, grade 3 or higher, grades 3-4, grade 3 to 4, grade ≥3, grade 3–4.",
    "Docetaxel 75 mg/m2, 75 to 100 mg/m2, trastuzumab 8 mg/kg then 6 mg/kg, 420 mg, AUC 6.",
    "Given every 3 weeks, on days 1 and 8, in a 21-day cycle.",
    "The 95% CI, a 95% confidence interval, 90% intervals.",
    "An interval that crosses 1, a ratio of 1, below 1.0, includes 1.",
    "In every 100 patients, per 100, of each 100 treated.",
    "EGFR exon 19 and exon 21, chromosome 17, 17q12, L858R, T790M.",
    "Figure 2, table 1, lesson 3, step 2, stage 4, version 2.",
    "First-line, second-line, one of two arms, two drugs, three questions.",
    "One patient in the clinic; one further cycle; every three weeks.",
    "At two years {value}`demo.os.new.at-24` were alive; the 24-month rate, at 24 months.",
    "NCT00567190 and 10th",
]
REFUSED = [
    ("Survival was 12.5 months.", "E102", "12.5 months"),
    ("It rose by 32%.", "E102", "32%"),
    ("Of 808 patients", "E102", "808 patients"),
    ("A hazard ratio of 0.68.", "E102", "0.68"),
    ("It was p<0.001.", "E102", "<0.001"),
    ("n=235", "E102", "=235"),
    ("A ratio below 1.5.", "E102", "1.5"),
    ("In 2000 patients", "E102", "2000 patients"),
    ("Grade 3 in 12%.", "E102", "12%"),
    ("95% of patients", "E102", "95%"),
    ("IHC 30%", "E102", "30%"),
    ("at 1 month", "E102", "1 month"),
    ("In **12** patients", "E102", "12 patients"),
    ("[12 patients](https://example.org)", "E102", "12 patients"),
    ("after six cycles", "E103", "six cycles"),
    ("for twelve months", "E103", "twelve months"),
    ("twenty-one days", "E103", "twenty-one days"),
    ("a five-year survival", "E103", "five-year"),
    ("ten per cent", "E103", "ten per cent"),
    ("Nine further months", "E103", "Nine further months"),
    ("At three years {value}`demo.os.new.at-24` were alive.", "E103", "three years"),
]


@pytest.mark.parametrize("text", ALLOWED)
def test_names_dates_doses_and_proven_time_points_may_be_typed(text: str) -> None:
    assert "!" not in picture(text.replace("10th", "the tenth"))


@pytest.mark.parametrize(("text", "code", "figure"), REFUSED)
def test_a_typed_figure_is_a_problem(text: str, code: str, figure: str) -> None:
    problems = [line for line in picture(text).split("\n") if line.startswith("!")]
    what = "number in words" if code == "E103" else "figure"
    assert problems == [f'! 1 {code} the {what} "{figure}" is typed']


def test_a_figure_in_code_or_from_a_role_is_not_typed() -> None:
    assert "!" not in picture("`12.5` {value}`demo.os.new` {term}`95% of it <os>`")


def test_the_line_is_that_of_the_figure() -> None:
    assert "! 3 E102" in picture("One\ntwo\n12.5 months\nfour")


def test_every_exception_has_a_name_and_a_pattern() -> None:
    assert all(name and pattern for name, pattern in EXCEPTIONS.items())
