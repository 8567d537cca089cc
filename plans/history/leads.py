"""Who led an action on the day shown: after `PlanThen.tell`, which says what was otherwise then."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils import timezone

from plans.leads import lead_key
from plans.models import Action, Board, Lead
from plans.models.querysets import end_of


def names_on(board: Board | int, day: date) -> dict[str, str]:
    """By the key of any name that a lead of the board has had, the lead's name at the end of `day`.

    A name that has been of several leads is that of the last by then. One query.
    """
    end, names, owners = end_of(day), {}, {}
    rows = Lead.history.filter(board=board).order_by("history_date", "history_id")
    for pk, key, name, at in rows.values_list("id", "key", "name", "history_date"):
        if at < end:
            names[pk], owners[key] = name, pk
        else:
            names.setdefault(pk, name)
            owners.setdefault(key, pk)
    return {key: names[pk] for key, pk in owners.items()}


def name_then(name: str, names: Mapping[str, str]) -> str:
    """The lead's name on the day of `names`, given one that it has ever had."""
    return names.get(lead_key(name), name)


def tell_leads(leads: Iterable[Lead | None], day: date) -> None:
    """Gives leads of one board their names of the day. Never save them. One query on a past day."""
    named = [lead for lead in leads if lead] if day < timezone.localdate() else []
    names = names_on(named[0].board_id, day) if named else {}
    for lead in named:
        lead.name = name_then(lead.name, names)


def lead_named(action: Action, name: str) -> str:
    """The name on the day shown of a lead of the action, given that of now."""
    return name_then(name, getattr(action, "lead_names", {}))


def leads_then(action: Action) -> list[tuple[str, bool]]:
    """(name, whether accountable) of each lead on the day shown, in their order."""
    then = getattr(action, "leads_then", None)
    if then is not None:
        return [(name, place == 0) for place, name in enumerate(then)]
    return [(lead_named(action, link.lead.name), link.accountable) for link in action.action_leads.all()]


def accountable_of(action: Action) -> str:
    """Who was accountable on the day shown; "" for nobody."""
    return next((name for name, is_accountable in leads_then(action) if is_accountable), "")


def lead_then(action: Action, now: str | None) -> str | None:
    """The same, given who is accountable now; None for nobody."""
    then = getattr(action, "leads_then", None)
    if then is None:
        return now and lead_named(action, now)
    return next(iter(then), None)
