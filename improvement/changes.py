"""What changed in a plan between two days, gathered in a number of queries that does not grow with it."""

from datetime import date, timedelta

from plans.history.leads import lead_then
from plans.history.then import PlanThen
from plans.ledger import Group, Moved
from plans.models import Action, ActionLead, Plan, ProgressUpdate, TargetMove
from plans.rating import Meaning
from plans.standing import DUE_SOON_DAYS, top_of
from plans.standing.compare import Changes, Compared, Side

NOBODY = "Nobody yet"


def changes_between(plan: Plan, first: date, last: date, then: PlanThen | None = None) -> Changes:
    """The plan at the end of `first` against that at the end of `last`, a later day.

    The words are those of now, or of the day that `then` shows. What is due next is what is due before the
    first meeting after `last`, or in 30 days without one.
    """
    before, after = sides_on(plan, first), sides_on(plan, last)
    moves, reported = moves_between(plan, first, last), _reported(plan, first, last)
    actions = plan.actions.select_related("merged_into").order_by("area__position", "position", "id")
    # Chosen here, since a database takes only so many ids in a question.
    actions = [action for action in actions if action.pk in before or action.pk in after]
    if then is not None and then.shown.is_past:
        then.tell(actions)
        actions = then.in_order(actions)
    areas = top_groups(plan, then)
    leads = accountable_leads(plan)
    compared = (
        Compared(
            pk=action.pk,
            name=str(action),
            area=areas[action.area_id].name,
            lead=lead_then(action, leads.get(action.pk)) or NOBODY,
            before=before.get(action.pk),
            after=after.get(action.pk),
            moves=tuple(moves.get(action.pk, ())),
            reported=action.pk in reported,
            gone=why_gone(action) if action.pk not in after else "",
        )
        for action in actions
    )
    return Changes(first, last, next_day(plan, last), tuple(compared))


def sides_on(plan: Plan, day: date) -> dict[int, Side]:
    """Every action of the plan at the end of `day`: one query."""
    actions = plan.actions.standing_on(day).with_rating(day).with_target(day).with_sign_off(day)
    rows = actions.order_by().values_list("pk", "rating", "due", "signed_off_on")
    needs = plan.blue_needs_sign_off
    return {
        pk: Side(rating, due, rating == Meaning.COMPLETE and (signed is not None or not needs))
        for pk, rating, due, signed in rows
    }


def moves_between(plan: Plan, first: date | None, last: date) -> dict[int, list[Moved]]:
    """Every move of an action's date after `first` (or ever) and up to `last`, the earliest first."""
    moves = TargetMove.objects.standing(last).filter(action__plan=plan, step__isnull=True)
    if first is not None:
        moves = moves.filter(on__gt=first)
    found: dict[int, list[Moved]] = {}
    for move in moves.select_related("by", "meeting", "request").order_by("on", "id"):
        found.setdefault(move.action_id, []).append(told_move(move))
    return found


def told_move(move: TargetMove) -> Moved:
    return Moved(
        on=move.on,
        before=move.from_due,
        after=move.to_due,
        before_text=move.from_text,
        after_text=move.to_text,
        reason=move.reason,
        by=move.by.name if move.by else "",
        agreed_by=move.agreed_by,
        meeting=move.meeting.on if move.meeting else None,
        asked_on=move.asked.on if move.asked else None,
    )


def _reported(plan: Plan, first: date, last: date) -> set[int]:
    updates = ProgressUpdate.objects.standing(last).filter(action__plan=plan, on__gt=first)
    return set(updates.order_by().values_list("action_id", flat=True))


def top_groups(plan: Plan, then: PlanThen | None = None) -> dict[int, Group]:
    """Of each heading of the plan the topmost above it, in the words of now or of the day of `then`."""
    is_past = then is not None and then.shown.is_past
    now = then.areas_now if is_past else plan.areas.only("id", "plan_id", "parent_id", "reference", "title")
    areas = {area.pk: area for area in now} | (then.areas_by_id if is_past else {})
    tops = top_of({pk: area.parent_id for pk, area in areas.items()})
    return {pk: Group(top, str(areas[top])) for pk, top in tops.items()}


def accountable_leads(plan: Plan) -> dict[int, tuple[int, str]]:
    """The id and name of who is accountable, by the id of the action."""
    links = ActionLead.objects.filter(accountable=True, action__plan=plan)
    return {action: tuple(lead) for action, *lead in links.values_list("action_id", "lead_id", "lead__name")}


def why_gone(action: Action) -> str:
    """Why an action was no part of the plan on the last day; what was brought back has lost its reason."""
    if action.withdrawn_on is None:
        return "Withdrawn, and brought back since"
    if action.merged_into_id:
        return f"Merged into {action.merged_into}: {action.withdrawn_reason}"
    return f"Withdrawn: {action.withdrawn_reason}"


def next_day(plan: Plan, last: date) -> date:
    """The day of the first meeting after `last`, or 30 days later where none is set."""
    coming = plan.board.meetings.coming(last + timedelta(1)).first()
    return coming.on if coming else last + timedelta(DUE_SOON_DAYS)
