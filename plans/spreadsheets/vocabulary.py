"""The words that councils put at the head of a column, and which field each of them means."""

import re
from functools import lru_cache
from typing import NamedTuple

from .header_words import RULES

FIELDS: dict[str, str] = {
    "reference": "Reference",
    "area": "Area",
    "outcome": "Outcome",
    "objective": "Objective",
    "title": "Action",
    "activity": "Activity",
    "leads": "Leads",
    "target": "Target date",
    "step_targets": "Target dates of the steps",
    "rating": "Rating",
    "success_criteria": "Success criteria",
    "what_it_means": "What it means for children",
    "progress": "Progress",
    "way_back": "What would make it green",
    "recommendation": "Recommendation",
    "recommendation_reference": "Recommendation reference",
    "links": "Links",
    "note": "Kept as a note",
    "ignore": "Left out",
}
LEVEL_FIELDS = ("area", "recommendation", "outcome", "objective")


class Word(NamedTuple):
    """What a header says: a field, how surely (1 to 4), and a sense such as "earlier" or "revised"."""

    field: str
    strength: int
    sense: str = ""


PATTERNS = tuple((field, strength, sense, re.compile(rule)) for field, strength, sense, rule in RULES)
EARLIER = re.compile(
    r"\b(?:previous(?:ly)?|last (?:month|quarter|board|time|progress|update|meeting|period|report|review)|"
    r"prior|earlier|initial|baseline|old)\b"
)
REVISED = re.compile(r"\b(?:revised|current|new|latest|updated|extended|amended|forecast)\b")
ORIGINAL = re.compile(r"\b(?:original|originally|initial|first|baseline|previous|old)\b")

STEMS = re.compile(
    r"acco|act|aim|area|assign|budg|by|chang|code|colour|comm|comp|concern|date|dead|deliv|diff|done|due|end|"
    r"evid|find|finish|focus|frame|goal|how|id|impact|impr|indic|init|issue|key|kpi|lead|link|measur|mile|mitig|"
    r"monitor|name|no|num|obj|ofsted|outc|own|para|path|person|plan|posit|prior|prog|quest|r.?a.?g|rat|rec|ref|"
    r"relat|repo|reso|resp|result|review|risk|route|so far|so what|sro|stand|start|stat|step|stra|succ|supp|"
    r"targ|task|them|time|topic|upd|what|when|who|work|#",
    re.IGNORECASE,
)
LONGEST_INNER = 25
_APOSTROPHES = re.compile("['\u2018\u2019`]")
_PUNCTUATION = re.compile(r"[^\w]+|_")


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """A header as it is compared: "Action(s) Required." -> "actions required"."""
    text = (
        text.casefold()
        .replace("(s)", "s")
        .replace("&", " and ")
        .replace("#", " number ")
        .replace("%", " percent ")
    )
    return " ".join(_PUNCTUATION.sub(" ", _APOSTROPHES.sub("", text)).split())


def may_be_known(text: str) -> bool:
    """A quick look before `look_up`, which tries every pattern."""
    return len(text) <= 300 and STEMS.search(text) is not None


@lru_cache(maxsize=4096)
def look_up(header: str) -> Word | None:
    """What the words of a header mean, None when they are not known."""
    first_line = header.strip().partition("\n")[0]
    folded = fold(header if len(header) <= 60 else first_line)
    if not folded or len(folded) > 90:
        return None
    return _innermost(header, _word(folded))


def _word(folded: str) -> Word | None:
    for field, strength, sense, pattern in PATTERNS:
        if pattern.search(folded):
            return Word(field, strength, sense or sense_of(field, folded))
    return None


def _innermost(header: str, whole: Word | None) -> Word | None:
    """ "Action: Who" over one column: the short words below tell more than the heading they stand under."""
    outer, _, inner = header.rpartition(": ")
    if not outer or len(inner) > LONGEST_INNER or inner.endswith("?"):
        return whole
    word = look_up(inner)
    if word is None or word.strength < 2:
        return whole
    above = look_up(outer)
    adds_nothing = whole is None or (above is not None and whole.field == above.field != word.field)
    return word if adds_nothing else whole


def sense_of(field: str, folded: str) -> str:
    if field == "target":
        if REVISED.search(folded):
            return "revised"
        return "original" if ORIGINAL.search(folded) else ""
    if field in ("progress", "rating") and EARLIER.search(folded):
        return "earlier"
    return ""
