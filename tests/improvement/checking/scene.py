"""A board that meets, on which checks have something to ask."""

from datetime import date

from django.utils import timezone

from improvement.checking import findings_of
from plans.models import CheckAnswer, Meeting, Role
from plans.standing import shown_day
from tests.factories import make_action, make_area, make_board, make_lead, make_member, make_plan, make_update

TODAY = date(2030, 6, 15)
FAR = "31 December 2030"


class Scene:
    """A board that met on 10 April, 8 May and 12 June, with a plan of one area."""

    def __init__(self):
        self.board = make_board("teesmere")
        self.head = make_member(self.board, Role.LEAD, "Head of Service")
        self.lead = make_lead(self.board, holder=self.head)
        self.plan = make_plan(self.board)
        self.area = make_area(self.plan)
        for on in (date(2030, 4, 10), date(2030, 5, 8), date(2030, 6, 12)):
            Meeting.objects.create(board=self.board, on=on)

    def add(self, rating="on_track", *, on=date(2030, 6, 13), target=FAR, leads=None, **said):
        leads = self.lead.name if leads is None else leads
        action = make_action(self.area, target=target, leads=leads)
        if rating is not None:
            make_update(action, rating, on=on, **said)
        return action

    def findings(self, actions=None, day=None):
        meetings = list(self.board.meetings.standing())
        shown = shown_day(self.plan, timezone.localdate(), chosen=day, meetings=meetings)
        return findings_of(self.plan, shown, actions)

    def asked(self, day=None):
        """What is asked as {(kind, id): [check names]}."""
        found = {}
        for each in self.findings(day=day).open:
            found.setdefault((each.check.on, each.pk), []).append(each.check.name)
        return found

    def of(self, action, day=None):
        return self.asked(day).get(("action", action.pk), [])

    def answer(self, finding, on=TODAY):
        return CheckAnswer.objects.create(
            **{f"{finding.check.on}_id": finding.pk},
            check_name=finding.check.name,
            basis=finding.basis,
            reason="The board knows.",
            on=on,
            recorded_on=timezone.localdate(),
            recorded_at=timezone.now(),
        )
