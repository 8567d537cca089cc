"""What leaves the board's circle: from which number on a count is shown."""

from django.core.exceptions import ValidationError

from plans.models import Board, User
from plans.services.history import save

LEAST, MOST = 2, 50


def set_threshold(board: Board, below: int, *, by: User) -> None:
    """Counts from 1 to below this number are hidden in what is published. Raises ValidationError."""
    if not LEAST <= below <= MOST:
        raise ValidationError({"below": f"Give a number from {LEAST} to {MOST}."})
    board.small_numbers_below = below
    save(board, by=by)
