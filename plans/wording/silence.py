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
# Both patterns mean the same to Python and to the databases where the case of letters is ignored; the space
# that does not break is named, as not every database counts it as a space.
WORD = r"[^\W\d_]{3}|\d\d"
GAP, EDGE = "[\\s\u00a0]+", "[\\s\u00a0.!-]*"
NOTHING = f"^{EDGE}(?:{'|'.join(sorted(NOTHING_SAID)).replace(' ', GAP)}){EDGE}$"


def says_nothing(text: str) -> bool:
    """Whether a reader learns nothing from the text: it is NOTHING, or has no WORD.

    >>> [says_nothing(text) for text in ("", "n/a", "No change.", "Two posts are vacant.")]
    [True, True, True, False]
    """
    return not re.search(WORD, text) or bool(re.search(NOTHING, text, re.IGNORECASE))
