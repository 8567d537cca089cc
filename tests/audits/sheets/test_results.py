"""Audit results in a workbook: a row an audit, or a row a graded case."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.sheets.results import read_results
from plans.spreadsheets.book import Limits
from plans.spreadsheets.reading import read_workbook
from tests.plans.spreadsheets.workbooks import Page, build

TODAY = date(2026, 11, 22)
HEAD = ("Audit", "Theme", "Date", "Cases", "Inadequate", "Requires improvement", "Good", "Outstanding")
VISITS = ("Visits", "Seen", "31/03/2026", 22, 2, 8, 9, 1)
CASES = ("Audit", "Month", "Grade")


def read(*rows, title="Audits"):
    return read_results(read_workbook(build(Page(title, list(rows))), Limits()), TODAY)


def found(reading):
    return [(each.title, each.done_on, each.sample, each.counts) for each in reading.audits]


def test_one_row_an_audit():
    reading = read(("Programme",), HEAD, VISITS, ("Plans", None, "May 2026", None, 0, 3, "4", "-"))
    assert found(reading) == [
        ("Visits", date(2026, 3, 31), 22, [2, 8, 9, 1]),
        ("Plans", date(2026, 5, 31), 7, [0, 3, 4, 0]),
    ]
    assert reading.audits[0].texts == {"theme": "Seen"}
    assert [each.faults for each in reading.audits] == [[], []]
    assert reading.reasons == {"Audits": "Results of 2 audits"}


def test_agreeing_with_a_decision_and_a_second_reader():
    head = ("Audit", "Done", "Agreed", "Disagreed", "Moderated", "Second reader agreed")
    [audit] = read(head, ("Front door", "13 March 2026", 39, 1, 10, 9)).audits
    assert [grade.word for grade in audit.words] == ["Disagreed", "Agreed"]
    assert (audit.counts, audit.sample, audit.read_twice, audit.agreed) == ([1, 39], 40, 10, 9)


def test_one_row_a_graded_case():
    rows = [("Visits", "March 2026", "Good")] * 3 + [
        ("Visits", "March 2026", "RI"),
        ("Visits", "May 2026", "Good"),
    ]
    assert found(read(CASES, *rows)) == [
        ("Visits", date(2026, 3, 31), 4, [0, 1, 3, 0]),
        ("Visits", date(2026, 5, 31), 1, [0, 0, 1, 0]),
    ]


def test_a_month_that_is_not_over_counts_up_to_today():
    assert found(read(HEAD, (*VISITS[:2], "November 2026", *VISITS[3:])))[0][1] == TODAY


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (("Visits", None, "soon", 22, 2, 8, 9, 1), "No day or month can be read from “soon”."),
        (("Visits", None, "May 2027", 22, 2, 8, 9, 1), "It was done on a day still to come."),
        (("Visits", None, "May 2026", 10, 2, 8, 9, 1), "Its grades add up to 20, more than its 10 cases."),
        (("Visits", None, "May 2026", 22, "some", 8, 9, 1), "“some” in column E is no number of cases."),
        (("Visits", None, "May 2026", None, 0, 0, 0, 0), "It has no cases."),
        (
            ("Visits to LCS 123456", None, "May 2026", 22, 2, 8, 9, 1),
            "Its title looks like a case number. Change that and upload it again.",
        ),
        (("x" * 201, None, "May 2026", 22, 2, 8, 9, 1), f"“{'x' * 40}…” is too long: 200 letters at most."),
    ],
)
def test_what_cannot_be_taken_says_why(row, fault):
    [audit] = read(HEAD, row).audits
    assert audit.faults == [fault]


def test_a_day_in_a_title_names_nobody():
    [audit] = read(HEAD, ("Visits of 12/03/2024", None, "May 2026", 22, 2, 8, 9, 1)).audits
    assert audit.faults == []


def test_an_unknown_grade_of_a_case_is_said():
    rows = [("Visits", "March 2026", "Good")] * 5 + [("Visits", "March 2026", "Fine")]
    [audit] = read(CASES, *rows).audits
    assert audit.faults == ["Row 7: “Fine” is no grade of this scale."]


def test_a_column_that_may_name_cases_stops_its_audits_and_is_not_shown():
    rows = [("Visits", "March 2026", "Good", "LCS 123456")] * 3
    reading = read((*CASES, "Reference"), *rows)
    [audit] = reading.audits
    assert audit.faults[0] == (
        "Column D, row 2, looks like a case number. Take that column out of the workbook and upload it again."
    )
    lost = {(cell.text, cell.reason) for cell in reading.not_understood if not cell.furniture}
    assert lost == {("Not shown", "Not shown: it looks like a case number")}


@pytest.mark.parametrize(
    "rows",
    [
        [("Action", "Lead", "Target date", "RAG"), *[("Meet", "DCS", "May 26", "Green")] * 3],
        [("Audit", "Date", "Grade"), ("Visits", "May 2026", "Good")],
        [("Audit", "Good", "Outstanding"), ("Visits", 2, 3)],
        [("Measure", "Date", "Value"), *[("Visits", "May 2026", 90)] * 3],
        [HEAD[:2]],
    ],
)
def test_what_holds_no_results_is_left_alone(rows):
    reading = read(*rows)
    assert (reading.audits, reading.claimed) == ([], {})


numbers = st.integers(0, 400)


@given(st.lists(st.tuples(numbers, numbers, numbers, numbers), min_size=1, max_size=4))
def test_every_cell_is_in_an_audit_or_told(rows):
    reading = read(HEAD, *[(f"Audit {n}", "Seen", "May 2026", sum(row), *row) for n, row in enumerate(rows)])
    assert [tuple(each.counts) for each in reading.audits] == rows
    held = {(cell.row, cell.column) for each in reading.audits for cell in each.cells}
    assert reading.claimed["Audits"] == held | {(1, column) for column in range(1, 9)}
