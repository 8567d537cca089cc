"""The cells of rows left out: each is listed, and nothing that another row brings in."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plans.imports.standing import propose
from plans.spreadsheets.accounting import unaccounted_cells
from plans.spreadsheets.left_out import cells_left_out
from plans.spreadsheets.proposals import Comparison, Status
from plans.spreadsheets.reading import read_workbook
from plans.spreadsheets.structure import understand

from .messy import messy_pages
from .workbooks import Page, build

HEADERS = ("Ref", "Action", "Lead", "Target date", "RAG", "Progress")
CALLS = ("1", "Answer every call", "Head of Care", "End June 2026", "Green", "Rota agreed")
VISITS = ("2", "Visit within a week", "Head of Care", "End June 2026", "Green", "Two teams began")
PAIRS = ("3", "Read files in pairs", "Head of Quality", "July 2026", "Amber", "Pairs are named")


def left_out(rows, *numbers, trouble=""):
    workbook = read_workbook(build(Page("Plan", rows)))
    reading = understand(workbook)
    gone = [comparison(row, trouble) for row in reading.actions if row.row in numbers]
    return cells_left_out(workbook, reading, gone)


def comparison(row, trouble=""):
    return Comparison(propose(row), Status.NEW, trouble=trouble)


@pytest.mark.parametrize(("number", "row"), [(2, CALLS), (3, VISITS), (4, PAIRS)])
def test_every_cell_of_the_row_is_listed_though_its_neighbour_says_the_same(number, row):
    found = left_out([HEADERS, CALLS, VISITS, PAIRS], number)
    assert [(each.row, each.column, each.text) for each in found] == [
        (number, column, text) for column, text in zip("ABCDEF", row, strict=True)
    ]


def test_nothing_is_listed_where_every_row_is_taken():
    assert left_out([HEADERS, CALLS, VISITS, PAIRS]) == []


def test_the_reason_is_what_is_wrong_without_advice():
    found = left_out([HEADERS, CALLS, VISITS, PAIRS], 3, trouble="It has no words. Leave it out.")
    assert {each.reason for each in found} == {"This row is left out. It has no words."}


@settings(max_examples=80, deadline=None)
@given(st.integers(min_value=0, max_value=10**9), st.data())
def test_no_cell_of_a_messy_workbook_is_lost_with_the_rows_left_out(seed, data):
    workbook = read_workbook(build(*messy_pages(seed)))
    reading = understand(workbook)
    stays = [data.draw(st.booleans()) for _ in reading.actions]
    gone = [row for row, stay in zip(reading.actions, stays, strict=True) if not stay]
    rest = [row for row, stay in zip(reading.actions, stays, strict=True) if stay]
    listed = cells_left_out(workbook, reading, [comparison(row) for row in gone])
    after = replace(reading, actions=rest, not_understood=[*reading.not_understood, *listed])
    assert unaccounted_cells(workbook, after) == []
