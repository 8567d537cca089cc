"""What status words mean: "partly met" is slippage, "in progress" is no rating at all."""

import re
from functools import lru_cache

from .meaning import Meaning

MISSED = re.compile(
    r"\boff[- ]?(?:track|target|course|schedule)\b|\boverdue\b|\bmissed\b|"
    r"\bfail(?:ed|ing|ure)?\b|\bcritical\b|"
    r"\bpast (?:its |the )?(?:due|target|deadline|completion)|\bstalled\b|"
    r"\bnot (?:yet )?(?:on (?:track|target|schedule)|achieved|met|delivered)\b|"
    r"\bnot (?:been )?completed? (?:by|within|in|on|and)\b|"
    r"\b(?:will not|won't|unlikely to|cannot) (?:now )?be (?:met|achieved|delivered|completed)|"
    r"\b(?:serious|severe|major|significant|substantial|high)(?:ly)? "
    r"(?:delay|slippage|risk|concern|issue|problem|behind)"
)
SLIPPING = re.compile(
    r"\bslip(?:page|ped|ping|s)?\b|\bpart(?:ly|ial|ially)\b|\bbehind\b|\bdelay(?:s|ed)?\b|\bat risk\b|"
    r"\b(?:some|minor|moderate|few) (?:\w+ )?(?:issue|concern|delay|risk|problem|difficult)|\bnot fully\b|"
    r"\boff track but\b|\brecoverable\b"
)
ON_ITS_WAY = re.compile(
    r"\bon[- ]?(?:track|target|schedule|course)\b|\b(?:good|expected) progress\b|"
    r"\b(?:as planned|to plan|progressing (?:well|as planned)|within timescales?)\b"
)
FINISHED = re.compile(
    r"\b(?:completed?|achieved|delivered|done|finished|closed|implemented|met|signed off|embedded)\b"
)
UNFINISHED = re.compile(
    r"\b(?:not|never|in|to be|nearly|almost|nearing|near|awaiting|pending|until|before|towards?|yet to be|"
    r"work to|steps to|due for|being)[ -]*(?:\w+ )?"
    r"(?:complet|achiev|deliver|done|finish|clos|implement|met\b|sign|embed)|"
    r"\bincomplete\b|\bdate\b|\bcomplete by\b|\bby$|\?$|\b\d\d?(?:\.\d+)? ?%"
)
UNDER_WAY = re.compile(
    r"\bin (?:progress|hand|train)\b|\bunder ?way\b|\bprogressing\b|\bstarted\b|\bcommenced\b"
)
NOT_STARTED = re.compile(
    r"\bnot (?:yet )?(?:started|begun|commenced|due)\b|\byet to (?:start|begin|commence)\b|"
    r"\bno (?:action|progress) "
)
SIGNS = str.maketrans(
    {
        "\u2019": "'",
        "\u2018": "'",
        **dict.fromkeys("\U0001f7e2\U0001f7e9\U0001f49a", " green "),
        **dict.fromkeys("\U0001f534\U0001f7e5\u2764", " red "),
        **dict.fromkeys("\U0001f7e0\U0001f7e1\U0001f7e7\U0001f7e8", " amber "),
        **dict.fromkeys("\U0001f535\U0001f7e6", " blue "),
        **dict.fromkeys("\U0001f7e3\U0001f7ea", " purple "),
        **dict.fromkeys(
            "\u2190\u2191\u2192\u2193\u2194\u2195\u2196\u2197\u2198\u2199\u25b2\u25bc\u25ba\u25c4\ufe0f", " "
        ),
        **dict.fromkeys("\u21e7\u21e9\u21e8\u21e6\u2b06\u2b07\u27a1\u2b05", " "),
    }
)
SPACES = re.compile(r"\s+")


def folded(text: str) -> str:
    """Lower case, one space at a time, plain dashes and apostrophes."""
    plain = text.translate(SIGNS)
    for dash in "\u2010\u2011\u2012\u2013\u2014\u2212":
        plain = plain.replace(dash, "-")
    return SPACES.sub(" ", plain).strip().lower()


@lru_cache(maxsize=4096)
def meaning_of(text: str) -> Meaning | None:
    """The meaning of status words, None where they rate nothing ("in progress", "not started")."""
    words = folded(text)
    missed = MISSED.search(words)
    if missed and not (SLIPPING.search(words) and "off track but" in words):
        return Meaning.OFF_TRACK
    if SLIPPING.search(words):
        return Meaning.SLIPPAGE
    if ON_ITS_WAY.search(words):
        return Meaning.ON_TRACK
    if FINISHED.search(words) and not UNFINISHED.search(words):
        return Meaning.COMPLETE
    return Meaning.ON_TRACK if words == "on time" else None


def is_under_way(text: str) -> bool:
    """Words that say only that work has started."""
    return bool(UNDER_WAY.search(folded(text))) and not is_not_started(text)


def is_not_started(text: str) -> bool:
    """Words that say only that work has not started, or is not due to."""
    return bool(NOT_STARTED.search(folded(text)))
