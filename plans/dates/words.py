"""The words of dates: misspelt, abbreviated and typed in every way, made plain before they are read."""

import re

MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
SHORT_MONTHS = tuple(month[:3] for month in MONTHS)
MONTH_NUMBER = {short: number for number, short in enumerate(SHORT_MONTHS, start=1)}
LONG_ENOUGH_TO_MISSPELL = 6

OTHER_SPELLINGS = {
    "sept": "sep",
    "janurary": "jan",
    "januray": "jan",
    "feburary": "feb",
    "febuary": "feb",
    "febraury": "feb",
    "feberuary": "feb",
    "marhc": "mar",
    "mrach": "mar",
    "marh": "mar",
    "arpil": "apr",
    "apirl": "apr",
    "aprli": "apr",
    "aprill": "apr",
    "juen": "jun",
    "jully": "jul",
    "septemeber": "sep",
    "novemeber": "nov",
    "decemeber": "dec",
    "middle": "mid",
    "midway": "mid",
    "begining": "beginning",
    "beggining": "beginning",
    "first": "1st",
    "second": "2nd",
    "third": "3rd",
    "fourth": "4th",
    "final": "last",
    "quarter": "q",
    "quarters": "q",
    "qtr": "q",
    "qrt": "q",
    "xmas": "christmas",
    "fall": "autumn",
    "autum": "autumn",
    "fiscal": "financial",
    "municipal": "financial",
    "finacial": "financial",
    "school": "academic",
    "eom": "end",
    "thru": "to",
    "till": "until",
}


def _slips(name: str) -> set[str]:
    """The spellings one slip away: a letter dropped, doubled or swapped with its neighbour."""
    dropped = {name[:i] + name[i + 1 :] for i in range(1, len(name))}
    doubled = {name[:i] + name[i] + name[i:] for i in range(len(name))}
    swapped = {name[:i] + name[i + 1] + name[i] + name[i + 2 :] for i in range(len(name) - 1)}
    return dropped | doubled | swapped


def _spellings() -> dict[str, str]:
    plain = {}
    for month in MONTHS:
        if len(month) >= LONG_ENOUGH_TO_MISSPELL:
            plain |= dict.fromkeys(_slips(month), month[:3])
    plain |= {month: month[:3] for month in MONTHS}
    plain |= OTHER_SPELLINGS
    joined = {word + month: f"{word} {month[:3]}" for word in ("mid", "end") for month in MONTHS}
    joined |= {word + short: f"{word} {short}" for word in ("mid", "end") for short in SHORT_MONTHS}
    return plain | joined


PLAIN = _spellings()
CHARACTERS = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        **dict.fromkeys("\u2018\u2019\u02bc\u0060\u00b4", "'"),
        **dict.fromkeys("\u00a0\u2007\u2009\u202f\u200b\ufeff\t\f\v", " "),
        "\r": "\n",
    }
)
WORD = re.compile(r"[a-z]{3,}")
SPACES = re.compile(r" {2,}")
WEEK_OF = re.compile(
    r"\b(?:week|wk)s? (?:commencing|comm|com|beginning|starting|of(?= \d))(?![a-z])|\bw[/.]?[cb]\b\.?"
)


def plain_words(text: str) -> str:
    """The text in lower case with months as three letters, one kind of dash and no misspelling."""
    low = text.translate(CHARACTERS).lower()
    low = WORD.sub(lambda found: PLAIN.get(found[0], found[0]), low)
    if "  " in low:
        low = SPACES.sub(" ", low)
    if "w" in low:
        low = WEEK_OF.sub("w/c ", low)
    return low.strip()
