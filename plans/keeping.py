"""How long what is closed is kept."""

from calendar import monthrange
from datetime import MAXYEAR, date


def years_later(day: date, years: int) -> date:
    """The same day so many years on; of 29 February the 28th where there is none."""
    year = min(day.year + years, MAXYEAR)
    return date(year, day.month, min(day.day, monthrange(year, day.month)[1]))
