from datetime import date, datetime
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from improvement.demonstration.moving import MONTHS, months_between, move_dates, move_text

LONG, SHORT = MONTHS, tuple(month[:3] for month in MONTHS)


@pytest.mark.parametrize(
    ("written", "months", "moved"),
    [
        ("May 23", 42, "Nov 26"),
        ("May 23", 0, "May 23"),
        ("May 23", -5, "Dec 22"),
        ("Sept 2023", 1, "Oct 2023"),
        ("Sept 2023", 12, "Sept 2024"),
        ("July 23", 2, "September 23"),
        ("Sep 23", 37, "Oct 26"),
        ("APRIL 2023", 1, "MAY 2023"),
        ("end of june 2020", 1, "end of july 2020"),
        ("Apr-17", 9, "Jan-18"),
        ("31st Jan 2020", 1, "29th Feb 2020"),
        ("31 January 2023", 1, "28 February 2023"),
        ("31st of Jan 2023", 3, "30th of Apr 2023"),
        ("10th Jan 2020", 1, "10th Feb 2020"),
        ("31/12/2016", 2, "28/02/2017"),
        ("9.12.16", 1, "9.01.17"),
        ("31.13.16", 1, "31.13.16"),
        ("Nov 23\nAug 23\nJun 23", 6, "May 24\nFeb 24\nDec 23"),
        ("1 - 4 End Jan 2020, 5 - 6 Mid Feb 2020.", 12, "1 - 4 End Jan 2021, 5 - 6 Mid Feb 2021."),
        ("Nov - Dec 2022", 1, "Dec - Jan 2023"),
        ("Mid Feb", 2, "Mid Apr"),
        ("Ongoing", 7, "Ongoing"),
        ("Every Q", 7, "Every Q"),
        ("May be agreed later", 7, "May be agreed later"),
        ("", 7, ""),
    ],
)
def test_a_written_date_moves_and_keeps_its_form(written, months, moved):
    assert move_text(written, months) == moved


@given(st.text(), st.integers(-600, 600))
def test_no_text_raises(text, months):
    assert isinstance(move_text(text, months), str)


@given(
    st.sampled_from([LONG, SHORT]),
    st.integers(0, 11),
    st.integers(2010, 2040),
    st.integers(-120, 120),
)
def test_moving_there_and_back_gives_the_same_words(names, month, year, months):
    if names is LONG and "May" in (names[month], names[(month + months) % 12]):
        return
    written = f"End of {names[month]} {year}"
    assert move_text(move_text(written, months), -months) == written


@pytest.mark.parametrize(
    ("earlier", "later", "months"),
    [
        (date(2023, 7, 31), date(2023, 8, 1), 1),
        (date(2023, 7, 1), date(2023, 7, 31), 0),
        (date(2023, 7, 1), date(2026, 11, 22), 40),
        (date(2023, 7, 1), date(2022, 12, 31), -7),
    ],
)
def test_months_between_counts_calendar_months(earlier, later, months):
    assert months_between(earlier, later) == months


def content_of(rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.create_sheet("Notes").append(["Written in May 23"])
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def test_a_workbook_moves_in_its_title_rows_and_target_columns_alone():
    content = content_of(
        [
            ["Plan for the year", None, None],
            ["April 2023", datetime(2023, 4, 30), None],
            ["Action", "Timescale", "Progress"],
            ["Agree the May 23 standards", "May 23", "Met in May 23"],
            ["Train auditors", datetime(2023, 8, 31), None],
            ["Action", "Timescale", "Progress"],
            ["Report", "Ongoing", 23],
        ]
    )
    book = load_workbook(BytesIO(move_dates(content, 6)))
    assert list(book.worksheets[0].iter_rows(values_only=True)) == [
        ("Plan for the year", None, None),
        ("October 2023", datetime(2023, 10, 30), None),
        ("Action", "Timescale", "Progress"),
        ("Agree the May 23 standards", "Nov 23", "Met in May 23"),
        ("Train auditors", datetime(2024, 2, 29), None),
        ("Action", "Timescale", "Progress"),
        ("Report", "Ongoing", 23),
    ]
    assert book["Notes"]["A1"].value == "Written in May 23"


def test_merged_cells_fills_and_widths_stay():
    book = Workbook()
    sheet = book.active
    sheet.append(["Objective", "Target date"])
    sheet.append(["One objective", "Jun 23"])
    sheet.append([None, "Jul 23"])
    sheet.merge_cells("A2:A3")
    sheet.column_dimensions["B"].width = 24
    saved = BytesIO()
    book.save(saved)
    moved = load_workbook(BytesIO(move_dates(saved.getvalue(), 1))).active
    assert [str(merge) for merge in moved.merged_cells.ranges] == ["A2:A3"]
    assert moved.column_dimensions["B"].width == 24
    assert [moved["B2"].value, moved["B3"].value] == ["Jul 23", "Aug 23"]
