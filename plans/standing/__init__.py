"""How a plan stands on a day: which day a page shows, each action on it, and headings inside headings."""

from .actions import Moves, Standing, moves_by_action
from .asat import DUE_SOON_DAYS, AsAt, shown_day
from .signing import SIGNED, is_done, sign_off_flag, signed_words
from .tree import Parents, inside, top_of

__all__ = [
    "DUE_SOON_DAYS",
    "SIGNED",
    "AsAt",
    "Moves",
    "Parents",
    "Standing",
    "inside",
    "is_done",
    "moves_by_action",
    "shown_day",
    "sign_off_flag",
    "signed_words",
    "top_of",
]
