"""The data sets of practice audits: the programme and results, findings, and the register of assurance."""

from collections.abc import Iterator
from dataclasses import dataclass

from audits.models import AssuranceProduct, Audit, AuditGrade, Finding, Review
from audits.way_rows import Way, ways_of, with_grades
from improvement.feeds.fields import DataSet, Field, Kind
from improvement.feeds.reading import Reading

ROWS_AT_ONCE = 500


@dataclass(frozen=True)
class FindingRow:
    """`way` is what became of it, where it needs work and its audit is done."""

    finding: Finding
    way: Way | None


def audit_rows(reading: Reading) -> Iterator[Audit]:
    audits = reading.board.audits.select_related("lead", "scale").order_by("planned_due", "id")
    yield from audits.iterator(chunk_size=ROWS_AT_ONCE)


def grade_rows(reading: Reading) -> Iterator[AuditGrade]:
    grades = AuditGrade.objects.filter(audit__board=reading.board)
    yield from grades.order_by("audit_id", "position").iterator(chunk_size=ROWS_AT_ONCE)


def finding_rows(reading: Reading) -> list[FindingRow]:
    found = Finding.objects.filter(audit__board=reading.board)
    found = list(with_grades(found).order_by("audit_id", "position", "id"))
    needs = [finding for finding in found if finding.is_need]
    ways = {way.finding.pk: way for way in ways_of(needs, reading.today, reading.board.small_numbers_below)}
    return [FindingRow(finding, ways.get(finding.pk)) for finding in found]


def product_rows(reading: Reading) -> Iterator[AssuranceProduct]:
    products = AssuranceProduct.objects.filter(board=reading.board).with_last_review()
    products = products.select_related("lead")
    yield from products.iterator(chunk_size=ROWS_AT_ONCE)


def review_rows(reading: Reading) -> Iterator[Review]:
    reviews = Review.objects.standing().filter(product__board=reading.board)
    yield from reviews.order_by("product_id", "on", "id").iterator(chunk_size=ROWS_AT_ONCE)


AUDITS = DataSet(
    "audits",
    "Practice audits",
    "The programme of practice audits, and what those that are done came to.",
    audit_rows,
    (
        Field("id", Kind.ID, "The audit.", "pk"),
        Field("title", Kind.TEXT, "Its title."),
        Field("theme", Kind.TEXT, "Its theme."),
        Field("area_id", Kind.ID, "The heading of a plan that it looks at."),
        Field("team", Kind.TEXT, "The team whose work it looks at."),
        Field("kind", Kind.TEXT, "internal, external, live or repeat."),
        Field("repeats_id", Kind.ID, "The earlier audit that it repeats."),
        Field("lead", Kind.TEXT, "The lead.", "lead.name"),
        Field("carried_out_by", Kind.TEXT, "Who carries it out.", "auditor"),
        Field("planned_for", Kind.TEXT, "When it is planned, as written.", "planned_text"),
        Field("planned_by", Kind.DAY, "The latest day that those words mean.", "planned_due"),
        Field("frequency", Kind.TEXT, "How often it is made."),
        Field("status", Kind.TEXT, "planned, under_way, done or cancelled."),
        Field("done_on", Kind.DAY, "When it was done."),
        Field("sample_wanted", Kind.WHOLE, "How many cases were to be looked at."),
        Field("sample", Kind.WHOLE, "How many were."),
        Field("graded", Kind.WHOLE, "How many of them have a grade."),
        Field("read_twice", Kind.WHOLE, "How many a second reader read."),
        Field("agreed", Kind.WHOLE, "With how many grades the second reader agreed."),
        Field("summary", Kind.TEXT, "What was found, in short."),
        Field("learning", Kind.TEXT, "The learning that was shared."),
        Field("learning_on", Kind.DAY, "When it was shared."),
        Field("cancelled_reason", Kind.TEXT, "Why it was cancelled."),
    ),
)

GRADES = DataSet(
    "audit_grades",
    "Grades of audits",
    "How many cases of each audit had which grade.",
    grade_rows,
    (
        Field("id", Kind.ID, "The row.", "pk"),
        Field("audit_id", Kind.ID, "The audit."),
        Field("grade", Kind.TEXT, "The grade’s word.", "word"),
        Field("position", Kind.WHOLE, "Its place on the scale: 0 is the worst."),
        Field("is_good", Kind.YES_NO, "It counts as good practice."),
        Field("cases", Kind.WHOLE, "How many cases had it.", "count"),
    ),
)

FINDINGS = DataSet(
    "findings",
    "Findings",
    "What the audits found, the actions that answer it and what a repeat shows.",
    finding_rows,
    (
        Field("id", Kind.ID, "The finding.", "finding.pk"),
        Field("audit_id", Kind.ID, "Its audit.", "finding.audit_id"),
        Field("theme", Kind.TEXT, "Its theme.", "finding.theme"),
        Field("kind", Kind.TEXT, "strength, or need where work is needed.", "finding.kind"),
        Field("text", Kind.TEXT, "What was found.", "finding.text"),
        Field("meeting_id", Kind.ID, "The meeting that heard of it.", "finding.meeting_id"),
        Field(
            "action_ids",
            Kind.TEXT,
            "The actions that answer it, with semicolons between.",
            lambda row: "; ".join(str(each.action.pk) for each in row.way.answers) if row.way else "",
        ),
        Field("done_on", Kind.DAY, "When the last of them was complete.", "way.done_on"),
        Field("repeat_id", Kind.ID, "The audit that repeats its own.", "way.repeat.pk"),
        Field("verdict", Kind.TEXT, "Whether the repeat found better practice.", "way.verdict_words"),
    ),
)

PRODUCTS = DataSet(
    "assurance",
    "Assurance register",
    "The reports and other products by which the board is assured, and when each was last reviewed.",
    product_rows,
    (
        Field("id", Kind.ID, "The product.", "pk"),
        Field("name", Kind.TEXT, "Its name."),
        Field("purpose", Kind.TEXT, "To what end."),
        Field("frequency", Kind.TEXT, "How often it is reviewed, as written."),
        Field("reviewed_by", Kind.TEXT, "Who reviews it."),
        Field("lead", Kind.TEXT, "The lead.", "lead.name"),
        Field("reviewed_on", Kind.DAY, "When it was last reviewed."),
        Field("learnt", Kind.TEXT, "What was learnt then.", "last_learnt"),
        Field("next_due", Kind.DAY, "When the next review is due."),
        Field("closed_on", Kind.DAY, "Since when it is no longer used."),
    ),
)

REVIEWS = DataSet(
    "assurance_reviews",
    "Reviews in the register",
    "Every review of a product, what was learnt and what it led to.",
    review_rows,
    (
        Field("id", Kind.ID, "The review.", "pk"),
        Field("product_id", Kind.ID, "The product."),
        Field("on", Kind.DAY, "When it was reviewed."),
        Field("who", Kind.TEXT, "By whom."),
        Field("learnt", Kind.TEXT, "What was learnt."),
        Field("led_to", Kind.TEXT, "What it led to."),
        Field("action_id", Kind.ID, "The action that it led to."),
        Field("finding_id", Kind.ID, "The finding that it led to."),
    ),
)
