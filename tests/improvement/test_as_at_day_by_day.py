"""A page as at a day shows what it showed on that day: done day by day, and looked at again at the end."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
import time_machine
from django.urls import reverse

from plans.models import Meeting, Role
from plans.rating import DEFAULT_KEY
from plans.services.actions import create_action, edit_action, restore_action, withdraw_action
from plans.services.areas import create_area, edit_area, move_area
from plans.services.people import rename_lead
from plans.services.plans import edit_plan, set_key
from plans.services.progress import move_target, set_step_done
from plans.services.steps import create_step
from tests.factories import make_action, make_area, make_board, make_member, make_plan, make_step, make_update

pytestmark = pytest.mark.django_db

BEGAN = date(2026, 1, 5)
DAYS = [BEGAN + timedelta(11 * n) for n in range(6)]
RATINGS = ["on_track", "slippage", "off_track", "complete"]


class Story:
    """A plan, and everything that people can do to it."""

    def __init__(self, seed):
        self.random, self.board = Random(seed), make_board()
        self.plan = make_plan(self.board, "The plan")
        self.editor = make_member(self.board, Role.EDITOR)
        areas = [make_area(self.plan, name) for name in ("Front door", "Homes")]
        for number in range(4):
            action = make_action(
                self.random.choice(areas), f"Action {number}", reference=str(number), target="1 March 2026"
            )
            make_step(action, target="20 January 2026")
        for on in (DAYS[1], DAYS[3]):
            Meeting.objects.create(board=self.board, on=on)

    def act(self, today):
        doings = [
            self.update,
            self.update,
            self.move,
            self.reword,
            self.reword_heading,
            self.put_elsewhere,
            self.add,
            self.withdraw,
            self.bring_back,
            self.tick,
            self.hand_over,
            self.rename_lead,
            self.rename,
        ]
        for doing in self.random.sample(doings, 7):
            doing(today)

    def any(self, rows):
        rows = list(rows)
        return self.random.choice(rows) if rows else None

    @property
    def action(self):
        return self.any(self.plan.actions.current())

    def update(self, today):
        make_update(self.action, self.random.choice(RATINGS), happened=f"Done by {today}")

    def move(self, today):
        action, to = self.action, f"{self.random.randint(1, 28)} June 2026"
        if action.target_text != to:
            move_target(action, to=to, by=self.editor, reason="More time.")
        step = action.steps.first()
        if step and step.target_text != to:
            move_target(step, to=to, by=self.editor, reason="More time.")

    def reword(self, today):
        edit_action(self.action, by=self.editor, title=f"Reworded on {today}", outcome=f"Better by {today}")

    def reword_heading(self, today):
        edit_area(self.any(self.plan.areas.all()), by=self.editor, title=f"Heading of {today}")

    def put_elsewhere(self, today):
        edit_action(self.action, by=self.editor, area=self.any(self.plan.areas.all()))

    def add(self, today):
        area = create_area(self.plan, f"New on {today}", by=self.editor)
        action = create_action(area, f"Added on {today}", by=self.editor, target_text="1 May 2026")
        create_step(action, "1", f"Step of {today}", by=self.editor)

    def withdraw(self, today):
        if self.plan.actions.current().count() > 2:
            withdraw_action(self.action, by=self.editor, reason="Not needed.")

    def bring_back(self, today):
        action = self.any(self.plan.actions.filter(withdrawn_on__isnull=False))
        if action:
            restore_action(action, by=self.editor, reason="Needed after all.")

    def tick(self, today):
        step = self.action.steps.first()
        set_step_done(step, None if step.done_on else today, by=self.editor)

    def hand_over(self, today):
        names = [lead.name for lead in self.board.leads.all()]
        names.append(f"Director {len(names)} since {today}")
        wanted = self.random.sample(names, min(len(names), self.random.randint(0, 2)))
        edit_action(self.action, by=self.editor, leads_text=", ".join(wanted))

    def rename_lead(self, today):
        if lead := self.any(self.board.leads.all()):
            rename_lead(lead, f"Head {lead.pk} of {today}", by=self.editor)

    def rename(self, today):
        self.plan.refresh_from_db()
        edit_plan(self.plan, by=self.editor, title=f"The plan of {today}")
        key = [replace(entry, word=f"{entry.colour} of {today}") for entry in DEFAULT_KEY]
        set_key(self.plan, key, by=self.editor)
        areas = list(self.plan.areas.filter(parent=None))
        move_area(areas[-1], parent=None, after=None, by=self.editor)


def looked_at(story, client, day=None):
    """What the pages say of the plan, today or as at a day."""
    client.force_login(story.editor, backend="allauth.account.auth_backends.AuthenticationBackend")
    query = {"as_at": day.isoformat()} if day else {}

    def get(name, *args, **further):
        return client.get(reverse(name, args=[story.board.slug, *args]), query | further)

    dashboard = get("dashboard").context["dashboard"]
    listed = get("plans:action_list", _export="csv", sort="action").content.decode()
    document = get("plans:plan").context["document"]
    action = min(story.plan.actions.values_list("pk", flat=True))
    return {
        "dashboard": told(dashboard),
        "list": sorted(listed.splitlines()),
        "plan": (document.plan.title, sorted(each for part in document.parts for each in parts(part))),
        "withdrawn": sorted(map(str, document.withdrawn)),
        "action": of_action(get("action", action).context["page"]),
        "area": of_area(get("area", min(area.pk for area in document.areas)).context),
    }


def told(dashboard):
    names = (
        "off_track",
        "worse",
        "better",
        "overdue",
        "moved",
        "quiet",
        "undated",
        "leaderless",
    )
    lists = (dashboard.overdue_list, dashboard.due_soon_list)
    return (
        [
            (count.entry.word if count.entry else "", count.number, count.change)
            for count in dashboard.ratings
        ],
        [(name, getattr(dashboard, name).number) for name in names],
        sorted(
            (str(row.area), row.total.number, row.overdue.number, row.moved.number) for row in dashboard.areas
        ),
        [[(str(each.action), each.due, each.accountable, each.late) for each in some] for some in lists],
    )


def parts(part):
    yield str(part.area), ""
    for entry in part.entries:
        action = entry.action
        steps = [(step.text, step.target_text, step.done_on) for step in entry.steps]
        yield (
            str(part.area),
            str((str(action), entry.rating, action.due_text, entry.moved, entry.leads, entry.texts, steps)),
        )
    for inner in part.parts:
        yield from parts(inner)


def of_action(page):
    steps = [(state.step.text, state.step.target_text, state.words) for state in page.steps]
    moments = [(moment.update.on, moment.entry, moment.before) for moment in page.moments]
    changes = [change.when for change, _ in page.changes]
    words = (page.action.title, page.texts, page.action.target_text, page.date_heading, page.overdue_words)
    who = (page.accountable, page.others)
    return words, who, steps, moments, changes, page.action.withdrawn_on, page.action.withdrawn_reason


def of_area(context):
    page = context["page"]
    rows = [(str(row.record), row.record.rating, row.record.due) for row in context["table"].page.object_list]
    return str(context["area"]), page.total, page.overdue, sorted(rows)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_past_day_shows_what_was_shown_on_it(client, seed):
    with time_machine.travel(f"{BEGAN} 08:00"):
        story = Story(seed)
    seen = {}
    for day in DAYS:
        with time_machine.travel(f"{day} 09:00", tick=False) as clock:
            for _ in range(2):
                story.act(day)
                clock.shift(60)
            seen[day] = looked_at(story, client)
            assert looked_at(story, client, day) == seen[day]
    with time_machine.travel(f"{DAYS[-1] + timedelta(5)} 12:00"):
        for day in DAYS:
            for page, words in looked_at(story, client, day).items():
                assert (day, page, words) == (day, page, seen[day][page])
