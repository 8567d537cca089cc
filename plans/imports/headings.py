"""The headings of a plan: which stand already, and adding those that a workbook brings."""

from collections.abc import Iterable

from plans.imports.standing import levels_or_whole
from plans.models import Area, Plan, User
from plans.services.history import BATCH, create_all
from plans.spreadsheets.preview import Proposal, fold
from plans.wording.numbering import numbered

Path = tuple[str, ...]


def path_of(proposal: Proposal) -> Path:
    """The headings above a row, folded for matching."""
    return tuple(fold(numbered(level.reference, level.title)) for level in levels_or_whole(proposal.row))


def add_headings(
    plan: Plan, proposals: Iterable[Proposal], *, by: User | None, reason: str
) -> tuple[dict[Path, Area], list[int]]:
    """The area of every path, and the ids of those added at the plan's end or their parent's end."""
    found = _standing(plan)
    fresh: dict[int, list[Area]] = {}
    for proposal in proposals:
        path: Path = ()
        for depth, level in enumerate(levels_or_whole(proposal.row)):
            parent, path = found.get(path), (*path, fold(numbered(level.reference, level.title)))
            if path not in found:
                found[path] = _build(plan, parent, level, depth)
                fresh.setdefault(depth, []).append(found[path])
    for depth in sorted(fresh):
        for place, area in enumerate(fresh[depth]):
            area.parent_id = area.parent.pk if area.parent else None
            area.position = LAST + place
        create_all(fresh[depth], by=by, reason=reason)
    if fresh:
        _number(plan)
    return found, [area.pk for areas in fresh.values() for area in areas]


# Behind every heading that stands, until all are numbered anew.
LAST = 1_000_000


def _build(plan: Plan, parent: Area | None, level, depth: int) -> Area:
    names = list(plan.level_names)
    return Area(
        plan=plan,
        parent=parent,
        level=names.index(level.name) if level.name in names else depth,
        reference=level.reference,
        title=level.title,
        description=level.description,
    )


def _standing(plan: Plan) -> dict[Path, Area]:
    by_id = {area.pk: area for area in Area.objects.filter(plan=plan).current()}
    found = {}
    for area in by_id.values():
        path, one = [], area
        while one is not None:
            path.append(fold(numbered(one.reference, one.title)))
            one = by_id.get(one.parent_id)
        found[tuple(reversed(path))] = area
    return found


def _number(plan: Plan) -> None:
    """Positions run depth first over the plan. Order is no content: it leaves no history."""
    children: dict[int | None, list[Area]] = {}
    for area in Area.objects.filter(plan=plan).order_by("position", "id"):
        children.setdefault(area.parent_id, []).append(area)
    ordered: list[Area] = []
    waiting = children.get(None, [])[::-1]
    while waiting:
        area = waiting.pop()
        area.position = len(ordered)
        ordered.append(area)
        waiting += children.get(area.pk, [])[::-1]
    Area.objects.bulk_update(ordered, ["position"], batch_size=BATCH)
