"""Layouts that councils send, each understood as a plan."""

from datetime import date

import pytest
from openpyxl.styles import Color

from .workbooks import AMBER, BLUE, GREEN, RED, Page, actions, read

HEADER = ["Ref", "Action", "Lead", "Target date", "RAG"]
FIRST = ["1", "Answer every call within an hour", "Team manager", "June 2024", "G"]
SECOND = ["2", "Test thresholds each month", "PSW", "July 2024", "A"]


def fields(reading, sheet=0):
    return {column.letter: column.field for column in reading.sheets[sheet].columns}


def reasons(reading, *, furniture):
    return {(n.row, n.column): n.reason for n in reading.not_understood if n.furniture is furniture}


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


def test_a_sheet_for_each_area_named_by_its_own_title_line():
    reading = read(
        Page("S1", [["Our recovery plan"], ["Front door"], HEADER, FIRST]),
        Page("S2", [["Our recovery plan"], ["Care leavers"], HEADER, SECOND]),
        Page("Lists", [["Red"], ["Amber"], ["Green"]]),
    )
    assert actions(reading, "sheet", "area") == [("S1", "Front door"), ("S2", "Care leavers")]
    assert [sheet.kind for sheet in reading.sheets] == ["plan", "plan", "none"]
    assert reading.sheets[2].reason.startswith("A short list")


def test_a_sheet_for_each_area_named_by_its_tab_alone():
    reading = read(Page("Front door", [HEADER, FIRST]), Page("Care leavers", [HEADER, SECOND]))
    assert actions(reading, "area") == [("Front door",), ("Care leavers",)]


def test_sheets_that_are_no_areas_give_none():
    reading = read(Page("Live actions", [HEADER, FIRST]), Page("Completed actions", [HEADER, SECOND]))
    assert actions(reading, "area") == [("",), ("",)]


def test_ticks_in_one_of_four_columns():
    header = ["Action", "Who", "By when", "Red", "Amber", "Green", "Blue", "Comments"]
    rows = [
        ["Hire ten social workers", "HR", "March 2024", None, "✓", None, None, "Six so far"],
        ["Open a duty desk", "HoS", "May 2024", None, None, "x", None, None],
        ["Close old cases", "AD", "Jan 2024", None, None, None, None, None],
    ]
    reading = read(Page("Plan", [header, *rows]))
    assert actions(reading, "colour", "rating_text") == [("amber", "✓"), ("green", "x"), ("", "")]


def test_two_ticks_in_one_row_are_a_problem():
    header = ["Ref", "Action", "Lead", "On track", "Off track"]
    reading = read(
        Page("Plan", [header, ["1", "Open a desk", "HoS", "✓", "✓"], ["2", "Shut it", "AD", None, "✓"]])
    )
    assert [(p.row, p.message) for p in reading.problems] == [
        (2, "Both “On track” and “Off track” are marked. Leave only one of them.")
    ]


def test_a_coloured_cell_under_a_rating_word_is_a_tick():
    page = Page(
        "Plan",
        [["Action", "Lead", "R", "A", "G"], ["Hire", "HR"], ["Train", "PSW"]],
        fills={"C2": RED, "E3": GREEN},
    )
    assert actions(read(page), "colour") == [("red",), ("green",)]


def test_a_rating_that_is_only_a_colour():
    page = Page(
        "Plan",
        [
            ["Ref", "Action", "Lead", "By when", "Status"],
            [1.1, "Hire", "HR"],
            [1.2, "Train", "PSW"],
            [1.3, "Move", "AD"],
        ],
        fills={"E2": Color(theme=9, tint=-0.25), "E3": BLUE, "E4": Color(indexed=10)},
    )
    assert actions(read(page), "reference", "colour") == [("1.1", "amber"), ("1.2", "blue"), ("1.3", "red")]


def test_a_rating_that_is_the_colour_of_the_row():
    page = Page(
        "Plan",
        [["Ref", "Action", "Lead", "By when"], [1, "Hire"], [2, "Train", "PSW"], [3, "Move", "AD"]],
        fills={"A2:D2": GREEN, "A3:D3": RED},
    )
    assert actions(read(page), "reference", "colour") == [("1", "green"), ("2", "red"), ("3", "")]


def test_a_word_goes_before_the_colour_of_its_cell():
    page = Page(
        "Plan", [HEADER, [*FIRST[:4], "Amber"], [*SECOND[:4], "Not started"]], fills={"E2": GREEN, "E3": RED}
    )
    reading = read(page)
    assert actions(reading, "colour") == [("amber",), ("red",)]
    assert reading.actions[1].rating.word == "Not started"


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


def test_steps_on_rows_of_their_own():
    page = Page(
        "Plan",
        [
            ["Task", "Key action", "Activity", "Lead", "When", "RAG"],
            [1, "Better visits", "Set a visiting standard", "HoS", "May 2024", "Green"],
            [None, None, "Train the teams"],
            [None, None, "Check ten files a month", None, "June 2024"],
            [2, "Better plans", "Rewrite the template", "PSW", "July 2024", "Red"],
        ],
    )
    first, second = read(page).actions
    assert [(s.number, s.text, s.target_text) for s in first.steps] == [
        ("1", "Set a visiting standard", ""),
        ("2", "Train the teams", ""),
        ("3", "Check ten files a month", "June 2024"),
    ]
    assert (first.rows, first.target.text, second.steps) == ((2, 3, 4), "May 2024", ())


def test_rows_numbered_below_an_action_are_its_steps_unless_they_are_rated():
    page = Page(
        "Plan",
        [
            ["Ref", "Action", "Lead", "When", "RAG"],
            ["1", "Better visits", "HoS", "May 2024", "Green"],
            ["1.1", "Set a standard"],
            ["1.2", "Train the teams", None, "April 2024"],
            ["2", "Better plans", "PSW", "July 2024", "Red"],
            ["2.1", "Rewrite the template", "PSW", "June 2024", "Red"],
        ],
    )
    reading = read(page)
    assert actions(reading, "reference", "title") == [
        ("1", "Better visits"),
        ("2", "Better plans"),
        ("2.1", "Rewrite the template"),
    ]
    assert [step.number for step in reading.actions[0].steps] == ["1.1", "1.2"]


def test_a_numbered_row_with_only_words_above_its_children_is_an_area():
    page = Page(
        "Plan",
        [
            ["Ref", "Action", "Lead", "When", "RAG"],
            ["1", "Better visits"],
            ["1.1", "Set a standard", "HoS", "May 2024", "Green"],
            ["1.2", "Train the teams", "HoS", "April 2024", "Amber"],
            ["2", "Better plans"],
            ["2.1", "Rewrite the template", "PSW", "June 2024", "Red"],
        ],
    )
    reading = read(page)
    assert actions(reading, "reference", "area") == [
        ("1.1", "Better visits"),
        ("1.2", "Better visits"),
        ("2.1", "Better plans"),
    ]
    assert [level.reference for level in reading.actions[2].levels] == ["2"]


def test_a_written_statement_of_action():
    page = Page(
        "WSoA",
        [
            ["Written statement of action"],
            ["Priority 1: Waiting times for assessments"],
            ["Action", "Who", "When", "BRAG"],
            ["Set up one front door", "DCO", "Sept 2023", "B"],
            ["Priority 2: Quality of plans"],
            ["ACTION", "Who?", "By when", "Brag."],
            ["Audit twenty plans a month", "HoS SEND", "Nov 2023", "A"],
        ],
        merges=["A1:D1", "A2:D2", "A5:D5"],
    )
    reading = read(page)
    assert reading.title == "Written statement of action"
    assert actions(reading, "area", "colour") == [
        ("Priority 1: Waiting times for assessments", "blue"),
        ("Priority 2: Quality of plans", "amber"),
    ]
    assert reading.level_names == ("Priority",)
    assert reading.sheets[0].columns[0].headers == ("Action", "ACTION")


def test_a_table_that_starts_at_c9_with_real_dates():
    rows = [["Improvement plan 2024"], [], [], ["No.", "Action", "Owner", "Due date", "Status"]]
    rows += [[1.0, "Do this well", "AD", date(2024, 5, 3), "On track"]]
    reading = read(Page("Plan", rows, first_row=6, first_column=3))
    assert actions(reading, "row", "reference", "due", "code") == [(10, "1", "2024-05-03", "on_track")]
    assert reading.actions[0].target.text == "3 May 2024"
    assert list(fields(reading)) == ["C", "D", "E", "F", "G"]


def test_recommendations_carried_down_with_their_paragraphs():
    page = Page(
        "Plan",
        [
            ["Para", "Ofsted recommendation", "Action", "Lead", "Timescale", "RAG"],
            [12, "Improve supervision", "Set a supervision policy", "PSW", "May 2024", "G"],
            [None, None, "Check monthly", "QA", "Monthly", "A"],
            ["15 (b)", "Cut caseloads", "Hire", "HR", "June 2024", "R"],
        ],
    )
    assert actions(read(page), "objective", "recommendations") == [
        ("Improve supervision", [("12", "Improve supervision")]),
        ("Improve supervision", [("12", "Improve supervision")]),
        ("Cut caseloads", [("15 (b)", "Cut caseloads")]),
    ]


def test_only_leads_that_are_really_merged_are_shared():
    page = Page(
        "Plan",
        [
            ["No", "Recommendation", "Action", "Lead", "Timescale", "RAG"],
            ["1", "Improve supervision", "Set a policy", "PSW", "May 2024", "G"],
            [None, None, "Check monthly", None, None, "A"],
            [None, None, "Report to board", None, None, "A"],
        ],
        merges=["A2:A4", "B2:B4", "D2:D3"],
    )
    assert actions(read(page), "reference", "leads", "due") == [
        ("1", ["PSW"], "2024-05-31"),
        ("", ["PSW"], None),
        ("", [], None),
    ]


KEYS = {
    "above": ([["Key: Green = completed. Amber = on track. Red = late"], HEADER, FIRST, SECOND], []),
    "below, a row each": (
        [HEADER, FIRST, SECOND, [], ["Key"], ["Green", "Completed"], ["Amber", "On track"], ["Red", "Late"]],
        [],
    ),
    "on a sheet of its own": (
        [HEADER, FIRST, SECOND],
        [["RAG key"], ["Green", "Completed"], ["Amber", "On track"], ["Red", "Late"]],
    ),
}


@pytest.mark.parametrize(("rows", "key"), KEYS.values(), ids=KEYS)
def test_a_key_says_what_the_colours_mean(rows, key):
    pages = [Page("Plan", rows)] + ([Page("Key", key)] if key else [])
    reading = read(*pages)
    assert [(entry.code, entry.colour) for entry in reading.key] == [
        ("complete", "green"),
        ("on_track", "amber"),
        ("off_track", "red"),
    ]
    assert actions(reading, "code", "colour") == [("complete", "green"), ("on_track", "amber")]
    assert "Rating key" in reasons(reading, furniture=True).values()


def test_a_key_with_a_colour_and_words_in_each_row():
    rows = [HEADER, FIRST, SECOND, [], ["Key:"], ["Action completed"], ["On track"], ["Late"]]
    reading = read(Page("Plan", rows, fills={"A6": GREEN, "A7": AMBER, "A8": RED}))
    assert [(entry.code, entry.colour) for entry in reading.key] == [
        ("complete", "green"),
        ("on_track", "amber"),
        ("off_track", "red"),
    ]


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


def test_text_that_goes_on_after_a_page_break():
    page = Page(
        "Plan",
        [
            ["Ref", "Action", "Progress", "Lead", "When", "RAG"],
            ["1", "Improve how we respond to", "The team has begun and", "AD", "May 2024", "G"],
            ["Page 1 of 2"],
            ["Ref.", "Actions", "Progress", "Lead officer", "When", "Rag"],
            [None, "children who go missing", "will finish soon."],
            ["2", "Second action", "Fine", "AD", "June 2024", "R"],
        ],
    )
    reading = read(page)
    assert actions(reading, "title", "progress", "rows") == [
        (
            "Improve how we respond to children who go missing",
            "The team has begun and will finish soon.",
            (2, 5),
        ),
        ("Second action", "Fine", (6,)),
    ]
    assert reasons(reading, furniture=True)[3, "A"] == "Page number"
    assert [c.headers for c in reading.sheets[0].columns][:2] == [("Ref", "Ref."), ("Action", "Actions")]


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


def test_a_plan_with_neither_references_nor_areas():
    page = Page(
        "Plan",
        [
            ["What will we do?", "Who?", "By when?", "How will we know?"],
            ["Hold a summit", "Chair", "Spring 2024", "Partners come"],
            ["Write to all parents"],
        ],
    )
    assert actions(read(page), "title", "leads", "due", "success_criteria") == [
        ("Hold a summit", ["Chair"], "2024-05-31", "Partners come"),
        ("Write to all parents", [], None, ""),
    ]


def test_a_column_headed_completed():
    page = Page(
        "Plan",
        [
            ["Action", "Lead", "Target date", "Completed", "Date completed"],
            ["One thing here", "AD", "May 2024", "Yes", "3 May 2024"],
            ["Another thing", "AD", "June 2024", "No", None],
        ],
    )
    assert actions(read(page), "code", "due", "notes") == [
        ("complete", "2024-05-31", [("Date completed", "3 May 2024")]),
        ("", "2024-06-30", [("Completed", "No")]),
    ]


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


def test_the_latest_of_several_updates_and_ratings_counts():
    page = Page(
        "Plan",
        [
            ["Ref", "Action", "Lead", "Update Jan 2024", "Update Mar 2024", "RAG Jan 2024", "RAG Mar 2024"],
            ["1", "Do this thing", "AD", "Begun", "Going well", "A", "G"],
        ],
    )
    (action,) = read(page).actions
    assert (action.progress, action.rating.colour) == ("Going well", "green")
    assert action.notes == [("Update Jan 2024", "Begun"), ("RAG Jan 2024", "A")]


def test_an_area_column_left_blank_for_as_above():
    page = Page(
        "Plan",
        [
            ["Area", "Ref", "Action", "Lead"],
            ["Front door", "1", "One thing here", "AD"],
            [None, "2", "Another thing", "AD"],
            ["Care", "3", "A third", "AD"],
        ],
    )
    assert actions(read(page), "area") == [("Front door",), ("Front door",), ("Care",)]


def test_what_over_several_hows_with_their_own_leads():
    page = Page(
        "Plan",
        [
            ["Theme", "What", "How", "Who", "When", "RAG"],
            ["Workforce", "Lower caseloads", "Hire ten workers", "HR", "May 2024", "A"],
            [None, None, "Move closed cases", "AD", "June 2024", "G"],
            ["Practice", "Better plans", "New template", "PSW", "June 2024", "G"],
        ],
    )
    reading = read(page)
    assert actions(reading, "area", "objective", "title") == [
        ("Workforce", "Lower caseloads", "Hire ten workers"),
        ("Workforce", "Lower caseloads", "Move closed cases"),
        ("Practice", "Better plans", "New template"),
    ]
    assert reading.level_names == ("Theme", "What")


def test_hidden_rows_and_columns_are_read_and_said_so():
    reading = read(Page("Plan", [HEADER, FIRST, SECOND], hidden_rows=[3], hidden_columns=["C"]))
    assert actions(reading, "leads") == [(["Team manager"],), (["PSW"],)]
    assert [column.hidden for column in reading.sheets[0].columns] == [False, False, True, False, False]
    assert len(reading.remarks) == 2


def test_as_above_is_filled_in():
    page = Page(
        "Plan",
        [
            ["Ref", "Outcome", "Action", "Lead", "When"],
            ["1", "Safe children", "Do this", "AD", "May 2024"],
            ["2", "As above.", "Do that", "ditto", '"'],
        ],
    )
    assert actions(read(page), "outcome", "leads", "due") == [("Safe children", ["AD"], "2024-05-31")] * 2


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


def test_objectives_inside_priorities():
    rows = [
        ["Plan"],
        ["Priority 1: Practice"],
        ["Objective 1.1: Visits"],
        HEADER,
        FIRST,
        ["Objective 1.2: Plans"],
        SECOND,
        ["Priority 2: People"],
        ["Objective 2.1: Hiring"],
        ["3", "Hire", "AD", "May 2024", "A"],
    ]
    reading = read(Page("Plan", rows, merges=["A2:E2", "A3:E3", "A6:E6", "A8:E8", "A9:E9"]))
    assert actions(reading, "area", "objective") == [
        ("Priority 1: Practice", "Objective 1.1: Visits"),
        ("Priority 1: Practice", "Objective 1.2: Plans"),
        ("Priority 2: People", "Objective 2.1: Hiring"),
    ]
    assert reading.level_names == ("Priority", "Objective")


def test_a_sentence_below_an_area_heading_introduces_it():
    rows = [
        HEADER,
        ["Front door"],
        ["We want every family to speak to one person and be heard."],
        FIRST,
        ["Care leavers"],
        SECOND,
    ]
    reading = read(Page("Plan", rows, merges=["A2:E2", "A3:E3", "A5:E5"]))
    assert actions(reading, "area") == [("Front door",), ("Care leavers",)]
    (level,) = reading.actions[0].levels
    assert level.description == "We want every family to speak to one person and be heard."


def test_totals_and_lines_below_the_table():
    reading = read(Page("Plan", [HEADER, FIRST, ["Total", 1], ["Prepared by the improvement team"]]))
    assert len(reading.actions) == 1
    assert reasons(reading, furniture=True)[3, "A"] == "A row of totals"
    assert reasons(reading, furniture=False) == {(4, "A"): "A line of text with no action below it"}


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
