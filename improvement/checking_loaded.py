"""The checks of a few actions that a page of updates has loaded already."""

from collections.abc import Iterable, Sequence
from datetime import date

from improvement.action_rows import NO_UPDATE, ActionRow
from improvement.check_facts import Facts, Looks, gather_facts
from improvement.checking import Seeing, found_of
from improvement.findings import Findings
from plans.models import Action, Plan, ProgressUpdate, User
from plans.rating import UNRATED, KeyEntry, Meaning
from plans.standing import AsAt, Moves, moves_by_action
from plans.wording.silence import says_nothing


def facts_for_updates(plan: Plan, actions: Sequence[int], today: date, reader: User) -> Facts:
    """What `findings_of_loaded` needs to know of the actions with these ids, and what the reader has to
    answer: one query."""
    return gather_facts(plan, AsAt(plan.as_at(today)), None, actions, reader=reader)


def findings_of_loaded(
    plan: Plan, shown: AsAt, actions: Sequence[Action], key: Sequence[KeyEntry], facts: Facts
) -> Findings:
    """What there is to ask of actions from `load_for_updates`, but for what their measures say.

    Judging measures takes more queries than a page of twenty actions can spare.
    """
    looks = Looks.of(shown.day, [meeting.on for meeting in facts.meetings])
    facts.slipping = {action.pk for action in actions if _slips(action, (shown.day, *looks.days))}
    seeing = Seeing(plan, shown, looks, facts, {}, key)
    return found_of(seeing, [row_of_loaded(action, shown) for action in actions], whole=False)


def row_of_loaded(action: Action, shown: AsAt) -> ActionRow:
    """How an action stands that has `standing_updates`, `standing_moves` and its leads loaded."""
    latest, before = update_on(action, shown.day), update_on(action, shown.before)
    moves = ((move.action_id, move.on, move.from_due, move.to_due) for move in action.standing_moves)
    links = action.action_leads.all()
    lead = next((link.lead for link in links if link.accountable), None)
    said = NO_UPDATE
    if latest:
        said = (latest.rating, latest.on, latest.happened, latest.way_back, _earlier(action, latest))
    return ActionRow(
        action.pk,
        action.area_id,
        action.target_due,
        action.added_on,
        before.rating if before else UNRATED,
        bool(links),
        *((lead.pk, lead.name) if lead else (None, None)),
        *said,
        moves_by_action(moves, shown).get(action.pk) or Moves(),
    )


def update_on(action: Action, day: date) -> ProgressUpdate | None:
    """The update that stood as the action's latest on that day."""
    return next((update for update in action.standing_updates if update.on <= day), None)


def _earlier(action: Action, latest: ProgressUpdate) -> str:
    """The rating of the last update before it that said something or rated otherwise."""
    others = (each for each in action.standing_updates if (each.on, each.pk) < (latest.on, latest.pk))
    told = (each.rating for each in others if each.rating != latest.rating or not says_nothing(each.happened))
    return next(told, UNRATED)


def _slips(action: Action, days: Iterable[date]) -> bool:
    updates = (update_on(action, day) for day in days)
    return all(update is not None and update.rating == Meaning.SLIPPAGE for update in updates)
