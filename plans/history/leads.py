"""Who led an action on the day shown: after `PlanThen.tell`, which says what was otherwise then."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property

from plans.leads import lead_key
from plans.models import Action, Board, Lead
from plans.models.querysets import end_of

# (id, name) of a lead; no id where a text names somebody who never was one.
Named = tuple[int | None, str]


class LeadNames:
    """What a board's leads were called at the end of a past day, or are now where `past_day` is None.

    One query, made once a past day's name is asked for.
    """

    def __init__(self, board: Board | int, past_day: date | None):
        self.board, self.past_day = board, past_day

    def of(self, lead: int, now: str) -> str:
        """The name of the lead with this id, given that of now."""
        return self._told[0].get(lead, now) if self.past_day else now

    def written(self, name: str) -> Named:
        """The lead whom a text of the day means: of several who had the name, the last by then."""
        lead = self._told[1].get(lead_key(name)) if self.past_day else None
        return (None, name) if lead is None else (lead, self.of(lead, name))

    def tell(self, leads: Iterable[Lead | None]) -> None:
        """Gives leads of the board their names of the day. Never save them."""
        for lead in filter(None, leads):
            lead.name = self.of(lead.pk, lead.name)

    @cached_property
    def _told(self) -> tuple[dict[int, str], dict[str, int]]:
        """By id each lead's name of the day, and by the key of any name whose it was."""
        end, names, owners = end_of(self.past_day), {}, {}
        rows = Lead.history.filter(board=self.board).order_by("history_date", "history_id")
        for pk, key, name, at in rows.values_list("id", "key", "name", "history_date"):
            if at < end:
                names[pk], owners[key] = name, pk
            else:
                names.setdefault(pk, name)
                owners.setdefault(key, pk)
        return names, owners


def _leads_of(action: Action) -> list[tuple[Named, bool]]:
    """Each lead on the day shown and whether accountable, in their order."""
    then = getattr(action, "leads_then", None)
    if then is not None:
        return [(lead, place == 0) for place, lead in enumerate(then)]
    links = action.action_leads.all()
    return [(_named(action, (link.lead_id, link.lead.name)), link.accountable) for link in links]


def _named(action: Action, lead: tuple[int, str]) -> Named:
    names: LeadNames | None = getattr(action, "names_then", None)
    return (lead[0], names.of(*lead)) if names else lead


def leads_then(action: Action) -> list[tuple[str, bool]]:
    """(name, whether accountable) of each lead on the day shown, in their order."""
    return [(name, is_accountable) for (_, name), is_accountable in _leads_of(action)]


def accountable_then(action: Action) -> Named | None:
    """Who was accountable on the day shown; None for nobody."""
    return next((lead for lead, is_accountable in _leads_of(action) if is_accountable), None)


def accountable_of(action: Action) -> str:
    """The same by name; "" for nobody."""
    lead = accountable_then(action)
    return lead[1] if lead else ""


def lead_then(action: Action, now: tuple[int, str] | None) -> str | None:
    """The same, given the id and name of who is accountable now; None for nobody."""
    then = getattr(action, "leads_then", None)
    if then is not None:
        return then[0][1] if then else None
    return now and _named(action, now)[1]
