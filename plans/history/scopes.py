"""Which rows belong to a board or to an action, for each way in which they hang on it."""

from django.db.models import Q

from plans.models import Action, Board, Inspection, Lead, Meeting, Plan


def of_board(board: Board) -> dict[str, Q]:
    """By the history itself, so that what hung on something removed is found too."""
    plans = Plan.history.filter(board_id=board.pk).values("id")
    actions = Action.history.filter(plan_id__in=plans, history_type="+").values("id")
    meetings = Meeting.history.filter(board_id=board.pk).values("id")
    return {
        "itself": Q(id=board.pk),
        "board": Q(board_id=board.pk),
        "inspection": Q(inspection_id__in=Inspection.history.filter(board_id=board.pk).values("id")),
        "lead": Q(lead_id__in=Lead.history.filter(board_id=board.pk).values("id")),
        "plan": Q(plan_id__in=plans),
        "action itself": Q(plan_id__in=plans),
        "action": Q(action_id__in=actions),
        "appended": Q(action__plan__board=board),
        "answered": Q(action__plan__board=board) | Q(recommendation__board=board),
        "meeting": Q(meeting_id__in=meetings),
        "decision": Q(meeting_id__in=meetings),
        "challenge itself": Q(board_id=board.pk),
        "challenge": Q(challenge__board=board),
        "pack": Q(board_id=board.pk),
        "sent": Q(pack__board=board),
        "redacted": Q(places__has_key=str(board.pk)),
    }


def of_action(action: Action) -> dict[str, Q]:
    own = Q(action_id=action.pk)
    answered = Q(challenge__action_id=action.pk)
    on_it = {"answered": own, "decision": own, "challenge itself": own, "challenge": answered}
    return {"action itself": Q(id=action.pk), "action": own, "appended": own, **on_it}
