"""Narratives are understood by their two questions, wherever they stand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.impact.sheets.books import narratives_of
from tests.plans.spreadsheets.workbooks import HEADER, Page

HEAD = ["Area", "What have we done?", "So what?"]
DOOR = ["Front door", "• We hired two screeners\n• We wrote a guide", "• Families wait half as long"]
BEDS = ["PACE beds", "We met the police", "Two beds are ready"]


def found(*pages):
    return [(one.area, one.done, one.so_what) for one in narratives_of(*pages).narratives]


@pytest.mark.parametrize(
    "rows",
    [
        [HEAD, DOOR, BEDS],
        [["Impact so far"], [], HEAD, DOOR, BEDS],
        [["Improvement area", "What did we do?", "So what difference has it made?"], DOOR, BEDS],
        [["Theme", "What has been done", "Impact"], DOOR, BEDS],
        [[HEAD[2], HEAD[0], HEAD[1]], [DOOR[2], DOOR[0], DOOR[1]], [BEDS[2], BEDS[0], BEDS[1]]],
        [[None, *HEAD[1:]], DOOR, BEDS],
        [HEAD, DOOR, HEAD, BEDS],
        [HEAD, DOOR, [], BEDS],
    ],
)
def test_narratives_by_area(rows):
    assert found(Page("Any name", rows)) == [tuple(DOOR), tuple(BEDS)]


def test_a_text_that_goes_on_below_belongs_to_the_area_above():
    rows = [HEAD, DOOR, [None, "And a rota", "Calls are answered"], BEDS]
    assert found(Page("A", rows)) == [
        (DOOR[0], f"{DOOR[1]}\nAnd a rota", f"{DOOR[2]}\nCalls are answered"),
        tuple(BEDS),
    ]


def test_one_question_may_be_open():
    assert found(Page("A", [HEAD, ["Front door", "We hired two", None], BEDS])) == [
        ("Front door", "We hired two", ""),
        tuple(BEDS),
    ]


def test_a_narrative_without_an_area_is_a_problem_and_listed():
    reading = narratives_of(Page("A", [HEAD, [None, "We hired two", "Shorter waits"], BEDS]))
    assert [(one.row, one.message) for one in reading.problems] == [
        (2, "No area stands beside this narrative. Write its area in the workbook.")
    ]
    assert [n.text for n in reading.not_understood if not n.furniture] == ["We hired two", "Shorter waits"]


def test_a_column_beside_them_is_listed():
    reading = narratives_of(Page("A", [[*HEAD, "By"], [*DOOR, "AD"]]))
    assert [(n.text, n.furniture) for n in reading.not_understood][3:] == [("By", True), ("AD", False)]


@pytest.mark.parametrize(
    "rows",
    [
        [HEADER, ["1", "Answer every call", "Team manager", "June 2024", "G"]],
        [
            ["Action", "Lead", "Target date", "What have we done?", "So what?"],
            ["Answer", "AD", "May 24", "A", "B"],
        ],
        [["Products", "Review", "Who", "Outcomes"], ["Report", "Monthly", "DMT", "Trends are seen"]],
        [["What have we done?"], ["We met"]],
        [["Area", "Impact"], ["Front door", "High"]],
    ],
)
def test_what_is_no_narrative_is_left_alone(rows):
    reading = narratives_of(Page("A", rows))
    assert (reading.narratives, reading.claimed) == ([], {})


cells = st.one_of(st.none(), st.sampled_from([*HEAD, *BEDS, "Impact"]), st.integers(0, 9))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(cells, min_size=1, max_size=4), min_size=1, max_size=7))
def test_no_cell_of_a_narrative_is_lost(rows):
    narratives_of(Page("A", rows))


@pytest.mark.parametrize(
    "so_what", ["So... what?", "“Outcomes for children”", "- What has changed", "IMPACT"]
)
@pytest.mark.parametrize("done", ["What’s been done?", "(Work) so far", "Our activity", "PROGRESS"])
def test_questions_are_known_however_they_are_set(done, so_what):
    [row] = narratives_of(
        Page("Account", [["Area", done, so_what], ["Front door", "Hired", "Faster"]])
    ).narratives
    assert (row.area, row.done, row.so_what) == ("Front door", "Hired", "Faster")
