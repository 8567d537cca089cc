from datetime import date

import pytest

from impact.judging import judge_all
from impact.services.measures import close_measure
from tests.factories import make_board
from tests.impact.measuring import make_measure

pytestmark = pytest.mark.django_db


def last_months(measures):
    return [judged.verdict.marks[-1].month for judged in judge_all(measures)]


def test_a_series_runs_to_the_latest_month_of_any_measure_so_that_a_gap_is_seen():
    board = make_board()
    late = make_measure(board, last=date(2026, 1, 1))
    assert last_months([late, make_measure(board)]) == [date(2026, 3, 1), date(2026, 3, 1)]


def test_a_series_that_was_closed_ends_there():
    board = make_board()
    closed = make_measure(board, last=date(2026, 1, 1))
    close_measure(closed, by=None, on=date(2026, 1, 31))
    assert last_months([closed, make_measure(board)]) == [date(2026, 1, 1), date(2026, 3, 1)]
