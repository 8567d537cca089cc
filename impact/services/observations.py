"""Values of months and remarks on them: appended, never changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from impact.models import Measure, Note, Observation
from impact.months import month_of, month_words
from impact.units import Unit
from impact.values import PLACES, check_month, check_value, value_from_parts
from plans.models import Import, User
from plans.services.history import create_all, save
from plans.services.progress import dated


@dataclass(frozen=True, slots=True)
class Entry:
    """A month's value as entered: None takes it back, or works it out where both parts are given."""

    measure: Measure
    month: date
    value: Decimal | None
    numerator: Decimal | None = None
    denominator: Decimal | None = None


@transaction.atomic
def set_value(
    measure: Measure,
    month: date,
    value: Decimal | None,
    *,
    by: User | None,
    numerator: Decimal | None = None,
    denominator: Decimal | None = None,
    on: date | None = None,
    imported_by: Import | None = None,
) -> Observation | None:
    """Adds the month's value where it differs from the one that stands, else returns None.

    A count, a percentage from 0 to 100, or in the measure's unit. Raises ValidationError.
    """
    entry = Entry(measure, month, value, numerator, denominator)
    return next(iter(set_values([entry], by=by, on=on, imported_by=imported_by)), None)


@transaction.atomic
def set_values(
    entries: Iterable[Entry], *, by: User | None, on: date | None = None, imported_by: Import | None = None
) -> list[Observation]:
    """Adds those values that differ from what stands, all or none; returns the rows added.

    Raises ValidationError with a sentence for each wrong entry that names its measure and month.
    """
    columns = dated(by=by, on=on, imported_by=imported_by)
    rows = [_as_row(entry, columns) for entry in _sound(entries, columns["on"])]
    standing = standing_values({row.measure_id for row in rows})
    new = [row for row in rows if _parts(row) != standing.get((row.measure_id, row.month), (None,) * 3)]
    return create_all(new, by=by)


def standing_values(measures: Iterable[int | Measure]) -> dict[tuple[int, date], tuple]:
    """By measure and month the value, numerator and denominator that stand now."""
    rows = Observation.objects.standing().filter(measure__in=measures).order_by("on", "id")
    found = rows.values_list("measure_id", "month", "value", "numerator", "denominator")
    return {(measure, month): tuple(parts) for measure, month, *parts in found}


def find_faults(entries: Sequence[Entry], today: date) -> dict[int, list[str]]:
    """By the entry's place in the list, what is wrong with it; nothing for a sound one."""
    faults = {n: list(_faults(entry, today)) for n, entry in enumerate(entries)}
    seen: set[tuple[int, date]] = set()
    for n, entry in enumerate(entries):
        key = (entry.measure.pk, month_of(entry.month))
        if key in seen:
            faults[n].append(f"There are two values for {month_words(key[1])}. Keep one of them.")
        seen.add(key)
    return {n: found for n, found in faults.items() if found}


@transaction.atomic
def add_note(
    measure: Measure,
    month: date,
    text: str,
    *,
    by: User | None,
    on: date | None = None,
    imported_by: Import | None = None,
) -> Note:
    """A remark on a month. Raises ValidationError."""
    columns = dated(by=by, on=on, imported_by=imported_by)
    faults = list(check_month(month_of(month), columns["on"]))
    if faults:
        raise ValidationError({"month": faults})
    note = Note(measure=measure, month=month_of(month), text=text.strip(), **columns)
    save(note, by=by)
    return note


@transaction.atomic
def withdraw_note(note: Note, *, by: User) -> None:
    """Takes a remark back; it stays in the database and is shown nowhere."""
    note.withdrawn_at = note.withdrawn_at or timezone.now()
    save(note, by=by, reason="Taken back")


def _sound(entries: Iterable[Entry], today: date) -> list[Entry]:
    entries = list(entries)
    faults = find_faults(entries, today)
    if faults:
        raise ValidationError(
            [
                f"{entries[n].measure}, {month_words(entries[n].month)}: {fault}"
                for n in faults
                for fault in faults[n]
            ]
        )
    return entries


def _faults(entry: Entry, today: date):
    yield from check_month(month_of(entry.month), today)
    parts = (entry.numerator, entry.denominator)
    if (parts[0] is None) != (parts[1] is None):
        yield "Give both parts of the figure, or neither."
    elif parts[0] is not None and (parts[0] < 0 or parts[1] <= 0):
        yield "The part can't be below 0, and the whole must be above 0."
    elif parts[0] is not None and entry.measure.unit == Unit.COUNT:
        yield "A count has no parts. Leave the two parts empty."
    else:
        yield from check_value(Unit(entry.measure.unit), _value(entry))


def _value(entry: Entry) -> Decimal | None:
    if entry.value is None and entry.numerator is not None:
        return value_from_parts(Unit(entry.measure.unit), entry.numerator, entry.denominator)
    return entry.value


def _as_row(entry: Entry, columns: dict) -> Observation:
    return Observation(
        measure=entry.measure,
        month=month_of(entry.month),
        value=_rounded(_value(entry)),
        numerator=_rounded(entry.numerator),
        denominator=_rounded(entry.denominator),
        **columns,
    )


def _rounded(value: Decimal | None) -> Decimal | None:
    return None if value is None else Decimal(value).quantize(PLACES)


def _parts(row: Observation) -> tuple:
    return (row.value, row.numerator, row.denominator)
