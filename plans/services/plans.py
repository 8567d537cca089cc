from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max

from plans.models import Area, Board, Plan, RatingKey, User
from plans.rating import DEFAULT_KEY, KeyEntry
from plans.services.history import remove, save


@transaction.atomic
def create_plan(
    board: Board, title: str, *, by: User | None, key: Sequence[KeyEntry] = DEFAULT_KEY, **fields
) -> Plan:
    """A plan with its rating key. `fields` are columns of Plan. Raises ValidationError."""
    plan = Plan(board=board, title=title.strip(), **fields)
    save(plan, by=by)
    set_key(plan, key, by=by)
    return plan


@transaction.atomic
def set_key(plan: Plan, entries: Sequence[KeyEntry], *, by: User | None) -> None:
    """Makes `entries` the plan's key, in their order. A rating in use can't be left out."""
    standing = {rating.code: rating for rating in plan.key.all()}
    for code in standing.keys() - {entry.code for entry in entries}:
        _remove_rating(plan, standing[code], by=by)
    for position, entry in enumerate(entries):
        rating = standing.get(entry.code) or RatingKey(plan=plan, code=entry.code)
        rating.colour, rating.word = entry.colour, entry.word
        rating.explanation, rating.position = entry.explanation, position
        save(rating, by=by)


def _remove_rating(plan: Plan, rating: RatingKey, *, by: User | None) -> None:
    if plan.actions.filter(updates__rating=rating.code).exists():
        raise ValidationError(f"“{rating.word}” has been given to actions, so it can't be left out.")
    remove(rating, by=by)


@transaction.atomic
def create_area(plan: Plan, title: str, *, by: User | None, parent: Area | None = None, **fields) -> Area:
    """A heading at the end of the plan, or at the end of its parent."""
    position = _end_of(parent) if parent else _end_of_plan(plan)
    _shift_areas(plan, position, 1)
    level = fields.pop("level", parent.level + 1 if parent else 0)
    area = Area(plan=plan, parent=parent, title=title.strip(), position=position, level=level, **fields)
    save(area, by=by)
    return area


def _end_of_plan(plan: Plan) -> int:
    last = plan.areas.aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


def _end_of(parent: Area) -> int:
    """The position after the last heading inside `parent`, at any depth."""
    inside, last = {parent.pk}, parent.position
    for area in parent.plan.areas.filter(position__gt=parent.position).order_by("position", "id"):
        if area.parent_id not in inside:
            break
        inside.add(area.pk)
        last = area.position
    return last + 1


def _shift_areas(plan: Plan, position: int, by_places: int) -> None:
    """Order is no content: moving others along leaves no history."""
    plan.areas.filter(position__gte=position).update(position=F("position") + by_places)
