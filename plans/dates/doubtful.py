"""Words that need a second look before they take the place of a date."""

import re

from .mentions import find_mentions
from .targets import Kind, parse_target
from .words import plain_words

LEAP_YEAR = 2024
NO_DATE = re.compile(
    r"\b(?:tb[acd]|to be (?:confirmed|agreed|decided|determined|set|advised)|n/?a|none|undated|unknown|"
    r"not (?:applicable|yet|known)|no (?:end |target )?date|when(?:ever)?|once|after|following|until|upon|"
    r"on completion|as (?:required|needed|soon|and when)|asap|immediate(?:ly)?|at once|pending|"
    r"await(?:s|ing|ed)|subject to|depend(?:s|ent|ing)?|on hold|paused|complete[d]?|done|closed|achieved|"
    r"in place)\b"
)


def no_such_day(text: str) -> bool:
    """Whether the words name a day that no calendar has, such as 30/2/2027."""
    days = [mention for mention in find_mentions(plain_words(text)) if mention.day]
    return any(mention.last_day(mention.year or LEAP_YEAR) is None for mention in days)


def is_unreadable(text: str) -> bool:
    """Whether the words hold neither a day nor a plain word for there being none ("ongoing", "TBC")."""
    plain = plain_words(text)
    return bool(plain) and parse_target(text).kind == Kind.NONE and not NO_DATE.search(plain)
