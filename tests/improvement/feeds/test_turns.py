"""So many data sets are read in one person's name at a time; the others are told to wait."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from improvement.feeds.knocking import Refused
from improvement.feeds.turns import LONGEST_SECONDS, MOST_AT_ONCE, take_turn
from plans.models import Role
from tests.factories import make_board, make_member, make_user
from tests.improvement.feeds.reading import Reader, address, bearer, body_of, token_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("counts_in_database")]


@pytest.fixture
def counts_in_database(settings):
    """As all workers do together."""
    settings.CACHES = {"default": settings.CACHES["limits"]}


@pytest.fixture
def board():
    return make_board("teesmere")


@pytest.fixture
def reader(board):
    return Reader(make_member(board, Role.MEMBER))


def stop_reading(answer):
    next(iter(answer))
    answer.close()


# Closing an answer may close the connection, and with it a transaction around the test.
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("ends", [body_of, stop_reading])
def test_a_place_is_kept_until_an_answer_is_read_or_given_up(board, reader, ends):
    reading = [reader.get(board) for _ in range(MOST_AT_ONCE)]
    refused = reader.get(board)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "5")
    assert "Wait a few seconds, then ask again." in body_of(refused).decode()
    ends(reading[2])
    assert [reader.get(board).status_code for _ in range(2)] == [200, 429]


def test_an_answer_that_is_given_up_lets_go_of_what_it_reads():
    ended = []

    def pieces():
        try:
            yield b"one"
            yield b"two"
        finally:
            ended.append(True)

    turn = take_turn(make_user(), pieces())
    stop_reading(turn)
    assert ended == [True]


def test_all_the_tokens_of_a_person_count_together_and_nobody_elses(client, board):
    user, other = make_member(board), make_member(board)
    excel, power_bi, others = (token_of(*whose) for whose in ((user, "Excel"), (user, "Power BI"), (other,)))
    statuses = [
        client.get(address(board), headers=bearer(token)).status_code
        for token in [excel, power_bi, excel, power_bi, excel, power_bi, others]
    ]
    assert statuses == [200, 200, 200, 200, 429, 429, 200]


def test_what_has_no_rows_takes_no_place(board, reader):
    for _ in range(MOST_AT_ONCE + 1):
        assert reader.web.head(address(board), headers=reader.headers).status_code == 200
        assert reader.get(board, as_at="soon").status_code == 400
        index = reverse("feed_index", args=[board.slug])
        assert reader.web.get(index, headers=reader.headers).status_code == 200
    assert reader.get(board).status_code == 200


def test_the_places_of_a_worker_that_was_killed_are_free_again(board, reader, time_machine):
    start = timezone.now()
    time_machine.move_to(start, tick=False)
    assert [reader.get(board).status_code for _ in range(MOST_AT_ONCE + 1)] == [200] * MOST_AT_ONCE + [429]
    time_machine.move_to(start + timedelta(seconds=LONGEST_SECONDS + 1), tick=False)
    assert reader.get(board).status_code == 200


def test_who_reads_for_too_long_gives_back_no_place_of_somebody_else(board, reader, time_machine):
    start = timezone.now()
    time_machine.move_to(start, tick=False)
    slow = reader.get(board)
    time_machine.move_to(start + timedelta(seconds=LONGEST_SECONDS + 1), tick=False)
    assert [reader.get(board).status_code for _ in range(MOST_AT_ONCE)] == [200] * MOST_AT_ONCE
    body_of(slow)
    assert reader.get(board).status_code == 429


def test_who_still_reads_keeps_the_place_for_as_long_as_that_takes(time_machine):
    start, user = timezone.now(), make_user()
    time_machine.move_to(start, tick=False)
    pieces = iter(take_turn(user, (b"row" for _ in range(9))))
    for minutes in range(0, 40, 8):
        time_machine.move_to(start + timedelta(minutes=minutes), tick=False)
        next(pieces)
    for _ in range(MOST_AT_ONCE - 1):
        take_turn(user, (b"row" for _ in range(1)))
    with pytest.raises(Refused):
        take_turn(user, (b"row" for _ in range(1)))
