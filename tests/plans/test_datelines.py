"""The drawn line of a date that moved."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.drawing.datelines import draw_dates
from plans.drawing.shapes import width_of

STARTS, TODAY = date(2020, 1, 6), date(2020, 3, 30)
FIRST, SECOND, NOW = date(2020, 2, 15), date(2020, 3, 6), date(2020, 3, 31)


def drawn(*days, starts=STARTS, today=TODAY):
    return draw_dates(days, starts=starts, today=today)


def words(drawing):
    return [shape.words for shape in drawing.shapes if shape.kind == "text"]


def test_every_day_stands_on_the_line_with_its_words():
    line = drawn(FIRST, SECOND, NOW)
    wide, narrow = line.drawings
    assert words(wide) == [
        "First: 15 Feb",
        "Now: 31 Mar",
        "6 Mar",
        "6 Jan, plan starts",
        "20 days",
        "25 days",
    ]
    assert words(narrow) == ["First: 15 Feb", "Now: 31 Mar", "6 Jan, plan starts", "20 days", "25 days"]
    assert line.title == (
        "Timeline: First due 15 February 2020, moved 20 days later to 6 March 2020, "
        "moved 25 days later to 31 March 2020."
    )


@pytest.mark.parametrize("days", [(), (FIRST,), (FIRST, FIRST), (None, NOW), (FIRST, None), (None, None)])
def test_no_line_without_two_days(days):
    assert drawn(*days) is None


@pytest.mark.parametrize(
    ("days", "title", "said"),
    [
        (
            (FIRST, None, NOW),
            "First due 15 February 2020, moved to no day, moved to 31 March 2020.",
            "Now: 31 Mar",
        ),
        (
            (None, SECOND, NOW),
            "First without a day, moved to 6 March 2020, moved 25 days later to 31 March 2020.",
            "First: no day",
        ),
        (
            (FIRST, SECOND, None),
            "First due 15 February 2020, moved 20 days later to 6 March 2020, moved to no day.",
            "Now: no day",
        ),
        ((NOW, FIRST), "First due 31 March 2020, moved 45 days earlier to 15 February 2020.", "Now: 15 Feb"),
    ],
)
def test_a_day_that_is_none_or_earlier_is_said(days, title, said):
    line = drawn(*days)
    assert line.title == f"Timeline: {title}"
    assert [said in words(each) for each in line.drawings] == [True, True]


def test_what_is_to_come_is_dashed():
    wide, _ = drawn(FIRST, SECOND, NOW).drawings
    assert [shape.dash for shape in wide.shapes if shape.kind == "path"] == ["", "", "7 4"]


@pytest.mark.parametrize(
    ("starts", "said"),
    [
        (
            date(2019, 12, 31),
            ["First: 15 Feb 2020", "Now: 31 Mar 2020", "31 Dec 2019, plan starts", "45 days"],
        ),
        (date(2018, 1, 1), ["First: 15 Feb", "Now: 31 Mar", "45 days"]),
        (date(2020, 3, 1), ["First: 15 Feb", "Now: 31 Mar", "45 days"]),
        (None, ["First: 15 Feb", "Now: 31 Mar", "45 days"]),
    ],
)
def test_the_plans_start_is_on_the_line_where_it_is_near(starts, said):
    wide, _ = drawn(FIRST, NOW, starts=starts).drawings
    assert words(wide) == said


@given(
    days=st.lists(st.none() | st.integers(0, 4000), max_size=9),
    starts=st.none() | st.integers(-2000, 4000),
    today=st.integers(0, 4000),
)
def test_words_stay_on_the_drawing_and_clear_of_each_other(days, starts, today):
    def day(number):
        return None if number is None else STARTS + timedelta(number)

    line = drawn(*map(day, days), starts=day(starts), today=day(today))
    for drawing in line.drawings if line else ():
        texts = [shape for shape in drawing.shapes if shape.kind == "text"]
        for height in {shape.y for shape in texts}:
            spans = sorted(span_of(shape) for shape in texts if shape.y == height)
            edges = [edge for span in spans for edge in span]
            assert edges == sorted(edges)
            assert edges[0] >= 0
            assert edges[-1] <= drawing.width


def span_of(shape):
    """From where to where the words may reach, to half a pixel."""
    before = {"start": 0, "middle": 0.5, "end": 1}[shape.anchor] * width_of(shape.words)
    return round(float(shape.x) - before), round(float(shape.x) - before + width_of(shape.words))
