"""Two texts word by word: what of one the other does not say."""

import difflib
import re
from collections.abc import Iterator

WORDS_COMPARED = 600


def differing(before: str, after: str, side: str) -> Iterator[tuple[str, bool]]:
    """The pieces of the text of `side`, "before" or "after", and whether the other lacks them.

    Of texts too long to compare the whole is one such piece.
    """
    old, new = (re.findall(r"\s+|[^\s]+", text) for text in (before, after))
    if len(old) + len(new) > WORDS_COMPARED:
        yield before if side == "before" else after, True
        return
    for code, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        words = "".join(old[i1:i2] if side == "before" else new[j1:j2])
        if words:
            yield words, code != "equal"
