"""The data sets of what happens to actions: every update that stands, and every move of a date."""

from collections.abc import Iterator
from dataclasses import dataclass

from improvement.feeds.fields import RATING, DataSet, Field, Kind
from improvement.feeds.reading import PlanRead, Reading
from plans.models import ProgressUpdate, TargetMove
from plans.rating import KeyEntry

ROWS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class UpdateRow:
    update: ProgressUpdate
    read: PlanRead

    @property
    def entry(self) -> KeyEntry | None:
        return self.read.key.get(self.update.rating)


@dataclass(frozen=True, slots=True)
class MoveRow:
    move: TargetMove
    read: PlanRead


def update_rows(reading: Reading) -> Iterator[UpdateRow]:
    for read in reading.plans():
        updates = ProgressUpdate.objects.standing(read.shown.past_day).filter(
            action__in=read.actions.order_by()
        )
        updates = updates.select_related("by").order_by("action_id", "on", "id")
        for update in updates.iterator(chunk_size=ROWS_AT_ONCE):
            yield UpdateRow(update, read)


def move_rows(reading: Reading) -> Iterator[MoveRow]:
    for read in reading.plans():
        moves = TargetMove.objects.standing(read.shown.past_day).filter(action__in=read.actions.order_by())
        moves = moves.select_related("by", "meeting").order_by("action_id", "on", "id")
        for move in moves.iterator(chunk_size=ROWS_AT_ONCE):
            yield MoveRow(move, read)


UPDATES = DataSet(
    "updates",
    "Updates",
    "Every update that counts, the earliest of an action first: none that was replaced or taken back.",
    update_rows,
    (
        Field("id", Kind.ID, "The update.", "update.pk"),
        Field("action_id", Kind.ID, "Its action.", "update.action_id"),
        Field("plan_id", Kind.ID, "Its plan.", "read.plan.pk"),
        Field("counts_from", Kind.DAY, "The day that it counts from.", "update.on"),
        Field(
            "rating",
            Kind.TEXT,
            RATING,
            "update.rating",
        ),
        Field("rating_word", Kind.TEXT, "The plan’s word for it.", "entry.word"),
        Field(
            "rating_colour",
            Kind.TEXT,
            "The plan’s colour for it.",
            "entry.colour",
        ),
        Field("what_happened", Kind.TEXT, "What has happened.", "update.happened"),
        Field("way_back", Kind.TEXT, "What would make it green.", "update.way_back"),
        Field("by", Kind.TEXT, "Who made it.", "update.by.name"),
        Field("recorded_at", Kind.MOMENT, "When it was saved.", "update.recorded_at"),
        Field("recorded_late", Kind.YES_NO, "It was saved after the day it counts from.", "update.is_late"),
        Field(
            "imported",
            Kind.YES_NO,
            "It came with a workbook.",
            lambda row: row.update.imported_by_id is not None,
        ),
        Field("replaces_id", Kind.ID, "The mistaken update that it replaces.", "update.replaces_id"),
    ),
    takes_as_at=True,
)

MOVES = DataSet(
    "target_moves",
    "Moves of dates",
    "Every move of the date of an action or of one of its steps, the earliest of each action first.",
    move_rows,
    (
        Field("id", Kind.ID, "The move.", "move.pk"),
        Field("action_id", Kind.ID, "The action.", "move.action_id"),
        Field(
            "step_id",
            Kind.ID,
            "The step whose date moved; empty where it was the action’s.",
            "move.step_id",
        ),
        Field("plan_id", Kind.ID, "The plan.", "read.plan.pk"),
        Field("moved_on", Kind.DAY, "The day that it counts from.", "move.on"),
        Field("from_target", Kind.TEXT, "The date before, as written.", "move.from_text"),
        Field("from_due", Kind.DAY, "The day before.", "move.from_due"),
        Field("to_target", Kind.TEXT, "The date after, as written.", "move.to_text"),
        Field("to_due", Kind.DAY, "The day after.", "move.to_due"),
        Field("days_later", Kind.WHOLE, "Days later; less than 0 is earlier.", "move.days"),
        Field("reason", Kind.TEXT, "Why it moved.", "move.reason"),
        Field(
            "moved_by", Kind.TEXT, "Who moved it, or asked for it where it had to be agreed.", "move.by.name"
        ),
        Field("agreed_by", Kind.TEXT, "Who agreed.", "move.agreed_by"),
        Field("meeting_id", Kind.ID, "The meeting at which it was agreed.", "move.meeting_id"),
        Field("recorded_at", Kind.MOMENT, "When it was saved.", "move.recorded_at"),
    ),
    takes_as_at=True,
)
