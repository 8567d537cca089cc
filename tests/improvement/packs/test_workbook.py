"""The workbook as a screen reader meets it: the government's guidance on accessible spreadsheets."""

import io
from datetime import datetime

import openpyxl
import pytest

from improvement.packs.sheets import sheets_of
from improvement.packs.workbook import workbook_of

NAMES = ["Cover", "Notes", "Ratings", "Summary", "Exceptions", "Changes", "Measures", "Months", "Narratives"]
NAMES += ["Questions", "Challenges", "Decisions", "Waiting", "Plan", "Steps"]


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.fixture(scope="module")
def book(made):
    return opened(made.workbook)


def test_it_has_a_title_a_language_and_a_cover_that_leads_to_each_sheet(book, made):
    assert (book.properties.title, book.properties.language) == (
        "Pack 1, 30 March 2026: Recovery plan, Teesmere Borough Council",
        "en-GB",
    )
    assert (book.sheetnames, book.active.title) == (NAMES, "Cover")
    cover = book["Cover"]
    links = [cell.hyperlink.location or cell.hyperlink.ref for cell in cover["A"] if cell.hyperlink]
    assert len(links) == len(NAMES) - 1
    lines = [cell.value for cell in cover["A"]]
    assert (lines[0], lines[2]) == (
        "Pack 1, 30 March 2026: Recovery plan, Teesmere Borough Council",
        "Closed on 26 March 2026 at 16:00 by An editor. This pack does not change.",
    )
    assert made.digest in lines[3]


def test_the_notes_say_what_no_update_counts_from(book):
    notes = {row[0].value: row[1].value for row in book["Notes"]}
    assert notes["No update"] == "No update counts from after 24 February 2026."


@pytest.mark.parametrize("name", NAMES[1:])
def test_each_sheet_holds_one_real_table_under_its_title(book, name):
    sheet = book[name]
    [table] = sheet.tables.values()
    assert table.ref == f"A3:{openpyxl.utils.get_column_letter(sheet.max_column)}{sheet.max_row}"
    headers = [cell.value for cell in sheet[3]]
    assert headers == [column.name for column in table.tableColumns]
    assert len({header.casefold() for header in headers}) == len(headers)
    assert (sheet["A1"].value is not None, sheet["A2"].value is not None) == (True, True)


@pytest.mark.parametrize("name", NAMES)
def test_no_cell_is_merged_empty_or_a_formula(book, name):
    sheet = book[name]
    assert list(sheet.merged_cells.ranges) == []
    first = 1 if name == "Cover" else 3
    cells = [cell for row in sheet.iter_rows(min_row=first) for cell in row]
    assert [cell.coordinate for cell in cells if cell.value is None or cell.data_type == "f"] == []
    assert {cell.alignment.wrap_text for cell in cells} == {True}
    view = sheet.sheet_view
    assert (view.selection[0].activeCell, view.selection[0].sqref) == ("A1", "A1")


def test_days_are_days_numbers_are_numbers_and_ratings_are_words(book):
    row = {cell.value: book["Exceptions"].cell(5, cell.column).value for cell in book["Exceptions"][3]}
    assert row == {
        "Reference": "12",
        "Action": "Short breaks assessed",
        "Accountable": "Head of Service for Assessment",
        "Rating": "Green",
        "Due": datetime(2026, 2, 28),
        "Why it is here": "26 days overdue",
        "What would make it green": "None",
    }
    months = [tuple(cell.value for cell in row) for row in book["Months"].iter_rows(min_row=4, max_row=4)]
    assert months == [("Contacts decided in a day", datetime(2026, 2, 1), 20, "20%")]


def test_words_that_look_like_a_formula_are_words(made):
    content = made.content | {
        "decisions": [{"text": "=1+1", "action": "-x", "move": "@y", "challenge": "+z"}]
    }
    row = opened(workbook_of(content, made.digest))["Decisions"][4]
    assert [(cell.value, cell.data_type, cell.quotePrefix) for cell in row] == [
        ("=1+1", "s", True),
        ("-x", "s", True),
        ("@y", "s", True),
        ("+z", "s", True),
    ]


def test_a_text_too_long_for_a_cell_is_cut_with_a_remark(made):
    content = made.content | {
        "decisions": [{"text": "a" * 40_000, "action": "", "move": "", "challenge": ""}]
    }
    text = opened(workbook_of(content, made.digest))["Decisions"]["A4"].value
    assert (len(text), text.endswith("in the web page and the PDF beside this.]")) == (32_767, True)


def test_two_columns_of_one_name_are_told_apart(made):
    labels = made.content["labels"] | {"leads": "Who", "activity": "who"}
    [plan] = [sheet for sheet in sheets_of(made.content | {"labels": labels}) if sheet.name == "Plan"]
    assert [header for header in plan.headers if header.casefold().startswith("who")] == ["Who", "who (2)"]
