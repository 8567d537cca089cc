"""The ids that addresses and hidden fields carry: anybody may write anything there."""

LONGEST = 18


def read_id(words: str) -> int | None:
    """The id that the words are; None for words that no row can have as its id."""
    return int(words) if words.isascii() and words.isdecimal() and len(words) <= LONGEST else None
