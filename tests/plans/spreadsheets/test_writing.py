"""What is written can be read again, and no cell is ever a formula."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from plans.spreadsheets.reading import Merge, Workbook, read_workbook
from plans.spreadsheets.texts import tidy
from plans.spreadsheets.writing import (
    Filled,
    Heading,
    Table,
    legal_titles,
    merged_runs,
    write_csv,
    write_xlsx,
)

RISKY = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("x")', " =1+1", "#REF!", "＝1", "_x0041_", "007"]


def opened(*tables: Table):
    return load_workbook(io.BytesIO(write_xlsx(tables)))


def read(*tables: Table) -> Workbook:
    return read_workbook(write_xlsx(tables))


def csv_rows(table: Table) -> list[list[str]]:
    return list(csv.reader(io.StringIO(write_csv(table).decode("utf-8-sig"), newline="")))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.text(max_size=30) | st.sampled_from(RISKY), min_size=3, max_size=3), max_size=5))
def test_texts_come_back_as_written_and_no_cell_is_a_formula(rows):
    content = write_xlsx([Table("Plan", ("One", "Two", "Two"), rows)])
    sheet = read_workbook(content).sheets[0]
    expected = [[tidy(text) for text in row] for row in rows]
    assert [[sheet.text(row + 2, column + 1) for column in range(3)] for row in range(len(rows))] == expected
    cells = load_workbook(io.BytesIO(content)).active._cells.values()
    assert {cell.data_type for cell in cells} <= {"s", "n"}


@pytest.mark.parametrize("text", RISKY)
def test_a_text_that_looks_like_something_else_stays_a_text(text):
    cell = opened(Table("Plan", ("Action",), [[text]])).active["A2"]
    assert (cell.data_type, bool(cell.quotePrefix)) == ("s", text.strip()[0] in "=+-@＝")


VALUES = [
    (date(2026, 3, 31), "d", "dd/mm/yyyy", date(2026, 3, 31)),
    (datetime(2026, 3, 31, 9, 30, tzinfo=UTC), "d", "dd/mm/yyyy hh:mm", datetime(2026, 3, 31, 9, 30)),
    (date(1899, 1, 1), "s", "General", "1 January 1899"),
    (12, "n", "General", 12),
    (0.25, "n", "General", 0.25),
    (True, "b", "General", True),
    (float("nan"), "s", "General", "nan"),
    (10**17, "s", "General", "100000000000000000"),
    (["1. First", "2. Second"], "s", "General", "1. First\n2. Second"),
    ("a\x00b\ud800c\r\nd", "s", "General", "abc\nd"),
]


@pytest.mark.parametrize(("value", "kind", "number_format", "kept"), VALUES)
def test_values_keep_their_type(value, kind, number_format, kept):
    content = write_xlsx([Table("Plan", ("Value",), [[value]])])
    cell = load_workbook(io.BytesIO(content)).active["A2"]
    assert (cell.data_type, cell.number_format) == (kind, number_format)
    assert read_workbook(content).sheets[0].cells[2, 1].value == kept


def test_a_plan_is_laid_out_as_councils_write_it():
    rows = [
        Heading("1. Leadership"),
        ["1.1", "Safe", "Agree the plan", Filled("Green", "00703C")],
        ["1.2", "Safe", "Publish the plan", Filled("Amber", "FFDD00")],
        Heading("2. Practice"),
        ["2.1", "Safe", "Audit monthly", None],
    ]
    table = Table(
        "Plan",
        ("Ref", "Outcome", "Action", "RAG"),
        rows,
        ["Our plan", "March 2026"],
        ["Key"],
        merged_down=[1],
    )
    sheet = read(table).sheets[0]
    assert sheet.text(1, 1) == "Our plan"
    assert sheet.merges == [
        Merge(1, 1, 1, 4),
        Merge(2, 1, 2, 4),
        Merge(4, 1, 4, 4),
        Merge(5, 2, 6, 2),
        Merge(7, 1, 7, 4),
        Merge(10, 1, 10, 4),
    ]
    assert [(cell.text, cell.fill) for (_, column), cell in sorted(sheet.cells.items()) if column == 4] == [
        ("RAG", "D9D9D9"),
        ("Green", "00703C"),
        ("Amber", "FFDD00"),
    ]
    assert [sheet.text(row, 1) for row in (4, 7, 10)] == ["1. Leadership", "2. Practice", "Key"]
    written = opened(table).active
    assert (written.freeze_panes, written.auto_filter.ref) == ("A4", None)
    assert written["D5"].font.color.rgb == "00FFFFFF"
    assert written["D6"].font.color.rgb == "00000000"


def test_a_list_has_a_filter_a_frozen_header_and_bounded_widths():
    sheet = opened(Table("Actions", ("Ref", "Action"), [["1", "x" * 500], ["2", "y"]])).active
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == ("A2", "A1:B3", "$1:$1")
    assert [sheet.column_dimensions[letter].width for letter in "AB"] == [8, 60]
    assert sheet["A1"].font.bold
    assert sheet["B2"].alignment.wrap_text


def test_given_widths_are_kept_and_rows_may_be_ragged():
    sheet = opened(Table("Actions", ("Ref",), [["1", "more"], []], widths=[20, 30])).active
    assert [sheet.column_dimensions[letter].width for letter in "AB"] == [20, 30]
    assert sheet["B2"].value == "more"


RUNS = [
    ([["a", "x"], ["a", "x"], ["b", "x"]], [0, 1], [(0, 1, 0), (0, 1, 1)]),
    ([["a"], Heading("area"), ["a"], ["a"]], [0], [(2, 3, 0)]),
    ([[""], [""], ["a"]], [0], []),
    ([["a"], ["a"], ["a"]], [], []),
    ([["a", "x"], ["a"], ["a", "y"]], [0, 1], [(0, 2, 0)]),
]


@pytest.mark.parametrize(("rows", "levels", "runs"), RUNS)
def test_levels_are_merged_where_they_and_those_above_repeat(rows, levels, runs):
    assert list(merged_runs(Table("Plan", ("A", "B"), rows, merged_down=levels))) == runs


def test_a_text_too_long_for_a_cell_is_cut_with_a_remark_and_kept_in_full():
    text = "".join(f"sentence {number}. " for number in range(4_000)) + "\U0001f600" * 9
    plan, long_texts = read(Table("Plan", ("Action",), [[text]])).sheets
    assert plan.text(2, 1).endswith("[too long for a cell: in full on sheet “Long texts”]")
    rows = range(2, long_texts.n_rows + 1)
    assert [long_texts.text(2, column) for column in (1, 2, 3)] == ["Plan", "A2", f"1 of {len(rows)}"]
    assert "".join(str(long_texts.cells[row, 4].value) for row in rows) == text


TITLES = [
    (["Plan", "plan", "PLAN"], ["Plan", "plan (2)", "PLAN (3)"]),
    (["A/B: [all]?*\\"], ["A B   all"]),
    (["x" * 40, "x" * 40], ["x" * 31, "x" * 27 + " (2)"]),
    (["", "History", "'quoted'"], ["Sheet", "History (2)", "quoted"]),
]


@pytest.mark.parametrize(("titles", "legal"), TITLES)
def test_titles_are_made_legal(titles, legal):
    assert legal_titles(titles) == legal


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(max_size=40), min_size=1, max_size=4))
def test_any_titles_can_be_written_and_read(titles):
    sheets = read(*[Table(title, ("A",), ()) for title in titles]).sheets
    assert len({sheet.title.casefold() for sheet in sheets}) == len(titles)


def test_no_tables_make_an_empty_workbook():
    assert [sheet.title for sheet in read().sheets] == ["Empty"]


CSV_TEXTS = [
    ("=1+1", "'=1+1"),
    ("-5", "-5"),
    ("+1,200.50", "+1,200.50"),
    ("-5+cmd", "'-5+cmd"),
    ("@x", "'@x"),
    ("\t=1", "'\t=1"),
    (" =1", "' =1"),
    (-5, "-5"),
    (None, ""),
    (True, "True"),
    (date(2026, 3, 31), "31/03/2026"),
    (datetime(2026, 3, 31, 9, 5), "31/03/2026 09:05"),
    (Filled("Green", "00703C"), "Green"),
    (["one", "two"], "one\ntwo"),
    ('say "so", now', 'say "so", now'),
]


@pytest.mark.parametrize(("content", "text"), CSV_TEXTS)
def test_csv_texts(content, text):
    assert csv_rows(Table("Plan", ("Action", "Note"), [[content, "end"]])) == [
        ["Action", "Note"],
        [text, "end"],
    ]


def test_csv_has_headings_as_rows_and_is_known_to_excel_as_utf_8():
    table = Table("Plan", ("Action",), [Heading("Area – one"), ["Do"]], above=["Title"])
    assert write_csv(table) == "\ufeffAction\r\nArea – one\r\nDo\r\n".encode()
