import pytest

from plans.rating import DEFAULT_KEY, Meaning, RatingReading, colour_of_fill, compare, read_key, read_rating


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
