import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.rating import (
    COLOURS,
    DEFAULT_KEY,
    Meaning,
    RatingReading,
    colour_of_fill,
    compare,
    read_key,
    read_rating,
)


@pytest.mark.parametrize(
    ("word", "code", "colour"),
    [
        ("Green", "on_track", "green"),
        ("GREEN", "on_track", "green"),
        (" A ", "slippage", "amber"),
        ("g", "on_track", "green"),
        ("B", "complete", "blue"),
        ("C", "complete", "blue"),
        ("Yellow", "slippage", "amber"),
        ("\U0001f7e2", "on_track", "green"),
        ("\U0001f534", "off_track", "red"),
        ("A \u2194", "slippage", "amber"),
        ("Red - off track", "off_track", "red"),
        ("Amber/Green", "slippage", "amber"),
        ("Delivered", "complete", "blue"),
        ("On target", "on_track", "green"),
        ("Partly met", "slippage", "amber"),
        ("Overdue", "off_track", "red"),
        ("Not on track", "off_track", "red"),
    ],
)
def test_words_and_letters_have_a_usual_reading(word, code, colour):
    assert read_rating(word) == RatingReading(code, colour, "")


@pytest.mark.parametrize(
    "word", ["In progress", "Not started", "Not yet due", "75% complete", "Not complete", "TBC", "Purple"]
)
def test_words_that_are_no_rating_are_kept(word):
    assert read_rating(word) == RatingReading("", "", word)


def test_the_plans_own_key_decides_what_a_colour_means():
    key = read_key(["Green = completed; Amber = on track; Red = off track; Purple = carried over"])
    assert [(entry.code, entry.colour, entry.word) for entry in key] == [
        (Meaning.COMPLETE, "green", "Green"),
        (Meaning.ON_TRACK, "amber", "Amber"),
        (Meaning.OFF_TRACK, "red", "Red"),
        ("carried-over", "purple", "Purple"),
    ]
    assert read_rating("Green", key) == RatingReading("complete", "green", "")
    assert read_rating("P", key) == RatingReading("carried-over", "purple", "")
    assert read_rating("Green", DEFAULT_KEY).code == "on_track"


def test_a_sentence_that_says_key_is_no_key():
    assert read_key(["Key: the numbers refer to the paragraphs of the inspection letter."]) is None


@pytest.mark.parametrize(
    ("rgb", "colour"),
    [
        ("FF0000", "red"),
        ("FFFFC000", "amber"),
        ("0092D050", "green"),
        ("0070C0", "blue"),
        ("7030A0", "purple"),
    ],
)
def test_a_fill_is_read_by_its_hue(rgb, colour):
    assert colour_of_fill(rgb) == colour


@pytest.mark.parametrize("rgb", ["FFFFFF", "000000", "D9D9D9", "E7E6E6", "D9E1F2", "", "theme"])
def test_white_greys_and_pale_tints_are_no_rating(rgb):
    assert colour_of_fill(rgb) is None


@pytest.mark.parametrize(
    ("before", "after", "move"),
    [
        ("off_track", "slippage", "up"),
        ("complete", "on_track", "down"),
        ("on_track", "on_track", "same"),
        ("", "slippage", "first"),
        ("slippage", "", ""),
        ("carried-over", "complete", ""),
    ],
)
def test_ratings_are_compared_by_meaning(before, after, move):
    assert compare(before, after) == move


@pytest.mark.parametrize(
    ("word", "code", "colour"),
    [
        ("RAG: Green", "on_track", "green"),
        ("G - on track", "on_track", "green"),
        ("Green (G)", "on_track", "green"),
        ("On track (Green)", "on_track", "green"),
        ("Red/Amber", "off_track", "red"),
        ("G/A", "slippage", "amber"),
        ("light green", "on_track", "green"),
        ("Amber: in progress", "slippage", "amber"),
        ("Green - complete", "complete", "green"),
        ("Completed 12/05/23", "complete", "blue"),
        ("Achieved", "complete", "blue"),
        ("Progressing as planned", "on_track", "green"),
        ("Some slippage", "slippage", "amber"),
        ("At risk", "slippage", "amber"),
        ("Not achieved", "off_track", "red"),
        ("Missed", "off_track", "red"),
    ],
)
def test_other_ways_of_rating(word, code, colour):
    assert read_rating(word) == RatingReading(code, colour, "")


@pytest.mark.parametrize(
    "word",
    ["", "-", "n/a", "Date completed", "Target met?", "To be completed", "Grey", "✓", "Underway"],
)
def test_other_words_that_are_no_rating(word):
    assert read_rating(word) == RatingReading("", "", word)


BLUE = ("complete", "blue")
GREEN = ("on_track", "green")
AMBER = ("slippage", "amber")
RED = ("off_track", "red")
DONE_GREEN = ("complete", "green")
ON_AMBER = ("on_track", "amber")


@pytest.mark.parametrize(
    ("texts", "entries"),
    [
        (
            ["Key: B = Finished, G = On target, A = Minor delay, R = Overdue"],
            [BLUE, GREEN, AMBER, RED],
        ),
        (["RAG: Red – overdue; Amber – some delay; Green – on target"], [RED, AMBER, GREEN]),
        (["Blue: done", "Green: on track", "Blank: not due"], [BLUE, GREEN]),
        (["Red (off track) Amber (some slippage) Green (on track)"], [RED, AMBER, GREEN]),
        (["Blue (B) - Done\nGreen (G) - On track to be completed in time"], [BLUE, GREEN]),
        (["Key", "Green", "Completed", "Amber", "On track"], [DONE_GREEN, ON_AMBER]),
        (["R", "Off track", "A", "Some slippage"], [RED, AMBER]),
        (
            ["Green means done", "Amber means on track", "Red means behind"],
            [DONE_GREEN, ON_AMBER, RED],
        ),
        (
            ["Green = done, Amber = in progress, Red = not started"],
            [DONE_GREEN, ON_AMBER, ("not-started", "red")],
        ),
        (["Red = not started or off track", "Green = on track"], [RED, GREEN]),
        (["Grey - not yet started", "Green - on track"], [("not-yet-started", "grey"), GREEN]),
    ],
)
def test_a_key_is_read_in_many_layouts(texts, entries):
    assert [(entry.code, entry.colour) for entry in read_key(texts)] == entries


@pytest.mark.parametrize(
    "texts",
    [[], [""], ["A plan"], ["RAG (Red/Amber/Green)"], ["Green = done"], ["Green", "Amber"]],
)
def test_too_little_is_no_key(texts):
    assert read_key(texts) is None


@pytest.mark.parametrize(
    ("rgb", "colour"),
    [
        *[(rgb, "red") for rgb in ("C00000", "FFC7CE", "FF3300")],
        *[(rgb, "amber") for rgb in ("FFFF00", "ED7D31", "FFEB9C", "F4B084")],
        *[(rgb, "green") for rgb in ("00B050", "C6EFCE", "70AD47", "00FF00")],
        *[(rgb, "blue") for rgb in ("00B0F0", "5B9BD5", "4472C4", "0000FF")],
        *[(rgb, None) for rgb in ("DDEBF7", "E2EFDA", "FFF2CC", "FCE4D6", "BDD7EE", "A6A6A6")],
    ],
)
def test_other_fills(rgb, colour):
    assert colour_of_fill(rgb) == colour


@given(st.text(), st.sampled_from([DEFAULT_KEY, ()]))
def test_any_words_give_a_rating_or_are_kept(word, key):
    reading = read_rating(word, key)
    assert bool(reading.code) == bool(reading.colour)
    assert reading.word == ("" if reading.code else word.strip())


@given(st.lists(st.one_of(st.text(), st.sampled_from(["Red", "G =", "Blue: done", "Amber - late", "\n"]))))
def test_any_key_has_codes_and_colours_of_its_own(texts):
    key = read_key(texts) or ()
    assert len({entry.code for entry in key}) == len({entry.colour for entry in key}) == len(key)
    assert {entry.colour for entry in key} <= set(COLOURS)
    assert all(entry.code and len(entry.code) <= 40 for entry in key)


@given(st.text(max_size=9))
def test_any_fill_gives_a_known_colour_or_none(rgb):
    assert colour_of_fill(rgb) in {*COLOURS, None}
