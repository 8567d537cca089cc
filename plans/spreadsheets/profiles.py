"""What the cells of a column look like: dates, ratings, numbers, names or long texts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from plans.dates import Kind, parse_target
from plans.rating import colour_of_fill, read_rating

from .book import Cell

SAMPLE_SIZE = 40
REFERENCE = re.compile(
    r"(?:(?:action|task|ref|rec|no|priority|objective)\.? ?)?[a-z]{0,5}[ .-]?\d{1,4}(?:[.\-/]\d{1,3}){0,4}"
    r" ?[.)]?(?: ?\(?[a-z]{1,2}\)?)?[.)]?",
    re.IGNORECASE,
)
TICKS = frozenset(
    {"x", "✓", "✔", "√", "ü", "þ", "y", "yes", "☑", "☒", "●", "•", "*", "p", "û", "✗", "✘", "n", "no"}
)
STATUS = frozenset(
    [
        "not started",
        "in progress",
        "ongoing",
        "not yet due",
        "not due",
        "n/a",
        "tbc",
        "to be started",
        "started",
        "underway",
        "under way",
        "yet to start",
        "planned",
        "pending",
        "closed",
        "open",
        "on hold",
        "paused",
        "not rated",
    ]
)
URGENCY = frozenset(
    {
        "high",
        "medium",
        "low",
        "h",
        "m",
        "l",
        "urgent",
        "med",
        "very high",
        "critical",
        "essential",
        "important",
    }
)
_ROLE = re.compile(
    r"\b(?:director|head|hos|manager|officer|lead|dcs|ad|psw|assistant|chief|chair|iro|sro|principal|"
    r"co-?ordinator|commissioner|dmt|slt|partners|team)\b",
    re.IGNORECASE,
)
_NAMES = re.compile(r"(?:[A-Z][\w'’.-]*[ ,/&\n]*){2,6}")


@dataclass(frozen=True, slots=True)
class Profile:
    """How many of a column's cells look like what; `distinct` counts different texts."""

    n: int = 0
    dates: int = 0
    ratings: int = 0
    fills: int = 0
    references: int = 0
    leads: int = 0
    long: int = 0
    numbers: int = 0
    ticks: int = 0
    letters: int = 0
    distinct: int = 0
    average: float = 0.0

    def share(self, kind: str) -> float:
        return getattr(self, kind) / self.n if self.n else 0.0

    @property
    def is_short(self) -> bool:
        return self.average <= 30


@lru_cache(maxsize=4096)
def _traits(text: str) -> tuple[str, ...]:
    lowered = text.casefold().strip(" .")
    found = []
    if len(text) <= 80 and parse_target(text).kind != Kind.NONE:
        found.append("dates")
    if len(text) <= 60 and (lowered in STATUS or read_rating(text).code):
        found.append("ratings")
    if len(text) <= 16 and REFERENCE.fullmatch(text.strip()):
        found.append("references")
    if lowered in TICKS:
        found.append("ticks")
    if lowered in URGENCY:
        found.append("letters")
    if lowered.isdigit():
        found.append("numbers")
    if len(text) > 45:
        found.append("long")
    if len(text) <= 200 and (_ROLE.search(text) or (len(text) <= 60 and _NAMES.fullmatch(text))):
        found.append("leads")
    return tuple(found)


def profile(samples: Sequence[Cell]) -> Profile:
    """Looks at up to 40 cells, spread over the column."""
    step = max(1, len(samples) // SAMPLE_SIZE)
    chosen = list(samples[::step])[:SAMPLE_SIZE]
    counts: dict[str, int] = {}
    texts = [cell.text for cell in chosen if cell.text]
    for cell in chosen:
        for trait in _traits_of(cell):
            counts[trait] = counts.get(trait, 0) + 1
    average = sum(map(len, texts)) / len(texts) if texts else 0.0
    return Profile(n=len(texts), distinct=len(set(texts)), average=average, **counts)


def _traits_of(cell: Cell) -> tuple[str, ...]:
    extra = ("fills",) if cell.fill and colour_of_fill(cell.fill) else ()
    if isinstance(cell.value, date):
        return ("dates", *extra)
    if isinstance(cell.value, (int, float)) and not isinstance(cell.value, bool):
        return ("numbers", "references", *extra)
    return (*_traits(cell.text), *extra) if cell.text else extra
