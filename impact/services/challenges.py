"""Challenges on a measure."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from impact.models import Measure, MeasureChallenge
from plans.models import Challenge, Lead, Meeting, User
from plans.services.challenges import raise_challenge
from plans.services.history import save


@transaction.atomic
def challenge_measure(
    measure: Measure,
    *,
    by: User | None,
    question: str,
    owner: Lead,
    due: date,
    meeting: Meeting | None = None,
    on: date | None = None,
) -> Challenge:
    """Asks a question about a measure; otherwise as `raise_challenge`. Raises ValidationError."""
    if measure.closed_on:
        raise ValidationError("This measure is no longer reported, so there is nothing to challenge.")
    challenge = raise_challenge(
        measure.board, by=by, question=question, owner=owner, due=due, meeting=meeting, on=on
    )
    save(MeasureChallenge(challenge=challenge, measure=measure), by=by)
    return challenge
