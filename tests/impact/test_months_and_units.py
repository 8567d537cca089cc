from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from impact.months import fill_months, list_months, months_after
from impact.units import Scale, Unit, scale_for


@pytest.mark.parametrize(
    ("months", "words"),
    [
        ([], ""),
        ([date(2020, 3, 1)], "March 2020"),
        ([date(2020, 4, 1), date(2020, 5, 1)], "April and May 2020"),
        ([date(2019, 12, 1), date(2020, 1, 1)], "December 2019 and January 2020"),
        (
            [date(2019, 11, 1), date(2019, 12, 1), date(2020, 1, 1)],
            "November, December 2019 and January 2020",
        ),
    ],
)
def test_months_in_words(months, words):
    assert list_months(months) == words


@settings(deadline=None)
@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(-600, 600))
def test_months_later_and_back_again(day, number):
    month = day.replace(day=1)
    assert months_after(months_after(month, number), -number) == month


@pytest.mark.parametrize(
    ("readings", "options", "filled"),
    [
        ({}, {}, {}),
        ({}, {"through": date(2020, 1, 1)}, {}),
        (
            {date(2020, 3, 9): 3, date(2020, 1, 31): 1},
            {},
            {date(2020, 1, 1): 1, date(2020, 2, 1): None, date(2020, 3, 1): 3},
        ),
        (
            {date(2020, 1, 1): 1},
            {"through": date(2020, 2, 29)},
            {date(2020, 1, 1): 1, date(2020, 2, 1): None},
        ),
        (
            {date(2020, 1, 1): 1, date(2020, 7, 1): 3},
            {"every": 3},
            {date(2020, 1, 1): 1, date(2020, 4, 1): None, date(2020, 7, 1): 3},
        ),
        (
            {date(2020, 1, 1): 1, date(2020, 5, 1): 3},
            {"every": 3},
            {date(2020, 1, 1): 1, date(2020, 4, 1): None, date(2020, 5, 1): 3},
        ),
    ],
)
def test_absent_months_are_filled(readings, options, filled):
    assert list(fill_months(readings, **options).items()) == list(filled.items())


@pytest.mark.parametrize(
    ("unit", "places", "value", "words"),
    [
        (Unit.COUNT, 0, 1204, "1,204"),
        (Unit.COUNT, 2, 10, "10"),
        (Unit.COUNT, 1, -3.5, "−3.5"),
        (Unit.COUNT, 0, -0.2, "0"),
        (Unit.PERCENT, 1, 52, "52%"),
        (Unit.PERCENT, 1, 52.44, "52.4%"),
        (Unit.RATE, 1, 61.2, "61.2 per 10,000"),
        (Unit.DAYS, 0, 1, "1 day"),
        (Unit.DAYS, 1, 1.5, "1.5 days"),
        (Unit.CHANGE, 0, 12, "+12"),
        (Unit.CHANGE, 0, -12, "−12"),
        (Unit.CHANGE, 0, 0, "0"),
    ],
)
def test_a_number_is_written_in_its_unit(unit, places, value, words):
    assert Scale(unit, places).say(value) == words


@pytest.mark.parametrize(
    ("unit", "lower", "upper", "words"),
    [
        (Unit.PERCENT, 64, 81, "64% to 81%"),
        (Unit.PERCENT, -4, 104, "0% to 100%"),
        (Unit.COUNT, -4, 104, "0 to 104"),
        (Unit.CHANGE, -17, 27, "−17 to +27"),
        (Unit.DAYS, 3, 9, "3 to 9 days"),
    ],
)
def test_a_range_names_its_unit_once_and_stays_where_values_can_be(unit, lower, upper, words):
    assert Scale(unit, 0).span(lower, upper) == words


NUMBERS = st.integers(-10_000, 10_000).map(lambda number: number / 100)


@settings(deadline=None)
@given(NUMBERS, NUMBERS, NUMBERS, st.none() | NUMBERS)
def test_a_value_never_reads_as_the_limit_that_it_lies_beyond(value, one, other, target):
    limits = (min(one, other), max(one, other))
    scale = scale_for(Unit.CHANGE, value, limits, target)
    for bound in (*limits, target):
        if bound is not None and bound != value:
            assert scale.number(bound) != scale.number(value)
