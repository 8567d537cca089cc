"""Closing a board and opening it again. Its removal is for the roof, which knows all that belongs to it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from plans.models import Board, User
from plans.services.history import save

CLOSED = (
    "{} was closed on {}: it is read and no longer changed. "
    "Ask an administrator of the board to open it again."
)


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


def refuse_closed(board: Board) -> None:
    """Raises ValidationError for a closed board; for what is written without passing the gate."""
    closed_on = Board.objects.values_list("closed_on", flat=True).get(pk=board.pk)
    if closed_on:
        raise ValidationError(CLOSED.format(board, f"{closed_on.day} {closed_on:%B %Y}"))


def _locked(board: Board) -> Board:
    return Board.objects.select_for_update().get(pk=board.pk)
