"""How the answer to a check breaks each of its constraints, for test_constraints."""

from datetime import date

from django.utils import timezone

from plans.models import CheckAnswer

DAY = date(2026, 1, 5)


def answer(rows, **fields):
    told = {"on": DAY, "recorded_on": DAY, "recorded_at": timezone.now(), "action": rows.action}
    told |= {"check_name": "no_update", "basis": "0" * 64, "reason": "The board knows."}
    return CheckAnswer.objects.create(**(told | fields))


TRIALS = {
    "check_answer_not_in_the_future": lambda rows: answer(rows, on=date(2026, 1, 6)),
    "check_answer_is_on_one_thing": lambda rows: answer(rows, recommendation=rows.recommendation),
    "check_answer_has_a_reason": lambda rows: answer(rows, reason=""),
    "check_answer_taken_back_at_a_time": lambda rows: answer(rows, withdrawn_by=rows.user),
}
