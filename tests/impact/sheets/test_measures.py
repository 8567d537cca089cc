"""Figures by month are understood by what a sheet holds, however it is laid out."""

from datetime import date
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from impact.month_words import read_month
from impact.months import months_after
from impact.sheets.measures import read_measures
from plans.spreadsheets.reading import read_workbook
from tests.impact.sheets.books import TODAY, measures_of, table
from tests.plans.spreadsheets.workbooks import HEADER, Page

CONTACTS = {"2019-11": 210.0, "2019-12": 180.0, "2020-01": 240.0}
WIDE = [["Measure", "Nov-19", "Dec-19", "Jan-20"], ["Contacts", 210, 180, 240], ["CLA", 451, 455, 460]]
TWO = {"Contacts": ("count", CONTACTS), "CLA": ("count", {"2019-11": 451, "2019-12": 455, "2020-01": 460})}


def turned(rows):
    return [list(each) for each in zip(*rows, strict=True)]


def long(rows):
    months = rows[0][1:]
    body = [[row[0], month, value] for row in rows[1:] for month, value in zip(months, row[1:], strict=True)]
    return [["Measure", "Month", "Value"], *body]


@pytest.mark.parametrize(
    "rows",
    [
        WIDE,
        turned(WIDE),
        long(WIDE),
        [[row[2], row[0], row[1]] for row in long(WIDE)],
        [["Figures for the board"], [], *WIDE],
        [["Figures for the board"], *turned(WIDE)],
        [[None, "November 2019", "December 2019", "January 2020"], *WIDE[1:]],
        [["Measure", date(2019, 11, 1), date(2019, 12, 31), date(2020, 1, 15)], *WIDE[1:]],
        [["Measure", "2019/20", None, None], [None, "Nov", "Dec", "Jan"], *WIDE[1:]],
        [["Measure", "11/2019", "12/2019", "01/2020"], WIDE[1], [None, None, None, None], WIDE[2]],
        [WIDE[0], WIDE[1], WIDE[0], WIDE[2]],
        [*(row[:3] for row in WIDE), ["Measure", "Jan-20"], ["Contacts", 240], ["CLA", 460]],
        [["Measure", "Jan-20", "Nov-19", "Dec-19"], ["Contacts", 240, 210, 180], ["CLA", 460, 451, 455]],
    ],
)  # fmt: skip
def test_months_across_down_or_in_a_column(rows):
    assert table(measures_of(Page("Any name", rows))) == TWO


def test_sheets_may_stand_in_any_order_beside_others():
    plan = Page("Plan", [HEADER, ["1", "Answer every call", "Team manager", "June 2024", "G"]])
    first, second = Page("A", [WIDE[0], WIDE[1]]), Page("B", [WIDE[0], WIDE[2]])
    for pages in ([plan, first, second], [second, plan, first], [first, second, plan]):
        reading = measures_of(*pages)
        assert table(reading) == TWO
        assert "Plan" not in reading.claimed


def test_months_that_are_missing_stay_missing():
    rows = [WIDE[0], ["Contacts", 210, None, 240], ["CLA", "n/a", 455, "-"]]
    reading = measures_of(Page("A", rows))
    assert table(reading) == {
        "Contacts": ("count", {"2019-11": 210, "2020-01": 240}),
        "CLA": ("count", {"2019-12": 455}),
    }
    assert [(n.text, n.reason) for n in reading.not_understood if "No value" in n.reason] == [
        ("n/a", "No value for the month"),
        ("-", "No value for the month"),
    ]
    assert reading.problems == []


@pytest.mark.parametrize(
    ("name", "values", "unit", "read"),
    [
        ("Contacts in time", ["52%", "61.5%", "48%"], "percent", [52, 61.5, 48]),
        ("% of contacts in time", [52, 61.5, 48], "percent", [52, 61.5, 48]),
        ("% of contacts in time", [0.52, 0.615, 0.48], "percent", [52, 61.5, 48]),
        ("Audits that agreed", ["39/40", "30 of 40", "20/40"], "percent", [97.5, 75, 50]),
        ("Referrals per 10,000", [52.1, 50, 49.9], "rate", [52.1, 50, 49.9]),
        ("Average caseload", [30.4, 26, 22], "average", [30.4, 26, 22]),
        ("Days to a first visit", ["4 days", 5, 6], "days", [4, 5, 6]),
        ("Contacts", ["1,204", 1100, 0], "count", [1204, 1100, 0]),
    ],
)
def test_the_unit_is_guessed_from_the_figures_and_the_words(name, values, unit, read):
    reading = measures_of(Page("A", [WIDE[0], [name, *values]]))
    assert table(reading) == {name: (unit, dict(zip(CONTACTS, read, strict=True)))}
    assert reading.problems == []


def test_a_percentage_by_its_format_keeps_what_the_format_hides():
    book = Workbook()
    for row in ([None, "Nov-19", "Dec-19"], ["Contacts in time", 0.5234, 0.61]):
        book.active.append(row)
    for cell in book.active[2][1:]:
        cell.number_format = "0%"
    stream = BytesIO()
    book.save(stream)
    [measure] = read_measures(read_workbook(stream.getvalue()), TODAY).measures
    assert (measure.unit, [float(v.value) for v in measure.values]) == ("percent", [52.34, 61])


def test_a_unit_column_and_an_area_column_are_told_from_the_name():
    rows = [
        ["Area", "Measure", "Unit", "Nov-19", "Dec-19"],
        ["Front door", "In time", "%", 52, 61],
        ["Front door", "Contacts", "Number", 210, 180],
    ]
    reading = measures_of(Page("A", rows))
    assert [(one.name, one.unit, one.area) for one in reading.measures] == [
        ("In time", "percent", "Front door"),
        ("Contacts", "count", "Front door"),
    ]


def test_one_name_in_several_areas_is_a_measure_of_each():
    rows = [["Area", "Measure", "Nov-19"], ["North", "Contacts", 1], ["South", "Contacts", 2]]
    rows = [[*row, other] for row, other in zip(rows, ("Dec-19", 3, 4), strict=True)]
    assert table(measures_of(Page("A", rows))) == {
        "Contacts: North": ("count", {"2019-11": 1, "2019-12": 3}),
        "Contacts: South": ("count", {"2019-11": 2, "2019-12": 4}),
    }


def test_parts_in_columns_of_their_own_give_the_value():
    rows = [["Indicator", "Period", "Numerator", "Denominator"]]
    rows += [
        ["Visits in time", month, part, 40]
        for month, part in (("Nov-19", 39), ("Dec-19", 30), ("Jan-20", 20))
    ]
    [measure] = measures_of(Page("A", rows)).measures
    assert measure.unit == "percent"
    assert [(float(v.value), v.numerator, v.denominator) for v in measure.values] == [
        (97.5, 39, 40), (75, 30, 40), (50, 20, 40),
    ]  # fmt: skip


def test_other_columns_are_listed_and_no_month():
    rows = [["Measure", "Lead", "Target", *WIDE[0][1:], "Total"], ["Contacts", "AD", 200, 210, 180, 240, 630]]
    reading = measures_of(Page("A", rows))
    assert table(reading) == {"Contacts": TWO["Contacts"]}
    beside = [n for n in reading.not_understood if not n.furniture]
    assert [n.text for n in beside] == ["AD", "200", "630"]
    assert "Targets are not read: set them on the measure's page" in beside[1].reason


def test_figures_beside_a_plan_on_one_sheet():
    plan = [HEADER, ["1", "Answer every call", "Team manager", "June 2024", "G"]]
    reading = measures_of(Page("A", [*plan, [], [], [], *WIDE]))
    assert table(reading) == TWO
    assert {row for row, _ in reading.claimed["A"]} == {6, 7, 8}


@pytest.mark.parametrize(
    "rows",
    [
        [HEADER, ["1", "Answer every call", "Team manager", "June 2024", "G"],
         ["2", "Audit", "PSW", "July 2024", "A"], ["3", "Train", "PSW", "August 2024", "A"]],
        [["Ref", "Target date", "Action", "Lead", "Complete"], [1, date(2024, 6, 30), "Answer", "AD", 20],
         [2, date(2024, 7, 31), "Audit", "PSW", 40], [3, date(2024, 8, 31), "Train", "PSW", 60]],
        [["No", "Action", "Due", "Revised"], [1, "Answer", date(2024, 6, 30), date(2024, 8, 31)],
         [2, "Audit", date(2024, 7, 31), date(2024, 9, 30)]],
        [["Action", "January 2024 update", "Feb 2024"], ["Answer", "The rota started", "All agreed"]],
        [["Product", "Review", "Who"], ["Report", "Monthly", "DMT"], ["Audits", "Quarterly", "QA manager"]],
        [["Action", "Lead", "Jan 2024", "Feb 2024"], ["Answer", "AD", "Green", "Amber"]],
    ],
)  # fmt: skip
def test_what_is_no_table_of_figures_is_left_alone(rows):
    reading = measures_of(Page("A", rows))
    assert (reading.measures, reading.claimed) == ([], {})


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("Contacts", "lots", "Contacts, December 2019: “lots” is not a number. Write a figure"),
        ("Contacts", -4, "Contacts, December 2019: A count can't be below 0."),
        ("% in time", 140, "% in time, December 2019: A percentage can't be above 100: 140"),
        ("Contacts", "<5", "Contacts, December 2019: “<5” is a hidden small number"),
        ("In time", "3/0", "In time, December 2019: “3/0” has no whole above 0."),
    ],
)
def test_a_bad_figure_is_named_with_its_measure_and_month(name, value, problem):
    reading = measures_of(Page("A", [WIDE[0], [name, 52, value, 48]]))
    [found] = reading.problems
    assert (found.sheet, found.row, found.message[: len(problem)]) == ("A", 2, problem)
    assert [v.month.month for v in reading.measures[0].values] == [11, 1]
    assert [n.text for n in reading.not_understood if not n.furniture] == [str(value)]


@pytest.mark.parametrize(
    ("month", "problem"),
    [
        ("Dec-1900", "CLA, December 1900: December 1900 is too long ago."),
        ("Dec-2026", "CLA, December 2026: December 2026 has not begun yet."),
    ],
)
def test_a_month_of_long_ago_or_to_come_is_refused(month, problem):
    reading = measures_of(Page("A", [["Measure", "Nov-19", month], ["CLA", 1, 2]]))
    assert [one.message[: len(problem)] for one in reading.problems] == [problem]
    assert len(reading.measures[0].values) == 1


def test_two_values_for_a_month_are_neither_whichever_comes_first():
    for values in ((180, 190), (190, 180)):
        rows = [["Measure", "Nov-19", "Dec-19", "Dec-19"], ["Contacts", 210, *values]]
        reading = measures_of(Page("A", rows))
        assert table(reading) == {"Contacts": ("count", {"2019-11": 210})}
        assert [one.message for one in reading.problems] == [
            f"Contacts, December 2019: two values, “{values[0]}” and “{values[1]}”. "
            "Keep one of them in the workbook."
        ]


def test_the_same_value_twice_is_one():
    reading = measures_of(Page("A", [WIDE[0], WIDE[1]]), Page("B", [WIDE[0], WIDE[1]]))
    assert (table(reading), reading.problems) == ({"Contacts": TWO["Contacts"]}, [])


names = st.lists(
    st.sampled_from(["Contacts", "CLA", "% in time", "Referrals", "Visits"]), min_size=1, unique=True
)
figures = st.lists(st.integers(0, 99), min_size=5, max_size=5)


@settings(max_examples=40, deadline=None)
@given(names, st.data())
def test_order_and_layout_do_not_matter(chosen, data):
    months = [months_after(date(2019, 6, 1), n) for n in range(5)]
    values = {name: data.draw(figures) for name in chosen}
    rows = [["Measure", *(f"{month:%b-%y}" for month in months)], *([name, *values[name]] for name in chosen)]
    order = data.draw(st.permutations(range(1, 6)))
    shuffled = [[row[0], *(row[n] for n in order)] for row in rows]
    shuffled = [shuffled[0], *data.draw(st.permutations(shuffled[1:]))]
    expected = {
        name: {f"{month:%Y-%m}": float(value) for month, value in zip(months, values[name], strict=True)}
        for name in chosen
    }
    for layout in (rows, shuffled, turned(shuffled), long(shuffled)):
        found = table(measures_of(Page("A", layout)))
        assert {name: read for name, (_, read) in found.items()} == expected


known = st.sampled_from(["Apr-17", "May-17", "CLA", "Measure", "40%", "n/a"])
printed = st.text(st.characters(categories=["L", "N", "P"]), max_size=12)
words = st.one_of(st.none(), st.integers(-5, 500), known, printed)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(words, min_size=1, max_size=5), min_size=1, max_size=8))
def test_no_sheet_makes_it_fail_or_lose_a_cell(rows):
    reading = measures_of(Page("A", rows))
    assert all(one.name and read_month(f"{v.month:%Y-%m}") for one in reading.measures for v in one.values)
