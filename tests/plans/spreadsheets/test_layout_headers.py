"""Headers: in several rows, repeated, missing, beside one another, in another order."""

from datetime import date

import pytest

from .workbooks import FIRST, GREEN, HEADER, SECOND, Page, actions, fields, read, reasons


def test_a_header_in_two_rows():
    page = Page(
        "Plan",
        [
            ["Ref", "Action", "Responsibility", None, "Timescale", None, "Progress", None],
            [None, None, "Lead", "Support", "Start", "End", "Q1", "Q2"],
            ["1", "Agree a model", "AD", "PSW", "Jan 2024", "Mar 2024", "Begun", "Nearly there"],
        ],
        merges=["A1:A2", "B1:B2", "C1:D1", "E1:F1", "G1:H1"],
    )
    (action,) = read(page).actions
    assert (action.row, action.leads, action.target.text, action.progress) == (
        3,
        ["AD"],
        "Mar 2024",
        "Nearly there",
    )
    assert action.notes == [
        ("Responsibility: Support", "PSW"),
        ("Timescale: Start", "Jan 2024"),
        ("Progress: Q1", "Begun"),
    ]


def test_a_header_in_three_rows():
    page = Page(
        "Plan",
        [
            ["Ref", "Action", "Who", None, "Dates", None, None],
            [None, None, None, None, None, "Finish", None],
            [None, None, "Lead", "Help", "Start", "Planned", "Actual"],
            ["1", "Do this", "AD", "PSW", "Jan 2024", "May 2024", "June 2024"],
        ],
        merges=["A1:A3", "B1:B3", "C1:D2", "E1:G1", "F2:G2"],
    )
    assert actions(read(page), "row", "leads", "due") == [(4, ["AD"], "2024-05-31")]


def test_a_table_that_starts_at_c9_with_real_dates():
    rows = [["Improvement plan 2024"], [], [], ["No.", "Action", "Owner", "Due date", "Status"]]
    rows += [[1.0, "Do this well", "AD", date(2024, 5, 3), "On track"]]
    reading = read(Page("Plan", rows, first_row=6, first_column=3))
    assert actions(reading, "row", "reference", "due", "code") == [(10, "1", "2024-05-03", "on_track")]
    assert reading.actions[0].target.text == "3 May 2024"
    assert list(fields(reading)) == ["C", "D", "E", "F", "G"]


def test_two_plans_and_a_table_of_figures_on_one_sheet():
    page = Page(
        "Plan",
        [
            HEADER,
            FIRST,
            [],
            ["Measure", "Apr", "May", "Jun"],
            ["Contacts", 12, 13, 14],
            [],
            ["What", "Who", "When"],
            ["Call partners", "PSW", "June 2024"],
        ],
    )
    reading = read(page)
    assert actions(reading, "row", "title", "leads") == [
        (2, "Answer every call within an hour", ["Team manager"]),
        (8, "Call partners", ["PSW"]),
    ]
    assert set(reasons(reading, furniture=False)) == {(4, c) for c in "ABCD"} | {(5, c) for c in "ABCD"}


def test_tables_side_by_side():
    header = ["Ref", "Action", "Lead", "When"]
    page = Page(
        "Plan",
        [
            [*header, None, *header],
            ["1", "Do this", "AD", "May 2024", None, "9", "Do nine", "HoS", "June 2024"],
        ],
    )
    assert actions(read(page), "reference", "title", "due", "notes") == [
        ("1", "Do this", "2024-05-31", []),
        ("9", "Do nine", "2024-06-30", []),
    ]


def test_a_repeated_header_with_its_columns_in_another_order():
    page = Page(
        "Plan",
        [
            ["Ref", "Action", "Lead", "When", "RAG"],
            ["1", "First thing", "AD", "May 2024", "G"],
            ["Ref", "Action", "When", "Lead", "RAG"],
            ["2", "Second thing", "June 2024", "HoS", "R"],
        ],
    )
    assert actions(read(page), "leads", "due") == [(["AD"], "2024-05-31"), (["HoS"], "2024-06-30")]


def test_columns_without_a_heading_are_known_by_their_cells():
    page = Page(
        "Plan",
        [
            [None, "Action", None, "When", None],
            ["1", "Do this now", "Head of Service", "May 2024", "Green"],
            ["2", "Do that later", "Principal Social Worker", "May 2024", "Amber"],
        ],
    )
    reading = read(page)
    assert fields(reading) == {"A": "reference", "B": "title", "C": "leads", "D": "target", "E": "rating"}
    assert [c.sure for c in reading.sheets[0].columns] == [False, True, False, True, False]
    assert reading.sheets[0].columns[4].why == "No heading; 2 of 2 cells hold a rating"


def test_a_header_merged_over_the_number_and_the_words():
    page = Page(
        "Plan",
        [["Action", None, "Lead"], ["1.1", "Do this thing", "AD"], ["1.2", "Do that thing", "AD"]],
        merges=["A1:B1"],
    )
    assert actions(read(page), "reference", "title") == [("1.1", "Do this thing"), ("1.2", "Do that thing")]


def test_a_table_that_goes_on_over_the_next_sheet_without_a_header():
    rows = [["Front door"], HEADER, FIRST, ["Care leavers"], SECOND]
    reading = read(
        Page("Table 1", rows, merges=["A1:E1", "A4:E4"]),
        Page("Table 2", [["3", "Do more", "AD", "May 2024", "R"]]),
    )
    assert actions(reading, "sheet", "row", "area", "due") == [
        ("Table 1", 3, "Front door", "2024-06-30"),
        ("Table 1", 5, "Care leavers", "2024-07-31"),
        ("Table 2", 1, "Care leavers", "2024-05-31"),
    ]


def test_months_with_crosses_are_notes():
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun"]
    row = ["1", "Hold a summit", "Chair", None, "x", "x", None, None, None, "G"]
    reading = read(Page("Plan", [["Ref", "Action", "Lead", *months, "RAG"], row], fills={"E2": GREEN}))
    assert actions(reading, "colour", "notes") == [("green", [("Feb", "x"), ("Mar", "x")])]


def test_a_cell_beside_the_table_without_a_heading_is_a_note():
    reading = read(Page("Plan", [HEADER, [*FIRST, "spoke to the lead"], SECOND]))
    assert actions(reading, "notes") == [([("Column F", "spoke to the lead")],), ([],)]


def test_who_and_when_in_one_column():
    page = Page(
        "Plan",
        [
            ["Action", "By whom and when", "RAG"],
            ["See every child", "AD, May 2024", "G"],
            ["Review plans", "HoS\nJune 2024", "R"],
        ],
    )
    assert actions(read(page), "leads", "due") == [(["AD"], "2024-05-31"), (["HoS"], "2024-06-30")]


def test_a_revised_date_is_the_target_and_the_original_is_kept():
    page = Page(
        "Plan",
        [
            ["Action", "Lead", "Original target date", "Revised target date"],
            ["One thing here", "AD", "May 2024", "July 2024"],
            ["Another thing", "AD", "June 2024", None],
        ],
    )
    assert actions(read(page), "due", "notes") == [
        ("2024-07-31", [("Original target date", "May 2024")]),
        ("2024-06-30", []),
    ]


def test_short_headings_under_a_merged_one_say_more_than_it():
    page = Page(
        "Plan",
        [
            ["Weakness", "Action", None, None, None, "Agency"],
            [None, "No.", "What", "Who", "When"],
            ["Late visits", "1", "Ring each family", "Team manager", "June 2024", "Council"],
            [None, "2", "Tell the school nurse", "Duty worker", "July 2024", "Health"],
        ],
        merges=["A1:A2", "B1:E1", "F1:F2"],
    )
    assert actions(read(page), "reference", "title", "leads", "due") == [
        ("1", "Ring each family", ["Team manager"], "2024-06-30"),
        ("2", "Tell the school nurse", ["Duty worker"], "2024-07-31"),
    ]


def test_the_column_that_differs_from_row_to_row_is_the_action():
    page = Page(
        "Plan",
        [
            ["Strand", "Our pledge to families", "Lead", "Timescale", "RAG"],
            ["Front door", "Ring each caller back", "HoS", "June 2024", "G"],
            ["Front door", "Say who decides", "AD", "July 2024", "A"],
        ],
    )
    assert actions(read(page), "area", "title") == [
        ("Front door", "Ring each caller back"),
        ("Front door", "Say who decides"),
    ]


def test_an_export_of_a_task_board():
    page = Page(
        "Tasks",
        [
            ["Task ID", "Task Name", "Bucket Name", "Progress", "Priority", "Assigned To", "Due date"],
            ["qX3", "Check the rota", "Front door", "Completed", "Medium", "Kit Moor;Jo Fell", "05/06/2024"],
            ["zT9", "Buy laptops", "Workforce", "In progress", "Important", "Jo Fell", "30/07/2024"],
        ],
    )
    assert actions(read(page), "area", "title", "leads", "due", "colour") == [
        ("Front door", "Check the rota", ["Kit Moor", "Jo Fell"], "2024-06-05", "blue"),
        ("Workforce", "Buy laptops", ["Jo Fell"], "2024-07-30", ""),
    ]


def test_a_row_that_says_how_to_fill_the_table_in_belongs_to_its_header():
    guide = ["Unique number", "What will be done (SMART)", "One named person", "dd/mm/yyyy", "R, A, G"]
    reading = read(Page("Plan", [HEADER, guide, FIRST, SECOND]))
    assert actions(reading, "row", "reference", "leads", "colour") == [
        (3, "1", ["Team manager"], "green"),
        (4, "2", ["PSW"], "amber"),
    ]


def test_a_register_of_risks_is_no_plan():
    page = Page(
        "Risks",
        [
            ["Risk ID", "Risk", "Cause", "Consequence", "Owner", "Target date", "RAG"],
            ["R1", "Staff leave", "Pay is low", "Children lose a known worker", "HR", "May 2024", "A"],
            ["R2", "System fails", "It is old", "Records cannot be read at night", "ICT", "June 2024", "R"],
        ],
    )
    assert [sheet.kind for sheet in read(page).sheets] == ["none"]


@pytest.mark.parametrize(
    ("header", "title"), [("Improvement needed", "Track visits"), ("Workstream / action", "Late visits")]
)
def test_what_we_will_do_goes_before_what_needs_to_improve(header, title):
    words = ["What we will do"] if title == "Track visits" else ["Owner"]
    page = Page(
        "Plan",
        [
            [header, *words, "Who and by when", "Progress and RAG"],
            ["Late visits", "Track visits", "Team manager - May 2023", "Amber - half of teams use it"],
        ],
    )
    assert actions(read(page), "title") == [(title,)]
