"""Who may enter a measure's values: whoever may edit the plan, and whoever holds the lead that owns it."""

from impact.models import Measure
from plans.access import Access, Permission


def may_enter(access: Access, measure: Measure) -> bool:
    return access.may(Permission.EDIT_PLAN) or measure.owner_id in access.held_leads


def enterable(access: Access):
    """The board's measures whose values and remarks this person may enter."""
    measures = Measure.objects.filter(board=access.board).current()
    return measures if access.may(Permission.EDIT_PLAN) else measures.filter(owner__in=access.held_leads)
