"""A board without meetings on which a check has something to ask."""

from datetime import date

from django.urls import reverse

from plans.models import Role
from tests.factories import (
    make_action,
    make_area,
    make_board,
    make_lead,
    make_member,
    make_plan,
    make_update,
)
from tests.pages import fields_of

FAR = "31 December 2030"

QUESTION = "14 days overdue (due 1 June 2030) and still rated Green."


class Scene:
    """A board without meetings, and a plan of one area with one action overdue and rated green."""

    def __init__(self):
        self.board = make_board("teesmere")
        self.head = make_member(self.board, Role.LEAD, "Head of Service")
        self.lead = make_lead(self.board, holder=self.head)
        self.chair = make_member(self.board, Role.CHAIR, "Cleo Lark")
        self.member = make_member(self.board, Role.MEMBER)
        self.editor = make_member(self.board, Role.EDITOR)
        self.plan = make_plan(self.board, "Recovery plan")
        self.area = make_area(self.plan)
        self.late = self.add("1", target="1 June 2030")

    def add(self, reference, rating="on_track", *, target=FAR, leads=None, area=None, **said):
        leads = self.lead.name if leads is None else leads
        action = make_action(
            area or self.area, f"Do {reference}", reference=reference, target=target, leads=leads
        )
        make_update(action, rating, on=date(2030, 6, 13), **said)
        return action

    @property
    def url(self):
        return reverse("questions", args=["teesmere"])

    def answer_url(self, action=None):
        return reverse("check_answer", args=["teesmere", (action or self.late).pk])

    def answer(self, client, reason="The board knows.", action=None):
        page = client.get(self.answer_url(action))
        fields = fields_of(page, "reason") | {"reason": reason}
        return client.post(self.answer_url(action), fields, follow=True)
