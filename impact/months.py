"""Months as the days they begin on: put in order, made whole, said in words."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date


def month_of(day: date) -> date:
    return day.replace(day=1)


def months_after(month: date, number: int) -> date:
    """The month that many months later, or earlier where `number` is negative."""
    years, index = divmod(month.year * 12 + month.month - 1 + number, 12)
    return date(years, index + 1, 1)


def month_words(month: date) -> str:
    """Such as "March 2020"."""
    return f"{month:%B} {month.year}"


def list_months(months: Sequence[date]) -> str:
    """Such as "March 2020", "April and May 2020", "December 2019 and January 2020"."""
    words = [
        f"{month:%B}" if n + 1 < len(months) and months[n + 1].year == month.year else month_words(month)
        for n, month in enumerate(months)
    ]
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def fill_months(
    readings: Mapping[date, float | None], *, through: date | None = None, every: int = 1
) -> dict[date, float | None]:
    """Readings in order of month, with None for each month that is absent between the first and the last.

    `through` carries the series on to that month. `every` is the number of months from one reading to the
    next (3 for a quarter); a month out of step is kept. Raises ValueError where two readings fall in one.
    """
    known = _by_month(readings)
    if not known:
        return {}
    last = max(max(known), month_of(through) if through else max(known))
    return {month: known.get(month) for month in sorted({*known, *_steps(min(known), last, every)})}


def _by_month(readings: Mapping[date, float | None]) -> dict[date, float | None]:
    known: dict[date, float | None] = {}
    for day, value in readings.items():
        if month_of(day) in known:
            raise ValueError(f"There are two values for {month_words(day)}. Keep one of them.")
        known[month_of(day)] = value
    return known


def _steps(first: date, last: date, every: int) -> Iterable[date]:
    count = (last.year - first.year) * 12 + last.month - first.month
    return [months_after(first, number) for number in range(0, count + 1, every)]
