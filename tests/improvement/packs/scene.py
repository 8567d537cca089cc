"""A plan with a meeting before and one to come, and something of all that a pack tells."""

from datetime import date

from impact.services.challenges import challenge_measure
from plans.models import Role
from plans.services.challenges import answer_challenge
from plans.services.meetings import record_decision
from plans.services.moves import ask_or_move
from plans.services.plans import edit_plan
from tests.factories import (
    make_action,
    make_area,
    make_board,
    make_challenge,
    make_lead,
    make_meeting,
    make_member,
    make_plan,
    make_step,
    make_update,
    report_done,
)
from tests.impact.factories import make_narrative
from tests.impact.measuring import FALLING, make_measure, make_stock

NOW = "2026-03-26T16:00:00+00:00"
LAST, NEXT = date(2026, 2, 24), date(2026, 3, 30)
LEAD = "Head of Service for Assessment"


class Scene:
    def __init__(self, slug="here"):
        self.board = make_board(slug)
        self.editor = make_member(self.board, Role.EDITOR, "An editor")
        self.lead = make_lead(self.board, LEAD, make_member(self.board, Role.LEAD, "A lead"))
        self.plan = make_plan(self.board, "Recovery plan", starts=date(2026, 1, 1))
        self.last = make_meeting(self.board, LAST)
        self.meeting = make_meeting(self.board, NEXT)
        self.areas()
        self.around()

    def areas(self):
        area = self.area = make_area(self.plan, "Front door", reference="1")
        inner = make_area(self.plan, "Contacts", parent=area, reference="1.1", level=0)
        self.worse = self.action(inner, "4", "Agree thresholds with partners", "slippage", "off_track")
        self.late = self.action(inner, "12", "Short breaks assessed", "on_track", "on_track", "28 Feb 2026")
        self.better = self.action(area, "7", "Supervision every month", "slippage", "on_track", "1 June 2026")
        make_step(self.better, "1", "Train the managers", target="1 May 2026")
        self.quiet = self.action(area, "9", "Audit ten files", "on_track", "", "1 July 2026")
        self.moved = self.action(area, "2", "Fill two posts", "on_track", "on_track", "30 April 2026")
        ask_or_move(self.moved, to="31 May 2026", by=self.editor, reason="Nobody applied.", agreed_by="Chair")

    def action(self, area, reference, title, before, after, target=""):
        action = make_action(area, title, reference=reference, target=target, leads=LEAD)
        for rating, day in ((before, date(2026, 2, 10)), (after, date(2026, 3, 20))):
            if rating:
                make_update(action, rating, on=day, by=self.editor)
        return action

    def around(self):
        """What stands beside the actions."""
        self.measure = make_measure(self.board, FALLING, "Contacts decided in a day", last=date(2026, 2, 1))
        make_stock(self.board, last=date(2026, 2, 1))
        make_narrative(self.area, "Children are seen *sooner*.", on=date(2026, 3, 10), ends=date(2026, 2, 28))
        challenge = make_challenge(self.worse, by=self.editor, on=date(2026, 2, 24), due=date(2026, 3, 10))
        answer_challenge(challenge, by=self.editor, text="Two partners have signed.", on=date(2026, 3, 12))
        challenge_measure(
            self.measure,
            by=self.editor,
            question="Why did it fall?",
            owner=self.lead,
            due=date(2026, 3, 20),
            on=date(2026, 2, 24),
        )
        record_decision(self.last, by=self.editor, text="Report on thresholds.", action=self.worse)
        edit_plan(self.plan, by=self.editor, blue_needs_sign_off=True)
        self.done = make_action(
            self.area, "Publish the guide", reference="20", leads=LEAD, target="1 May 2026"
        )
        report_done(self.done, by=self.lead.holders.get(), on=date(2026, 3, 18))
