"""What an update says that says nothing."""

import re

# What is recorded where "Nothing new" is ticked.
NO_CHANGE = "No change since the last update."
NOTHING_SAID = frozenset(
    {
        "as above",
        "as before",
        "as previous",
        "no change",
        "no change since the last update",
        "no update",
        "none",
        "nothing new",
        "nothing to add",
        "nothing to report",
        "see above",
        "tbc",
        "update to follow",
    }
)
WORD = re.compile(r"[^\W\d_]{3}|\d\d")


def says_nothing(text: str) -> bool:
    """Whether a reader learns nothing from the text.

    >>> [says_nothing(text) for text in ("", "n/a", "No change.", "Two posts are vacant.")]
    [True, True, True, False]
    """
    words = " ".join(text.split()).strip(" .!-").lower()
    return words in NOTHING_SAID or not WORD.search(words)
