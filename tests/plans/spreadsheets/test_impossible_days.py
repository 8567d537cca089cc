"""Days that no calendar has, in columns of dates: the words are kept, and the cell is listed."""

from datetime import date

import pytest

from plans.spreadsheets.reports import NO_SUCH_DAY

from .workbooks import FIRST, HEADER, SECOND, Page, actions, read, reasons


def dated(*targets):
    rows = [[str(n), f"Do the {n}. thing", "PSW", target, "G"] for n, target in enumerate(targets, 1)]
    return read(Page("Plan", [HEADER, *rows]))


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("31/02/2027", None),
        ("31 June 2026", None),
        ("30 Feb", None),
        ("29th of February 2027", None),
        ("2026-09-31", None),
        ("12/25/2026", None),
        ("by 31 April 2027, then 31 May 2027", "2027-05-31"),
    ],
)
def test_the_cell_is_listed_with_the_reason_and_its_words_are_kept(words, due):
    reading = dated("June 2026", words)
    assert reasons(reading, furniture=False) == {(3, "D"): NO_SUCH_DAY}
    assert actions(reading, "reference", "due")[1] == ("2", due)
    assert reading.actions[1].target.text == words


@pytest.mark.parametrize(
    "words", ["29 February 2028", "29 Feb", "Ongoing", "TBC", "Q5 2027", "24/7", date(2027, 2, 28), None]
)
def test_other_words_are_not_listed(words):
    assert reasons(dated("June 2026", words), furniture=False) == {}


def test_each_cell_is_listed_once_and_only_in_columns_of_dates():
    header = ["Ref", "Action", "Lead", "Original date", "Revised date", "Progress"]
    first = ["1", "Answer every call", "PSW", "31/02/2027", "30 Feb", "Not by 31 June 2026"]
    second = ["2", "Read files in pairs", "PSW", "31 June 2026", None, None]
    reading = read(Page("Plan", [header, first, second, ["3", "Visit", "PSW", None, "as above", "31 Feb"]]))
    assert reasons(reading, furniture=False) == {
        (2, "D"): NO_SUCH_DAY,
        (2, "E"): NO_SUCH_DAY,
        (3, "D"): NO_SUCH_DAY,
    }


def test_the_date_of_a_step_and_of_who_and_when_too():
    steps = read(Page("Plan", [HEADER, FIRST, [None, "Agree the rota", None, "31 Nov 2026"], SECOND]))
    assert reasons(steps, furniture=False) == {(3, "D"): NO_SUCH_DAY}
    rows = [["1", "Answer every call", "PSW, 31/09/2026"], ["2", "Visit", "DCS, May 2026"]]
    both = read(Page("Plan", [["Ref", "Action", "Who and when"], *rows]))
    assert reasons(both, furniture=False) == {(2, "C"): NO_SUCH_DAY}
