"""What a measure counts in, said by the words of its name or unit; and which counts are stocks."""

import re

from impact.units import Unit

UNITS = (
    (Unit.PERCENT, re.compile(r"%|\bper ?cent(?:age)?s?\b|\bpercentages?\b|\bproportion\b|\bpct\b", re.I)),
    (Unit.RATE, re.compile(r"\bper (?:10,?000|10k|ten thousand)\b|\brates? per\b|/10,?000", re.I)),
    (Unit.DAYS, re.compile(r"\bdays\b(?!.{0,3}(?:missed|lost))", re.I)),
    (
        Unit.AVERAGE,
        re.compile(r"\b(?:average|mean|median|avg)\b|\bcase ?loads? per\b|\bper (?:social )?worker\b", re.I),
    ),
)
# "Within 45 days" is a share or a count of what was in time, not a number of days.
IN_TIME = re.compile(r"\b(?:within|in|over|under|more than|less than)\b[^.]{0,20}\bdays\b", re.I)

STOCKS = re.compile(
    r"\b(?:CLA|LAC|CIC|CP|CPP|CIN)\b"
    r"|\b(?:children|young people) (?:who are )?(?:looked after|in care|in need)\b"
    r"|\blooked[- ]after children\b"
    r"|\bchild protection\b|\bprotection plans?\b|\bcare leavers\b|\bchild in need plans?\b"
    r"|\b(?:open|held|current) cases\b|\bcases (?:open|held)\b|\bcases open\b",
    re.I,
)
FLOWS = re.compile(
    r"\b(?:new|starts?|started|starting|began|ends?|ended|ceas\w+|becoming|became|enter\w*|leaving|left|admi\w+|"
    r"discharg\w+|conferences?|investigations?|visit\w*|review\w*|audit\w*|referr\w+|re-?referr\w+|repeat|within|"
    r"during|in (?:the )?month|assessments?|enquir\w+|s\.?47|section 47|step\w*|placement moves?|missing|"
    r"episodes?|requests?|clos\w+|opened|complet\w+|transfer\w*|turnover)\b",
    re.I,
)


def unit_in(words: str) -> Unit | None:
    """The unit that a name or a unit's own cell says, None where it says none."""
    for unit, pattern in UNITS:
        if pattern.search(words) and not (unit is Unit.DAYS and IN_TIME.search(words)):
            return unit
    return None


def is_stock(name: str, unit: Unit) -> bool:
    """Whether a count is one at a moment, such as children looked after, that starts and ends change."""
    return unit is Unit.COUNT and bool(STOCKS.search(name)) and not FLOWS.search(name)
