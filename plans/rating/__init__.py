"""Ratings: what words, letters and fill colours mean, by a plan's own key. Words in, values out."""

from .fill_colours import colour_of_fill, grey_or_white
from .key import COLOURS, DEFAULT_KEY, KeyEntry, read_key
from .meaning import NEEDS_WAY_BACK, ORDER, UNRATED, Meaning, compare
from .reading import RatingReading, read_rating

__all__ = [
    "COLOURS",
    "DEFAULT_KEY",
    "NEEDS_WAY_BACK",
    "ORDER",
    "UNRATED",
    "KeyEntry",
    "Meaning",
    "RatingReading",
    "colour_of_fill",
    "compare",
    "grey_or_white",
    "read_key",
    "read_rating",
]
