from datetime import date

import pytest

from plans.dates import Kind, Period, parse_step_targets, parse_target

WINTER = Period(date(2020, 1, 6), date(2020, 3, 30))


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("End Jan 2020", date(2020, 1, 31)),
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
        ("1. Mid Feb 2020 2. End Feb 2020. 3. end Jan 2020", date(2020, 2, 29)),
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
        ("For the duration of the plan. To begin w/c 13th Jan 2020", Kind.STARTS),
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


def test_each_step_has_its_own_target():
    targets = parse_step_targets("1 - 2 End Jan 2020, 3 When agreed. 4 Mid Feb 2020.")
    assert {number: (target.text, target.due) for number, target in targets.items()} == {
        "1": ("End Jan 2020", date(2020, 1, 31)),
        "2": ("End Jan 2020", date(2020, 1, 31)),
        "3": ("When agreed", None),
        "4": ("Mid Feb 2020", date(2020, 2, 15)),
    }
