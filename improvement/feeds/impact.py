"""The data sets of difference made: measures, their targets and months, and narratives."""

from collections.abc import Iterator
from dataclasses import dataclass

from impact.judging import judge_all
from impact.models import Measure, MeasureTarget, Narrative, Observation
from impact.rows import GROUP_WORDS, MeasureRow, panel_of
from impact.services.narrative_board import with_support
from improvement.feeds.fields import DataSet, Field, Kind
from improvement.feeds.reading import Reading
from plans.wording.alphabet import alphabetical

ROWS_AT_ONCE = 500


@dataclass(frozen=True)
class JudgedRow:
    """A measure, and what is judged of it: of a count at one time its monthly change."""

    measure: Measure
    own: MeasureRow
    judged: MeasureRow | None

    @property
    def verdict(self) -> str:
        return self.judged.variation.word if self.judged else ""

    @property
    def group(self) -> str:
        return GROUP_WORDS[self.judged.group] if self.judged else ""


def standing(reading: Reading):
    """The measures that the board's page lists on the day."""
    return Measure.objects.filter(board=reading.board).current(reading.past_day)


def measure_rows(reading: Reading) -> Iterator[JudgedRow]:
    known = reading.past_day
    panel = panel_of(judge_all(standing(reading).select_related("owner"), until=known, known=known))
    judged = {row.measure.pk: row for row in panel.rows}
    stocks = {row.measure.pk: row for row in panel.stocks}
    rows = [stocks.get(pk, row) for pk, row in judged.items()]
    rows += [row for pk, row in stocks.items() if pk not in judged]
    for own in sorted(rows, key=_place):
        if known is None or own.month:
            reading.names.tell([own.measure.owner])
            yield JudgedRow(own.measure, own, judged.get(own.measure.pk))


def _place(row: MeasureRow) -> tuple[int, str, int]:
    measure = row.measure
    return measure.position, alphabetical(measure.name), measure.pk


def target_rows(reading: Reading) -> Iterator[MeasureTarget]:
    targets = MeasureTarget.objects.standing(reading.past_day).filter(
        measure__in=standing(reading).order_by()
    )
    yield from targets.order_by("measure_id", "month", "on", "id").iterator(chunk_size=ROWS_AT_ONCE)


def observation_rows(reading: Reading) -> Iterator[Observation]:
    known = reading.past_day
    values = Observation.objects.latest(known).filter(measure__in=standing(reading).order_by())
    values = values.filter(value__isnull=False)
    if known:
        values = values.filter(month__lte=known)
    values = values.select_related("measure").order_by("measure_id", "month")
    yield from values.iterator(chunk_size=ROWS_AT_ONCE)


def narrative_rows(reading: Reading) -> Iterator[Narrative]:
    """Those that a board sees; drafts for whoever may write them."""
    told = Narrative.objects.published(reading.past_day)
    if reading.may_write and reading.past_day is None:
        told = Narrative.objects.standing()
    told = told.filter(area__plan__board=reading.board, area__withdrawn_on=None)
    told = told.exclude(area__plan__status="withdrawn")
    yield from with_support(told).iterator(chunk_size=ROWS_AT_ONCE)


def names_of(links) -> str:
    return "; ".join(str(each) for each in links.all())


MEASURES = DataSet(
    "measures",
    "Measures",
    "The measures that the board reports, each with its latest month and what the chart says of it.",
    measure_rows,
    (
        Field("id", Kind.ID, "The measure.", "measure.pk"),
        Field("name", Kind.TEXT, "Its name.", "measure.name"),
        Field("definition", Kind.TEXT, "What it counts.", "measure.definition"),
        Field("unit", Kind.TEXT, "count, percent, rate (per 10,000), days or average.", "measure.unit"),
        Field("direction", Kind.TEXT, "Which way is good: higher, lower or none.", "measure.direction"),
        Field(
            "is_stock",
            Kind.YES_NO,
            "It counts at one time; the verdict is about its monthly change.",
            "measure.is_stock",
        ),
        Field("frequency", Kind.TEXT, "monthly or quarterly.", "measure.frequency"),
        Field("owner", Kind.TEXT, "The lead who owns it.", "measure.owner.name"),
        Field("source", Kind.TEXT, "Where its figures come from.", "measure.source"),
        Field("latest_month", Kind.DAY, "The first day of the latest month with a value.", "own.month"),
        Field("latest", Kind.NUMBER, "The value of that month.", "own.verdict.value"),
        Field("target", Kind.NUMBER, "The target that counts for that month.", "own.verdict.target"),
        Field("group", Kind.TEXT, "Where the board’s summary counts it.", "group"),
        Field("verdict", Kind.TEXT, "What the latest months show.", "verdict"),
        Field(
            "assurance", Kind.TEXT, "Whether it can be relied on to meet the target.", "judged.assurance.word"
        ),
        Field("expected", Kind.TEXT, "The range in which the next month is expected.", "judged.expected"),
        Field("headline", Kind.TEXT, "The verdict in a sentence.", "own.verdict.headline"),
    ),
    takes_as_at=True,
)

MEASURE_TARGETS = DataSet(
    "measure_targets",
    "Targets of measures",
    "Every target and the month from which it counts; of two from one month the later one counts.",
    target_rows,
    (
        Field("id", Kind.ID, "The target.", "pk"),
        Field("measure_id", Kind.ID, "Its measure."),
        Field("from_month", Kind.DAY, "The first day of the month from which it counts.", "month"),
        Field("value", Kind.NUMBER, "The target; empty where from then on there is none."),
        Field("reason", Kind.TEXT, "Why it was set."),
        Field("recorded_at", Kind.MOMENT, "When it was saved."),
    ),
    takes_as_at=True,
)

OBSERVATIONS = DataSet(
    "observations",
    "Values of measures",
    "The value of each month that has one: the one that stands, not those it has replaced.",
    observation_rows,
    (
        Field("id", Kind.ID, "The value.", "pk"),
        Field("measure_id", Kind.ID, "Its measure."),
        Field("measure", Kind.TEXT, "The measure’s name.", "measure.name"),
        Field("month", Kind.DAY, "The first day of the month."),
        Field("value", Kind.NUMBER, "The value, in the measure’s unit."),
        Field("numerator", Kind.NUMBER, "The part, where it was given as a part of a whole."),
        Field("denominator", Kind.NUMBER, "That whole."),
        Field("known_from", Kind.DAY, "The day from which this value counts.", "on"),
        Field("recorded_at", Kind.MOMENT, "When it was saved."),
    ),
    takes_as_at=True,
)

NARRATIVES = DataSet(
    "narratives",
    "Narratives",
    "What was done and what difference it made, by area and period. Drafts only for those who may write.",
    narrative_rows,
    (
        Field("id", Kind.ID, "The narrative.", "pk"),
        Field("plan_id", Kind.ID, "The plan.", "area.plan_id"),
        Field("area_id", Kind.ID, "The heading that it is about."),
        Field("starts", Kind.DAY, "The first day of its period."),
        Field("ends", Kind.DAY, "The last day of its period."),
        Field("done", Kind.TEXT, "What was done."),
        Field("so_what", Kind.TEXT, "What difference it made."),
        Field("status", Kind.TEXT, "published or draft."),
        Field("published_on", Kind.DAY, "When it was published."),
        Field("measures", Kind.TEXT, "The measures that support it.", lambda row: names_of(row.measures)),
        Field("evidence", Kind.WHOLE, "How many pieces of evidence do.", lambda row: len(row.evidence.all())),
    ),
    takes_as_at=True,
)
