"""What a sheet of a pack's workbook is, and the values that its cells share."""

from dataclasses import dataclass
from datetime import date

NONE = "None"
NOT_RATED = "Not rated"
Row = list[str | int | float | date]


@dataclass(frozen=True)
class Sheet:
    """One table under its title; `about` says in a sentence what it holds."""

    name: str
    title: str
    about: str
    headers: list[str]
    rows: list[Row]


def day_of(words: str) -> date | str:
    """ "2020-03-30" as a day."""
    return date.fromisoformat(words) if words else NONE
