from datetime import date, timedelta

import pytest

from plans.wording.phrases import (
    came_and_left_words,
    change_words,
    days_overdue,
    days_until,
    moved_words,
    plural,
    sentence,
    shortened,
    than_words,
)

DAY = date(2026, 3, 30)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (plural(1, "action"), "1 action"),
        (plural(0, "action"), "0 actions"),
        (days_overdue(DAY - timedelta(1), DAY), "1 day overdue"),
        (days_overdue(DAY - timedelta(44), DAY), "44 days overdue"),
        (days_until(DAY, DAY), "today"),
        (days_until(DAY + timedelta(1), DAY), "tomorrow"),
        (days_until(DAY - timedelta(1), DAY), "yesterday"),
        (days_until(DAY + timedelta(8), DAY), "in 8 days"),
        (days_until(DAY - timedelta(8), DAY), "8 days ago"),
        (moved_words(2, 45), "moved twice, 45 days later"),
        (moved_words(1, -1), "moved once, 1 day earlier"),
        (moved_words(3, None), "moved 3 times"),
        (change_words(4, 3), "1 more"),
        (change_words(2, 4), "2 fewer"),
        (change_words(2, 2), "no change"),
        (than_words(2, 4), "2 fewer than"),
        (than_words(2, 2), "the same as"),
        (came_and_left_words(1, 0), "1 action was added to the plan"),
        (came_and_left_words(2, 1), "2 actions were added to the plan and 1 left it"),
        (came_and_left_words(0, 2), "2 actions left the plan"),
        (came_and_left_words(0, 0), ""),
    ],
)
def test_one_wording_for_each_thing(said, words):
    assert said == words


@pytest.mark.parametrize(
    ("words", "said"),
    [("same thing", "Same thing."), ("Why not? ", "Why not?"), ("Done.", "Done."), ("", "")],
)
def test_a_sentence(words, said):
    assert sentence(words) == said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Train everyone", "Train everyone"),
        ("Train  every\nteam", "Train every team"),
        ("Train everyone, and then do", "Train everyone…"),
        ("Traineveryoneandthendo", "Traineveryoneandthe…"),
        ("", ""),
    ],
)
def test_long_words_are_cut_between_two(words, said):
    assert shortened(words, 19) == said
