"""Who led an action on the day shown: after `PlanThen.tell`, which says what was otherwise then."""

from plans.models import Action


def accountable_of(action: Action) -> str:
    """Who was accountable on the day shown, after `PlanThen.tell`; "" for nobody."""
    now = next((link.lead.name for link in action.action_leads.all() if link.accountable), "")
    return lead_then(action, now) or ""


def lead_then(action: Action, now: str | None) -> str | None:
    """The same, given who is accountable now."""
    then = getattr(action, "leads_then", None)
    return now if then is None else next(iter(then), None)
