"""The board's meetings, what it challenges, and what it decides."""

from collections.abc import Mapping
from datetime import time

from impact.services.challenges import challenge_measure
from improvement.demonstration.told import Told
from improvement.packs.closing import close_papers
from improvement.packs.starting import start_making
from plans.models import Challenge, Meeting, Presence, TargetMove
from plans.rhythm import Partners, Rhythm, propose_year
from plans.services.challenges import answer_challenge, close_challenge, raise_challenge
from plans.services.meetings import (
    MeetingDay,
    add_meeting,
    record_attendance,
    record_decision,
    set_up_rhythm,
)
from plans.services.people import find_or_create_leads


class Meetings:
    """Added before the plans, so that what was agreed at a meeting says so; the rest is told afterwards."""

    def __init__(self, told: dict, about: Told):
        self.told, self.about, self.days = told, about, about.days
        self.by = about.people[told["kept_by"]]
        self.challenges: dict[str, Challenge] = {}

    def add(self) -> None:
        for meeting in self.told["meetings"]:
            self._add(meeting)
        to_come = self.told["to_come"]
        proposed = propose_year(self.days.day(to_come, "first_"), Rhythm.FOUR_WEEKS, Partners.FROM_FIRST)
        days = [
            MeetingDay(each.on, "partners" if each.with_partners else "internal")
            for each in proposed[: to_come["times"]]
        ]
        set_up_rhythm(self.about.board, days, by=self.by, **_when(to_come))

    def _add(self, told: dict) -> None:
        on, kind = self.days.day(told), told["kind"]
        meeting = add_meeting(self.about.board, by=self.by, on=on, kind=kind, **_when(told))
        people = {
            self.about.people[email]: presence
            for name, presence in (("present", Presence.PRESENT), ("apologies", Presence.APOLOGIES))
            for email in told[name]
        }
        people |= {self.about.people[email]: Presence.DEPUTY for email in told.get("deputies", [])}
        record_attendance(meeting, by=self.by, people=people, guests=told["guests"])

    def record(self) -> None:
        """What members asked and what came of it, then what the meetings decided."""
        for challenge in self.told["challenges"]:
            self._challenge(challenge)
        for meeting in self.told["meetings"]:
            held = self.about.meeting(self.days.day(meeting))
            for decision in meeting["decisions"]:
                self._decide(held, decision)

    def _challenge(self, told: dict) -> None:
        people, on = self.about.people, self.days.day(told)
        challenge = self._raise(told, by=people[told["by"]], on=on, due=self.days.day(told, "due_"))
        for answer in told["answers"]:
            day, by = self.days.day(answer), people[answer["by"]]
            answer_challenge(challenge, by=by, text=answer["text"], on=day)
        if closed := told.get("closed"):
            words = {"outcome": closed["outcome"], "words": closed["words"]}
            close_challenge(challenge, by=people[closed["by"]], on=self.days.day(closed), **words)
        self.challenges[told["key"]] = challenge

    def _raise(self, told: dict, **fields) -> Challenge:
        [owner] = find_or_create_leads(self.about.board, [told["owner"]], by=None)
        fields |= {"question": told["question"], "owner": owner}
        if "measure" in told:
            measure = self.about.board.measures.get(name=told["measure"], closed_on__isnull=True)
            return challenge_measure(measure, **fields)
        places = {name: getattr(self.about, name)(told) for name in ("action", "area") if name in told}
        return raise_challenge(self.about.board, **places, **fields)

    def _decide(self, meeting: Meeting, told: dict) -> None:
        action = self.about.action(told) if "action" in told else None
        move = TargetMove.objects.get(action=action, meeting=meeting) if told.get("move") else None
        challenge = self.challenges.get(told.get("challenge", ""))
        record_decision(meeting, by=self.by, text=told["text"], action=action, move=move, challenge=challenge)

    def close_papers(self) -> None:
        """As at each meeting; the files are made once the first page is open."""
        for told in self.told["packs"]:
            meeting = self.about.meeting(self.days.day(told))
            close_papers(meeting, self.about.plan(told), by=self.by, start=False)
        start_making()


def _when(told: Mapping) -> dict:
    return {"starts_at": time.fromisoformat(told["starts_at"]), "place": told["place"]}
