"""Twelve months on a page: a financial year from April or a calendar year."""

from dataclasses import dataclass
from datetime import date

from impact.months import months_after

FINANCIAL, CALENDAR = "financial", "calendar"
FIRST_MONTHS = {FINANCIAL: 4, CALENDAR: 1}
EARLIEST, LATEST = 1990, 2200


@dataclass(frozen=True, slots=True)
class Year:
    """`first` is the calendar year in which it begins."""

    first: int
    kind: str = FINANCIAL

    @property
    def months(self) -> list[date]:
        start = date(self.first, FIRST_MONTHS[self.kind], 1)
        return [months_after(start, n) for n in range(12)]

    @property
    def words(self) -> str:
        """Such as "2019/20" or "2019"."""
        return str(self.first) if self.kind == CALENDAR else f"{self.first}/{(self.first + 1) % 100:02}"

    @property
    def before(self) -> "Year | None":
        return Year(self.first - 1, self.kind) if self.first > EARLIEST else None

    @property
    def after(self) -> "Year | None":
        return Year(self.first + 1, self.kind) if self.first < LATEST else None

    @property
    def other(self) -> "Year":
        """The same time by the other kind of year."""
        return Year(self.first, CALENDAR if self.kind == FINANCIAL else FINANCIAL)

    def month_at(self, words: str) -> date:
        """The month written as "201904", else the year's first."""
        return next((month for month in self.months if f"{month:%Y%m}" == words), self.months[0])


def year_from(first: str | None, kind: str | None, today: date) -> Year:
    """The year that an address asks for, else the one that last month lies in."""
    kind = kind if kind in FIRST_MONTHS else FINANCIAL
    if first and first.isdecimal() and len(first) == 4 and EARLIEST <= int(first) <= LATEST:
        return Year(int(first), kind)
    last = months_after(today.replace(day=1), -1)
    return Year(last.year - (last.month < FIRST_MONTHS[kind]), kind)
