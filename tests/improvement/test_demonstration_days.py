from datetime import timedelta

import pytest
import time_machine
from django.db.models import Q
from django.utils import timezone

from audits.models import Audit, Review
from improvement.demonstration.loading import load_demonstration
from plans.models import (
    Action,
    Challenge,
    ChallengeAnswer,
    CheckAnswer,
    ClockStop,
    Decision,
    Evidence,
    Inspection,
    Meeting,
    MoveRequest,
    ProgressUpdate,
    SignOff,
    TargetMove,
)

pytestmark = pytest.mark.django_db

# What is told of a day that has been: each model with the columns of such days.
PAST = {
    Action: ["added_on"],
    Audit: ["done_on", "learning_on"],
    Challenge: ["raised_on", "closed_on"],
    ChallengeAnswer: ["on"],
    CheckAnswer: ["on"],
    ClockStop: ["on"],
    Decision: ["meeting__on"],
    Evidence: ["dated"],
    Inspection: ["received_on"],
    MoveRequest: ["on", "decided_on"],
    ProgressUpdate: ["on"],
    Review: ["on"],
    SignOff: ["on", "decided_on"],
    TargetMove: ["on", "meeting__on"],
}


@pytest.mark.parametrize("day", ["2027-01-01", "2027-03-31", "2028-02-29"])
def test_it_loads_on_any_day(day):
    with time_machine.travel(f"{day} 09:00"):
        load_demonstration()
        today = timezone.localdate()
    assert Action.objects.count() == 64
    assert Meeting.objects.filter(on=today + timedelta(2)).count() == 1
    assert Audit.objects.filter(status="done").count() == 25
    assert CheckAnswer.objects.count() == 2
    to_come = {
        (model.__name__, column): model.objects.filter(Q(**{f"{column}__gt": today})).count()
        for model, columns in PAST.items()
        for column in columns
    }
    assert {place for place, count in to_come.items() if count} == set()
