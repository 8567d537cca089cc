"""What a column is taken for: by the words at its head and, where those fail, by what its cells hold."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from plans.dates import Kind, parse_target
from plans.rating import colour_of_fill, read_rating

from .book import Cell
from .vocabulary import FIELDS, LEVEL_FIELDS, Word, fold, look_up, sense_of

__all__ = ["FIELDS", "LEVEL_FIELDS", "Guess", "Profile", "fold", "look_up", "profile", "recognise"]

SAMPLE_SIZE = 40
MONTH = re.compile(
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[ \-./']*(?:\d{2}|\d{4})?"
    r"|q[1-4][ \-/]*[\d/\-]*|\d{4}[/-]\d{2,4}",
    re.IGNORECASE,
)
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
class Guess:
    """What a column was taken for; `strength` (0 to 4) and `sense` settle which of two columns wins."""

    field: str
    why: str
    sure: bool
    strength: int = 0
    sense: str = ""


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


def recognise(header: str, samples: Sequence[Cell]) -> Guess:
    """What a column with this header and these cells holds."""
    seen = profile(samples)
    word = look_up(header)
    if word is None and ": " in header:
        outer = look_up(header.partition(": ")[0])
        word = outer._replace(strength=1) if outer else None
    if word is None:
        return by_contents(header, seen)
    return by_header(word, seen)


def by_header(word: Word, seen: Profile) -> Guess:
    """A known header, unless the cells plainly say otherwise."""
    other = _contradiction(word, seen)
    if other is not None:
        return other
    field = "note" if word.field == "key" else word.field
    why = "Known heading"
    detail = _detail(field, seen)
    if detail:
        why = f"{why}; {detail}"
    elif field == "note":
        why = "Known heading with no field of its own: kept as a note on the action"
    sure = word.strength >= 2 and not (field == "target" and seen.n >= 3 and seen.share("dates") < 0.3)
    return Guess(field, why, sure, word.strength, "key" if word.field == "key" else word.sense)


def _detail(field: str, seen: Profile) -> str:
    if not seen.n:
        return "its cells are coloured" if field == "rating" and seen.fills else "its cells are empty"
    kinds = {
        "target": ("dates", "a date"),
        "rating": ("ratings", "a rating"),
        "reference": ("references", "a number"),
    }
    if field in kinds:
        kind, name = kinds[field]
        if getattr(seen, kind):
            return f"{getattr(seen, kind)} of {seen.n} cells hold {name}"
        if field == "rating" and seen.fills:
            return f"{seen.fills} cells are coloured"
    return ""


def _contradiction(word: Word, seen: Profile) -> Guess | None:
    if seen.n == 0:
        return None
    kind, short = word.field, seen.average <= 30
    if kind == "rating" and word.sense != "done" and seen.average > 40 and seen.share("ratings") < 0.4:
        return Guess("progress", "Headed as a rating, but its cells hold sentences", False, 1)
    if kind == "rating" and word.sense == "done" and seen.share("dates") > 0.5 > seen.share("ratings"):
        return Guess("note", "Dates of completion: kept as a note on the action", True, 3, "done")
    if kind == "progress" and short and seen.share("ratings") >= 0.7 and seen.n >= 2:
        return Guess("rating", f"{seen.ratings} of {seen.n} cells hold a rating", False, 2, word.sense)
    if (
        kind == "target"
        and word.strength <= 2
        and seen.share("dates") < 0.3
        and (seen.average > 25 or seen.share("numbers") > 0.5)
    ):
        return Guess("success_criteria", "Headed as a target, but its cells hold no dates", False, 1)
    if kind == "activity" and seen.share("dates") >= 0.7 and short:
        return Guess("target", f"{seen.dates} of {seen.n} cells hold a date", False, 2)
    if kind == "area" and _is_high_or_low(seen) and word.strength >= 2:
        return Guess("note", "Holds a grade of urgency, not a heading: kept as a note", False, 2)
    if kind == "reference" and seen.share("ticks") > 0.7:
        return Guess("note", "Headed like a number, but its cells hold ticks", False, 0)
    if kind in ("reference", "recommendation_reference") and seen.share("long") > 0.5:
        return Guess(
            "recommendation" if kind != "reference" else "title",
            "Headed as a number, but its cells hold sentences",
            False,
            1,
        )
    if (
        kind in (*LEVEL_FIELDS, "title")
        and word.strength <= 4
        and seen.n >= 2
        and seen.share("references") > 0.8
        and (kind != "area" or seen.share("numbers") > 0.8)
    ):
        field = (
            "reference"
            if kind == "title"
            else "recommendation_reference"
            if kind == "recommendation"
            else "note"
        )
        return Guess(field, f"{seen.references} of {seen.n} cells hold a number", False, 1, "level")
    return None


def _is_high_or_low(seen: Profile) -> bool:
    return seen.n >= 2 and seen.letters >= 0.8 * seen.n


def by_contents(header: str, seen: Profile) -> Guess:
    """An unknown or missing header: what most of the cells look like."""
    if seen.n == 0:
        if seen.fills >= 2 and not MONTH.fullmatch(header.strip()):
            return Guess("rating", f"{seen.fills} cells are coloured like ratings", False, 1)
        return Guess("note", "Its cells are empty", False, 0)
    unknown = "No heading" if not header else "Heading not known"
    checks = (
        ("dates", "target", "a date", 0.6),
        ("ratings", "rating", "a rating", 0.6),
        ("references", "reference", "a number", 0.8),
        ("ticks", "note", "a tick", 0.8),
    )
    for kind, field, name, least in checks:
        if seen.share(kind) >= least and seen.n >= 2 - (not header):
            why = f"{unknown}; {getattr(seen, kind)} of {seen.n} cells hold {name}"
            return Guess(field, why, False, 1, sense_of(field, fold(header)))
    if seen.share("leads") >= 0.7 and seen.average < 60 and seen.n >= 2 and not header:
        return Guess("leads", f"{unknown}; {seen.leads} of {seen.n} cells name people or roles", False, 1)
    if seen.share("long") >= 0.5:
        return Guess("note", f"{unknown}; long text, kept as a note on the action", False, 0, "long")
    return Guess("note", f"{unknown}: kept as a note on the action", False, 0)
