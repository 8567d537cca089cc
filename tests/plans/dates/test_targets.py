from datetime import date

import pytest

from plans.dates import Kind, Period, parse_target

WINTER = Period(date(2020, 1, 6), date(2020, 3, 30))


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("End Jan 2020", date(2020, 1, 31)),
        ("4/5 June 2024", date(2024, 6, 5)),
        ("45473", date(2024, 6, 30)),
        ("30th/31st October 2025", date(2025, 10, 31)),
        ("End of March 2020", date(2020, 3, 31)),
        ("May 23", date(2023, 5, 31)),
        ("Sept 2023", date(2023, 9, 30)),
        ("Mid Feb 2020", date(2020, 2, 15)),
        ("Early Dec 2019", date(2019, 12, 10)),
        ("10th Jan 2020", date(2020, 1, 10)),
        ("9.12.16", date(2016, 12, 9)),
        ("13/12/12", date(2012, 12, 13)),
        ("31/12/2016", date(2016, 12, 31)),
        ("w/c 13th Jan 2020", date(2020, 1, 13)),
        ("1 - 4 End Jan 2020, 5 - 6 Mid Feb 2020.", date(2020, 2, 15)),
        ("1. Mid May 2021 2. End May 2021. 3. end Apr 2021", date(2021, 5, 31)),
        ("First cases by 10th Jan 2020. Audits completed by mid Feb 2020", date(2020, 2, 15)),
        ("Jan - Feb 2020", date(2020, 2, 29)),
        ("June/July 2012", date(2012, 7, 31)),
        ("18th - 20th January 2022", date(2022, 1, 20)),
        ("March 2008 & ongoing", date(2008, 3, 31)),
        ("financial year 2012/13", date(2013, 3, 31)),
        ("Q2 2005", date(2005, 6, 30)),
        ("Q4 2019/20", date(2020, 3, 31)),
        ("Spring 2020", date(2020, 5, 31)),
        ("Summer 2020", date(2020, 8, 31)),
        ("Autumn 2020", date(2020, 11, 30)),
    ],
)
def test_the_latest_day_that_the_words_can_mean_is_due(text, due):
    target = parse_target(text)
    assert (target.text, target.kind, target.due, target.assumed) == (text, Kind.DAY, due, False)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("For as long as the plan runs. To begin w/c 6th Jan 2020", Kind.STARTS),
        ("From Oct 03", Kind.STARTS),
        ("Jan 2013 onwards", Kind.STARTS),
        ("Ongoing", Kind.RECURRING),
        ("Every Q", Kind.RECURRING),
        ("monthly", Kind.RECURRING),
        ("TBC according to scope of audit", Kind.NONE),
        ("When signed off", Kind.NONE),
        ("", Kind.NONE),
        ("Immediate", Kind.NONE),
        ("asap", Kind.NONE),
        ("within 6 months", Kind.NONE),
        ("Complete", Kind.NONE),
    ],
)
def test_words_that_are_no_deadline_have_no_day(text, kind):
    target = parse_target(text, WINTER)
    assert (target.text, target.kind, target.due, target.assumed) == (text, kind, None, False)


@pytest.mark.parametrize(("text", "due"), [("Mid Feb", date(2020, 2, 15)), ("End Feb", date(2020, 2, 29))])
def test_a_month_without_a_year_is_read_against_the_plan(text, due):
    assert parse_target(text, WINTER).due == due
    assert parse_target(text, WINTER).assumed is True
    assert parse_target(text).due is None


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("By 30th November 2019", date(2019, 11, 30)),
        ("no later than 5 May 2024", date(2024, 5, 5)),
        ("before end of June 2024", date(2024, 6, 30)),
        ("Friday 14th of July 2023", date(2023, 7, 14)),
        ("July 14th 2023", date(2023, 7, 14)),
        ("May 23 2024", date(2024, 5, 23)),
        ("the 1st and 15th of March 2024", date(2024, 3, 15)),
        ("10 - 11 Jan 2020", date(2020, 1, 11)),
        ("31-Mar-24", date(2024, 3, 31)),
        ("30.6.23", date(2023, 6, 30)),
        ("30-06-2023", date(2023, 6, 30)),
        ("2024-03-31 00:00:00", date(2024, 3, 31)),
        ("2023/12/31", date(2023, 12, 31)),
        ("01/04/23 – 31/03/24", date(2024, 3, 31)),
        ("1st April 2023 - 31st March 2024", date(2024, 3, 31)),
        ("from April 2023 to March 2024", date(2024, 3, 31)),
        ("End\nMarch\n2020", date(2020, 3, 31)),
        ("31st\u00a0March\u00a02024", date(2024, 3, 31)),
        ("MARCH 2024.", date(2024, 3, 31)),
        ("Mar-24", date(2024, 3, 31)),
        ("Dec '23", date(2023, 12, 31)),
        ("Sept.23", date(2023, 9, 30)),
        ("Febuary 2020", date(2020, 2, 29)),
        ("Spetember 2023", date(2023, 9, 30)),
        ("Ocotber 23", date(2023, 10, 31)),
        ("mid to late March 2024", date(2024, 3, 31)),
        ("start of April 2024", date(2024, 4, 10)),
        ("first week of June 2023", date(2023, 6, 7)),
        ("w/e 17 Jan 2020", date(2020, 1, 17)),
        ("Week commencing 3rd July 2023", date(2023, 7, 3)),
        ("Dec/Jan 2024", date(2024, 1, 31)),
        ("Dec - Feb 2020", date(2020, 2, 29)),
        ("end Jan/early Feb 2020", date(2020, 2, 10)),
        ("10 Jan - 20 Feb 2020", date(2020, 2, 20)),
        ("03/2024", date(2024, 3, 31)),
        ("Q1 23/24", date(2023, 6, 30)),
        ("Quarter 3 2023-24", date(2023, 12, 31)),
        ("2023/24 Q4", date(2024, 3, 31)),
        ("first quarter of 2024", date(2024, 3, 31)),
        ("Q2 & Q3 2023", date(2023, 9, 30)),
        ("2023/24", date(2024, 3, 31)),
        ("23/24", date(2024, 3, 31)),
        ("FY24", date(2024, 3, 31)),
        ("by end of FY 2023-24", date(2024, 3, 31)),
        ("academic year 2023/24", date(2024, 8, 31)),
        ("Autumn term 2023", date(2023, 12, 31)),
        ("Summer term 2024", date(2024, 7, 31)),
        ("October half term 2023", date(2023, 10, 31)),
        ("Spring/Summer 2024", date(2024, 8, 31)),
        ("Winter 2023/24", date(2024, 2, 29)),
        ("by Christmas 2023", date(2023, 12, 25)),
        ("Easter 2024", date(2024, 3, 31)),
        ("by 2024", date(2024, 12, 31)),
        ("early 2024", date(2024, 3, 31)),
        ("2023-2026", date(2026, 12, 31)),
        ("Was March 2023, now June 2023", date(2023, 6, 30)),
        ("June 2023 (originally September 2023)", date(2023, 6, 30)),
        ("March 2023 - completed", date(2023, 3, 31)),
        ("To be completed March 2024", date(2024, 3, 31)),
        ("Ongoing - review March 2024", date(2024, 3, 31)),
        ("Monthly until March 2024", date(2024, 3, 31)),
        ("Start Sept 23, finish by Dec 23", date(2023, 12, 31)),
        ("1. March 2020\n2. April 2020", date(2020, 4, 30)),
        ("Step 2 March 2024", date(2024, 3, 31)),
    ],
)
def test_other_ways_of_writing_a_day(text, due):
    target = parse_target(text)
    assert (target.kind, target.due, target.assumed) == (Kind.DAY, due, False)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Monthly from April 2023", Kind.RECURRING),
        ("Every September", Kind.RECURRING),
        ("Annually in March", Kind.RECURRING),
        ("6 weekly", Kind.RECURRING),
        ("On-going", Kind.RECURRING),
        ("Throughout", Kind.RECURRING),
        ("Ongoing from April 2023", Kind.STARTS),
        ("Commencing 1st May 2023", Kind.STARTS),
        ("Live from 1/9/23", Kind.STARTS),
        ("Sept 23 (start)", Kind.STARTS),
        ("After March 2024", Kind.STARTS),
        ("Completed May 2023", Kind.NONE),
        ("Completed 12.05.23", Kind.NONE),
        ("Within 3 months of January 2024", Kind.NONE),
        ("31 Feb 2020", Kind.NONE),
        ("29 Feb 2023", Kind.NONE),
        ("12/31/2016", Kind.NONE),
        ("0 March 2024", Kind.NONE),
        ("1 Sept 2023 to 31 Nov 2023", Kind.NONE),
        ("Sept 23 to 45 Dec 23", Kind.NONE),
        ("24/7", Kind.NONE),
        ("10/11", Kind.NONE),
        ("Section 47", Kind.NONE),
        ("100 days", Kind.NONE),
        ("01632 960202", Kind.NONE),
        ("This may be delayed", Kind.NONE),
        ("As the 2023 framework says", Kind.NONE),
        ("TBA", Kind.NONE),
        ("N/A", Kind.NONE),
    ],
)
def test_other_words_that_are_no_deadline(text, kind):
    target = parse_target(text, WINTER)
    assert (target.kind, target.due) == (kind, None)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("May 23rd", date(2023, 5, 23)),
        ("by 31/12", date(2023, 12, 31)),
        ("Jan", date(2024, 1, 31)),
        ("By may", date(2023, 5, 31)),
        ("Q1", date(2023, 6, 30)),
        ("Summer", date(2023, 8, 31)),
        ("by Xmas", date(2023, 12, 25)),
        ("early in the new year", date(2024, 1, 10)),
        ("end of year", date(2024, 3, 31)),
        ("end of the financial year", date(2024, 3, 31)),
    ],
)
def test_undated_words_fall_inside_the_plan(text, due):
    target = parse_target(text, Period(date(2023, 4, 1), date(2024, 3, 31), quarters_from=4))
    assert (target.due, target.assumed) == (due, True)
    assert parse_target(text).kind == Kind.NONE


@pytest.mark.parametrize(
    ("text", "period", "due"),
    [
        ("May", Period(date(2020, 1, 6), date(2020, 3, 30)), date(2020, 5, 31)),
        ("Dec", Period(date(2020, 1, 6), date(2020, 3, 30)), date(2019, 12, 31)),
        ("Feb", Period(starts=date(2023, 4, 1)), date(2024, 2, 29)),
        ("Nov", Period(ends=date(2020, 3, 30)), date(2019, 11, 30)),
        ("31 Feb", Period(date(2020, 1, 6), date(2020, 3, 30)), None),
    ],
)
def test_outside_the_plan_the_closest_year_is_taken(text, period, due):
    assert parse_target(text, period).due == due


def test_an_undated_month_can_lean_on_another_date_of_the_same_words():
    target = parse_target("1. 8th Jan 2020 2. End Feb")
    assert (target.due, target.assumed) == (date(2020, 2, 29), True)


@pytest.mark.parametrize(("text", "due"), [("Q2 2005", date(2005, 9, 30)), ("Q4 2005", date(2006, 3, 31))])
def test_quarters_may_run_from_april(text, due):
    assert parse_target(text, Period(quarters_from=4)).due == due


def test_a_day_that_no_calendar_has_hides_no_later_one():
    assert parse_target("31 June 2026, then 1 September 2026").due == date(2026, 9, 1)
