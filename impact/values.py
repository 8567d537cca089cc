"""What a month's value may be: checks that a person reads, and a value worked out from its two parts."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from math import isfinite

from impact.months import month_of, month_words
from impact.units import Unit

EARLIEST = date(1990, 1, 1)
PLACES = Decimal("0.0001")
MOST = Decimal(10**10)
# What a part of the whole is multiplied by, for each unit that has two parts.
TIMES = {Unit.PERCENT: 100, Unit.RATE: 10_000, Unit.DAYS: 1, Unit.AVERAGE: 1}


def value_from_parts(unit: Unit, numerator: Decimal, denominator: Decimal) -> Decimal:
    """Such as 26 of 50 as 52 (%); a denominator above 0, to four places. Raises ValueError for a count."""
    if unit not in TIMES:
        raise ValueError("A count has no parts. Leave the two parts empty.")
    return (numerator * TIMES[unit] / denominator).quantize(PLACES)


def check_value(unit: Unit, value: Decimal | None) -> Iterator[str]:
    """What is wrong with a value, in sentences that say what to do."""
    if value is None:
        return
    if not isfinite(value):
        yield "Write the value as a number, such as 52 or 61.5."
    elif unit.floor is not None and value < unit.floor:
        name = {Unit.COUNT: "A count", Unit.PERCENT: "A percentage"}.get(unit, "This value")
        yield f"{name} can't be below 0. Check the figure and its sign."
    elif unit.ceiling is not None and value > unit.ceiling:
        given = f"{value.normalize():f}"
        yield f"A percentage can't be above 100: {given} was given. Check the figure or the measure's unit."
    elif abs(value) >= MOST:
        yield "This figure is too large to be right. Check it."


def check_month(month: date, today: date) -> Iterator[str]:
    """What is wrong with a month that a value or a remark is about."""
    if month < EARLIEST:
        yield f"{month_words(month)} is too long ago. Give a month from January 1990 on."
    elif month > month_of(today):
        yield f"{month_words(month)} has not begun yet. Give a month up to {month_words(today)}."
