"""What a column is taken for: by the words at its head and, where those fail, by what its cells hold."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from .book import Cell
from .profiles import Profile, profile
from .vocabulary import FIELDS, LEVEL_FIELDS, Word, fold, look_up, sense_of

__all__ = ["FIELDS", "LEVEL_FIELDS", "Guess", "fold", "look_up", "recognise"]

MONTH = re.compile(
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[ \-./']*(?:\d{2}|\d{4})?"
    r"|q[1-4][ \-/]*[\d/\-]*|\d{4}[/-]\d{2,4}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Guess:
    """What a column was taken for; `strength` (0 to 4) and `sense` settle which of two columns wins."""

    field: str
    why: str
    sure: bool
    strength: int = 0
    sense: str = ""


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
    """What the cells plainly are where the header says something else."""
    rules = CONTRADICTIONS.get(word.field, ()) if seen.n else ()
    return next((guess for rule in rules if (guess := rule(word, seen))), None)


def _sentences_under_rating(word: Word, seen: Profile) -> Guess | None:
    if word.sense != "done" and seen.average > 40 and seen.share("ratings") < 0.4:
        return Guess("progress", "Headed as a rating, but its cells hold sentences", False, 1)
    return None


def _days_of_completion(word: Word, seen: Profile) -> Guess | None:
    if word.sense == "done" and seen.share("dates") > 0.5 > seen.share("ratings"):
        return Guess("note", "Dates of completion: kept as a note on the action", True, 3, "done")
    return None


def _ratings_under_progress(word: Word, seen: Profile) -> Guess | None:
    if seen.is_short and seen.share("ratings") >= 0.7 and seen.n >= 2:
        return Guess("rating", f"{seen.ratings} of {seen.n} cells hold a rating", False, 2, word.sense)
    return None


def _target_without_dates(word: Word, seen: Profile) -> Guess | None:
    holds_others = seen.average > 25 or seen.share("numbers") > 0.5
    if word.strength <= 2 and seen.share("dates") < 0.3 and holds_others:
        return Guess("success_criteria", "Headed as a target, but its cells hold no dates", False, 1)
    return None


def _dates_under_activity(word: Word, seen: Profile) -> Guess | None:
    if seen.share("dates") >= 0.7 and seen.is_short:
        return Guess("target", f"{seen.dates} of {seen.n} cells hold a date", False, 2)
    return None


def _urgency_under_area(word: Word, seen: Profile) -> Guess | None:
    if word.strength >= 2 and seen.n >= 2 and seen.letters >= 0.8 * seen.n:
        return Guess("note", "Holds a grade of urgency, not a heading: kept as a note", False, 2)
    return None


def _ticks_under_number(word: Word, seen: Profile) -> Guess | None:
    if seen.share("ticks") > 0.7:
        return Guess("note", "Headed like a number, but its cells hold ticks", False, 0)
    return None


def _sentences_under_number(word: Word, seen: Profile) -> Guess | None:
    if seen.share("long") > 0.5:
        field = "title" if word.field == "reference" else "recommendation"
        return Guess(field, "Headed as a number, but its cells hold sentences", False, 1)
    return None


def _numbers_under_heading(word: Word, seen: Profile) -> Guess | None:
    numbered = seen.n >= 2 and seen.share("references") > 0.8
    if word.strength > 4 or not numbered or (word.field == "area" and seen.share("numbers") <= 0.8):
        return None
    field = {"title": "reference", "recommendation": "recommendation_reference"}.get(word.field, "note")
    return Guess(field, f"{seen.references} of {seen.n} cells hold a number", False, 1, "level")


# By the field that the header names: the first that gives a guess counts.
CONTRADICTIONS: Mapping[str, tuple[Callable[[Word, Profile], Guess | None], ...]] = {
    "rating": (_sentences_under_rating, _days_of_completion),
    "progress": (_ratings_under_progress,),
    "target": (_target_without_dates,),
    "activity": (_dates_under_activity,),
    "reference": (_ticks_under_number, _sentences_under_number),
    "recommendation_reference": (_sentences_under_number,),
    "title": (_numbers_under_heading,),
    **dict.fromkeys(LEVEL_FIELDS, (_numbers_under_heading,)),
    "area": (_urgency_under_area, _numbers_under_heading),
}


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
