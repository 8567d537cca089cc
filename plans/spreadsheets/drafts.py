"""Actions while their rows are still being gathered, and how the gathered words become values."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from plans.dates import Period, Target, parse_target, target_from_day
from plans.leads import split_leads
from plans.rating import DEFAULT_KEY, KeyEntry, RatingReading, colour_of_fill, read_rating
from plans.steps import StepText, split_steps

from .results import ActionRow, Level

BULLET = re.compile(
    r"^\s*(?:[-•*–▪●o]\s+|\(?([0-9]{1,2}(?:\.[0-9]{1,2})*|[a-z]|[ivx]{1,4})[.):]\)?\s+)", re.IGNORECASE
)
TEXTS = ("title", "activity", "success_criteria", "what_it_means", "progress", "way_back", "links")


@dataclass(slots=True)
class RowStep:
    """A step that stands on a row of its own."""

    number: str
    text: str
    target_text: str = ""


@dataclass(slots=True)
class Draft:
    """The words of one action; `levels` are shared with its neighbours, so that a continued text reaches all."""

    sheet: str
    row: int
    values: dict[str, str] = field(default_factory=dict)
    levels: dict[str, Level] = field(default_factory=dict)
    headings: tuple[Level, ...] = ()
    notes: list[list[str]] = field(default_factory=list)
    row_steps: list[RowStep] = field(default_factory=list)
    day: date | None = None
    fill: str | None = None
    mark: str = ""
    rows: list[int] = field(default_factory=list)
    area_of_sheet: Level | None = None
    fields_of_headings: tuple[str, ...] = ()

    def append(self, name: str, text: str) -> None:
        """Text that goes on in a later row: one sentence where it was broken off, else a new line."""
        before = self.values.get(name, "")
        self.values[name] = join_texts(before, text)

    def add_note(self, header: str, text: str) -> None:
        for note in self.notes:
            if note[0] == header:
                note[1] = join_texts(note[1], text)
                return
        self.notes.append([header, text])


def join_texts(before: str, text: str) -> str:
    if not before:
        return text
    broken_off = (
        not before.rstrip().endswith((".", "!", "?", ":", ";"))
        and text[:1].islower()
        and not BULLET.match(text)
    )
    return f"{before} {text}" if broken_off else f"{before}\n{text}"


def day_of(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def tidy_reference(text: str, value: object) -> str:
    """ "1." -> "1"; the number 1.0 -> "1"; "1.10" stays."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return (
        " ".join(text.split()).rstrip(".:)")
        if not text.startswith("(")
        else " ".join(text.split()).rstrip(".:")
    )


def target_of(draft: Draft, period: Period) -> Target:
    return target_from_day(draft.day) if draft.day else parse_target(draft.values.get("target", ""), period)


def rating_of(draft: Draft, key: Sequence[KeyEntry]) -> RatingReading:
    """By its word; where there is none, or the word is no rating, by its tick or its colour."""
    text = draft.values.get("rating", "")
    reading = read_rating(text, key) if text else read_rating(draft.mark, key)
    if reading.code:
        return reading
    colour = colour_of_fill(draft.fill) if draft.fill else None
    if colour is None:
        return reading
    coloured = read_rating(colour, key)
    return replace(coloured, word=reading.word) if coloured.code else reading


def finish(draft: Draft, key: Sequence[KeyEntry], period: Period, target: Target) -> ActionRow:
    """The action that a draft has become."""
    values = draft.values
    action = ActionRow(
        sheet=draft.sheet, row=draft.row, reference=values.get("reference", ""), rows=tuple(draft.rows)
    )
    for name in TEXTS:
        setattr(action, name, values.get(name, ""))
    action.leads_text = values.get("leads", "")
    action.leads = list(split_leads(action.leads_text)) if action.leads_text else []
    action.target = target
    action.rating = rating_of(draft, key)
    action.rating_text = values.get("rating", "")
    action.steps = _steps(draft)
    _place(action, draft)
    action.notes = [(header, text) for header, text in draft.notes]
    return action


def _steps(draft: Draft) -> tuple[StepText, ...]:
    text = draft.values.get("activity") or draft.values.get("title", "")
    _, steps = split_steps(text, draft.values.get("target", ""))
    if not draft.row_steps:
        return tuple(steps)
    first = list(steps)
    return (
        *first,
        *(
            StepText(s.number or str(n), s.text, s.target_text)
            for n, s in enumerate(draft.row_steps, len(first) + 1)
        ),
    )


def _place(action: ActionRow, draft: Draft) -> None:
    """The chain of headings above the action, and the texts of its area, outcome, objective, recommendations."""
    heads = [*draft.headings]
    chain = list(heads)
    names = {name: level.title for name, level in draft.levels.items()}
    for level, name in zip(heads, draft.fields_of_headings, strict=False):
        if name != "area":
            names.setdefault(name, level.title)
    if "area" in draft.levels and not heads:
        chain = []
    elif not heads and draft.area_of_sheet:
        chain = [draft.area_of_sheet]
    action.area = heads[0].title if heads else names.get("area") or (chain[0].title if chain else "")
    if heads and "area" in names:
        names.setdefault("objective", names["area"])
    if len(heads) > 1 and "area" in draft.fields_of_headings[1:]:
        names.setdefault("objective", heads[1].title)
    recommendation = names.get("recommendation", "")
    action.outcome = names.get("outcome") or draft.values.get("outcome", "")
    action.objective = names.get("objective") or draft.values.get("objective", "")
    recommendation = recommendation or draft.values.get("recommendation", "")
    if recommendation and not action.outcome and not action.objective:
        action.objective = recommendation
    number = draft.values.get("recommendation_reference", "")
    if recommendation or number:
        action.recommendations = [(number, recommendation)]
    action.levels = (*chain, *draft.levels.values())


__all__ = ["DEFAULT_KEY", "Draft", "RowStep", "day_of", "finish", "join_texts", "target_of", "tidy_reference"]
