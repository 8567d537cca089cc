from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.dates import (
    Kind,
    Period,
    Target,
    describe_move,
    parse_step_targets,
    parse_target,
    period_around,
    period_from_texts,
    target_from_day,
)


def test_each_step_has_its_own_target():
    targets = parse_step_targets("1 - 2 End Jan 2020, 3 When agreed. 4 Mid Feb 2020.")
    assert {number: (target.text, target.due) for number, target in targets.items()} == {
        "1": ("End Jan 2020", date(2020, 1, 31)),
        "2": ("End Jan 2020", date(2020, 1, 31)),
        "3": ("When agreed", None),
        "4": ("Mid Feb 2020", date(2020, 2, 15)),
    }


@pytest.mark.parametrize(
    ("texts", "period"),
    [
        (["A plan", "6TH JANUARY – 30TH MARCH 2020"], Period(date(2020, 1, 6), date(2020, 3, 30))),
        (["April 2023"], Period(starts=date(2023, 4, 1))),
        (["Plan 2014 - 2015"], Period(date(2014, 4, 1), date(2015, 3, 31))),
        (["Version 3, 26 June 2015", "Inspection of May 2014"], Period(starts=date(2015, 6, 26))),
        (["A plan"], Period()),
        ([], Period()),
    ],
)
def test_title_rows_give_the_plan_its_dates(texts, period):
    assert period_from_texts(texts) == period


def test_other_targets_fill_the_bounds_that_the_titles_leave_open():
    targets = [parse_target(text) for text in ("May 2023", "Nov 23", "Ongoing")]
    assert period_around(Period(starts=date(2023, 4, 1)), targets) == Period(
        date(2023, 4, 1), date(2023, 11, 30)
    )
    assert period_around(Period(), targets) == Period(date(2023, 5, 1), date(2023, 11, 30))
    assert period_around(Period(), []) == Period()


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1. End Jan 2020 2. End Feb 2020", ["1", "2"]),
        ("1 End Feb 2020 2 - When agreed\n3. End March 2020", ["1", "2", "3"]),
        ("1, 2 and 3 - End Jan 2020; 4 TBC", ["1", "2", "3", "4"]),
        ("Steps 1-2: May 2024; Step 3: June 2024", ["1", "2", "3"]),
        ("1 - 8 Jan 2020, 2 - 9 Feb 2020", ["1", "2"]),
        ("18th - 20th January 2022", []),
        ("1 March 2020", []),
        ("May 23", []),
        ("", []),
    ],
)
def test_numbers_that_label_steps_are_told_from_dates(text, numbers):
    assert list(parse_step_targets(text)) == numbers


def test_a_date_cell_is_worded_as_people_write_it():
    target = target_from_day(date(2020, 1, 31))
    assert target == Target("31 January 2020", Kind.DAY, date(2020, 1, 31), False)
    assert parse_target(target.text) == target


def test_a_move_is_told_in_days():
    first, later, never = (parse_target(text) for text in ("End Jan 2020", "End Feb 2020", "Ongoing"))
    assert describe_move(first, later) == 29
    assert describe_move(later, first) == -29
    assert describe_move(first, never) is None


PIECES = [
    *"0123456789 ./-–,'&()\n",
    "end",
    "mid",
    "by",
    "from",
    "to",
    "w/c",
    "Jan",
    "Febuary",
    "MAY",
    "Sept",
    "th",
]
PIECES += [
    "2023",
    "Q4",
    "2019/20",
    "ongoing",
    "every",
    "completed",
    "spring",
    "Easter",
    "financial year",
    "1.",
    "\u00a0",
    "½",
    "٣",
]
WORDS = st.one_of(
    st.text(), st.lists(st.sampled_from(PIECES)).map(" ".join), st.lists(st.sampled_from(PIECES)).map("".join)
)
DAYS = st.none() | st.dates(date(1990, 1, 1), date(2060, 12, 31))
PERIODS = st.builds(Period, DAYS, DAYS, st.sampled_from([1, 4]))


@given(WORDS, PERIODS)
def test_any_words_give_a_target_with_a_real_day_or_none(text, period):
    target = parse_target(text, period)
    assert target.text == text
    assert (target.kind == Kind.DAY) == isinstance(target.due, date)
    assert target.due or not target.assumed
    assert parse_target(target.text, period) == target


@given(WORDS, PERIODS)
def test_any_words_give_step_targets_whose_words_are_theirs(text, period):
    for number, target in parse_step_targets(text, period).items():
        assert number == str(int(number))
        assert target.text in text
        assert parse_target(target.text, period) == target or not (period.starts or period.ends)


@given(st.lists(WORDS))
def test_any_title_rows_give_a_period_in_order(texts):
    period = period_from_texts(texts)
    assert period.starts is None or period.ends is None or period.starts <= period.ends


@given(
    st.dates(date(1970, 1, 1), date(2069, 12, 31)),
    st.sampled_from(["%d.%m.%y", "%d/%m/%Y", "%Y-%m-%d", "%d %B %Y"]),
)
def test_a_full_date_is_that_day_in_every_notation(day, notation):
    assert parse_target(day.strftime(notation)).due == day
