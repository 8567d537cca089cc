"""Rows as they stood at the end of a past day, from history as far as that goes back."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from plans.models.querysets import end_of


@dataclass(frozen=True, slots=True)
class Version:
    """A row as it was; `first` is the day on which its history begins, `is_early` that this is too late, and
    `is_gone` that it was removed since.
    """

    row: Any
    first: date
    is_early: bool
    is_gone: bool


def versions(model: type, condition: Q, day: date) -> dict[int, Version]:
    """By id each row as it stood at the end of `day`, or as first recorded where history begins later.

    One query. What had been removed by then is left out.
    """
    end = end_of(day)
    first: dict[int, Any] = {}
    latest: dict[int, Any] = {}
    last: dict[int, str] = {}
    for row in model.history.filter(condition).order_by("history_date", "history_id"):
        first.setdefault(row.id, row)
        last[row.id] = row.history_type
        if row.history_date < end:
            latest[row.id] = row
    return {
        pk: Version(
            row.instance, timezone.localdate(first[pk].history_date), pk not in latest, last[pk] == "-"
        )
        for pk, row in (first | latest).items()
        if row.history_type != "-"
    }


def note_of(early: Collection[date]) -> str:
    """Says that words are later than the day shown, given the days on which their histories begin."""
    if not early:
        return ""
    day = min(early)
    first = f"{day.day} {day:%B %Y}"
    return f"The history kept here begins on {first}: words are shown as they were first recorded."
