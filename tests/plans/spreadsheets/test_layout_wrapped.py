"""Headings that go on in the row below, and two columns of one name."""

import pytest

from .workbooks import FIRST, HEADER, SECOND, Page, actions, read, reasons

WHOLE = ("reference", "title", "leads", "due", "colour")
UNDERSTOOD = [
    ("1", "Answer every call within an hour", ["Team manager"], "2024-06-30", "green"),
    ("2", "Test thresholds each month", ["PSW"], "2024-07-31", "amber"),
]


def columns(reading):
    """The heading, the field and whether it is sure of each column, by its letter."""
    return {each.letter: (each.headers[0], each.field, each.sure) for each in reading.sheets[0].columns}


@pytest.mark.parametrize(
    ("upper", "lower", "headings"),
    [
        (["Target", "RAG"], ["date", None], ["Target date", "RAG"]),
        (["Target", "RAG"], ["date", "rating"], ["Target date", "RAG rating"]),
        (["Timescale", "RAG"], [None, "status"], ["Timescale", "RAG status"]),
    ],
)
def test_a_heading_broken_over_two_rows_is_one(upper, lower, headings):
    reading = read(Page("Plan", [[*HEADER[:3], *upper], [None, None, None, *lower], FIRST, SECOND]))
    assert [columns(reading)[letter][0] for letter in "DE"] == headings
    assert actions(reading, *WHOLE) == UNDERSTOOD
    assert reasons(reading, furniture=False) == {}


@pytest.mark.parametrize(
    "lower",
    [
        [None, None, None, "May 2024", None],
        [None, None, "PSW", None, None],
        [None, None, None, "date", "Amber"],
        [None, "Update", "Manager", None, None],
    ],
    ids=["a date", "a lead", "a rating", "words of an action"],
)
def test_a_row_of_other_words_is_no_part_of_the_header(lower):
    reading = read(Page("Plan", [HEADER, lower, FIRST, SECOND]))
    assert [columns(reading)[letter][0] for letter in "CDE"] == ["Lead", "Target date", "RAG"]
    assert actions(reading, *WHOLE)[-2:] == UNDERSTOOD


def test_words_below_merged_headings_and_below_a_plain_one():
    header = ["Ref", "What we will do", "Who", None, "When", None, "Status"]
    below = [None, None, "Lead", "Sponsor", "Original", "Revised", "This month"]
    rows = [
        ["1", "Answer every call", "PSW", "DCS", "May 2024", None, "G"],
        ["2", "Read files in pairs", "AD", "DCS", "May 2024", "July 2024", "A"],
    ]
    reading = read(Page("Plan", [header, below, *rows], merges=["C1:D1", "E1:F1"]))
    assert actions(reading, *WHOLE) == [
        ("1", "Answer every call", ["PSW"], "2024-05-31", "green"),
        ("2", "Read files in pairs", ["AD"], "2024-07-31", "amber"),
    ]
    assert columns(reading)["F"] == ("When: Revised", "target", True)
    assert reading.actions[1].notes == [("Who: Sponsor", "DCS"), ("When: Original", "May 2024")]
    assert reasons(reading, furniture=False) == {}


@pytest.mark.parametrize(
    ("first", "second", "sure"),
    [
        ("Target date", "Target date", False),
        ("Target date", "Target Date ", False),
        ("Date", "Date", False),
        ("Original date", "Revised date", True),
        ("Target date", "Deadline", True),
    ],
)
def test_the_second_of_two_dates_named_alike_is_to_be_checked(first, second, sure):
    rows = [["1", "Answer every call", "PSW", "May 2024", "June 2024"], ["2", "Visit", "AD", "July 2024"]]
    found = columns(read(Page("Plan", [["Ref", "Action", "Lead", first, second], *rows])))
    assert min(found["D"][2], found["E"][2]) is sure


def test_of_two_dates_named_alike_the_one_chosen_needs_no_check():
    rows = [["1", "Answer every call", "PSW", "May 2024", "June 2024"]]
    page = Page("Plan", [["Ref", "Action", "Lead", "Target date", "Target date"], *rows])
    reading = read(page, columns={"Plan column E": "target"})
    assert [columns(reading)[letter][1:] for letter in "DE"] == [("target", True), ("target", True)]
    assert actions(reading, "due") == [("2024-06-30",)]
