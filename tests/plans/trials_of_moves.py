"""How a request to move a date breaks each of its constraints, for test_constraints."""

from datetime import date

from django.utils import timezone

from plans.models import MoveRequest, Outcome

DAY = date(2026, 1, 5)


def asked(rows, **fields):
    told = {"on": DAY, "recorded_on": DAY, "recorded_at": timezone.now(), "action": rows.action}
    return MoveRequest.objects.create(**(told | {"to_text": "Ongoing", "reason": "Open posts"} | fields))


def refused(rows, **fields):
    told = {"outcome": Outcome.REFUSED, "decided_by": rows.user, "decided_on": DAY, "decision_reason": "No"}
    return asked(rows, **(told | fields))


TRIALS = {
    "move_request_not_in_the_future": lambda rows: asked(rows, on=date(2026, 1, 6)),
    "move_request_outcome_known": lambda rows: asked(rows, outcome="lost", decided_on=DAY),
    "move_request_decided_on_a_day": lambda rows: refused(rows, decided_on=None),
    "move_request_decided_by_another": lambda rows: refused(rows, by=rows.user),
    "move_request_refused_with_a_reason": lambda rows: refused(rows, decision_reason=""),
    "move_request_has_a_reason": lambda rows: asked(rows, reason=""),
    "move_request_to_paired": lambda rows: asked(rows, to_due=DAY),
    "move_request_agreed_made_a_move": lambda rows: refused(rows, outcome=Outcome.AGREED),
    "move_of_an_action_asked_once": lambda rows: [asked(rows), asked(rows)],
    "move_of_a_step_asked_once": lambda rows: [asked(rows, step=rows.step) for _ in range(2)],
}
