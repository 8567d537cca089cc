"""How a heading's number and its words are shown together."""

import re


def numbered(reference: str, title: str) -> str:
    """The number before the words, unless the words say it themselves: "Area One: People" stays as it is."""
    if reference and re.search(rf"(?<!\w){re.escape(reference)}(?!\w)", title[:80], re.IGNORECASE):
        return title
    return f"{reference} {title}".strip()
