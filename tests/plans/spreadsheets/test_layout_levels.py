"""Areas, outcomes, objectives and recommendations: as headings, columns, merged cells and sheets."""

import pytest

from .workbooks import FIRST, HEADER, SECOND, Page, actions, read


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


def test_a_heading_in_two_rows():
    rows = [["Priority 1"], ["Front door"], HEADER, FIRST, ["Priority 2"], ["Care"], SECOND]
    reading = read(Page("Plan", rows, merges=["A1:E1", "A2:E2", "A5:E5", "A6:E6"]))
    assert actions(reading, "area") == [("Priority 1: Front door",), ("Priority 2: Care",)]


@pytest.mark.parametrize("column", ["A", "B"])
def test_bold_headings_that_are_not_merged(column):
    blank = [None] * "AB".index(column)
    rows = [HEADER, [*blank, "Front door"], FIRST, [*blank, "Care leavers"], SECOND]
    reading = read(Page("Plan", rows, bold=["A1:E1", f"{column}2", f"{column}4"]))
    assert actions(reading, "area") == [("Front door",), ("Care leavers",)]


def test_plain_headings_in_the_column_of_actions():
    rows = [
        ["Action", "Lead", "RAG"],
        ["Front door"],
        ["Do this", "AD", "G"],
        ["Care"],
        ["Do that", "AD", "R"],
    ]
    assert actions(read(Page("Plan", rows)), "area", "title") == [
        ("Front door", "Do this"),
        ("Care", "Do that"),
    ]


def test_a_heading_with_its_sponsor_beside_it():
    rows = [HEADER, ["Priority 1: Practice", None, None, "Sponsor: DCS"], FIRST]
    reading = read(Page("Plan", rows, merges=["A2:C2"], bold=["A2", "D2"]))
    (action,) = reading.actions
    assert (action.area, action.levels[0].description) == ("Priority 1: Practice", "Sponsor: DCS")


def test_an_outcome_merged_over_a_page_break():
    header = ["Outcome", "Action", "Lead", "RAG"]
    page = Page(
        "Plan",
        [
            header, ["Children are safe", "Do this", "AD", "G"], [None, "Do that", "AD", "G"],
            ["Page 1 of 2"],
            header, [None, "Do more", "HoS", "A"], [None, "Do most", "HoS", "A"],
            ["Children thrive", "Do last", "AD", "R"], [None, "Do none", "AD", "R"],
        ],
        merges=["A2:A3", "A6:A7"],
    )  # fmt: skip
    outcomes = ["Children are safe"] * 4 + ["Children thrive", ""]
    assert actions(read(page), "outcome") == [(outcome,) for outcome in outcomes]


def test_standards_recommendations_and_actions():
    page = Page(
        "Plan",
        [
            ["Standard", "Recommendation", "Action", "Lead", "Progress/RAG"],
            ["Leadership", "Improve oversight", "Set a board", "DCS", "Green"],
            [None, None, "Report monthly", "DCS", "Amber"],
            [None, "Improve data", "Buy a system", "AD", "Red"],
            ["Practice", "See children", "Visit more", "HoS", "Red"],
        ],
    )
    reading = read(page)
    assert actions(reading, "area", "objective", "colour") == [
        ("Leadership", "Improve oversight", "green"),
        ("Leadership", "Improve oversight", "amber"),
        ("Leadership", "Improve data", "red"),
        ("Practice", "See children", "red"),
    ]
    assert reading.level_names == ("Standard", "Recommendation")


def test_the_area_in_a_labelled_cell_above_the_table():
    reading = read(Page("Plan", [["Theme:", "Front door"], ["Sponsor:", "DCS"], HEADER, FIRST]))
    assert actions(reading, "area") == [("Front door",)]
    assert reading.level_names == ("Theme",)


def test_an_outcome_above_the_header_of_each_sheet():
    reading = read(
        Page("Front door", [["Improvement plan"], ["Outcome: children are safe"], HEADER, FIRST]),
        Page("Care leavers", [["Improvement plan"], ["Outcome: children thrive"], HEADER, SECOND]),
    )
    assert actions(reading, "area", "outcome") == [
        ("Front door", "Outcome: children are safe"),
        ("Care leavers", "Outcome: children thrive"),
    ]


def test_recommendations_as_heading_rows():
    rows = [HEADER, ["Recommendation 1: See children more"], FIRST, ["Recommendation 2: Write plans"], SECOND]
    reading = read(Page("Plan", rows, merges=["A2:E2", "A4:E4"]))
    assert actions(reading, "recommendations") == [
        ([("1", "Recommendation 1: See children more")],),
        ([("2", "Recommendation 2: Write plans")],),
    ]
