"""Areas that stand in headings, in headers and above the table, as real documents print them."""

from .workbooks import FIRST, HEADER, SECOND, Page, actions, read, reasons


def test_a_promise_on_each_sheet_is_the_area_of_its_actions():
    pages = [
        Page(tab, [[line], ["What young people said: keep us posted"], [], HEADER, row])
        for tab, line, row in [
            ("Somewhere to live", "Our promise 1: Somewhere to live", FIRST),
            ("Learning", "Our promise 2: Learning", SECOND),
        ]
    ]
    assert actions(read(*pages), "area") == [
        ("Our promise 1: Somewhere to live",),
        ("Our promise 2: Learning",),
    ]


def test_the_bold_rows_of_a_project_export_stand_over_the_tasks_below_them():
    page = Page(
        "Tasks",
        [
            ["WBS", "Task Name", "Duration", "Start", "Finish", "% Complete", "Resource Names"],
            ["1", "New front door", "40 days", "1 May 2024", "28 June 2024", 0.5],
            ["1.1", "Map the calls", "5 days", "1 May 2024", "7 May 2024", 1, "Project officer"],
            ["1.2", "Agree the rota", "9 days", "8 May 2024", "28 June 2024", 0.1, "MASH manager"],
        ],
        bold=["A2:G2"],
    )
    assert actions(read(page), "reference", "area", "title", "leads") == [
        ("1.1", "New front door", "Map the calls", ["Project officer"]),
        ("1.2", "New front door", "Agree the rota", ["MASH manager"]),
    ]


def test_a_level_said_twice_with_no_action_between_is_told():
    header = ["Theme", "Action", "Lead", "Target date"]
    rows = [
        ["Front door", "Answer every call", "HoS", "June 2024"],
        ["Front door"],
        ["Care", "Find homes near home", "AD", "July 2024"],
        [None, "Visit within a week", "AD", "July 2024"],
    ]
    reading = read(Page("Plan", [header, *rows]))
    assert actions(reading, "area") == [("Front door",), ("Care",), ("Care",)]
    assert reasons(reading, furniture=True)[3, "A"] == "Says again what stands above"


def test_the_area_stands_in_the_header_above_its_actions():
    page = Page(
        "Plan",
        [
            ["1. Front door", "Lead", "By when", "RAG"],
            ["Answer each call", "HoS", "June 2024", "G"],
            [],
            ["2. Care", "Lead", "By when", "RAG"],
            ["Find homes nearby", "AD", "July 2024", "R"],
        ],
    )
    assert actions(read(page), "area", "title", "colour") == [
        ("1. Front door", "Answer each call", "green"),
        ("2. Care", "Find homes nearby", "red"),
    ]


def test_as_above_and_blank_cells_of_one_column_mean_the_same():
    header = ["Ofsted said", "We will", "Lead", "Timescale", "RAG"]
    rows = [
        ["Plans are late", "Hire a plan writer", "HoS", "May 2024", "G"],
        ["As above", "Map the delays", "Data lead", "May 2024", "G"],
        ["As above", "Tell families", "HoS", "May 2024", "G"],
        ["Checks are late", "Pay for a nurse", "Designated nurse", "June 2024", "A"],
        [None, "Send reminders", "Designated nurse", "June 2024", "R"],
    ]
    found = [action.recommendations for action in read(Page("Plan", [header, *rows])).actions]
    assert found == [[("", "Plans are late")]] * 3 + [[("", "Checks are late")]] * 2


def test_the_title_of_a_plan_on_several_sheets_is_the_covers_or_what_they_share():
    header = ["Ref", "Action", "Lead", "Target date", "RAG"]
    pages = [
        Page(f"Priority {n}", [[f"Priority {n}: an improvement plan for theme {n}"], header, row])
        for n, row in enumerate(
            ([1, "Answer calls", "PSW", "May 2024", "G"], [2, "Visit", "PSW", "", "R"]), 1
        )
    ]
    cover = Page("Read me", [["Harbour progress plan"], ["Each sheet is a priority"]])
    assert read(cover, *pages).title == "Harbour progress plan"
    assert read(*pages).title == "Priority 1"
    shared = [Page(page.title, [["Harbour recovery plan"], *page.rows]) for page in pages]
    assert read(cover, *shared).title == "Harbour recovery plan"


def test_a_heading_that_goes_on_over_the_page_is_one_area():
    page = Page(
        "Plan",
        [
            ["Priority 1: Front door"],
            HEADER,
            FIRST,
            ["Page 1"],
            ["Priority 1: Front door (cont'd)"],
            HEADER,
            SECOND,
        ],
        merges=["A1:E1", "A5:E5"],
    )
    assert actions(read(page), "area") == [("Priority 1: Front door",)] * 2


def test_a_recommendation_named_beside_its_label_above_the_table():
    pages = [
        Page(tab, [["Recommendation:", words], ["Strategic lead:", "AD Care"], [], HEADER, row])
        for tab, words, row in [("Rec 1", "1. Oversight", FIRST), ("Rec 2", "2. Voice", SECOND)]
    ]
    assert actions(read(*pages), "area") == [("1. Oversight",), ("2. Voice",)]
