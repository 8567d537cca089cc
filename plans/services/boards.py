"""Closing a board and opening it again. Its removal is for the roof, which knows all that belongs to it."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError
from django.utils import timezone

from plans.models import Board, User
from plans.services.history import save

CLOSED = (
    "{} was closed on {}: it is read and no longer changed. "
    "Ask an administrator of the board to open it again."
)
# How long before its end a closed board's administrators are told of it.
NOTICE = timedelta(days=30)
TOO_SOON = "Enter more years: the board has to be kept until {} at least, so that its people can be told."


@transaction.atomic
def close_board(board: Board, *, by: User | None, reason: str, keep_years: int) -> None:
    """From now on it is read only, and so many years later removed. Raises ValidationError."""
    board = _locked(board)
    if board.closed_on:
        raise ValidationError("The board is closed already.")
    board.closed_on, board.closing_reason, board.keep_years = timezone.localdate(), reason.strip(), keep_years
    save(board, by=by, reason=f"Board closed: {reason.strip()}")


@transaction.atomic
def reopen_board(board: Board, *, by: User | None, reason: str) -> None:
    """Everybody may do again what their role lets them. Raises ValidationError."""
    board = _locked(board)
    if not board.closed_on:
        raise ValidationError("The board is open already.")
    if not reason.strip():
        raise ValidationError({"reason": "Say why the board is opened again."})
    board.closed_on, board.closing_reason = None, ""
    save(board, by=by, reason=f"Board opened again: {reason.strip()}")


@transaction.atomic
def keep_for(board: Board, *, by: User | None, reason: str, keep_years: int) -> None:
    """Another number of years from the day on which it was closed. Raises ValidationError."""
    board = _locked(board)
    if not board.closed_on:
        raise ValidationError("The board is open. Say how many years it is kept when you close it.")
    if not reason.strip():
        raise ValidationError({"reason": "Say why it is kept longer or shorter."})
    if keep_years == board.keep_years:
        raise ValidationError({"keep_years": "It is kept for so many years already. Enter another number."})
    board.keep_years, first = keep_years, timezone.localdate() + NOTICE
    if board.kept_until < first:
        raise ValidationError({"keep_years": TOO_SOON.format(_day(first))})
    save(board, by=by, reason=f"Years of keeping changed: {reason.strip()}")


def hold_board(pk: int) -> Board:
    """Makes others who would change the board wait until the transaction ends; updates need not."""
    return Board.objects.select_for_update(no_key=True).get(pk=pk)


def hold_open(board: Board) -> bool:
    """Keeps the board open until the transaction ends; False where it is closed or gone already.

    Those who do so wait for whoever is closing or removing the board, and for nobody else.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("A board is held open in a transaction.")
    found = Board.objects.filter(pk=board.pk, closed_on=None).only("pk")
    if not connection.features.has_select_for_update:
        return found.exists()
    sql, values = found.query.sql_with_params()
    return bool(Board.objects.raw(f"{sql} FOR KEY SHARE", values))


def refuse_closed(board: Board) -> None:
    """Raises ValidationError for a closed board; for what is written without passing the gate."""
    closed_on = Board.objects.values_list("closed_on", flat=True).get(pk=board.pk)
    if closed_on:
        raise ValidationError(CLOSED.format(board, _day(closed_on)))


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _locked(board: Board) -> Board:
    """For what updates have to wait for, too."""
    return Board.objects.select_for_update().get(pk=board.pk)
