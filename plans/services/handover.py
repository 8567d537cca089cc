"""Handing leads over: all that one person leads on a board goes to another in one step."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from plans.access import GRANTS, Permission
from plans.models import (
    Action,
    ActionLead,
    Board,
    Challenge,
    Holding,
    Lead,
    Membership,
    MoveRequest,
    PlanStatus,
    RatingKey,
    SignOff,
    User,
)
from plans.models.querysets import ActionQuerySet
from plans.services.boards import hold_board
from plans.services.history import remove, save
from plans.wording.phrases import plural

SHOWN = {Action, ActionLead, Challenge, Holding}


@transaction.atomic
def hand_over(
    board: Board, giver: User, taker: User, *, by: User, leads: Iterable[Lead] | None = None
) -> list[Lead]:
    """Gives the leads that `giver` holds, or those of them in `leads`, to `taker`; gives what went over.

    Actions stay with their leads and are not touched. Raises ValidationError.
    """
    hold_board(board.pk)
    if problem := why_not_hand_over(board, giver, taker):
        raise ValidationError(problem)
    holdings = Holding.objects.filter(lead__board=board, user=giver).select_related("lead")
    if leads is not None:
        holdings = holdings.filter(lead__in=list(leads))
    holdings = list(holdings.order_by("lead"))
    if not holdings:
        raise ValidationError(f"{giver} no longer holds these leads, so nothing was handed over.")
    held = set(Lead.objects.filter(board=board).held_by(taker).values_list("pk", flat=True))
    reason = f"Handed over from {giver} to {taker}"
    for holding in holdings:
        remove(holding, by=by, reason=reason)
        if holding.lead_id not in held:
            save(Holding(lead=holding.lead, user=taker), by=by, reason=reason)
    return [holding.lead for holding in holdings]


def why_not_hand_over(board: Board, giver: User, taker: User) -> str:
    """Why these two cannot hand over to one another, or ""."""
    if giver == taker:
        return "Choose two different people."
    if not Membership.objects.filter(board=board, user=taker).exists():
        return f"{taker} is not on the board. Add them to the board first, then hand over."
    if not taker.is_active:
        return f"The account of {taker} is closed. Choose somebody else, or ask the site’s staff to open it."
    if not Holding.objects.filter(lead__board=board, user=giver).exists():
        return f"{giver} holds no lead on this board, so there is nothing to hand over."
    return ""


@dataclass(frozen=True)
class Handover:
    """What would go along with leads, for looking at before it happens.

    `actions` carry `rating`, `entry` (of their plan's key, or None) and `lead_names`; `stuck` are the
    sign-offs that the taker could decide now and no longer once they lead the action.
    """

    leads: list[Lead]
    actions: list[Action]
    challenges: list[Challenge]
    requests: list[SignOff | MoveRequest]
    stuck: list[SignOff]
    others: list[str]


def preview_handover(board: Board, giver: User, taker: User) -> Handover:
    """What goes from one to the other if all leads do; a fixed number of queries."""
    leads = list(board.leads.held_by(giver))
    actions = _actions(leads)
    sign_offs, moves = _waiting(SignOff, actions), _waiting(MoveRequest, actions)
    return Handover(
        leads,
        actions,
        list(board.challenges.open().filter(owner__in=leads).select_related("owner", "action", "area")),
        [*sign_offs, *moves],
        _stuck(board, taker, sign_offs),
        _others(leads),
    )


def _actions(leads: list[Lead]) -> list[Action]:
    """The standing actions of plans that are not closed, in their plans' order."""
    found: ActionQuerySet = Action.objects.current().filter(leads__in=leads).distinct()
    found = found.exclude(plan__status__in=[PlanStatus.CLOSED, PlanStatus.WITHDRAWN])
    found = found.with_rating(timezone.localdate()).select_related("plan").prefetch_related("leads")
    actions = list(found.order_by("plan", "area__position", "position", "pk"))
    key = RatingKey.objects.filter(plan__in={action.plan_id for action in actions})
    entries = {(row.plan_id, row.code): row.entry for row in key}
    for action in actions:
        action.entry = entries.get((action.plan_id, action.rating))
        action.lead_names = "; ".join(str(lead) for lead in action.leads.all() if lead in leads)
    return actions


def _waiting(model: type, actions: list[Action]) -> list[SignOff | MoveRequest]:
    waiting = model.objects.waiting().filter(action__in=actions)
    return list(waiting.select_related("action", "by"))


def _stuck(board: Board, taker: User, sign_offs: list[SignOff]) -> list[SignOff]:
    """Whoever leads an action does not sign it off."""
    role = Membership.objects.filter(board=board, user=taker).values_list("role", flat=True).first()
    if Permission.SIGN_OFF not in GRANTS.get(role, frozenset()):
        return []
    led = set(Action.objects.filter(plan__board=board).led_by(taker).values_list("pk", flat=True))
    return [each for each in sign_offs if each.by_id != taker.pk and each.action_id not in led]


def _others(leads: list[Lead]) -> list[str]:
    """What else names these leads, whichever app it is of: "2 measures"."""
    found = []
    for relation in Lead._meta.related_objects:
        model, names = relation.related_model, relation.related_model._meta
        if model not in SHOWN:
            number = model._base_manager.filter(**{f"{relation.field.name}__in": leads}).count()
            found += (
                [plural(number, str(names.verbose_name), str(names.verbose_name_plural))] if number else []
            )
    return found
