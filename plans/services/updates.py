"""What the monthly round of updates reads, with a number of queries that does not grow."""

from collections import Counter
from collections.abc import Iterable

from django.db.models import Prefetch, prefetch_related_objects

from plans.models import Action, ActionLead, MoveRequest, Plan, ProgressUpdate, TargetMove, User
from plans.models.querysets import ActionQuerySet
from plans.rating import Meaning


def actions_led(plan: Plan, user: User) -> ActionQuerySet:
    """The plan's standing actions of which the person holds a lead, in the plan's order."""
    return plan.actions.current().led_by(user)


def count_unfinished(plans: Iterable[Plan], user: User) -> Counter[int]:
    """By plan id how many standing actions the person leads in it that are not complete."""
    led = Action.objects.filter(plan__in=plans).current().led_by(user).with_rating()
    unfinished = led.exclude(rating=Meaning.COMPLETE).order_by()
    return Counter(plan for plan, _ in unfinished.values_list("plan_id", "pk"))


def load_for_updates(actions: ActionQuerySet, plan: Plan) -> list[Action]:
    """The actions with `standing_updates` (the latest first, each with its `decision`), `standing_moves`,
    `waiting_moves` asked for, steps, leads and what `with_sign_off` tells."""
    loaded = list(actions.with_sign_off())
    for action in loaded:
        action.plan = plan
    updates = ProgressUpdate.objects.standing().with_decision().select_related("by").latest_first()
    moves = TargetMove.objects.standing().filter(step__isnull=True).select_related("by")
    asked = MoveRequest.objects.waiting().filter(step__isnull=True).select_related("by")
    asked = asked if plan.moves_need_agreement else asked.none()
    prefetch_related_objects(
        loaded,
        Prefetch("updates", updates, to_attr="standing_updates"),
        Prefetch("moves", moves, to_attr="standing_moves"),
        Prefetch("move_requests", asked, to_attr="waiting_moves"),
        Prefetch("action_leads", ActionLead.objects.select_related("lead")),
        "steps",
    )
    return loaded


def lock_actions(pks: Iterable[int]) -> None:
    """Makes others who would update these actions wait until the transaction ends."""
    list(Action.objects.select_for_update().filter(pk__in=list(pks)).order_by("pk").values_list("pk"))
