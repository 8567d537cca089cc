"""What the page of one action says of its sign-off, as at the day shown."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from plans.models import Action, Evidence, Outcome, ProgressUpdate, SignOff
from plans.standing import AsAt, sign_off_flag
from plans.templatetags.components import long_date


@dataclass(frozen=True)
class SignOffEvent:
    """One thing that became of a request: asked, agreed, refused, dropped or opened again."""

    on: date
    by: str
    words: str
    kind: str
    reason: str = ""


class ActionSignOff:
    """`updates` are the action's, with their evidence; `latest` is the one whose rating is shown."""

    def __init__(
        self, action: Action, shown: AsAt, updates: list[ProgressUpdate], latest: ProgressUpdate | None
    ):
        self.action, self.shown, self.latest = action, shown, latest
        self._updates = {update.pk: update for update in updates}
        related = ("by", "decided_by", "reopened_by", "meeting")
        self.all = list(action.sign_offs.standing(shown.day).select_related(*related))
        for each in self.all:
            each.update = self._updates[each.update_id]

    @property
    def needed(self) -> bool:
        return self.action.plan.blue_needs_sign_off

    @cached_property
    def signed(self) -> SignOff | None:
        """The sign-off in force."""
        return next((each for each in self.all if self._is_in_force(each)), None)

    def _is_in_force(self, sign_off: SignOff) -> bool:
        agreed = sign_off.outcome == Outcome.AGREED and sign_off.decided_on <= self.shown.day
        return agreed and not (sign_off.reopened_on and sign_off.reopened_on <= self.shown.day)

    @cached_property
    def waiting(self) -> SignOff | None:
        day = self.shown.day
        return next((each for each in self.all if not each.decided_on or each.decided_on > day), None)

    @property
    def flag(self) -> tuple[str, str] | None:
        return sign_off_flag(
            rating=self.latest.rating if self.latest else "",
            needed=self.needed,
            signed_off_on=self.signed.decided_on if self.signed else None,
            waiting=bool(self.waiting),
        )

    @property
    def is_shown(self) -> bool:
        return self.needed or bool(self.all) or self.may_be_asked

    @property
    def may_be_asked(self) -> bool:
        """Reported complete with evidence, and not asked for with this update before."""
        latest = self.latest
        if latest is None or latest.rating != "complete" or self.signed or self.waiting:
            return False
        return bool(latest.evidence.all()) and latest.pk not in {each.update_id for each in self.all}

    @property
    def evidence(self) -> list[Evidence]:
        """What was shown for the sign-off in force, or for the one that waits."""
        current = self.signed or self.waiting
        return list(self._updates[current.update_id].evidence.all()) if current else []

    @property
    def was_refused(self) -> bool:
        """Whether the newest thing told is a reason that the lead must read."""
        return bool(self.events) and bool(self.events[0].reason)

    @cached_property
    def events(self) -> list[SignOffEvent]:
        """Everything that became of every request, the newest first."""
        told = [event for each in self.all for event in events_of(each) if event.on <= self.shown.day]
        return sorted(told, key=lambda event: event.on, reverse=True)


def events_of(sign_off: SignOff) -> list[SignOffEvent]:
    """What became of one request, the newest first."""
    events = [SignOffEvent(sign_off.on, _name(sign_off.by), "Sign-off asked for", "plain")]
    if sign_off.decided_on:
        words, kind = DECIDED[sign_off.outcome]
        if sign_off.meeting:
            words = f"{words} at the meeting of {long_date(sign_off.meeting.on)}"
        by, reason = _name(sign_off.decided_by), sign_off.decision_reason
        events.insert(0, SignOffEvent(sign_off.decided_on, by, words, kind, reason))
    if sign_off.reopened_on:
        by, reason = _name(sign_off.reopened_by), sign_off.reopened_reason
        events.insert(0, SignOffEvent(sign_off.reopened_on, by, "Opened again", "ask", reason))
    return events


DECIDED = {
    Outcome.AGREED: ("Signed off", "ok"),
    Outcome.REFUSED: ("Refused", "late"),
    Outcome.DROPPED: ("No longer asked for", "plain"),
}


def _name(user) -> str:
    return user.name if user else "Not recorded who"
