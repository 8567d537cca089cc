"""Ratings as words, letters, ticks and colours, and the key that says what they mean."""

import pytest
from openpyxl.styles import Color

from .workbooks import AMBER, BLUE, FIRST, GREEN, HEADER, RED, SECOND, Page, actions, read, reasons


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


def test_a_key_inside_the_header():
    header = ["Ref", "Action", "Lead", "RAG\nR = off track\nA = delayed\nG = complete"]
    reading = read(Page("Plan", [header, ["1", "Hold a summit", "Chair", "G"]]))
    assert actions(reading, "code") == [("complete",)]


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


@pytest.mark.parametrize(
    ("first", "second", "colours"),
    [
        ("On track", "Off track", ["green", "red"]),
        ("Achieved", "Not yet achieved", ["blue", "red"]),
        ("Completed", "Ongoing", ["blue", ""]),
        ("In progress", "Completed", ["", "blue"]),
        ("Met", "Not met", ["blue", "red"]),
    ],
)
def test_a_tick_in_one_of_two_columns(first, second, colours):
    rows = [["Action", "Lead", first, second], ["Hire", "HR", "✓"], ["Train", "PSW", None, "✓"]]
    assert [action.rating.colour for action in read(Page("Plan", rows)).actions] == colours


def test_a_key_below_the_table_whose_colours_stand_beside_blank_cells():
    page = Page(
        "Plan",
        [
            HEADER,
            FIRST,
            SECOND,
            [],
            ["Key to ratings"],
            [None, "Finished, proof seen by the board"],
            [None, "As planned"],
            [None, "Not begun yet"],
        ],
        fills={"A6": BLUE, "A7": GREEN, "A8": "FFBFBFBF"},
    )
    reading = read(page)
    assert actions(reading, "reference", "colour") == [("1", "green"), ("2", "amber")]
    assert [(entry.colour, entry.explanation) for entry in reading.key] == [
        ("blue", "Finished, proof seen by the board"),
        ("green", "As planned"),
        ("grey", "Not begun yet"),
    ]


def test_the_rating_of_now_goes_before_that_of_the_last_board():
    page = Page(
        "Plan",
        [
            ["Ref", "Action", "Lead", "Rating at last board", "Rating now"],
            ["1", "Answer every call", "HoS", "Green", "Red"],
            ["2", "Test thresholds", "PSW", "Amber", "Green"],
        ],
    )
    reading = read(page)
    assert actions(reading, "colour") == [("red",), ("green",)]
    assert reading.actions[0].notes == [("Rating at last board", "Green")]


def test_the_latest_of_the_months_below_one_heading_is_the_rating():
    page = Page(
        "Plan",
        [
            ["Ref", "Action", "Owner", "RAG status"],
            [None, None, None, "Mar 25", "Apr 25"],
            ["1", "Open a desk", "HoS", "R", "A"],
            ["2", "Hire staff", "HR", "G"],
        ],
        merges=["A1:A2", "B1:B2", "C1:C2", "D1:E1"],
    )
    assert actions(read(page), "reference", "colour") == [("1", "amber"), ("2", "green")]


def test_a_strip_of_colours_with_neither_heading_nor_words():
    page = Page(
        "Plan",
        [
            [None, "Action", "Lead", "Target date"],
            [None, "Open a desk", "HoS", "May 2024"],
            [None, "Hire staff", "HR", "June 2024"],
        ],
        fills={"A2": RED, "A3": GREEN},
    )
    assert actions(read(page), "title", "colour") == [("Open a desk", "red"), ("Hire staff", "green")]


def test_pale_tints_of_several_colours_in_the_column_of_ratings():
    page = Page(
        "Plan",
        [["Ref", "Action", "Lead", "RAG"], *[[n, f"Piece of work {n}", "PSW"] for n in range(1, 6)]],
        fills={"D2": "FFE2EFDA", "D3": "FFFFF2CC", "D4": "FFDDEBF7", "D5": "FFFFC7CE", "D6": "FFF2F2F2"},
    )
    assert actions(read(page), "colour") == [("green",), ("amber",), ("blue",), ("red",), ("",)]


def test_one_pale_tint_is_only_a_stripe():
    page = Page(
        "Plan",
        [["Ref", "Action", "Lead", "RAG"], [1, "Hire", "HR"], [2, "Train", "PSW"]],
        fills={"A3:D3": "FFDDEBF7"},
    )
    assert actions(read(page), "colour") == [("",), ("",)]
