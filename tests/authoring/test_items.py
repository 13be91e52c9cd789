"""The rules of item writing on single texts: what each must see, and what looks like it and is fine."""

import pytest

from modules.authoring.lint.options import check_key, check_options
from modules.authoring.lint.stems import check_stem
from modules.authoring.problems import Findings
from modules.authoring.sheet import Sheet
from modules.authoring.source import Source
from modules.authoring.wording import Said

PLAIN = ("Above the threshold", "Below the threshold", "Near the threshold")


def codes(stem: str = "When does the marker count as present?", *options: str, vignette: str = "") -> set[str]:
    """What is found; the first option is the key."""
    findings = Findings("quizzes/demo/checks.yaml")
    sheet = Sheet(Source(), findings)
    texts = options or PLAIN
    heard = Said(vignette, stem, texts, ("The definition says so.",) * len(texts), 0)
    check_stem(heard, sheet, ())
    check_key(heard, sheet, ())
    check_options(texts, True, sheet, ())
    return {p.code for p in findings.problems}


@pytest.mark.parametrize(
    ("code", "stem"),
    [
        ("I220", "Which of the following is true?"),
        ("I220", "Which of these statements about DEMO-77 is correct?"),
        ("I220", "DEMO-77 ended early. Why?"),
        ("I221", "If your previous answer was yes, what should follow?"),
        ("I221", "Which dose suits the person in the vignette above?"),
        ("I222", "What does DEMO-77 show? How should it be told?"),
        ("I222", "How was survival measured and why does it matter?"),
    ],
)
def test_a_flawed_stem_is_seen(code: str, stem: str) -> None:
    assert codes(stem) == {code}


@pytest.mark.parametrize(
    "stem",
    [
        "Which reading is right?",
        "Which conclusion fits both results?",
        "DEMO-77 randomised people to two doses. Which findings come from it? Select two.",
        'She asks: "Will it return? And when?" What is the best reply?',
        "What is the next question to ask her?",
        "Which trial compared two arms, one of which received a placebo?",
        "She answered item 3 of the scale with yes. What does that item measure?",
    ],
)
def test_a_sound_stem_is_left_alone(stem: str) -> None:
    assert codes(stem) == set()


@pytest.mark.parametrize(
    ("code", "options"),
    [
        ("I108", ("1 to 5 doses", "5 to 9 doses", "10 to 12 doses")),
        ("I108", ("less than 10%", "5% to 20%", "more than 20%")),
        ("I204", ("It always helps her", "It helps her at times", "It harms her at times")),
        ("I208", ("It may help her", "It helps her a lot", "It harms her a lot")),
        ("I215", ("Cells and threshold", "Cells and dose", "Age and threshold")),
        ("I216", ("20%", "A share of cells", "A look at age")),
    ],
)
def test_flawed_options_are_seen(code: str, options: tuple[str, ...]) -> None:
    assert codes("What does the definition ask for?", *options) == {code}


@pytest.mark.parametrize(
    "options",
    [
        ("1 to 4 doses", "5 to 9 doses", "10 to 12 doses"),
        ("less than 5%", "5% to 20%", "more than 20%"),
        ("4 weeks", "8 weeks", "Not reached"),
        ("In May 2030", "In June 2030", "In July 2030"),
        ("A combination of both drugs", "A half of the dose", "A longer series"),
        ("Cells and threshold", "Cells and dose", "Cells and age"),
        ("Above a threshold of 20%", "A share of cells", "A look at age"),
    ],
)
def test_sound_options_are_left_alone(options: tuple[str, ...]) -> None:
    assert codes("What does the definition ask for?", *options) == set()


def test_a_word_of_the_stem_in_the_key_alone_is_seen_and_one_on_each_side_is_not() -> None:
    stem = "Which sign of a stained sample counts towards the threshold?"
    assert codes(stem, "A share of stained cells", "A look at the age", "A dose of a drug") == {"I209"}
    assert codes(stem, "A share of stained cells", "A dose near the threshold", "A look at the age") == set()


@pytest.mark.parametrize(
    ("stem", "options", "found"),
    [
        ("The definition rests on a:", ("share of cells", "age limit", "dose limit"), {"I210"}),
        ("The parts of the definition are:", ("two thresholds", "a threshold", "many doses"), {"I210"}),
        ("The definition rests on a:", ("share of cells", "unit of dose", "MRI of the head"), set()),
        ("The definition rests on:", ("a share of cells", "an age limit", "a dose limit"), set()),
    ],
)
def test_only_a_stem_that_breaks_off_gives_a_grammar_cue(stem: str, options: tuple[str, ...], found: set[str]) -> None:
    assert codes(stem, *options) == found


def test_a_vignette_is_dressing_when_no_reason_uses_it() -> None:
    case = "A retired teacher of 61 years comes to the clinic on a Monday with a letter"
    assert codes(vignette=f"{case}.") == {"I214"}
    assert codes(vignette=f"{case} that holds the definition.") == set()
    assert codes(vignette="A person of 61 years asks.") == set()
