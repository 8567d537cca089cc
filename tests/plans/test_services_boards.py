import pytest
import time_machine
from django.core.exceptions import ValidationError

from plans.access import Access, BoardClosed, Permission, enter
from plans.models import Role
from plans.services.boards import close_board, keep_for, refuse_closed, reopen_board
from plans.services.history import version_of
from tests.conftest import NOW
from tests.factories import make_board, make_lead, make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def board():
    return make_board("teesmere")


@time_machine.travel(NOW, tick=False)
def close(board, by=None):
    close_board(board, by=by, reason="The plan has ended. ", keep_years=6)
    board.refresh_from_db()


def newest(board):
    return board.history.get(pk=version_of(board))


def test_closing_is_kept_with_its_reason_and_its_end(board):
    by = make_member(board, Role.ADMINISTRATOR)
    close(board, by)
    assert (board.closed_on.isoformat(), board.closing_reason, board.keep_years) == (
        "2026-11-22",
        "The plan has ended.",
        6,
    )
    assert board.kept_until.isoformat() == "2032-11-22"
    row = newest(board)
    assert (row.history_user, row.history_change_reason) == (by, "Board closed: The plan has ended.")


def test_opening_again_forgets_the_end_but_not_the_reason(board):
    close(board)
    reopen_board(board, by=None, reason="It was too early")
    board.refresh_from_db()
    assert (board.closed_on, board.closing_reason, board.kept_until) == (None, "", None)
    assert newest(board).history_change_reason == "Board opened again: It was too early"


def test_twice_is_refused(board):
    with pytest.raises(ValidationError, match="open already"):
        reopen_board(board, by=None, reason="Why not")
    close(board)
    with pytest.raises(ValidationError, match="closed already"):
        close(board)


@pytest.mark.parametrize(("reason", "years"), [("  ", 10), ("Over", 0), ("Over", 101)])
def test_without_a_reason_or_with_other_years_it_is_refused(board, reason, years):
    with pytest.raises(ValidationError):
        close_board(board, by=None, reason=reason, keep_years=years)
    board.refresh_from_db()
    assert board.closed_on is None


def test_opening_again_needs_a_reason(board):
    close(board)
    with pytest.raises(ValidationError, match="Say why"):
        reopen_board(board, by=None, reason=" ")


def test_another_number_of_years_is_kept_with_its_reason(board):
    close(board)
    by = make_member(board, Role.ADMINISTRATOR)
    keep_for(board, by=by, reason=" The schedule says so. ", keep_years=25)
    board.refresh_from_db()
    assert (board.kept_until.isoformat(), board.closing_reason) == ("2051-11-22", "The plan has ended.")
    row = newest(board)
    assert row.history_user == by
    assert row.history_change_reason == "Years of keeping changed: The schedule says so."


# Of three years the last day is here sooner than administrators can be told thirty days before.
@pytest.mark.parametrize(
    ("years", "reason", "said"),
    [
        (25, " ", "Say why it is kept longer or shorter"),
        (6, "Needed", "for so many years already"),
        (101, "Needed", "from 1 to 100"),
        (3, "Not needed", "has to be kept until 23 November 2029 at least"),
    ],
)
def test_other_years_that_are_refused(board, years, reason, said):
    close(board)
    late = time_machine.travel(NOW.replace(year=2029, month=10, day=24), tick=False)
    with late, pytest.raises(ValidationError, match=said):
        keep_for(board, by=None, reason=reason, keep_years=years)
    board.refresh_from_db()
    assert board.keep_years == 6


def test_it_may_end_as_soon_as_its_people_can_be_told(board):
    close(board)
    with time_machine.travel(NOW.replace(year=2029, month=10, day=23), tick=False):
        keep_for(board, by=None, reason="Not needed", keep_years=3)
    board.refresh_from_db()
    assert board.kept_until.isoformat() == "2029-11-22"


def test_an_open_boards_years_are_said_when_it_is_closed(board):
    with pytest.raises(ValidationError, match="The board is open"):
        keep_for(board, by=None, reason="Needed", keep_years=25)


READS = {Permission.VIEW}


@pytest.mark.parametrize("role", Role.values)
def test_what_is_left_of_each_role(board, role):
    user = make_member(board, role)
    lead = make_lead(board, holder=user)
    close(board)
    access = enter(user, "teesmere", Permission.VIEW)
    kept = {Permission.MANAGE_MEMBERS, Permission.KEEP_BOARD} if role == Role.ADMINISTRATOR else set()
    assert {each for each in Permission if access.may(each)} == READS | kept
    assert access.held_leads == frozenset()
    reopen_board(board, by=None, reason="Too early")
    assert enter(user, "teesmere", Permission.UPDATE).held_leads == {lead.pk}


def test_the_gate_tells_a_closed_board_from_a_wrong_role(board):
    editor = make_member(board, Role.EDITOR)
    close(board)
    with pytest.raises(BoardClosed):
        enter(editor, "teesmere", Permission.EDIT_PLAN)
    with pytest.raises(BoardClosed):
        enter(editor, "teesmere", Permission.VIEW, writes=True)
    assert enter(editor, "teesmere", Permission.VIEW) == Access(editor, board, Role.EDITOR)


def test_what_passes_no_gate_asks_for_itself(board):
    refuse_closed(board)
    stale = make_board("harrowdale")
    close_board(stale, by=None, reason="Over", keep_years=1)
    with pytest.raises(ValidationError, match="it is read and no longer changed"):
        refuse_closed(stale)
