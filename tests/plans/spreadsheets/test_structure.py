"""A workbook understood as a whole: its plan, its other sheets, its problems and its columns."""

from datetime import date

import pytest

from .workbooks import FIRST, HEADER, SECOND, Page, actions, read, reasons


def test_a_plain_table():
    reading = read(Page("Plan", [["Recovery plan 2024"], [], HEADER, FIRST, SECOND]))
    assert reading.title == "Recovery plan 2024"
    assert [(s.kind, s.reason) for s in reading.sheets] == [
        ("plan", "2 actions in a table with a column of actions")
    ]
    assert actions(reading, "row", "reference", "title", "leads", "due", "colour") == [
        (4, "1", "Answer every call within an hour", ["Team manager"], "2024-06-30", "green"),
        (5, "2", "Test thresholds each month", ["PSW"], "2024-07-31", "amber"),
    ]


NO_PLANS = {
    "risks": (
        [["Risk", "Likelihood", "Mitigating action", "Owner"], ["Staff leave", "High", "Pay more", "HR"]],
        "A register",
    ),
    "narratives": (
        [["Area", "What have we done?", "So what?"], ["Front door", "Much", "Calls are quicker"]],
        "Narratives",
    ),
    "figures": ([[None, "Apr-23", "May-23", "Jun-23"], ["Contacts", 3, 4, 5]], "Figures by month"),
    "register": (
        [["Product", "Review", "Who", "Outcomes"], ["Audit report", "Weekly", "PSW", "We learn"]],
        "A register",
    ),
    "turned": (
        [["Ref", "1", "2"], ["Action", "Do", "Do more"], ["Lead", "AD", "HoS"], ["When", "May", "June"]],
        "The headings run",
    ),
    "empty": ([[]], "The sheet is empty"),
}


@pytest.mark.parametrize(("rows", "reason"), NO_PLANS.values(), ids=NO_PLANS)
def test_sheets_that_are_no_plan(rows, reason):
    reading = read(Page("Sheet1", rows))
    assert (reading.actions, reading.sheets[0].kind) == ([], "none")
    assert reading.sheets[0].reason.startswith(reason)
    assert all(not n.furniture and n.reason for n in reading.not_understood)


def test_problems_name_both_rows_and_say_what_to_do():
    reading = read(
        Page("Plan", [HEADER, FIRST, [*FIRST[:1], *SECOND[1:]], ["4", None, "AD", "May 2024", "R"]])
    )
    assert [(p.sheet, p.row, p.message) for p in reading.problems] == [
        (
            "Plan",
            4,
            "Action 4 has nothing in the column of actions. Write what is to be done, or clear the row.",
        ),
        ("Plan", 3, "Reference 1 is used twice: in row 2 and in row 3. Give one of them another reference."),
    ]


def test_a_chosen_mapping_wins():
    page = Page(
        "Plan", [["Ref", "Action", "Lead", "Notes", "Junk"], ["1", "Do this", "AD", "Why it matters", "x1"]]
    )
    reading = read(page, columns={"notes ": "what_it_means", "JUNK": "ignore"})
    (action,) = reading.actions
    assert (action.what_it_means, action.notes) == ("Why it matters", [])
    assert reading.sheets[0].columns[3].why == "Chosen for this board"
    assert reasons(reading, furniture=False) == {(2, "E"): "The column is left out, as chosen for this board"}


def test_columns_as_written_keep_the_councils_words_and_order():
    page = Page(
        "Plan",
        [["Ref", "Key\naction", "Owner", "Red", "Green", "Budget"], ["1", "Do this", "AD", "x", None, "£5"]],
    )
    assert read(page).columns_as_written == [
        {"header": "Ref", "field": "reference"},
        {"header": "Key action", "field": "title"},
        {"header": "Owner", "field": "leads"},
        {"header": "RAG", "field": "rating"},
        {"header": "Budget", "field": "note"},
    ]


def test_counts_by_area_are_no_plan():
    summary = [["Area", "Red", "Amber", "Green", "Total"], ["Front door", 1, 2, 3, 6]]
    reading = read(Page("Summary", summary), Page("Plan", [HEADER, FIRST]))
    assert [sheet.kind for sheet in reading.sheets] == ["none", "plan"]


def test_dates_without_a_year_go_by_the_titles():
    reading = read(Page("Plan", [["January to March 2020"], HEADER, [*FIRST[:3], "Mid Feb", "G"]]))
    (action,) = reading.actions
    assert (action.target.due, action.target.assumed) == (date(2020, 2, 15), True)


def test_a_chosen_mapping_finds_headers_in_words_nobody_knows():
    page = Page("Plan", [["Code", "Vorhaben", "Wer", "Bis"], ["1", "Do this", "AD", "May 2024"]])
    assert read(page).sheets[0].kind == "none"
    reading = read(page, columns={"Vorhaben": "title", "Wer": "leads", "Bis": "target"})
    assert actions(reading, "reference", "title", "leads", "due") == [("1", "Do this", ["AD"], "2024-05-31")]


def test_two_columns_chosen_for_one_field_keep_their_sense():
    page = Page(
        "Plan",
        [
            ["Action", "Lead", "Revised date", "Original date"],
            ["Do this", "AD", "July 2024", "May 2024"],
            ["Do that", "AD", None, "June 2024"],
        ],
    )
    reading = read(page, columns={"Revised date": "target", "Original date": "target"})
    assert actions(reading, "due") == [("2024-07-31",), ("2024-06-30",)]


def test_the_columns_of_a_sheet_that_is_nearly_a_plan_are_shown():
    page = Page("Plan", [["Vorhaben", "Lead", "RAG"], ["Do", "AD", "G"], ["Act", "AD", "R"]])
    reading = read(page)
    assert [(s.kind, [c.field for c in s.columns]) for s in reading.sheets] == [
        ("none", ["note", "leads", "rating"])
    ]
    assert actions(read(page, columns={"Vorhaben": "title"}), "title") == [("Do",), ("Act",)]
