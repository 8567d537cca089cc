"""Who leads: the roles, people and groups that a lead cell names, the accountable one first."""

import re
import unicodedata
from functools import lru_cache

from .words import Standing, is_open, names_a_team, standing

EDGES_OF_LINES = " ,;"
LONGEST = 200
BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
NOT_AFTER_A_TITLE = "".join(
    rf"(?<!\b{title})" for title in ("Dr", "Mr", "Ms", "Mrs", "St", "Cllr", "Prof", "Rev")
)
SEPARATOR = re.compile(
    rf" ?(?:,?\n|;|,(?: ?(?:and|&)(?= ))?|(?<=[^\W\d_]{{2}}){NOT_AFTER_A_TITLE}\.(?= [A-Z])|&|\+|/|"
    r"(?<= )and(?= )|(?<= )(?=\(?\d{1,2}[.)] ?[A-Z])) ?",
    re.IGNORECASE,
)
ENUMERATOR = re.compile(
    r"^(?:[\s•▪●◦‣·*–—-]+|\(?\d{1,2}[.)]\s*|"
    r"(?:(?:joint|action) )?(?:leads?|owners?|responsible|support(?:ed by|ing)?)\s*:\s*)+",
    re.IGNORECASE,
)
LISTED = re.compile(r"\s*(?:[•▪●◦‣·*–—-]|\(?\d{1,2}[.)])\s*(?=\w)")
UNNAMED = re.compile(
    r"(?:\W*\b(?:t\.?b\.?[acd]\.?|n/?a|vacant|vacancy|none|nil|unknown|unassigned|not known|not applicable|"
    r"not yet known|and|or|as above|ditto|see above|"
    r"to be (?:confirmed|agreed|appointed|advised|recruited|identified|determined|allocated|named))\b\W*)",
    re.IGNORECASE,
)
UNNAMED_TAIL = re.compile(rf"(?:[\s(\[:–—-]*{UNNAMED.pattern})$", re.IGNORECASE)
UNNAMED_HEAD = re.compile(r"^(?:t\.?b\.?[acd]\.?)\s*[-–—:]\s*", re.IGNORECASE)
PLACEHOLDER = re.compile(r"(?:new )?(?:lead|leads|name|owner|post|officer)?[\W\d_]*", re.IGNORECASE)
SENTENCE = re.compile(
    r"\b(?:will|is|are|was|were|should|must|has|have|needs?|be|by exception|please|once|until|awaiting|via|"
    r"to (?:come|attend|report|support|lead|provide|agree|review|ensure|work|follow|discuss|confirm|take))\b",
    re.IGNORECASE,
)
SENTENCE_SHORTEST = 4
GOES_ON = re.compile(r"(?:^|[\s,])(?:of|for|and|the|to|with|&)$|[-–—/&]$", re.IGNORECASE)
CARRIES_ON = re.compile(r"(?:of|for|and|with|&)\s|[(/&–—-]", re.IGNORECASE)
EDGES = " \t\n,.;:/&+-–—"
APOSTROPHES = re.compile(r"[‘’ʼ`´]")


def split_leads(text: str) -> list[str]:
    """The leads that the words name, in their order; [] for nobody yet ("TBC", "-") and for sentences."""
    return list(_split(text))


@lru_cache(maxsize=4096)
def _split(text: str) -> tuple[str, ...]:
    lines = (_line(line) for line in text.replace("\r", "\n").split("\n"))
    plain = "\n".join(line for line in lines if line).strip(",")
    leads: dict[str, str] = {}
    for phrase in _phrases(plain):
        lead = _tidy(phrase)
        if lead:
            leads.setdefault(lead_key(lead), lead)
    return tuple(leads.values())


def _line(line: str) -> str:
    """The line with single spaces and at most one comma at its end."""
    bare = " ".join(line.split())
    kept = bare.strip(EDGES_OF_LINES)
    return f"{kept}," if kept and bare.rstrip("; ").endswith(",") else kept


def lead_key(name: str) -> str:
    """What two spellings of one lead share: case, spaces, full stops and shapes of apostrophe folded."""
    plain = APOSTROPHES.sub("'", unicodedata.normalize("NFKC", name)).casefold().replace(".", " ")
    return " ".join(plain.split()).strip(" ,;:")


def _phrases(plain: str) -> list[str]:
    """The text cut at each separator where both sides can stand alone."""
    masked = BRACKETED.sub(lambda found: "x" * len(found[0]), plain)
    cuts = [found.span() for found in SEPARATOR.finditer(masked)]
    phrases, start = [], 0
    for number, (cut, after) in enumerate(cuts):
        upto = cuts[number + 1][0] if number + 1 < len(cuts) else len(plain)
        if _may_cut(plain[start:cut], plain[cut:after], plain[after:upto]):
            phrases.append(plain[start:cut])
            start = after
    return [*phrases, plain[start:]]


def _may_cut(left: str, separator: str, right: str) -> bool:
    if len(left) > LONGEST or ";" in separator or separator.strip() == ".":
        return True
    if "\n" in separator and not separator.strip():
        return _line_ends(left, right)
    left, right = _bare(left), _bare(right)
    before, after = standing(left), standing(right)
    if not left or not right or UNNAMED.fullmatch(left) or UNNAMED.fullmatch(right):
        return True
    if before == Standing.NOT or after == Standing.NOT:
        return False
    joined = separator.strip().lower().strip(",").strip() in {"and", "&"}
    if after == Standing.LOOSELY:
        return not is_open(left)
    return not (joined and (before == Standing.LOOSELY or (is_open(left) and names_a_team(right))))


def _line_ends(left: str, right: str) -> bool:
    """A new line is a new lead, unless the title plainly goes on."""
    if LISTED.match(left) and LISTED.match(right):
        return True
    if GOES_ON.search(left.rstrip()) or CARRIES_ON.match(right):
        return False
    left, right = _bare(left), _bare(right)
    return not (is_open(left) and standing(right) == Standing.NOT and not SENTENCE.search(right))


def _bare(phrase: str) -> str:
    return ENUMERATOR.sub("", phrase).strip(EDGES)


def _tidy(phrase: str) -> str:
    """The lead without numbering, loose punctuation and "to be confirmed"; "" for what names nobody."""
    if len(phrase) > LONGEST:
        return ""
    lead = " ".join(UNNAMED_HEAD.sub("", ENUMERATOR.sub("", phrase)).split()).strip(EDGES)
    if UNNAMED.fullmatch(lead):
        return ""
    lead = UNNAMED_TAIL.sub("", lead).strip(EDGES)
    if PLACEHOLDER.fullmatch(lead) or _is_sentence(lead):
        return ""
    return lead


def _is_sentence(lead: str) -> bool:
    words = BRACKETED.sub("", lead).split()
    return len(words) >= SENTENCE_SHORTEST and bool(SENTENCE.search(" ".join(words)))
