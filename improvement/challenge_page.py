"""What the page of one challenge says: all that happened to it, in order."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise

from django.utils import timezone

from improvement.challenges import Asked
from plans.history.leads import LeadNames
from plans.models import Challenge, Decision
from plans.standing import AsAt


@dataclass(frozen=True)
class Happened:
    on: date
    by: str
    heading: str
    text: str


class ChallengePage:
    def __init__(self, challenge: Challenge, shown: AsAt):
        self.challenge, self.shown = challenge, shown
        LeadNames(challenge.board_id, shown.past_day).tell([challenge.owner])
        self.asked = Asked(challenge, shown.day, challenge.board.slug)

    @cached_property
    def decisions(self) -> list[Decision]:
        made = self.challenge.decisions.select_related("meeting")
        return list(made.filter(meeting__on__lte=self.shown.day) if self.shown.is_past else made)

    @cached_property
    def story(self) -> list[Happened]:
        """Answers, and each time that it was closed or opened again; the latest first."""
        answers = [
            (answer.recorded_at, Happened(answer.on, _name(answer.by), "Answer", answer.text))
            for answer in self.challenge.answers.all()
        ]
        told = sorted([*reversed(answers), *self._turns()], key=lambda pair: pair[0])
        return [happened for _, happened in reversed(told) if happened.on <= self.shown.day]

    def _turns(self):
        rows = list(self.challenge.history.select_related("history_user").order_by("history_id"))
        for before, row in pairwise(rows):
            on = row.closed_on or timezone.localdate(row.history_date)
            if row.closed_on and not before.closed_on:
                heading = f"Closed. {row.get_outcome_display()}"
                yield row.history_date, Happened(on, _name(row.history_user), heading, row.outcome_words)
            elif before.closed_on and not row.closed_on:
                reason = row.history_change_reason or ""
                yield row.history_date, Happened(on, _name(row.history_user), "Opened again", reason)


def _name(user) -> str:
    return user.name if user else "Not recorded who"
