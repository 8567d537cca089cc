"""Measures with their targets, agreed step changes and links."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from impact.models import Measure, MeasureAction, MeasureArea, MeasureTarget, StepChange
from impact.months import month_of, month_words
from impact.services.observations import standing_values
from impact.units import Unit
from impact.values import EARLIEST, check_value
from plans.models import Action, Area, Board, Import, User
from plans.services.history import remove, save
from plans.services.progress import dated


@transaction.atomic
def create_measure(
    board: Board,
    name: str,
    *,
    by: User | None,
    areas: Iterable[Area] = (),
    actions: Iterable[Action] = (),
    **fields,
) -> Measure:
    """A measure at the end of the board's list; `fields` are columns of Measure. Raises ValidationError."""
    last = board.measures.aggregate(last=Max("position"))["last"]
    fields.setdefault("position", 0 if last is None else last + 1)
    measure = Measure(board=board, name=" ".join(name.split()), **fields)
    _check_owner(measure)
    save(measure, by=by)
    set_areas(measure, areas, by=by)
    set_actions(measure, actions, by=by)
    return measure


@transaction.atomic
def edit_measure(measure: Measure, *, by: User, reason: str = "", **fields) -> None:
    """Changes columns of a measure. Raises ValidationError."""
    for name, value in fields.items():
        setattr(measure, name, value)
    _check_owner(measure)
    _check_unit(measure)
    save(measure, by=by, reason=reason)


def close_measure(measure: Measure, *, by: User, on: date | None = None, reason: str = "") -> None:
    """No longer reported from a day on (today): it leaves the board's list, and its months stay."""
    edit_measure(measure, by=by, reason=reason, closed_on=on or timezone.localdate())


def reopen_measure(measure: Measure, *, by: User) -> None:
    edit_measure(measure, by=by, closed_on=None)


@transaction.atomic
def set_areas(measure: Measure, areas: Iterable[Area], *, by: User | None) -> None:
    """Links the measure to exactly these areas of its board. Raises ValidationError."""
    _set_links(measure, MeasureArea, "area", areas, by=by)


@transaction.atomic
def set_actions(measure: Measure, actions: Iterable[Action], *, by: User | None) -> None:
    """Links the measure to exactly these actions of its board. Raises ValidationError."""
    _set_links(measure, MeasureAction, "action", actions, by=by)


def _set_links(measure: Measure, link: type, name: str, wanted: Iterable, *, by: User | None) -> None:
    wanted = {obj.pk: obj for obj in wanted}
    if any(obj.plan.board_id != measure.board_id for obj in wanted.values()):
        raise ValidationError(f"Choose only {name}s of the measure's own board.")
    standing = {getattr(row, f"{name}_id"): row for row in link.objects.filter(measure=measure)}
    for pk in standing.keys() - wanted.keys():
        remove(standing[pk], by=by)
    for pk in sorted(wanted.keys() - standing.keys()):
        save(link(measure=measure, **{name: wanted[pk]}), by=by)


@transaction.atomic
def set_target(
    measure: Measure,
    value: Decimal | None,
    month: date,
    *,
    by: User | None,
    reason: str = "",
    on: date | None = None,
    imported_by: Import | None = None,
) -> MeasureTarget | None:
    """A target from a month on, or none from then on where `value` is None; earlier ones stay.

    Of one month the newest counts; returns None where it says so already. Raises ValidationError.
    """
    if month < EARLIEST:
        raise ValidationError({"month": "Give a month from January 1990 on."})
    faults = list(check_value(Unit(measure.unit), value))
    if faults:
        raise ValidationError({"value": faults})
    standing = measure.targets.standing().filter(month=month_of(month)).order_by("on", "id").last()
    if standing is not None and standing.value == value:
        return None
    target = MeasureTarget(
        measure=measure,
        value=value,
        month=month_of(month),
        reason=reason.strip(),
        **dated(by=by, on=on, imported_by=imported_by),
    )
    target.full_clean()
    target.save()
    return target


@transaction.atomic
def agree_step_change(
    measure: Measure,
    month: date,
    *,
    by: User | None,
    reason: str,
    agreed_by: str,
    agreed_on: date,
    on: date | None = None,
    imported_by: Import | None = None,
) -> StepChange:
    """Limits start anew from `month`, as a board agreed. Raises ValidationError, also where the month is
    not after the measure's first month with a value or is later than its last."""
    month = month_of(month)
    _check_within(measure, month)
    if agreed_on > timezone.localdate():
        raise ValidationError({"agreed_on": "Give the day it was agreed, up to today."})
    step = StepChange(
        measure=measure,
        month=month,
        reason=reason.strip(),
        agreed_by=agreed_by.strip(),
        agreed_on=agreed_on,
        **dated(by=by, on=on, imported_by=imported_by),
    )
    save(step, by=by)
    return step


@transaction.atomic
def withdraw_step_change(step: StepChange, *, by: User) -> None:
    """Takes an agreed step change back: the months before and after are judged as one again."""
    step.withdrawn_at = step.withdrawn_at or timezone.now()
    save(step, by=by, reason="Taken back")


def _check_within(measure: Measure, month: date) -> None:
    months = [at for (_, at), (value, *_) in standing_values([measure.pk]).items() if value is not None]
    if not months:
        raise ValidationError({"month": "The measure has no values yet, so there is nothing to start anew."})
    first, last = min(months), max(months)
    if not first < month <= last:
        span = f"after {month_words(first)}, its first with a value, and up to {month_words(last)}, its last"
        raise ValidationError({"month": f"Choose a month {span}."})


def _check_owner(measure: Measure) -> None:
    if measure.owner is not None and measure.owner.board_id != measure.board_id:
        raise ValidationError({"owner": "Choose a lead of this board."})


def _check_unit(measure: Measure) -> None:
    """A measure with values keeps to what its unit allows."""
    for (_, month), (value, *_) in standing_values([measure.pk]).items():
        for fault in check_value(Unit(measure.unit), value):
            raise ValidationError({"unit": f"{month_words(month)} does not fit this unit. {fault}"})
