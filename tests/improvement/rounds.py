"""A head of service with actions to update."""

from datetime import date

from django.urls import reverse

from plans.models import ProgressUpdate, Role
from tests.factories import make_action, make_area, make_board, make_lead, make_member, make_plan, make_update
from tests.pages import fields_of

FEBRUARY = ("on_track", "The team met and agreed the next step.", "")


class Scene:
    """A board with a plan, a head of service who leads actions 1 to `count`, rated in February."""

    def __init__(self, signed_in, count=3, rating="on_track"):
        self.board = make_board("teesmere")
        self.head = make_member(self.board, Role.LEAD, "Head of Service")
        self.lead = make_lead(self.board, holder=self.head)
        self.plan = make_plan(self.board, starts=date(2030, 1, 1), ends=date(2030, 12, 31))
        self.area = make_area(self.plan)
        self.actions = [self.add(str(n), rating) for n in range(1, count + 1)]
        self.url = reverse("my_updates", args=["teesmere"])
        self.client = signed_in(self.head)

    def add(self, reference, rating="on_track", target="30 April 2030"):
        title = f"Do what stands as number {reference}"
        action = make_action(self.area, title, reference=reference, target=target, leads=self.lead.name)
        if rating:
            make_update(action, rating, on=date(2030, 2, 18), by=self.head)
        return action

    def open(self, **query):
        return self.client.get(self.url, query)

    def filled(self, page=None, **rows):
        """The form's fields as the browser sends them, changed by rows as a1={"happened": ...}."""
        fields = fields_of(page or self.open(), "save")
        for row, changes in rows.items():
            action = self.actions[int(row[1:]) - 1]
            fields |= {f"a{action.pk}-{name}": value for name, value in changes.items()}
        return fields

    def save(self, page=None, which="all", **rows):
        return self.client.post(self.url, self.filled(page, **rows) | {"save": which}, follow=True)

    def said(self, n):
        """The standing updates of action n, the latest first, as (rating, happened, way back)."""
        updates = ProgressUpdate.objects.standing().filter(action=self.actions[n - 1]).latest_first()
        return list(updates.values_list("rating", "happened", "way_back"))
