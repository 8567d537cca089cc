"""Rows: steps, continued texts, cells shared or filled from above, totals and page numbers."""

from datetime import date

from .workbooks import FIRST, HEADER, SECOND, Page, actions, read, reasons


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
        ("1", "Set a visiting standard", "May 2024"),
        ("2", "Train the teams", ""),
        ("3", "Check ten files a month", "June 2024"),
    ]
    assert (first.rows, first.target.due, second.steps) == ((2, 3, 4), date(2024, 6, 30), ())


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


def test_totals_and_lines_below_the_table():
    reading = read(Page("Plan", [HEADER, FIRST, ["Total", 1], ["Prepared by the improvement team"]]))
    assert len(reading.actions) == 1
    assert reasons(reading, furniture=True)[3, "A"] == "A row of totals"
    assert reasons(reading, furniture=False) == {(4, "A"): "A line of text with no action below it"}


def test_leads_on_rows_of_their_own_beside_a_merged_action():
    page = Page(
        "Plan",
        [
            ["Action", "Lead", "When", "RAG"],
            ["Hold a summit", "Chair", "May 2024", "G"],
            [None, "PSW"],
            ["Write", "DCS", "May 2024", "R"],
        ],
        merges=["A2:A3", "C2:C3", "D2:D3"],
    )
    assert actions(read(page), "leads", "rows") == [(["Chair", "PSW"], (2, 3)), (["DCS"], (4,))]


def test_lettered_and_bulleted_rows_below_an_action_are_its_steps():
    page = Page(
        "Plan",
        [
            HEADER, FIRST, ["a)", "Set a standard"], ["b)", "Train the teams"],
            SECOND, [None, "• agree the sample"], [None, "• read ten files"],
        ],
    )  # fmt: skip
    reading = read(page)
    assert [[(s.number, s.text) for s in action.steps] for action in reading.actions] == [
        [("a", "Set a standard"), ("b", "Train the teams")],
        [("1", "agree the sample"), ("2", "read ten files")],
    ]


def test_hidden_rows_and_columns_are_read_and_said_so():
    reading = read(Page("Plan", [HEADER, FIRST, SECOND], hidden_rows=[3], hidden_columns=["C"]))
    assert actions(reading, "leads") == [(["Team manager"],), (["PSW"],)]
    assert [column.hidden for column in reading.sheets[0].columns] == [False, False, True, False, False]
    assert len(reading.remarks) == 2


def test_actions_in_the_words_of_a_header_are_still_actions():
    page = Page(
        "Plan",
        [
            ["Action", "Lead", "When", "RAG"],
            ["Review progress with partners", "Lead nurse", "June 2024", "Green"],
            ["Action plan agreed", "Lead officer", "Target set by June 2024", "Red"],
            ["Total place review", "AD", "May 2024", "G"],
        ],
    )
    assert actions(read(page), "row", "colour") == [(2, "green"), (3, "red"), (4, "green")]


def test_a_name_broken_off_by_a_page_goes_on():
    page = Page(
        "Plan", [HEADER, ["1", "Meet the Head of", *FIRST[2:]], ["Page 1"], [None, "Service"], SECOND]
    )
    assert actions(read(page), "title") == [("Meet the Head of\nService",), (SECOND[1],)]


def test_a_protective_marking_between_the_rows_is_no_area():
    page = Page("Plan", [["OFFICIAL"], HEADER, FIRST, ["OFFICIAL - SENSITIVE"], HEADER, SECOND])
    reading = read(page)
    assert actions(reading, "reference", "area") == [("1", ""), ("2", "")]
    assert reasons(reading, furniture=True)[4, "A"] == "Protective marking"


def test_a_title_printed_on_every_page_is_no_area():
    top = [["Fostering improvement plan"], ["Version 2 of May 2024"]]
    page = Page("Plan", [*top, HEADER, FIRST, *top, HEADER, SECOND])
    reading = read(page)
    assert actions(reading, "reference", "area") == [("1", ""), ("2", "")]
    assert reasons(reading, furniture=True)[5, "A"] == "Says again the title of the page"


def test_cells_whose_every_line_has_a_row_of_its_own():
    page = Page(
        "Plan",
        [
            ["No", "Action", "Lead", "By when", "RAG"],
            ["1", "Agree with schools how", "Head of", "31 May", "G"],
            [None, "to share worries about", "Inclusion", 2019],
            [None, "a pupil"],
            ["2", "Test thresholds", "PSW", "July 2019", "A"],
        ],
    )
    assert actions(read(page), "title", "leads", "due") == [
        ("Agree with schools how to share worries about a pupil", ["Head of Inclusion"], "2019-05-31"),
        ("Test thresholds", ["PSW"], "2019-07-31"),
    ]


def test_a_step_due_as_above_is_told():
    page = Page(
        "Plan",
        [
            ["Ref", "Action", "Steps", "Lead", "Target date", "RAG"],
            ["1", "Better visits", "Set a standard", "HoS", "May 2024", "G"],
            [None, None, "Train the teams", None, "As above"],
        ],
    )
    reading = read(page)
    assert [step.target_text for step in reading.actions[0].steps] == ["May 2024", "May 2024"]
    assert reasons(reading, furniture=True)[3, "E"] == "Stands for the text above, which was filled in"
