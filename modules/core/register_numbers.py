"""Numbers that registers give to people: their check digits."""

_CODES = """
AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI
SC SD TN TX UT VT VA WA WV WI WY AS GU MP PR VI
"""
US_STATES = frozenset(_CODES.split())
"""Postal codes of states, the district and the territories that license physicians."""


def npi_is_sound(number: str) -> bool:
    """Ten digits whose last is the Luhn digit of 80840 and the first nine (45 CFR 162.406; ISO/IEC 7812-1)."""
    if len(number) != 10 or not (number.isascii() and number.isdigit()):
        return False
    total = 0
    for place, digit in enumerate(reversed("80840" + number)):
        doubled = int(digit) * (1 + place % 2)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0
