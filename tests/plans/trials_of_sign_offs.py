"""How a sign-off breaks each of its constraints, for test_constraints."""

from datetime import date

from django.utils import timezone

from plans.models import Outcome, SignOff

DAY, EARLIER = date(2026, 1, 5), date(2026, 1, 4)


def sign_off(rows, **fields):
    told = {"on": DAY, "recorded_on": DAY, "recorded_at": timezone.now(), "action": rows.action}
    return SignOff.objects.create(update=rows.update(), **(told | fields))


def agreed(rows, **fields):
    return sign_off(
        rows, **({"outcome": Outcome.AGREED, "decided_by": rows.user, "decided_on": DAY} | fields)
    )


def refused(rows, **fields):
    return agreed(rows, **({"outcome": Outcome.REFUSED, "decision_reason": "Not yet"} | fields))


TRIALS = {
    "sign_off_not_in_the_future": lambda rows: sign_off(rows, on=date(2026, 1, 6)),
    "sign_off_outcome_known": lambda rows: sign_off(rows, outcome="lost", decided_on=DAY),
    "sign_off_decided_on_a_day": lambda rows: refused(rows, decided_on=None),
    "sign_off_decided_by_another": lambda rows: agreed(rows, by=rows.user),
    "sign_off_refused_with_a_reason": lambda rows: refused(rows, decision_reason=""),
    "sign_off_asked_once": lambda rows: [sign_off(rows), sign_off(rows)],
    "sign_off_stands_once": lambda rows: [agreed(rows), agreed(rows)],
    "sign_off_reopened_with_a_reason": lambda rows: agreed(
        rows, reopened_on=EARLIER, reopened_by=rows.user, reopened_reason="It slips"
    ),
}
