"""How long the record of credit is kept: the one place of the rule."""

from datetime import datetime

YEARS = 6
"""ACCME: participation must be verifiable for six years from the date of the activity."""


def kept_until(last: datetime, years: int = YEARS) -> datetime:
    """From the last thing somebody did in a module. 29 February becomes 28 February."""
    return _years_later(last, years)


def kept_since(now: datetime, years: int = YEARS) -> datetime:
    """What was last touched before this moment may go."""
    return _years_later(now, -years)


def _years_later(at: datetime, years: int) -> datetime:
    try:
        return at.replace(year=at.year + years)
    except ValueError:
        return at.replace(year=at.year + years, day=28)
