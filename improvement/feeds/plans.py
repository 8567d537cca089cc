"""The data sets of a board's plans: the plans, their keys, headings and steps."""

from collections.abc import Iterator
from dataclasses import dataclass

from improvement.feeds.fields import RATING, DataSet, Field, Kind
from improvement.feeds.reading import PlanRead, Reading, batches
from plans.models import Action, Area, Step
from plans.models.querysets import ActionQuerySet
from plans.rating import KeyEntry

# As many as the words of a past day are looked up for by their ids.
AT_ONCE = 500


@dataclass(frozen=True)
class KeyRow:
    read: PlanRead
    entry: KeyEntry
    position: int


@dataclass(frozen=True)
class AreaRow:
    area: Area
    path: list[Area]


@dataclass(frozen=True)
class StepRow:
    step: Step
    action: Action


def key_rows(reading: Reading) -> Iterator[KeyRow]:
    for read in reading.plans():
        for position, entry in enumerate(read.key.values(), 1):
            yield KeyRow(read, entry, position)


def area_rows(reading: Reading) -> Iterator[AreaRow]:
    for read in reading.plans():
        for area in read.then.areas:
            yield AreaRow(area, path_of(read, area.pk))


def path_of(read: PlanRead, pk: int | None) -> list[Area]:
    """The heading and those above it, the outermost first."""
    path: list[Area] = []
    while pk in read.then.areas_by_id:
        path.insert(0, read.then.areas_by_id[pk])
        pk = path[0].parent_id
    return path


def path_words(path: list[Area]) -> str:
    return " > ".join(" ".join(str(area).split()) for area in path)


def told_actions(read: PlanRead, actions: ActionQuerySet) -> Iterator[list[Action]]:
    """The actions a batch at a time, in the words of the day; what is to be prefetched is prefetched."""
    for some in batches(actions.iterator(chunk_size=AT_ONCE), AT_ONCE):
        read.then.tell(some)
        yield some


def step_rows(reading: Reading) -> Iterator[StepRow]:
    for read in reading.plans():
        for some in told_actions(read, read.in_order.prefetch_related("steps")):
            steps = read.then.steps(some)
            for action in some:
                yield from (StepRow(step, action) for step in steps.get(action.pk, ()))


PLANS = DataSet(
    "plans",
    "Plans",
    "The board’s plans: those that run, those that have ended and drafts.",
    lambda reading: reading.plans(),
    (
        Field("id", Kind.ID, "The plan.", "plan.pk"),
        Field("title", Kind.TEXT, "Its title.", "plan.title"),
        Field("status", Kind.TEXT, "draft, live or closed.", "plan.status"),
        Field("starts", Kind.DAY, "Its first day.", "plan.starts"),
        Field("ends", Kind.DAY, "Its last day.", "plan.ends"),
        Field(
            "shown_on",
            Kind.DAY,
            "The day whose state is told: a plan that has ended is told as at its end.",
            "shown.day",
        ),
        Field(
            "compared_with",
            Kind.DAY,
            "The day of the meeting before that, or a month earlier: rating_before goes by it.",
            "shown.before",
        ),
        Field(
            "level_names",
            Kind.TEXT,
            "What its levels are called, the outermost first.",
            lambda row: " > ".join(row.plan.level_names),
        ),
        Field(
            "complete_needs_sign_off",
            Kind.YES_NO,
            "Whether complete counts as done only once it is signed off.",
            "plan.blue_needs_sign_off",
        ),
        Field(
            "moves_need_agreement",
            Kind.YES_NO,
            "Whether the chair agrees each move of a date.",
            "plan.moves_need_agreement",
        ),
    ),
    takes_as_at=True,
)

KEY = DataSet(
    "rating_key",
    "Rating keys",
    "What the colours and words of each plan’s ratings mean.",
    key_rows,
    (
        Field("plan_id", Kind.ID, "The plan.", "read.plan.pk"),
        Field(
            "rating",
            Kind.TEXT,
            RATING,
            "entry.code",
        ),
        Field("word", Kind.TEXT, "The plan’s word for it.", "entry.word"),
        Field("colour", Kind.TEXT, "blue, green, amber, red, purple or grey.", "entry.colour"),
        Field("explanation", Kind.TEXT, "What the plan says it means.", "entry.explanation"),
        Field("position", Kind.WHOLE, "Its place in the key."),
    ),
    takes_as_at=True,
)

AREAS = DataSet(
    "areas",
    "Areas",
    "The headings of the plans: improvement areas, and outcomes or objectives inside them.",
    area_rows,
    (
        Field("id", Kind.ID, "The heading.", "area.pk"),
        Field("plan_id", Kind.ID, "Its plan.", "area.plan_id"),
        Field("parent_id", Kind.ID, "The heading that it stands in.", "area.parent_id"),
        Field("level", Kind.WHOLE, "How deep it stands: 0 is a top heading.", "area.level"),
        Field("level_name", Kind.TEXT, "What the plan calls that level.", "area.level_name"),
        Field("reference", Kind.TEXT, "Its number.", "area.reference"),
        Field("title", Kind.TEXT, "Its title.", "area.title"),
        Field(
            "path", Kind.TEXT, "Its number and title after those above it.", lambda row: path_words(row.path)
        ),
        Field("description", Kind.TEXT, "What it is about.", "area.description"),
        Field("position", Kind.WHOLE, "Its place in the plan.", "area.position"),
    ),
    takes_as_at=True,
)

STEPS = DataSet(
    "steps",
    "Steps",
    "The numbered parts of the actions, with their own dates.",
    step_rows,
    (
        Field("id", Kind.ID, "The step.", "step.pk"),
        Field("action_id", Kind.ID, "Its action.", "step.action_id"),
        Field("plan_id", Kind.ID, "Its plan.", "action.plan_id"),
        Field("number", Kind.TEXT, "Its number in the action.", "step.number"),
        Field("text", Kind.TEXT, "What is to be done.", "step.text"),
        Field("target", Kind.TEXT, "Its target date as written.", "step.target_text"),
        Field("due", Kind.DAY, "The day that those words mean.", "step.target_due"),
        Field("done", Kind.YES_NO, "Whether it is done.", lambda row: row.step.done_on is not None),
        Field("done_on", Kind.DAY, "When it was done.", "step.done_on"),
        Field("position", Kind.WHOLE, "Its place in the action.", "step.position"),
    ),
    takes_as_at=True,
)
