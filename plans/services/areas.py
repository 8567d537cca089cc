from collections import defaultdict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max

from plans.models import Area, Plan, User
from plans.services.history import remove, save, update_all

Children = dict[int | None, list[Area]]


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
    start = Area.objects.values_list("position", flat=True).get(pk=parent.pk)
    inside, last = {parent.pk}, start
    for area in parent.plan.areas.filter(position__gt=start).order_by("position", "id"):
        if area.parent_id not in inside:
            break
        inside.add(area.pk)
        last = area.position
    return last + 1


def _shift_areas(plan: Plan, position: int, by_places: int) -> None:
    """Order is no content: moving others along leaves no history."""
    plan.areas.filter(position__gte=position).update(position=F("position") + by_places)


def edit_area(area: Area, *, by: User, **fields) -> None:
    """Changes the words of a heading. Raises ValidationError."""
    for name, value in fields.items():
        setattr(area, name, value)
    save(area, by=by)


@transaction.atomic
def move_area(area: Area, *, parent: Area | None, after: Area | None, by: User) -> None:
    """Puts a heading with all inside it behind `after`, or first, among those in `parent` (None: the top)."""
    children = _children(area.plan)
    inside = list(_walk(children, area.pk))
    if parent and (parent == area or parent in inside):
        raise ValidationError({"parent": "An area can't stand inside itself. Choose another one."})
    deeper = (parent.level + 1 if parent else 0) - area.level
    _check_depth(area.plan, max(each.level for each in [area, *inside]) + deeper)
    _replant(children, area, parent, after)
    area.parent, area.level = parent, area.level + deeper
    save(area, by=by, reason="Moved")
    if deeper:
        for each in inside:
            each.level += deeper
        update_all(inside, ["level"], by=by, reason=f"Moved with {area}")
    _number(children)


def _children(plan: Plan) -> Children:
    children: Children = defaultdict(list)
    for area in plan.areas.all():
        children[area.parent_id].append(area)
    return children


def _walk(children: Children, parent_id: int | None):
    """The headings inside one, depth first: the plan's own order."""
    for area in children[parent_id]:
        yield area
        yield from _walk(children, area.pk)


def _check_depth(plan: Plan, level: int) -> None:
    if level >= len(plan.level_names):
        raise ValidationError(
            {"parent": f"The plan has no level inside “{plan.level_names[-1]}”. Name one first."}
        )


def _replant(children: Children, area: Area, parent: Area | None, after: Area | None) -> None:
    children[area.parent_id].remove(area)
    siblings = children[parent.pk if parent else None]
    if after is not None and after not in siblings:
        raise ValidationError({"after": "Choose an area that stands at the same place."})
    siblings.insert(siblings.index(after) + 1 if after else 0, area)


def _number(children: Children) -> None:
    """Order is no content: numbering the headings anew leaves no history."""
    moved = []
    for position, area in enumerate(_walk(children, None)):
        if area.position != position:
            area.position = position
            moved.append(area)
    Area.objects.bulk_update(moved, ["position"], batch_size=500)


@transaction.atomic
def remove_area(area: Area, *, by: User) -> None:
    """Removes a heading that holds nothing; its history stays. Raises ValidationError."""
    if area.actions.exists():
        raise ValidationError("This area holds actions, also withdrawn ones. Move them to another first.")
    if area.children.exists():
        raise ValidationError("Other areas stand inside this one. Move or remove them first.")
    remove(area, by=by)
