"""How often something is looked at, as people write it, and when it is due next. Words in, values out."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
NUMBER = rf"\b(\d{{1,2}}|{'|'.join(NUMBERS)})"


@dataclass(frozen=True, slots=True, order=True)
class Every:
    """A rhythm: so many months, or so many days."""

    months: int = 0
    days: int = 0

    def after(self, day: date) -> date:
        """The day by which it is due again; of a month without that day its last."""
        if not self.months:
            return day + timedelta(self.days)
        index = day.year * 12 + day.month - 1 + self.months
        year, month = index // 12, index % 12 + 1
        return date(year, month, min(day.day, monthrange(year, month)[1]))


# The longest first, so that "half-yearly" is not read as "yearly".
NAMED = (
    (r"half[ -]?term(?:ly)?", Every(days=42)),
    (
        r"half[ -]?yearly|bi[ -]?annual(?:ly)?|twice (?:a|per|each|every) year|six[ -]?monthly",
        Every(months=6),
    ),
    (r"bi[ -]?monthly", Every(months=2)),
    (r"fortnightly|bi[ -]?weekly|every other week", Every(days=14)),
    (r"every other month", Every(months=2)),
    (r"daily|every (?:working )?day", Every(days=1)),
    (r"weekly|(?:each|every|once a|per) week", Every(days=7)),
    (r"quarterly|(?:each|every|once a|per) quarter|quarter", Every(months=3)),
    (r"termly|(?:each|every|once a|per) term", Every(months=4)),
    (r"monthly|(?:each|every|once a|per) month", Every(months=1)),
    (r"annual(?:ly)?|yearly|(?:each|every|once a|per) year", Every(months=12)),
)
TIMES_A_YEAR = re.compile(rf"{NUMBER} times (?:a|per|each|every) year")
COUNTED = re.compile(rf"(?:every )?{NUMBER}[ -]?(day|week|month|year)(?:s|ly)?\b")


def read_frequency(words: str) -> Every | None:
    """The rhythm that the words name, the most frequent of several; None for "as needed" and the like."""
    text = " ".join(words.lower().split())
    found = []
    for match in TIMES_A_YEAR.finditer(text):
        times = _number(match[1])
        found += [Every(months=max(1, 12 // times))] if times else []
    for match in COUNTED.finditer(text):
        found += [_counted(_number(match[1]), match[2])] if _number(match[1]) else []
    left = COUNTED.sub(" ", TIMES_A_YEAR.sub(" ", text))
    for pattern, every in NAMED:
        left, times = re.subn(rf"\b(?:{pattern})\b", " ", left)
        found += [every] if times else []
    return min(found, key=_length, default=None)


def next_due(words: str, last: date) -> date | None:
    """When it is due again after `last`; None where the words name no rhythm."""
    every = read_frequency(words)
    return every.after(last) if every else None


def _number(words: str) -> int:
    return int(words) if words.isdecimal() else NUMBERS[words]


def _counted(number: int, unit: str) -> Every:
    if unit in ("day", "week"):
        return Every(days=number * (7 if unit == "week" else 1))
    return Every(months=number * (12 if unit == "year" else 1))


def _length(every: Every) -> float:
    return every.days + every.months * 30.44
