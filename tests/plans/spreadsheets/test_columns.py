"""Which field a column holds: by its header, and where that fails by its cells."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.spreadsheets.book import Cell
from plans.spreadsheets.columns import FIELDS, recognise
from plans.spreadsheets.vocabulary import fold

HEADERS = {
    "reference": [
        "No.",
        "Ref",
        "Task num",
        "Task number",
        "ID",
        "#",
        "Action ref",
        "Item no",
        "Action number",
        "Ref.",
    ],
    "title": [
        "Action",
        "Key action",
        "ACTION(s) REQUIRED",
        "Actions",
        "What will we do?",
        "What",
        "What needs to happen",
        "Improvement action",
        "Agreed actions",
        "Action to be taken",
        "What are we going to do",
        "Task",
    ],
    "activity": [
        "Activity",
        "Tasks",
        "Milestones",
        "How",
        "How will we do it?",
        "Key steps",
        "Sub-actions",
        "Key activities",
    ],
    "leads": [
        "Lead",
        "Lead.",
        "Lead officer",
        "Responsible",
        "Owner",
        "Who",
        "By whom",
        "Accountable",
        "Responsible person",
        "Who is responsible?",
        "Action owner",
        "Person responsible",
        "SRO",
        "Named lead",
        "Lead(s)",
        "Assigned to",
    ],
    "target": [
        "When",
        "By when",
        "Timescale",
        "Deadline",
        "Target date",
        "Completion date",
        "Due",
        "Due date",
        "Revised date",
        "Date for completion",
        "Timescales",
        "To be completed by",
        "End date",
        "Timeframe",
        "When?",
        "Start / end date",
    ],
    "rating": [
        "RAG",
        "R/A/G",
        "BRAG",
        "Status",
        "Progress rating",
        "Rag rating.",
        "RAG status",
        "Current RAG",
        "RAG Mar 24",
    ],
    "progress": [
        "Progress",
        "Update",
        "Comments",
        "Progress at March 2024",
        "Progress to date",
        "Latest update",
        "Actions taken",
        "What have we done?",
        "Current position",
        "Commentary",
        "Action taken to date",
    ],
    "success_criteria": [
        "Success criteria",
        "Measures of success",
        "How will we know?",
        "KPIs",
        "Evidence",
        "Impact",
        "Success measures",
        "What does good look like",
        "Outcome measures",
        "How will we measure success?",
    ],
    "what_it_means": [
        "What this means for children",
        "Impact on children and families",
        "So what?",
        "What difference will it make",
    ],
    "outcome": ["Outcome", "Expected outcome", "Outcomes", "Intended outcome", "Desired outcome"],
    "objective": ["Objective", "Developmental objective", "Aim", "Commitment", "Strategic objective"],
    "area": ["Area", "Theme", "Priority", "Improvement area", "Workstream", "Priority area", "Standard"],
    "recommendation": [
        "Recommendation",
        "Ofsted area for improvement",
        "Area for improvement",
        "What Ofsted said",
        "Finding",
    ],
    "recommendation_reference": ["Ofsted para no", "Para", "Paragraph number", "Rec no", "Inspection ref"],
    "links": ["Links", "Links to other plans", "Cross reference", "Link to strategy"],
    "way_back": ["What would make it green?", "Mitigation", "Recovery action", "Path to green"],
    "note": [
        "Start date",
        "Date completed",
        "Budget",
        "Resources",
        "Review date",
        "Next review",
        "Reports to",
        "Notes for officers",
        "Internal notes",
        "Zzz",
    ],
}
CASES = [(header, field) for field, headers in HEADERS.items() for header in headers]


def cells(*values):
    return [Cell(row, 1, value, str(value)) for row, value in enumerate(values, 2)]


@pytest.mark.parametrize(("header", "field"), CASES)
def test_known_headers(header, field):
    assert recognise(header, []).field == field


@pytest.mark.parametrize(("header", "field"), CASES)
def test_spelling_and_breaks_do_not_matter(header, field):
    assert recognise(f" {header.upper()}\n", []).field == field


CONTENTS = [
    ("", ["1", "2.1", "3a"], "reference"),
    ("", [date(2024, 5, 1), "May 2024", "tbc"], "target"),
    ("", ["Green", "A", "r"], "rating"),
    ("", ["Head of Service", "PSW", "Jo Bell"], "leads"),
    ("Zzz", ["End of May 2024", "June 2024", "Ongoing"], "target"),
    ("Progress", ["Green", "Amber", "Red"], "rating"),
    (
        "Status",
        ["The work began in May and will go on until the summer, when it is looked at again"] * 2,
        "progress",
    ),
    (
        "Target",
        ["90% of visits within ten working days", "Fewer than five at any one time"],
        "success_criteria",
    ),
    ("Target", ["May 2024", "June 2024"], "target"),
    ("Priority", ["High", "Low", "High"], "note"),
    ("Priority", ["Front door", "Care leavers"], "area"),
    ("Milestones", ["May 2024", "June 2024", "July 2024"], "target"),
]


@pytest.mark.parametrize(("header", "values", "field"), CONTENTS)
def test_cells_decide_where_the_words_do_not(header, values, field):
    assert recognise(header, cells(*values)).field == field


def test_it_says_why_and_whether_it_is_sure():
    guess = recognise("By when", cells("May 2024", "tbc", "June 2024"))
    assert (guess.why, guess.sure) == ("Known heading; 2 of 3 cells hold a date", True)
    guess = recognise("", cells("May 2024", "June 2024"))
    assert (guess.why, guess.sure) == ("No heading; 2 of 2 cells hold a date", False)


@given(st.text(max_size=60), st.lists(st.text(max_size=40), max_size=6))
def test_any_header_over_any_cells_gives_a_field(header, values):
    assert recognise(header, cells(*values)).field in FIELDS


@given(st.text(max_size=80))
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)
