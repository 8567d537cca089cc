"""What a rating says whatever its colour, and how one compares with another."""

from enum import StrEnum


class Meaning(StrEnum):
    """What a rating says about an action, whatever colour a plan gives it."""

    COMPLETE = "complete"
    ON_TRACK = "on_track"
    SLIPPAGE = "slippage"
    OFF_TRACK = "off_track"


UNRATED = ""
NEEDS_WAY_BACK = frozenset({Meaning.SLIPPAGE.value, Meaning.OFF_TRACK.value})
ORDER = (Meaning.OFF_TRACK, Meaning.SLIPPAGE, Meaning.ON_TRACK, Meaning.COMPLETE)


def compare(before: str, after: str) -> str:
    """How a rating moved, by meaning: "up", "down", "same", "first", or "" where it cannot be said."""
    if not after:
        return ""
    if not before:
        return "first"
    if before == after:
        return "same"
    if before not in ORDER or after not in ORDER:
        return ""
    return "up" if ORDER.index(Meaning(after)) > ORDER.index(Meaning(before)) else "down"
