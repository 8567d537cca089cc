from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import CharField, Max, Value
from django.db.models.functions import Cast, Concat

from plans.dates import Period, parse_target
from plans.models import Action, Board, Plan, PlanStatus, RatingKey, Step, User
from plans.rating import DEFAULT_KEY, KeyEntry
from plans.services.boards import hold_board
from plans.services.history import remove, save, update_all


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
def edit_plan(plan: Plan, *, by: User, reason: str = "", **fields) -> int:
    """Changes columns of a plan. Returns how many targets its new dates made read anew."""
    before = Plan.objects.get(pk=plan.pk).period
    for name, value in fields.items():
        setattr(plan, name, value)
    save(plan, by=by, reason=reason)
    return _read_targets_anew(plan, before, by=by) if plan.period != before else 0


def _read_targets_anew(plan: Plan, before: Period, *, by: User) -> int:
    """Words such as "mid Feb" or "Q2" take the plan's new dates; a day once read is never lost."""
    count = 0
    for model, rows in ((Action, plan.actions.all()), (Step, Step.objects.filter(action__plan=plan))):
        changed = [row for row in rows if _read_anew(row, before, plan.period)]
        fields = ["target_text", "target_kind", "target_due", "target_assumed"]
        update_all(
            changed, fields, by=by, reason=f"{model._meta.verbose_name} date read by the plan's new dates"
        )
        count += len(changed)
    return count


def _read_anew(row: Action | Step, before: Period, after: Period) -> bool:
    target = parse_target(row.target_text, after)
    if target.due is None or target == row.target or target == parse_target(row.target_text, before):
        return False
    row.target = target
    return True


def lock_plan(plan: Plan) -> None:
    """Makes others who would edit the board or update the plan's actions wait until the transaction ends."""
    hold_board(plan.board_id)
    list(plan.actions.select_for_update().order_by("pk").values_list("pk"))


def close_plan(plan: Plan, *, ends: date, by: User) -> None:
    """Ends a plan: its pages show it for ever as it stood on its last day."""
    edit_plan(plan, by=by, reason="Closed", status=PlanStatus.CLOSED, ends=ends)


def set_level_names(plan: Plan, names: Sequence[str], *, by: User) -> None:
    """Renames the plan's levels, outermost first; levels that hold headings can't be left out."""
    deepest = plan.areas.aggregate(deepest=Max("level"))["deepest"]
    if deepest is not None and deepest >= len(names):
        raise ValidationError({"level_names": f"Areas stand on {deepest + 1} levels. Name at least so many."})
    plan.level_names = list(names)
    save(plan, by=by)


@transaction.atomic
def set_key(plan: Plan, entries: Sequence[KeyEntry], *, by: User | None) -> None:
    """Makes `entries` the plan's key, in their order. A rating in use can't be left out."""
    standing = {rating.code: rating for rating in plan.key.all()}
    for code in standing.keys() - {entry.code for entry in entries}:
        _remove_rating(plan, standing[code], by=by)
    # Words out of each other's way first, so that two ratings may swap theirs.
    renamed = [
        entry.code for entry in entries if entry.code in standing and standing[entry.code].word != entry.word
    ]
    plan.key.filter(code__in=renamed).update(word=Concat(Value("~"), Cast("pk", CharField())))
    for position, entry in enumerate(entries):
        rating = standing.get(entry.code) or RatingKey(plan=plan, code=entry.code)
        rating.colour, rating.word = entry.colour, entry.word
        rating.explanation, rating.position = entry.explanation, position
        save(rating, by=by)


def key_version(plan: Plan) -> int | None:
    """Changes whenever the plan's key does: what the key's page remembers it was opened on."""
    return RatingKey.history.filter(plan_id=plan.pk).aggregate(newest=Max("history_id"))["newest"]


def _remove_rating(plan: Plan, rating: RatingKey, *, by: User | None) -> None:
    if plan.actions.filter(updates__rating=rating.code).exists():
        raise ValidationError(f"“{rating.word}” has been given to actions, so it can't be left out.")
    remove(rating, by=by)
