"""References to recommendations inside texts, such as "Ofsted Improvement Action 3"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Bodies as people name them, the longest names first, each with the kinds of inspection that it stands for.
BODIES: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("monitoring visit", r"(?:Ofsted\s+)?monitoring\s+visits?", frozenset({"monitoring"})),
    ("ILACS", r"(?:Ofsted\s+)?ILACS", frozenset({"ofsted"})),
    ("JTAI", r"(?:Ofsted\s+)?JTAI|joint\s+targeted\s+area\s+inspection", frozenset({"joint"})),
    ("SEND", r"(?:Ofsted\s+)?(?:area\s+|local\s+area\s+)?SEND", frozenset({"send"})),
    ("Ofsted", r"Ofsted", frozenset({"ofsted", "monitoring"})),
    ("DfE", r"DfE|Department\s+for\s+Education", frozenset({"dfe"})),
    ("peer review", r"(?:LGA\s+)?(?:corporate\s+)?peer\s+(?:review|challenge)|LGA", frozenset({"peer"})),
    ("SCR", r"SCR|serious\s+case\s+review", frozenset({"practice"})),
    (
        "practice review",
        r"L?CSPR|(?:local\s+)?(?:child\s+)?(?:safeguarding\s+)?practice\s+review",
        frozenset({"practice"}),
    ),
)
KINDS = {name: kinds for name, _, kinds in BODIES}
RECOMMENDATION = "recommendation"
PARAGRAPH = "paragraph"
NOUNS: tuple[tuple[str, str], ...] = (
    (RECOMMENDATION, r"recommendations?|recs?\b\.?"),
    ("area for priority action", r"areas?\s+for\s+priority\s+action"),
    ("area for improvement", r"areas?\s+for\s+improvement|AFIs?"),
    ("priority action", r"priority\s+actions?"),
    ("improvement action", r"improvement\s+actions?"),
    ("action", r"actions?"),
    (PARAGRAPH, r"paragraphs?|paras?\b\.?"),
)
# What is a board's own, unless somebody outside is named with it.
STAND_ALONE = frozenset({RECOMMENDATION, "area for priority action"})
# A text without any of these cites nothing: looked for before the expression runs.
SIGNS = ("recommendation", "recs", "rec ", "rec.", "priority action", "improvement action", "for improvement")
SIGNS += ("afi", "para", "ofsted", "ilacs", "jtai", "scr", "review action")
MOST_IN_RANGE = 20

_YEAR = r"(?:19|20)\d\d"
_FILL = r"the|full|final|focused|draft|inspection|report|review|letter|visit|s|of|in|adviser|commissioner"
_MONTH = r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_MONTHS = rf"(?:{_MONTH})[a-z]*"
_COUNTED = (
    r"working|calendar|days?|weeks?|months?|years?|hours?|minutes?|actions?|cases?|children|young|people|"
    r"famil\w+|staff|social|others?|more|out\s+of|times|per\s*cent|percent|pm|am"
)
_NUMBER = (
    r"\d{1,3}(?:\.\d{1,2})*(?:[a-z]|\s?\([a-z]\))?(?![\w%]|\.\d|:\d)"
    rf"(?![ \t]*(?:(?:st|nd|rd|th)\b|(?:{_COUNTED})\b|{_MONTHS}\b))"
)
_LIST = rf"{_NUMBER}(?:[ \t]*(?:,[ \t]*and\b|,|&|\+|/|\band\b|\bto\b|[-–])[ \t]*{_NUMBER})*"
_NOT_AFTER = (
    r"(?![ \t]*[/–-][ \t]*\d)(?![ \t]*(?:above|below|overleaf)\b)"
    r"(?!\s+(?:of|in|on)\s+(?:this|our)\b)(?!\s+(?:of|in)\s+the\s+(?:\w+\s+)?plan\b)"
)
_BODY = "|".join(pattern for _, pattern, _ in BODIES)
_NOUN = "|".join(pattern for _, pattern in NOUNS)
_GAP = r"[\s\xa0(),:'’–-]+"
_BLANK = r"[ \t\xa0]"
_BEFORE = rf"(?P<body>{_BODY})(?:{_GAP}(?:{_FILL}|{_MONTHS}|(?P<year>{_YEAR})))*{_GAP}"
_CITED = rf"(?P<noun>{_NOUN}){_BLANK}*(?:(?:number|nos?)\b\.?|#)?{_BLANK}*(?P<numbers>{_LIST}){_NOT_AFTER}"
_AFTER = (
    rf"{_BLANK}*(?:\(|of\b|from\b|in\b|by\b){_BLANK}*"
    rf"(?:(?:its|our|{_FILL}|{_MONTHS}|(?P<year_after>{_YEAR})){_BLANK}+)*"
    rf"(?P<body_after>{_BODY})\b(?:[ \t]*\(?(?:(?:{_FILL})[ \t]*)*(?P<year_last>{_YEAR}))?"
)
CITED = re.compile(
    rf"(?<![\w-])(?:{_BEFORE})?(?<![\w-]){_CITED}(?:{_AFTER})?",
    re.IGNORECASE,
)
CITING_LINE = re.compile(rf"\W*(?:(?:{_FILL})\s+)*{CITED.pattern}\W*", re.IGNORECASE)
# An action of somebody else: their name stands right before it, for "Ofsted, action 3" may be one's own.
_CLOSE = re.compile(r"[^,:()]+")
_BODY_NAMES = [(name, re.compile(pattern, re.IGNORECASE)) for name, pattern, _ in BODIES]
_NOUN_NAMES = [(name, re.compile(pattern, re.IGNORECASE)) for name, pattern in NOUNS]
_PARTS = re.compile(rf"({_NUMBER})|(to\b|[-–])", re.IGNORECASE)
_BARE = re.compile(r"(?:R|no\.?)?\s*(\d{1,3}(?:\.\d{1,2})*(?:\s?\(?[a-z]\)?)?)\.?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Citation:
    """One reference: whose (a name of KINDS or ""), to what, its number, and the words that say so."""

    body: str
    noun: str
    number: str
    year: str
    words: str

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of inspection that it may mean; none where nobody is named."""
        return KINDS.get(self.body, frozenset())

    def may_be(self, other: "Citation") -> bool:
        """Whether both can mean the same: what one of them leaves open, the other may say."""
        same_body = not self.body or not other.body or bool(self.kinds & other.kinds)
        same_year = not self.year or not other.year or self.year == other.year
        return self.number == other.number and self.noun == other.noun and same_body and same_year


def read_citations(text: str) -> list[Citation]:
    """What a text cites, each once and in its order; ranges and lists give one citation a number."""
    folded = text.casefold()
    if not any(sign in folded for sign in SIGNS):
        return []
    found: dict[tuple, Citation] = {}
    for match in CITED.finditer(text):
        for citation in _cited(match):
            found.setdefault((citation.body, citation.noun, citation.number, citation.year), citation)
    return list(found.values())


def without_citations(text: str) -> str:
    """The text without further lines that only say what it answers, as a name of it.

    >>> without_citations("Widen participation\\nInspection recommendation 4")
    'Widen participation'
    """
    first, *others = text.splitlines() or [""]
    return "\n".join([first, *(line for line in others if not CITING_LINE.fullmatch(line))])


def bare_number(reference: str) -> str:
    """The number of a reference that says nothing else, such as "3", "R3" or "4.2"; else ""."""
    match = _BARE.fullmatch(reference.strip())
    return _tidy(match[1]) if match else ""


def _cited(match: re.Match) -> Iterator[Citation]:
    noun = _name(match["noun"], _NOUN_NAMES)
    written = match["body"] or match["body_after"] or ""
    body = _name(written, _BODY_NAMES)
    if not body and noun not in STAND_ALONE:
        return
    year = match["year"] or match["year_after"] or match["year_last"] or ""
    if noun == "action" and not _CLOSE.fullmatch(match[0]):
        return
    numbers = list(_numbers(match["numbers"]))
    as_written = bool(body) and len(numbers) == 1 and "(" not in match[0]
    for number in numbers:
        parts = match[0].split() if as_written else [*written.split(), year, *noun.split(), number]
        words = " ".join(part for part in parts if part)
        yield Citation(body, noun, number, year, words[:1].upper() + words[1:])


def _name(words: str, names: list[tuple[str, re.Pattern]]) -> str:
    return next((name for name, pattern in names if words and pattern.fullmatch(words)), "")


def _numbers(words: str) -> Iterator[str]:
    """ "2, 4 and 6-8" gives 2, 4, 6, 7 and 8; a range of more than twenty gives its ends alone."""
    last, through = "", False
    for match in _PARTS.finditer(words):
        if match[2]:
            through = True
            continue
        number = _tidy(match[1])
        if through and last.isdigit() and number.isdigit() and 1 < int(number) - int(last) <= MOST_IN_RANGE:
            yield from map(str, range(int(last) + 1, int(number)))
        yield number
        last, through = number, False


def _tidy(number: str) -> str:
    return re.sub(r"[\s()]", "", number).casefold()
