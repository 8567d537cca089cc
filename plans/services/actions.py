from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from plans.dates import parse_target
from plans.leads import lead_key, split_leads
from plans.models import (
    Action,
    ActionLead,
    ActionRecommendation,
    Area,
    Lead,
    PlanStatus,
    Recommendation,
    User,
)
from plans.services.history import changed_fields, remove, save
from plans.services.moves import drop_waiting
from plans.services.people import find_or_create_leads
from plans.wording.phrases import undo_behind

PLAN_TAKEN_BACK = "Its plan was taken back with the import that made it. Import the workbook again."


@transaction.atomic
def create_action(
    area: Area, title: str, *, by: User | None, target_text: str = "", leads_text: str = "", **fields
) -> Action:
    """An action at the end of its area, with its leads read from `leads_text`. Raises ValidationError.

    It is part of the plan from today, unless `added_on` says otherwise.
    """
    fields.setdefault("added_on", area.plan.as_at(timezone.localdate()))
    last = area.actions.aggregate(last=Max("position"))["last"]
    action = Action(
        plan=area.plan, area=area, title=title.strip(), position=0 if last is None else last + 1, **fields
    )
    action.target = parse_target(target_text, area.plan.period)
    action.leads_text = leads_text
    save(action, by=by)
    link_leads(action, by=by)
    return action


@transaction.atomic
def edit_action(action: Action, *, by: User, reason: str = "", **fields) -> None:
    """Changes columns of an action other than its target, its rating and whether it is withdrawn."""
    for name, value in fields.items():
        setattr(action, name, value)
    changed = changed_fields(action)
    if "area_id" in changed:
        _put_last(action)
    save(action, by=by, reason=reason)
    # Words left alone keep their links: a lead renamed since is not found by its old name.
    if "leads_text" in changed:
        link_leads(action, by=by)


def _put_last(action: Action) -> None:
    if action.area.plan_id != action.plan_id:
        raise ValidationError({"area": "Choose an area of the same plan."})
    last = action.area.actions.aggregate(last=Max("position"))["last"]
    action.position = 0 if last is None else last + 1


def link_leads(action: Action, *, by: User | None, names: list[str] | None = None) -> None:
    """Makes the action's leads those of `names`, else those that its words name; the first is accountable."""
    names = split_leads(action.leads_text) if names is None else names
    leads = find_or_create_leads(action.plan.board, names, by=by)
    action.action_leads.all().delete()
    ActionLead.objects.bulk_create(
        ActionLead(action=action, lead=lead, accountable=position == 0, position=position)
        for position, lead in enumerate(leads)
    )


@transaction.atomic
def set_recommendations(
    action: Action, recommendations: Iterable[Recommendation], *, by: User | None
) -> None:
    standing = {link.recommendation_id: link for link in action.action_recommendations.all()}
    wanted = {recommendation.pk: recommendation for recommendation in recommendations}
    for pk in standing.keys() - wanted.keys():
        remove(standing[pk], by=by)
    for pk in wanted.keys() - standing.keys():
        save(ActionRecommendation(action=action, recommendation=wanted[pk]), by=by)


def find_or_create_recommendation(board, reference: str, text: str, *, by: User | None) -> Recommendation:
    found = board.recommendations.filter(reference=reference, text=text).first()
    if found is None:
        found = Recommendation(board=board, reference=reference, text=text)
        save(found, by=by)
    return found


@transaction.atomic
def answer_recommendations(action: Action, lines: Iterable[str], *, by: User | None) -> None:
    """Makes the action answer what the lines say; a line that the board knows is that recommendation."""
    known = {
        str(recommendation): recommendation for recommendation in action.plan.board.recommendations.all()
    }
    board = action.plan.board
    set_recommendations(
        action,
        [known.get(line) or find_or_create_recommendation(board, "", line, by=by) for line in lines],
        by=by,
    )


@transaction.atomic
def withdraw_action(
    action: Action,
    *,
    by: User,
    reason: str,
    merged_into: Action | None = None,
    on: date | None = None,
    covers_others: bool = False,
) -> None:
    """Takes an action that the board has seen out of the counts; it and its history stay.

    Actions merged into it go on to what it is merged into. Where that is nothing they count nowhere, which
    `covers_others` confirms. Raises ValidationError.
    """
    if merged_into is not None and merged_into.plan_id != action.plan_id:
        raise ValidationError({"merged_into": "Choose an action of the same plan."})
    if merged_into is not None and merged_into.withdrawn_on:
        raise ValidationError({"merged_into": "That action is withdrawn. Choose one that stands."})
    others = list(action.merged_from.all())
    if others and merged_into is None and not covers_others:
        raise ValidationError({"merged_into": _left_alone(others)})
    action.withdrawn_on = on or timezone.localdate()
    action.withdrawn_reason = reason.strip()
    action.merged_into = merged_into
    save(action, by=by, reason=reason.strip())
    drop_waiting([action, *action.steps.all()], by=by, reason="The action was withdrawn.")
    for other in others if merged_into else []:
        other.merged_into = merged_into
        save(other, by=by, reason=f"What it was merged into has been merged: {reason.strip()}")


def _left_alone(others: Sequence[Action]) -> str:
    names = ", ".join(f"“{other}”" for other in others)
    return f"{names} {'was' if len(others) == 1 else 'were'} merged into this action and would count nowhere."


@transaction.atomic
def restore_action(action: Action, *, by: User, reason: str) -> None:
    """Brings a withdrawn or merged action back, with what an undone import took of it: the areas above it,
    its leads and its recommendations. Updates stay taken back.

    Raises ValidationError where its plan was taken back, too: it would count nowhere.
    """
    if action.plan.status == PlanStatus.WITHDRAWN:
        raise ValidationError(PLAN_TAKEN_BACK)
    undo = undo_behind(action.withdrawn_reason)
    area = action.area
    while area is not None:
        area.withdrawn_on = None
        save(area, by=by, reason=reason.strip())
        area = area.parent
    action.withdrawn_on, action.withdrawn_reason, action.merged_into = None, "", None
    save(action, by=by, reason=reason.strip())
    if undo:
        link_leads(action, by=by, names=_names_of_now(action))
        _answer_again(action, undo, by=by)


def _names_of_now(action: Action) -> list[str]:
    """As its leads are called now those that its words name; what the board never had for a lead is none."""
    linked = {lead.pk: lead.name for lead in action.leads.order_by("action_leads__position")}
    called: dict[str, str] = {}
    for pk, key in Lead.history.filter(board=action.plan.board_id).values_list("id", "key"):
        called[key] = linked.get(pk) or called.get(key, "")
    named = {name: called.get(lead_key(name)) for name in split_leads(action.leads_text)}
    return [*(now or name for name, now in named.items() if now is not None), *linked.values()]


def _answer_again(action: Action, undo: str, *, by: User) -> None:
    """Links again, and makes anew where need be, the recommendations that the undo took from the action."""
    links = ActionRecommendation.history.filter(
        action=action.pk, history_type="-", history_change_reason=undo
    )
    gone = Recommendation.history.filter(id__in=links.values("recommendation"), history_type="-")
    again = [
        find_or_create_recommendation(action.plan.board, each.reference, each.text, by=by)
        for each in gone.order_by("id")
    ]
    set_recommendations(action, [*action.recommendations.all(), *again], by=by)


@transaction.atomic
def reorder_actions(area: Area, actions: Sequence[Action], *, by: User) -> None:
    """Puts the area's actions in the order given; each must be of this area."""
    if {action.pk for action in actions} != set(area.actions.values_list("pk", flat=True)):
        raise ValidationError("The list has changed meanwhile. Look at it again, then reorder.")
    for position, action in enumerate(actions):
        action.position = position
        save(action, by=by, reason="Reordered")


@transaction.atomic
def renumber_actions(references: Mapping[Action, str], *, by: User) -> None:
    """Gives actions of one plan new references, all at once so that two may swap. Raises ValidationError."""
    changed = {action: new.strip() for action, new in references.items() if action.reference != new.strip()}
    # Out of each other's way first; only the new references reach the history.
    Action.objects.filter(pk__in=[action.pk for action in changed]).update(reference="")
    for action, reference in changed.items():
        action.reference = reference
        save(action, by=by, reason="Renumbered")


@transaction.atomic
def arrange_actions(
    area: Area, actions: Sequence[Action], references: Mapping[Action, str], *, by: User
) -> None:
    """Reorders the actions of an area and gives some of them new references, all or nothing."""
    renumber_actions(references, by=by)
    reorder_actions(area, actions, by=by)
