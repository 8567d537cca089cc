from datetime import date

import pytest

from plans.standing import is_done, sign_off_flag, signed_words

DAY = date(2026, 6, 15)


@pytest.mark.parametrize(
    ("rating", "needed", "signed", "waiting", "flag", "done"),
    [
        ("complete", True, DAY, False, ("Signed off", "ok"), True),
        ("complete", True, None, True, ("Waits for sign-off", "ask"), False),
        ("complete", True, None, False, ("Not signed off", "ask"), False),
        ("complete", False, None, False, None, True),
        ("complete", False, None, True, ("Waits for sign-off", "ask"), True),
        ("complete", False, DAY, False, ("Signed off", "ok"), True),
        ("on_track", True, None, False, None, False),
        ("on_track", False, DAY, False, None, False),
        ("", True, None, False, None, False),
    ],
)
def test_what_stands_beside_a_rating(rating, needed, signed, waiting, flag, done):
    told = {"rating": rating, "needed": needed, "signed_off_on": signed}
    assert sign_off_flag(**told, waiting=waiting) == flag
    assert is_done(**told) is done


@pytest.mark.parametrize(
    ("signed", "complete", "words"), [(3, 5, "3 of 5 signed off"), (0, 1, "0 of 1 signed off"), (0, 0, "")]
)
def test_how_many_are_signed_off(signed, complete, words):
    assert signed_words(signed, complete) == words
