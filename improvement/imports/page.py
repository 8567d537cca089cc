"""What the preview's page shows: columns, the rating key, and the rows of one page in their sections."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from plans.imports.decisions import Decisions
from plans.imports.reader import PlanPreview
from plans.rating import COLOURS, DEFAULT_KEY, KeyEntry, Meaning
from plans.spreadsheets.preview import Comparison, Status
from plans.spreadsheets.results import ColumnReading
from plans.spreadsheets.roles import column_name
from plans.spreadsheets.vocabulary import FIELDS, fold
from plans.wording.phrases import plural

MEANINGS = {
    Meaning.COMPLETE.value: "Complete and evidenced",
    Meaning.ON_TRACK.value: "On track",
    Meaning.SLIPPAGE.value: "Some issues or slippage",
    Meaning.OFF_TRACK.value: "Off track",
}
USUAL = {entry.colour: entry for entry in DEFAULT_KEY}
FIELD_NAMES = FIELDS | {"steps": "Steps", "recommendations": "Recommendations", "notes": "Notes"}
ORDER = {Status.CHANGED: 1, Status.NEW: 2, Status.UNCHANGED: 3}


def ordered(comparisons: Iterable[Comparison]) -> list[Comparison]:
    """Rows in trouble first, then changes, new and unchanged rows, each in the workbook's order."""
    return sorted(comparisons, key=lambda one: 0 if one.trouble else ORDER[one.status])


@dataclass
class ColumnRow:
    """One column, or the same column of several sheets; `names` are what it is chosen by."""

    reading: ColumnReading
    sheets: list[str]
    names: list[str]

    @property
    def heading(self) -> str:
        return " · ".join(" ".join(header.split()) for header in self.reading.headers if header.strip())


def column_rows(preview: PlanPreview) -> list[ColumnRow]:
    rows: dict[tuple, ColumnRow] = {}
    for sheet in preview.reading.sheets:
        times = Counter(fold(header) for column in sheet.columns for header in set(column.headers))
        for column in sheet.columns:
            headers = tuple(fold(header) for header in column.headers)
            alone = any(headers) and all(times[header] == 1 for header in headers)
            names = list(column.headers) if alone else [column_name(sheet.sheet, column.letter)]
            same = (column.letter, headers, column.field) if alone else (sheet.sheet, column.letter)
            row = rows.setdefault(same, ColumnRow(column, [], names))
            row.sheets.append(sheet.sheet)
    return list(rows.values())


def key_rows(preview: PlanPreview) -> list[dict]:
    """Each colour of the workbook's key, or the usual four, with the meaning that it is read with."""
    entries = list(preview.reading.key or DEFAULT_KEY)
    by_colour = {entry.colour: entry for entry in entries}
    seen = Counter(one.proposal.row.rating.colour for one in preview.comparisons)
    seen.update({colour: 0 for colour in COLOURS if _is_written(colour, preview)})
    further = {entry.code: entry.word for entry in entries if entry.code not in MEANINGS}
    return [
        {
            "colour": colour,
            "entry": by_colour.get(colour)
            or USUAL.get(colour)
            or KeyEntry("", colour, colour.capitalize(), ""),
            "code": by_colour[colour].code if colour in by_colour else "",
            "meanings": MEANINGS | (further if colour in by_colour else {}) | _own(colour, by_colour),
            "cells": seen[colour],
        }
        for colour in COLOURS
        if colour in by_colour or colour in USUAL or colour in seen
    ]


def _is_written(colour: str, preview: PlanPreview) -> bool:
    return any(one.proposal.row.rating.word.casefold().startswith(colour) for one in preview.comparisons)


def _own(colour: str, by_colour: Mapping[str, KeyEntry]) -> dict[str, str]:
    """A colour with no common meaning may keep one of its own."""
    return (
        {} if colour in by_colour or colour in USUAL else {colour: f"{colour.capitalize()}: its own meaning"}
    )


def unrated_words(preview: PlanPreview) -> list[tuple[str, int]]:
    """Words in the rating's column that are no rating, the most frequent first."""
    words = Counter(one.proposal.row.rating.word for one in preview.comparisons)
    del words[""]
    return words.most_common(20)


@dataclass
class Tally:
    """What would happen, in numbers, and what would not."""

    new: int = 0
    changed: int = 0
    ratings: int = 0
    notes: int = 0
    moves: int = 0
    left_out: int = 0

    @property
    def updates(self) -> str:
        """Such as "3 rating updates, 1 progress note"."""
        parts = [f"{plural(self.ratings, 'rating update')}"]
        parts += [plural(self.notes, "progress note")] if self.notes else []
        return ", ".join(parts)

    @property
    def anything(self) -> bool:
        return bool(self.new or self.changed or self.ratings or self.notes or self.moves)


def tally_done(undo: Mapping) -> Tally:
    """What an import did, out of what undoing it needs."""
    actions, updates = undo.get("actions", ()), undo.get("updates", ())
    rating = sum(bool(entry.get("rates", True)) for entry in updates)
    return Tally(
        new=sum(bool(entry.get("created")) for entry in actions),
        changed=sum("before" in entry for entry in actions),
        ratings=rating,
        notes=len(updates) - rating,
        moves=len(undo.get("moves", ())) + len(undo.get("requests", ())),
    )


def tally(preview: PlanPreview) -> Tally:
    decisions, found = preview.decisions, Tally()
    for one in preview.comparisons:
        if not decisions.takes_row(one):
            found.left_out += 1
            continue
        found.new += one.status is Status.NEW
        found.changed += bool(decisions.taken_changes(one))
        takes_update = decisions.takes_update(one)
        found.ratings += takes_update and one.rates
        found.notes += takes_update and not one.rates
        found.moves += decisions.takes_move(one)
    return found


def moves_into_past(preview: PlanPreview, today: date) -> int:
    """How many of the dates taken are over, and lie before those on the board."""
    pairs = [
        (one.proposal.target.due, one.standing.target.due)
        for one in preview.comparisons
        if preview.decisions.takes_row(one) and preview.decisions.takes_move(one)
    ]
    return sum(bool(after and before and after < min(before, today)) for after, before in pairs)


@dataclass
class Rows:
    """The rows of one page of the preview, sorted into the page's sections."""

    comparisons: list[Comparison]
    decisions: Decisions
    entries: Mapping[str, KeyEntry]
    new: list[dict] = field(init=False)

    def __post_init__(self):
        sound = [one for one in self.comparisons if self.decisions.takes_row(one)]
        self.trouble = [self._trouble(one) for one in self.comparisons if one.trouble]
        self.new = [self._new(one) for one in sound if one.status is Status.NEW]
        self.changed = [row for one in sound if (row := self._changed(one, is_news=True))["changes"]]
        self.left_alone = [row for one in sound if (row := self._changed(one, is_news=False))["changes"]]
        self.unchanged = [one for one in sound if one.status is Status.UNCHANGED]
        self.updates = [self._update(one) for one in sound if one.update and one.standing]
        self.moves = [self._move(one) for one in sound if one.move]

    def _trouble(self, one: Comparison) -> dict:
        return {"one": one, "answer": "without" if one.key in self.decisions.without_reference else "leave"}

    def _new(self, one: Comparison) -> dict:
        return {"one": one, "entry": self.entries.get(one.proposal.rating), "leads": one.proposal.leads}

    def _changed(self, one: Comparison, *, is_news: bool) -> dict:
        changes = [(FIELD_NAMES[each.field], each) for each in one.own_changes if each.is_news == is_news]
        taken = {change.field for change in self.decisions.taken_changes(one)}
        return {"one": one, "changes": changes, "taken": any(each.field in taken for _, each in changes)}

    def _update(self, one: Comparison) -> dict:
        rating = one.proposal.rating or one.standing.rating
        return {
            "one": one,
            "before": self.entries.get(one.standing.rating),
            "after": self.entries.get(rating),
            "taken": self.decisions.takes_update(one),
        }

    def _move(self, one: Comparison) -> dict:
        before, after = one.standing.target, one.proposal.target
        return {
            "one": one,
            "days": _days((after.due - before.due).days) if after.due and before.due else "",
            "taken": self.decisions.takes_move(one),
            "reason": self.decisions.reasons.get(one.key, ""),
        }


def _days(days: int) -> str:
    return f"{abs(days)} day{'' if abs(days) == 1 else 's'} {'later' if days > 0 else 'earlier'}"
