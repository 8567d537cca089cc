"""How a plan stands on a day: which day a page shows, each action on it, and headings inside headings."""

from .actions import Moves, Standing, moves_by_action
from .asat import DUE_SOON_DAYS, AsAt, shown_day
from .tree import Parents, inside, top_of

__all__ = [
    "DUE_SOON_DAYS",
    "AsAt",
    "Moves",
    "Parents",
    "Standing",
    "inside",
    "moves_by_action",
    "shown_day",
    "top_of",
]
