"""What leaves the board's circle hides small numbers; the board itself sees them all."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from impact.services.measures import create_measure
from impact.services.observations import set_value
from plans.models import Role
from tests.factories import make_board, make_member
from tests.pages import fields_of, text_of, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june")]


@pytest.fixture
def june(time_machine):
    time_machine.move_to("2026-06-15T09:00:00+01:00", tick=True)


@pytest.fixture
def board():
    board = make_board("harbour")
    beds = create_measure(board, "PACE beds asked for", by=None)
    for month, value in ((1, 0), (2, 3), (3, 7), (5, 4)):
        set_value(beds, date(2026, month, 1), Decimal(value), by=None)
    timely = create_measure(board, "Visits in time", by=None, unit="percent", decimals=1)
    for month, part in ((1, 39), (2, 3), (3, 0)):
        set_value(
            timely, date(2026, month, 1), None, by=None, numerator=Decimal(part), denominator=Decimal(40)
        )
    return board


@pytest.fixture
def web(signed_in, board):
    return signed_in(make_member(board, Role.MEMBER))


def address(name="measure_published"):
    return reverse(f"impact:{name}", args=["harbour"])


def lines(response):
    return response.content.decode("utf-8-sig").splitlines()


def test_a_download_for_publication_hides_small_counts_and_their_shares(web):
    response = web.get(address(), {"_export": "csv"})
    assert lines(response)[:3] == [
        "Measure,Counts in,January 2026,February 2026,March 2026,April 2026,May 2026",
        "PACE beds asked for,Count,0,fewer than 5,7,,fewer than 5",
        "Visits in time,%,97.5,hidden,0,,",
    ]
    assert any(line.startswith("Each document is protected by itself.") for line in lines(response))
    assert response["Content-Disposition"] == 'attachment; filename="harbour-measures-for-publication.csv"'


def test_as_a_workbook_its_numbers_are_numbers(web):
    book = load_workbook(BytesIO(web.get(address(), {"_export": "xlsx"}).content))
    rows = [[cell.value for cell in row] for row in book.active.iter_rows(min_row=2, max_row=3)]
    assert rows == [
        ["PACE beds asked for", "Count", 0, "fewer than 5", 7, None, "fewer than 5"],
        ["Visits in time", "%", 97.5, "hidden", 0, None, None],
    ]


def test_the_page_says_what_is_hidden_and_what_is_out_of_scope(web):
    words = words_of(web.get(address()))
    assert "Counts below 5 are hidden, and what would give them away." in words
    assert "Whether two documents together give a small number away is not checked" in words
    assert "PACE beds asked for 0 fewer than 5 7 fewer than 5" in words
    assert "Change the threshold" not in words


def test_no_other_kind_of_download(web):
    assert web.get(address(), {"_export": "pdf"}).status_code == 404


def test_a_board_without_values_has_nothing_to_publish(signed_in):
    other = make_board("meadow")
    page = signed_in(make_member(other)).get(reverse("impact:measure_published", args=["meadow"]))
    assert "No measure has a value yet, so there is nothing to publish." in text_of(page)


def test_an_administrator_sets_the_threshold(signed_in, board):
    web = signed_in(make_member(board, Role.ADMINISTRATOR))
    assert "Change the threshold of 5" in text_of(web.get(address()))
    page = web.get(address("threshold"))
    page = web.post(address("threshold"), fields_of(page, "below") | {"below": "8"}, follow=True)
    assert "Counts below 8 are hidden in what is published from now on." in text_of(page)
    assert lines(web.get(address(), {"_export": "csv"}))[1] == (
        "PACE beds asked for,Count,0,fewer than 8,fewer than 8,,fewer than 8"
    )
    board.refresh_from_db()
    assert (board.small_numbers_below, board.history.count()) == (8, 2)


@pytest.mark.parametrize(
    ("below", "words"),
    [
        ("", "Give the number below which counts are hidden"),
        ("five", "Give a whole number, such as 5"),
        ("1", "Give a number from 2 to 50"),
        ("51", "Give a number from 2 to 50"),
    ],
)
def test_a_threshold_that_can_not_be_is_refused_and_kept_in_the_field(signed_in, board, below, words):
    web = signed_in(make_member(board, Role.ADMINISTRATOR))
    page = web.get(address("threshold"))
    page = web.post(address("threshold"), fields_of(page, "below") | {"below": below})
    assert words in text_of(page)
    assert fields_of(page, "below")["below"] == below
    board.refresh_from_db()
    assert board.small_numbers_below == 5


def test_an_editor_may_not_set_it(signed_in, board):
    assert signed_in(make_member(board, Role.EDITOR)).get(address("threshold")).status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_it_asks_the_database_as_often_for_any_number_of_measures(
    web, board, number, django_assert_num_queries
):
    for n in range(number):
        set_value(create_measure(board, f"Measure {n}", by=None), date(2026, 1, 1), Decimal(9), by=None)
    web.get(address())
    with django_assert_num_queries(5):
        web.get(address())
