"""Statutory clocks: by when an inspection of some kind asks for a plan or a review."""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from holidays.countries import UnitedKingdom

from plans.wording.phrases import plural

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Clock:
    """Working days or months from the final report; a clock of months runs anew each time it is met."""

    code: str
    name: str
    kinds: frozenset[str]
    working_days: int = 0
    months: int = 0

    @property
    def repeats(self) -> bool:
        return bool(self.months)

    def due(self, start: date) -> date:
        """The day by which it is to be met that runs from `start`."""
        return add_months(start, self.months) if self.months else add_working_days(start, self.working_days)


# The Education and Inspections regulations give 70 working days from the final report; directions of the
# Secretary of State are reviewed every six months.
PLAN_DUE = Clock("plan", "Action plan sent", frozenset({"ofsted", "joint", "send"}), working_days=70)
REVIEW_DUE = Clock("review", "Six-monthly review", frozenset({"dfe"}), months=6)
CLOCKS = (PLAN_DUE, REVIEW_DUE)


@dataclass(frozen=True, slots=True)
class Reading:
    """Where a clock stands on a day; `done` is the day on which what does not repeat was done."""

    clock: Clock
    due: date
    done: date | None
    days: int

    @property
    def is_overdue(self) -> bool:
        return self.done is None and self.days < 0

    @property
    def words(self) -> str:
        """Such as "12 working days left", "3 days overdue" or "done"."""
        if self.done is not None:
            late = (self.done - self.due).days
            return f"done, {plural(late, 'day')} late" if late > 0 else "done in time"
        if self.days < 0:
            return f"{plural(-self.days, 'day')} overdue"
        if self.days == 0:
            return "due today"
        unit = "working day" if self.clock.working_days else "day"
        return f"{plural(self.days, unit)} left"


def read_clocks(
    kind: str, received_on: date, stops: Mapping[str, Iterable[date]], today: date
) -> list[Reading]:
    """The clocks that an inspection's kind sets; `stops` are the days on which each, by code, was met."""
    return [
        _read(clock, received_on, sorted(day for day in stops.get(clock.code, ()) if day <= today), today)
        for clock in CLOCKS
        if kind in clock.kinds
    ]


def _read(clock: Clock, received_on: date, met: list[date], today: date) -> Reading:
    if clock.repeats:
        due = clock.due(met[-1] if met else received_on)
        return Reading(clock, due, None, (due - today).days)
    due = clock.due(received_on)
    done = met[0] if met else None
    days = working_days_between(today, due) if today <= due else (due - today).days
    return Reading(clock, due, done, days)


@cache
def bank_holidays(year: int) -> UnitedKingdom:
    """Those of England in a year, as a mapping from day to name."""
    return UnitedKingdom(subdiv="ENG", years=year)


def is_working_day(day: date) -> bool:
    """Neither a weekend nor a bank holiday in England."""
    return day.weekday() < SATURDAY and day not in bank_holidays(day.year)


def add_working_days(start: date, number: int) -> date:
    """The working day that is the `number`th after `start`."""
    day = start
    while number:
        day += timedelta(1)
        number -= is_working_day(day)
    return day


def working_days_between(start: date, end: date) -> int:
    """Working days after `start` up to and with `end`."""
    return sum(is_working_day(start + timedelta(n)) for n in range(1, (end - start).days + 1))


def add_months(start: date, number: int) -> date:
    """The same day so many months later, or the last day of a shorter month."""
    years, month = divmod(start.month - 1 + number, 12)
    year, month = start.year + years, month + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))
