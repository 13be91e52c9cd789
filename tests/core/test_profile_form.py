"""The profile as typed: what is read, what is refused at which field."""

from calendar import isleap
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modules.core.licences import CHECK_DIGIT, PLACES
from modules.core.people import BirthDay, Licence, Profile
from modules.core.professions import PROFESSIONS
from modules.core.profile_form import (
    HALF_BORN,
    NO_COUNTRY,
    NO_DAY,
    NO_PROFESSION,
    TOO_LONG,
    UNSHOWN,
    birth_day,
    read_profile,
    tidy_name,
    typed_of,
)

COUNTRIES = {"GB": "United Kingdom", "US": "United States"}
FULL = {
    "name": "Dr  Ana María Díaz",
    "given_name": "Ana María",
    "family_name": "Díaz",
    "profession": "Physician",
    "country": "US",
    "npi": "1234 567 893",
    "us-state": "35.012345",
    "us-state-region": "OH",
    "gmc": "7654321",
    "month": "2",
    "day": "29",
}
NAMES = st.text(st.characters(categories=["L", "M", "Zs"], include_characters="-'."), max_size=40).map(tidy_name)
DAYS = st.dates(date(2000, 1, 1), date(2000, 12, 31))
PROFILES = st.builds(
    Profile,
    name=NAMES,
    given_name=NAMES,
    family_name=NAMES,
    profession=st.sampled_from(["", *PROFESSIONS]),
    country=st.sampled_from(["", *COUNTRIES]),
    licences=st.lists(
        st.sampled_from(
            [
                Licence(register="npi", number="1234567893"),
                Licence(register="us-state", number="AB12", region="TX"),
                Licence(register="gmc", number="1234567"),
                Licence(register="abms", number="9", region="ABS"),
            ]
        ),
        unique_by=lambda licence: licence.register_name,
    ).map(
        lambda found: tuple(sorted(found, key=lambda one: ["npi", "us-state", "gmc", "abms"].index(one.register_name)))
    ),
    born=st.none() | DAYS.map(lambda day: BirthDay(month=day.month, day=day.day)),
)


def test_a_full_form_is_read_and_tidied() -> None:
    read = read_profile(FULL, COUNTRIES).profile
    assert read is not None
    assert read.name == "Dr Ana María Díaz"
    assert read.born == BirthDay(month=2, day=29)
    assert [(one.register_name, one.number, one.region) for one in read.licences] == [
        ("npi", "1234567893", None),
        ("us-state", "35.012345", "OH"),
        ("gmc", "7654321", None),
    ]


def test_an_empty_form_is_an_empty_profile() -> None:
    assert read_profile({}, COUNTRIES).profile == Profile()


@given(PROFILES)
def test_what_was_kept_is_read_back_from_its_own_form(profile: Profile) -> None:
    assert read_profile(typed_of(profile), COUNTRIES).profile == profile
    assert Profile.model_validate_json(profile.model_dump_json(by_alias=True)) == profile


@given(st.dictionaries(st.sampled_from([*FULL, "born", "abms", "abms-region"]), st.text(max_size=200)))
def test_no_text_breaks_the_form_and_every_refusal_has_a_sentence(typed: dict[str, str]) -> None:
    read = read_profile(typed, COUNTRIES)
    assert (read.profile is None) == bool(read.refused)
    assert all(sentence.endswith(".") for sentence in read.refused.values())


@pytest.mark.parametrize(
    ("field", "value", "at", "sentence"),
    [
        ("name", "x" * 121, "name", TOO_LONG),
        ("family_name", "Dí\x00az", "family_name", UNSHOWN),
        ("given_name", "Ana\u202eaifraM", "given_name", UNSHOWN),
        ("profession", "Astronaut", "profession", NO_PROFESSION),
        ("country", "ZZ", "country", NO_COUNTRY),
        ("npi", "1234567894", "npi", CHECK_DIGIT),
        ("us-state-region", "", "us-state", PLACES["us-state"]),
        ("us-state", "", "us-state", "Write the number of this licence, or choose no state."),
        ("day", "30", "born", NO_DAY),
        ("month", "13", "born", NO_DAY),
        ("day", "", "born", HALF_BORN),
        ("day", "²", "born", NO_DAY),
    ],
)
def test_one_bad_value_is_refused_at_its_field_alone(field: str, value: str, at: str, sentence: str) -> None:
    assert read_profile(FULL | {field: value}, COUNTRIES).refused == {at: sentence}


def test_the_sentences_of_every_bad_field_come_at_once() -> None:
    typed = FULL | {"npi": "1", "country": "Spain", "day": "31"}
    assert set(read_profile(typed, COUNTRIES).refused) == {"npi", "country", "born"}


@given(st.integers(-5, 20), st.integers(-5, 40))
def test_a_birth_day_is_one_that_some_year_has(month: int, day: int) -> None:
    """No year is asked for, so 29 February is a day like any other."""
    years = (2023, 2024)
    assert [isleap(year) for year in years] == [False, True]
    exists = any(_is_day(year, month, day) for year in years)
    assert (birth_day(str(month), str(day)) is not None) == exists


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
