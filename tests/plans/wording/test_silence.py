"""Which texts of an update say nothing."""

import pytest

from plans.wording.silence import NO_CHANGE, says_nothing


@pytest.mark.parametrize(
    "text", ["", "  \n", ".", "-", "x", "N/A", "ok", NO_CHANGE, "no  change", "As above.", "TBC", "None!"]
)
def test_it_says_nothing(text):
    assert says_nothing(text)


@pytest.mark.parametrize(
    "text",
    [
        "Vacancies.",
        "Two posts are vacant.",
        "No change: two posts are vacant.",
        "At 52%",
        "None of them came.",
    ],
)
def test_it_says_something(text):
    assert not says_nothing(text)
