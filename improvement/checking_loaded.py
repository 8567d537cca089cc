"""The checks of a few actions that a page of updates has loaded already: one query more."""

from collections.abc import Iterable, Sequence
from datetime import date

from improvement.check_facts import Looks, gather_facts
from improvement.checking import NO_UPDATE, Seeing, judge
from improvement.checks import ActionSeen
from improvement.findings import Findings
from plans.models import Action, Plan, ProgressUpdate
from plans.rating import UNRATED, KeyEntry, Meaning
from plans.rating.key_words import good_word
from plans.standing import AsAt, Moves, moves_by_action, shown_day


def findings_of_loaded(
    plan: Plan, actions: Sequence[Action], today: date, key: Sequence[KeyEntry]
) -> Findings:
    """What there is to ask of actions from `load_for_updates`, but for what their measures say.

    Judging measures takes more queries than a page of twenty actions can spare.
    """
    day = plan.as_at(today)
    facts = gather_facts(plan, AsAt(day), None, [action.pk for action in actions])
    shown = shown_day(plan, today, meetings=facts.meetings)
    looks = Looks.of(day, [meeting.on for meeting in facts.meetings])
    facts.slipping = {action.pk for action in actions if _slips(action, (day, *looks.days))}
    words = {entry.code: entry.word for entry in key}
    seeing = Seeing(shown, looks, facts, {}, words, good_word(key))
    seen = {action.pk: _see(plan, seeing, action) for action in actions}
    return Findings(plan, judge(seeing, seen, whole=False))


def _see(plan: Plan, seeing: Seeing, action: Action) -> ActionSeen:
    day = seeing.shown.day
    latest, before = update_on(action, day), update_on(action, seeing.shown.before)
    moves = ((move.action_id, move.on, move.from_due, move.to_due) for move in action.standing_moves)
    lead = next((link.lead for link in action.action_leads.all() if link.accountable), None)
    said = (latest.rating, latest.on, latest.happened, latest.way_back) if latest else NO_UPDATE
    return seeing.see(
        action.pk,
        area=action.area_id,
        due=action.target_due,
        added_on=action.added_on,
        before=before.rating if before else UNRATED,
        lead=(lead.pk, lead.name) if lead else (None, None),
        update=said,
        moves=moves_by_action(moves, seeing.shown).get(action.pk) or Moves(),
        needs_sign_off=plan.blue_needs_sign_off,
    )


def update_on(action: Action, day: date) -> ProgressUpdate | None:
    """The update that stood as the action's latest on that day."""
    return next((update for update in action.standing_updates if update.on <= day), None)


def _slips(action: Action, days: Iterable[date]) -> bool:
    updates = (update_on(action, day) for day in days)
    return all(update is not None and update.rating == Meaning.SLIPPAGE for update in updates)
