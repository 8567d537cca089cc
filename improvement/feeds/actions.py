"""The data set of actions: each as its plan's pages count it on the day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import OuterRef, Prefetch, Subquery

from improvement.feeds.fields import RATING, DataSet, Field, Kind
from improvement.feeds.plans import path_of, path_words, told_actions
from improvement.feeds.reading import PlanRead, Reading
from plans.history.answers import answered_by, tell_answers
from plans.history.leads import accountable_of, leads_then
from plans.models import Action, ActionLead, Area, ProgressUpdate, Step
from plans.models.querysets import ActionQuerySet
from plans.rating import KeyEntry, Meaning
from plans.standing import is_done

LEADS = Prefetch("action_leads", ActionLead.objects.select_related("lead"))


@dataclass
class ActionRow:
    action: Action
    read: PlanRead
    steps: list[Step]
    address: str

    @property
    def entry(self) -> KeyEntry | None:
        return self.read.key.get(self.action.rating)

    @property
    def entry_before(self) -> KeyEntry | None:
        return self.read.key.get(self.action.rating_before)

    @cached_property
    def path(self) -> list[Area]:
        return path_of(self.read, self.read.then.area_of(self.action.pk, self.action.area_id))

    @property
    def area(self) -> Area | None:
        return self.path[-1] if self.path else None

    @property
    def top(self) -> Area | None:
        return self.path[0] if self.path else None

    @property
    def leads(self) -> str:
        return "; ".join(name for name, _ in leads_then(self.action))

    @property
    def days_moved(self) -> int | None:
        action = self.action
        return (action.due - action.first_due).days if action.due and action.first_due else None

    @property
    def is_overdue(self) -> bool:
        due: date | None = self.action.due
        return due is not None and due < self.read.shown.day and self.action.rating != Meaning.COMPLETE

    @property
    def is_done(self) -> bool:
        needed = self.read.plan.blue_needs_sign_off
        return is_done(rating=self.action.rating, needed=needed, signed_off_on=self.action.signed_off_on)

    @property
    def steps_done(self) -> int:
        return sum(step.done_on is not None for step in self.steps)

    def answered(self, name: str) -> str:
        return "; ".join(str(words) for told in answered_by(self.action) if (words := getattr(told, name)))


def action_rows(reading: Reading) -> Iterator[ActionRow]:
    for read in reading.plans():
        for some in told_actions(read, annotated(read)):
            steps = read.then.steps(some)
            tell_answers(some, read.answers)
            for action in some:
                yield ActionRow(action, read, steps.get(action.pk, []), reading.address(action))


def annotated(read: PlanRead) -> ActionQuerySet:
    """With all that the page's table and download show of each."""
    day = read.shown.day
    latest = ProgressUpdate.objects.standing(day).filter(action=OuterRef("pk")).latest_first()
    actions = read.in_order.with_rating(day).with_rating_before(read.shown.before).with_target(day)
    actions = (
        actions.with_moves(day)
        .with_sign_off(day)
        .annotate(
            happened=Subquery(latest.values("happened")[:1]), way_back=Subquery(latest.values("way_back")[:1])
        )
    )
    return actions.prefetch_related("steps", "recommendations", LEADS)


def text(name: str, words: str) -> Field:
    return Field(name, Kind.TEXT, words, f"action.{name}")


ACTIONS = DataSet(
    "actions",
    "Actions",
    "Every action that counts, as its plan’s list shows it: neither those withdrawn nor those merged.",
    action_rows,
    (
        Field("id", Kind.ID, "The action.", "action.pk"),
        Field("plan_id", Kind.ID, "Its plan.", "action.plan_id"),
        Field("plan", Kind.TEXT, "The plan’s title.", "read.plan.title"),
        Field("area_id", Kind.ID, "The heading that it stands under.", "area.pk"),
        Field("area_path", Kind.TEXT, "That heading after those above it.", lambda row: path_words(row.path)),
        Field("top_area_id", Kind.ID, "The top heading that it stands in.", "top.pk"),
        Field(
            "top_area", Kind.TEXT, "The top heading’s number and title.", lambda row: path_words(row.path[:1])
        ),
        text("reference", "Its number in the plan."),
        text("title", "What the action is."),
        text("activity", "How it is done."),
        text("outcome", "The outcome that it is for."),
        text("objective", "The objective that it is for."),
        text("success_criteria", "How it is seen to have worked."),
        text("what_it_means", "What it means for children."),
        Field("leads", Kind.TEXT, "All who lead it, with semicolons between.", "leads"),
        Field(
            "accountable_lead",
            Kind.TEXT,
            "The one who is accountable.",
            lambda row: accountable_of(row.action),
        ),
        Field(
            "rating",
            Kind.TEXT,
            RATING,
            "action.rating",
        ),
        Field("rating_word", Kind.TEXT, "The plan’s word for it.", "entry.word"),
        Field(
            "rating_colour",
            Kind.TEXT,
            "The plan’s colour for it.",
            "entry.colour",
        ),
        Field(
            "rating_before",
            Kind.TEXT,
            "What the rating meant on the day compared with: at the meeting before, else a month earlier.",
            "action.rating_before",
        ),
        Field(
            "rating_before_word",
            Kind.TEXT,
            "The plan’s word for that.",
            "entry_before.word",
        ),
        Field("updated_on", Kind.DAY, "The day that the last update counts from.", "action.updated_on"),
        Field("what_happened", Kind.TEXT, "What the last update says has happened.", "action.happened"),
        Field(
            "way_back",
            Kind.TEXT,
            "What would make it green, as the last update says.",
            "action.way_back",
        ),
        Field("target", Kind.TEXT, "The target date as written.", "action.due_text"),
        Field(
            "target_kind",
            Kind.TEXT,
            "What those words are: day, recurring, starts or none.",
            "action.due_kind",
        ),
        Field("due", Kind.DAY, "The latest day that the words mean.", "action.due"),
        Field("first_due", Kind.DAY, "That day before any move.", "action.first_due"),
        Field(
            "days_moved",
            Kind.WHOLE,
            "Days from first_due to due: later is more than 0.",
            "days_moved",
        ),
        Field("times_moved", Kind.WHOLE, "How often the date has moved.", "action.moves_count"),
        Field(
            "move_asked_to",
            Kind.DAY,
            "The day to which a move is asked for and waits.",
            "action.asked_due",
        ),
        Field("overdue", Kind.YES_NO, "The date has passed and it is not complete.", "is_overdue"),
        Field(
            "done",
            Kind.YES_NO,
            "Complete, and signed off where the plan asks for that.",
            "is_done",
        ),
        Field("signed_off_on", Kind.DAY, "When the sign-off in force was agreed.", "action.signed_off_on"),
        Field(
            "sign_off_waits",
            Kind.YES_NO,
            "A sign-off is asked for and waits.",
            "action.sign_off_waiting",
        ),
        Field("steps", Kind.WHOLE, "How many steps it has.", lambda row: len(row.steps)),
        Field("steps_done", Kind.WHOLE, "How many of them are done.", "steps_done"),
        Field(
            "recommendation_ids",
            Kind.TEXT,
            "The recommendations that it answers, with semicolons between.",
            lambda row: row.answered("pk"),
        ),
        Field("recommendations", Kind.TEXT, "Their references.", lambda row: row.answered("reference")),
        Field(
            "added_on",
            Kind.DAY,
            "Since when it is in the plan; empty from the beginning.",
            "action.added_on",
        ),
        Field("address", Kind.TEXT, "The action’s page."),
    ),
    takes_as_at=True,
)
