"""A register of assurance products in a workbook, recognised by what it holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.sheets.register import read_register
from plans.spreadsheets.book import Limits
from plans.spreadsheets.reading import read_workbook
from tests.plans.spreadsheets.workbooks import Page, build

HEAD = ("Product", "How often", "Who", "Purpose")
REPORT = ("Performance report", "Monthly", "Leadership team", "To see what slips")
CLINICS = ("Clinics", "Every 6 weeks", "Heads of service", "To know why")


def read(*rows, title="Register"):
    return read_register(read_workbook(build(Page(title, list(rows))), Limits()))


def products(reading):
    return [(each.name, each.frequency, each.reviewed_by, each.purpose) for each in reading.products]


@pytest.mark.parametrize(
    "head",
    [
        HEAD,
        ("Products", "Review", "Who", "Outcomes"),
        ("Assurance product", "Review frequency", "Reviewed by", "To what end"),
        ("Report", "Frequency", "Owner", "What it tells us"),
        ("Source of assurance", "Reported", "Forum", "Why"),
    ],
)
def test_its_headings_are_spelt_in_many_ways(head):
    assert products(read(head, REPORT, CLINICS)) == [REPORT, CLINICS]


def test_columns_stand_in_any_order_and_below_a_title():
    turned = [tuple(row[n] for n in (3, 0, 2, 1)) for row in (HEAD, REPORT, CLINICS)]
    reading = read(("What we look at",), (), *turned)
    assert products(reading) == [REPORT, CLINICS]
    assert reading.reasons == {"Register": "A register of 2 assurance products"}


def test_a_row_without_a_name_goes_on_with_the_one_above():
    reading = read(HEAD, REPORT, (None, None, None, "and to act on it"), CLINICS)
    assert [each.purpose for each in reading.products] == [
        "To see what slips\nand to act on it",
        "To know why",
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [("Product", "How often"), ("Clinics", "whenever somebody asks")],
        [("Action", "Lead", "Target date", "RAG"), ("Meet", "DCS", "May 26", "Green")],
        [("Report", "Review date", "Target date"), ("Plan", "monthly", "May 26")],
        [("Product", "Purpose"), ("Clinics", "monthly")],
        [HEAD],
    ],
)
def test_what_is_no_register_is_left_alone(rows):
    reading = read(*rows)
    assert (reading.products, reading.claimed) == ([], {})


def test_what_stands_below_a_gap_is_no_part_of_it():
    reading = read(HEAD, REPORT, (), (), (), ("Printed in May", "Page 1"))
    assert products(reading) == [REPORT]
    assert {row for row, _ in reading.claimed["Register"]} == {1, 2}


def test_what_cannot_be_taken_is_said_and_its_cells_are_kept():
    long = ("Long", "Monthly", "x" * 501, "Why")
    reading = read(HEAD, REPORT, ("performance  report", "Weekly", None, None), long)
    assert products(reading) == [REPORT]
    assert [problem.row for problem in reading.problems] == [3, 4]
    assert "stands in the register twice" in reading.problems[0].message
    assert "too long: 500 letters at most" in reading.problems[1].message
    lost = [(cell.row, cell.text) for cell in reading.not_understood if not cell.furniture]
    assert lost == [
        *[(3, "performance  report"), (3, "Weekly")],
        *[(4, words) for words in long],
    ]


words = st.text(st.characters(codec="ascii", categories=["L", "N", "P"]), min_size=1, max_size=12)


@given(
    st.lists(st.tuples(words, st.sampled_from(["Monthly", "Weekly"]), words, words), min_size=1, max_size=5)
)
def test_every_cell_is_in_a_product_or_told(rows):
    reading = read(HEAD, *rows)
    held = {(cell.row, cell.column) for each in reading.products for cell in each.cells}
    told = {(cell.row, "ABCD".index(cell.column) + 1) for cell in reading.not_understood}
    assert (
        held | told
        == reading.claimed["Register"]
        == {(r, c) for r in range(1, len(rows) + 2) for c in range(1, 5)}
    )
    assert not held & told
