"""Numbers that registers keep for a person: what each looks like, and the sentence for one that cannot be right."""

import re
from dataclasses import dataclass

from modules.core.people import Licence, Register

NPI_PREFIX = "80840"
"""ISO 7812 prefix of US health identifiers (80, 840), counted in the check digit (CMS, NPI check digit, 2004)."""

STATES = {
    "AL": "Alabama", "AK": "Alaska", "AS": "American Samoa", "AZ": "Arizona", "AR": "Arkansas", "CA": "California",
    "CO": "Colorado", "CT": "Connecticut", "DE": "Delaware", "DC": "District of Columbia", "FL": "Florida",
    "GA": "Georgia", "GU": "Guam", "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois", "IN": "Indiana", "IA": "Iowa",
    "KS": "Kansas", "KY": "Kentucky", "LA": "Louisiana", "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts",
    "MI": "Michigan", "MN": "Minnesota", "MS": "Mississippi", "MO": "Missouri", "MT": "Montana", "NE": "Nebraska",
    "NV": "Nevada", "NH": "New Hampshire", "NJ": "New Jersey", "NM": "New Mexico", "NY": "New York",
    "NC": "North Carolina", "ND": "North Dakota", "MP": "Northern Mariana Islands", "OH": "Ohio", "OK": "Oklahoma",
    "OR": "Oregon", "PA": "Pennsylvania", "PR": "Puerto Rico", "RI": "Rhode Island", "SC": "South Carolina",
    "SD": "South Dakota", "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VT": "Vermont", "VI": "Virgin Islands",
    "VA": "Virginia", "WA": "Washington", "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming",
}  # fmt: skip
"""States, the District and territories by their postal code (USPS Publication 28, appendix B)."""

BOARDS = {
    "ABA": "Anesthesiology",
    "ABOHNS": "Otolaryngology, head and neck surgery",
    "ABOS": "Orthopaedic surgery",
    "ABP": "Pediatrics",
    "ABPATH": "Pathology",
    "ABS": "Surgery",
    "ABTS": "Thoracic surgery",
}
"""The ABMS boards beside ABIM to which points are passed on (ACCME's draft schema of learner reports, 2025)."""

REGIONS: dict[Register, dict[str, str]] = {"us-state": STATES, "abms": BOARDS}
"""Registers whose numbers mean nothing without saying whose they are."""


@dataclass(frozen=True, slots=True)
class Shape:
    """`pattern` of the whole number once tidied; `sentence` says what is expected."""

    name: str
    pattern: str
    sentence: str


# Only the NPI and the GMC number have a published length; of the others only the kind of character is held to.
SHAPES: dict[Register, Shape] = {
    "npi": Shape("NPI", r"[12][0-9]{9}", "An NPI has 10 digits and begins with 1 or 2."),
    "us-state": Shape(
        "State licence", r"[A-Z0-9][A-Z0-9./-]{0,19}",
        "A state licence has up to 20 letters, digits, dots, dashes or slashes.",
    ),
    "gmc": Shape("GMC number", r"[0-9]{7}", "A GMC number has 7 digits."),
    "abim": Shape("ABIM ID", r"[0-9]{1,10}", "An ABIM ID has digits only, at most 10."),
    "abms": Shape("Board ID", r"[A-Z0-9]{1,20}", "A board's ID has letters and digits only, at most 20."),
    "nabp": Shape("NABP e-Profile ID", r"[0-9]{1,12}", "An NABP e-Profile ID has digits only, at most 12."),
}  # fmt: skip
CHECK_DIGIT = "This NPI cannot be right: its last digit does not fit the others. Look for two digits swapped."
PLACES: dict[Register, str] = {
    "us-state": "Choose the state that gave this licence.",
    "abms": "Choose the board that gave this ID.",
}
WITHOUT_NUMBER: dict[Register, str] = {
    "us-state": "Write the number of this licence, or choose no state.",
    "abms": "Write your ID at this board, or choose no board.",
}


def luhn(digits: str) -> bool:
    """ISO/IEC 7812-1, annex B: from the right every second digit is doubled; the sum of all digits ends in 0."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (2 if place % 2 else 1)
        total += doubled // 10 + doubled % 10
    return total % 10 == 0


def tidy_licence(number: str) -> str:
    """Capitals, and none of the spaces that people write for reading."""
    return re.sub(r"\s+", "", number).upper()


def licence_refusal(register: Register, number: str, region: str | None = None) -> str | None:
    """The sentence for a tidied number that cannot be right; None where nothing speaks against it.

    `region` is looked at only where the register has REGIONS.
    """
    shape = SHAPES[register]
    if re.fullmatch(shape.pattern, number, re.ASCII) is None:
        return shape.sentence
    if register == "npi" and not luhn(NPI_PREFIX + number):
        return CHECK_DIGIT
    if register in REGIONS and region not in REGIONS[register]:
        return PLACES[register]
    return None


def licence_text(licence: Licence) -> str:
    """As a person reads it: `State licence 12345, Ohio`."""
    places = REGIONS.get(licence.register_name, {})
    place = f", {places.get(licence.region, licence.region)}" if licence.region else ""
    return f"{SHAPES[licence.register_name].name} {licence.number}{place}"
