"""A block copied from a spreadsheet finds its measures and months, or says what does not."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.months import months_after
from impact.pasting import Pasted, read_paste

NAMES = {7: "CLA", 3: "Contacts in time", 9: "CP"}
MONTHS = [months_after(date(2019, 4, 1), n) for n in range(12)]
CLA_AND_CP = {(7, "2019-04"): "451", (7, "2019-05"): "455", (9, "2019-04"): "282", (9, "2019-05"): "290"}


def read(text, first=7, month=date(2019, 4, 1)):
    return read_paste(text, NAMES, MONTHS, first=first, month=month)


def placed(paste):
    return {(cell.measure, f"{cell.month:%Y-%m}"): cell.text for cell in paste.cells}


@pytest.mark.parametrize(
    "block",
    [
        "Measure\tApr-19\tMay-19\nCLA\t451\t455\nCP\t282\t290",
        "\tApr-19\tMay-19\r\nCLA\t451\t455\r\nCP\t282\t290\r\n",
        "\tMay-19\tApr-19\nCP\t290\t282\ncla\t455\t451",
        "\tApr\tMay\nCLA\t451\t455\nCP\t282\t290",
        "Month\tCLA\tCP\nApril 2019\t451\t282\nMay 2019\t455\t290",
        "CLA\t451\t455\nCP\t282\t290",
        '"CLA"\t451\t455\n"CP"\t282\t290',
    ],
)
def test_measures_and_months_are_found_by_their_names(block):
    paste = read(block)
    assert (placed(paste), paste.problems) == (CLA_AND_CP, [])


@pytest.mark.parametrize(
    ("block", "first", "month", "cells"),
    [
        ("451\t455", 7, date(2019, 4, 1), {(7, "2019-04"): "451", (7, "2019-05"): "455"}),
        ("451\n52%\n282", 7, date(2019, 6, 1),
         {(7, "2019-06"): "451", (3, "2019-06"): "52%", (9, "2019-06"): "282"}),
        ("39/40\t30/40", 3, date(2019, 4, 1), {(3, "2019-04"): "39/40", (3, "2019-05"): "30/40"}),
        ("451\t\tn/a\t460", 7, date(2019, 4, 1), {(7, "2019-04"): "451", (7, "2019-07"): "460"}),
        ("Apr-19\tMay-19\n451\t455", 9, date(2019, 4, 1), {(9, "2019-04"): "451", (9, "2019-05"): "455"}),
        ("1\t2", 7, date(2020, 3, 1), {(7, "2020-03"): "1", (7, "2020-04"): "2"}),
    ],
)  # fmt: skip
def test_a_block_without_headings_goes_where_it_is_told(block, first, month, cells):
    paste = read(block, first, month)
    assert (placed(paste), paste.problems) == (cells, [])


@pytest.mark.parametrize(
    ("block", "problem"),
    [
        ("CLAs\t451\nCP\t282", "“CLAs” is no measure here, so its row was left out. Write the name as it"),
        ("\tApr-19\tTotal\nCLA\t451\t900\nCP\t282\t4", "“Total” is no month, so its column was left out."),
        ("1\n2\n3\n4", "The block has 4 rows, and there are 3 measures from “CLA” on: the rest was left"),
        ("\tApr-19\nCLA\t1\nCLA\t2", "CLA, April 2019: the block has two values, “1” and “2”. Keep one of"),
        ("x" * 100_001, "The block has more than 500 rows or columns. Paste a part of it at a time."),
        ("\n".join("1" * 501), "The block has more than 500 rows or columns. Paste a part of it at a time."),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_said(block, problem):
    assert [said[: len(problem)] for said in read(block).problems] == [problem]


def test_a_text_is_placed_so_that_the_form_can_say_what_is_wrong_with_it():
    assert read("CLA\tlots\t451").cells[0] == Pasted(7, date(2019, 4, 1), "lots")


def test_two_values_for_a_month_are_neither():
    assert read("\tApr-19\tMay-19\nCLA\t1\t5\nCLA\t2\t5").cells == [Pasted(7, date(2019, 5, 1), "5")]


figures = st.lists(st.lists(st.integers(0, 999), min_size=12, max_size=12), min_size=3, max_size=3)


@given(figures, st.permutations(range(3)), st.permutations(range(12)), st.booleans())
def test_neither_order_nor_direction_matters(rows, measures, months, down):
    keys = list(NAMES)
    block = [["", *(f"{MONTHS[n]:%b-%y}" for n in months)]]
    block += [[NAMES[keys[m]], *(str(rows[m][n]) for n in months)] for m in measures]
    block = [list(column) for column in zip(*block, strict=True)] if down else block
    paste = read("\n".join("\t".join(row) for row in block))
    expected = {(keys[m], f"{MONTHS[n]:%Y-%m}"): str(rows[m][n]) for m in range(3) for n in range(12)}
    assert (placed(paste), paste.problems) == (expected, [])


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text):
    paste = read(text)
    assert all(cell.measure in NAMES and cell.text for cell in paste.cells)
