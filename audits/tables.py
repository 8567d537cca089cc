import django_tables2 as tables
from django.db.models import F
from django.urls import reverse
from django.utils.html import format_html

from audits.board_rows import agreement_of
from audits.services.audits import mix_of
from plans.tables import ExportColumn, NameColumn
from plans.templatetags.components import flag, long_date, short_date
from plans.wording.phrases import days_overdue

NUMERIC = {
    "td": {"class": "govuk-table__cell--numeric"},
    "th": {"class": "govuk-table__header--numeric"},
}


class AuditTable(tables.Table):
    caption = "Audits"

    audit = NameColumn(accessor="title", verbose_name="Audit")
    theme = NameColumn(accessor="theme", verbose_name="Theme", default="")
    kind = ExportColumn(verbose_name="Kind")
    area = ExportColumn(verbose_name="Area")
    team = ExportColumn(verbose_name="Team")
    lead = NameColumn(verbose_name="Lead", accessor="lead__name", default="Nobody yet")
    planned = tables.Column(verbose_name="Planned for", accessor="planned_due")
    frequency = ExportColumn(verbose_name="How often")
    status = tables.Column(
        verbose_name="State", order_by=("status", "planned_due"), attrs={"td": {"class": "app-nowrap"}}
    )
    done_on = ExportColumn(verbose_name="Done on")
    sample = tables.Column(verbose_name="Cases", default="", attrs=NUMERIC)
    wanted = ExportColumn(accessor="sample_wanted", verbose_name="Sample wanted")
    grades = tables.Column(verbose_name="Grades", empty_values=(), orderable=False)
    second = ExportColumn(verbose_name="Second reader", empty_values=())
    repeats = ExportColumn(accessor="repeats__title", verbose_name="Repeats")
    summary = ExportColumn(verbose_name="In short")
    learning = ExportColumn(verbose_name="Learning shared")

    class Meta:
        attrs = {"class": "app-named"}
        empty_text = "No audit fits. Show all of them, or change what you look for."

    def __init__(self, *args, board, today, **kwargs):
        self.board, self.today, self.below = board, today, board.small_numbers_below
        super().__init__(*args, **kwargs)

    def render_audit(self, record):
        url = reverse("audits:audit", args=[self.board.slug, record.pk])
        kind = record.get_kind_display()
        return format_html(
            '<a class="govuk-link" href="{}">{}</a><br><span class="app-meta">{}</span>', url, record, kind
        )

    def value_audit(self, record):
        return record.title

    def value_kind(self, record):
        return record.get_kind_display()

    def render_planned(self, record):
        due = record.planned_due
        return short_date(due) if record.planned_text == long_date(due) else record.planned_text

    def value_planned(self, record):
        return record.planned_due

    def render_status(self, record):
        if record.is_done:
            return flag(words=f"Done {record.done_on.day} {record.done_on:%b %Y}", kind="ok")
        if record.is_open and record.planned_due < self.today:
            return flag(words=days_overdue(record.planned_due, self.today), kind="late")
        return flag(words=record.get_status_display(), kind="plain")

    def value_status(self, record):
        return record.get_status_display()

    def value_done_on(self, record):
        return record.done_on

    def render_grades(self, record):
        mix = mix_of(record)
        return mix.good_share(self.below) if mix.total else ""

    def value_grades(self, record):
        return ", ".join(f"{grade.word} {count}" for grade, count in mix_of(record).pairs)

    def render_second(self, record):
        return agreement_of(record).words(self.below) if record.is_done else ""

    def order_sample(self, audits, descending):
        return _ordered(audits, "sample", descending), True


class ProductTable(tables.Table):
    caption = "The register of assurance products, overdue ones first"

    name = NameColumn(accessor="name", verbose_name="Product")
    purpose = tables.Column(verbose_name="To what end", orderable=False, default="")
    frequency = NameColumn(accessor="frequency", verbose_name="How often", default="Not said")
    reviewed_by = NameColumn(accessor="reviewed_by", verbose_name="Reviewed by", default="")
    lead = ExportColumn(verbose_name="Lead")
    reviewed_on = tables.Column(verbose_name="Last reviewed", default="Never")
    next_due = tables.Column(verbose_name="Next due", default="No day set")
    learnt = ExportColumn(accessor="last_learnt", verbose_name="What was learnt last")

    class Meta:
        empty_text = "No product fits. Show all of them, or change what you look for."

    def __init__(self, *args, board, today, **kwargs):
        self.board, self.today = board, today
        super().__init__(*args, **kwargs)

    def render_name(self, record):
        url = reverse("audits:product", args=[self.board.slug, record.pk])
        return format_html('<a class="govuk-link" href="{}">{}</a>', url, record)

    def value_name(self, record):
        return record.name

    def render_reviewed_on(self, value):
        return short_date(value)

    def value_reviewed_on(self, value):
        return value

    def render_next_due(self, value):
        if value >= self.today:
            return short_date(value)
        late = flag(words=days_overdue(value, self.today), kind="late")
        return format_html('{} <span class="app-nowrap">{}</span>', short_date(value), late)

    def value_next_due(self, value):
        return value

    def order_reviewed_on(self, products, descending):
        return _ordered(products, "reviewed_on", descending), True

    def order_next_due(self, products, descending):
        return _ordered(products, "next_due", descending), True


def _ordered(rows, column, descending):
    """Blanks last whichever way."""
    column = F(column)
    return rows.order_by(column.desc(nulls_last=True) if descending else column.asc(nulls_last=True), "pk")
