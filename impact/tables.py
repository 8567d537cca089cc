import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html

from impact.rows import MeasureRow
from impact.templatetags.measures import month, spc_words, svg
from plans.templatetags.components import flag


class ExportColumn(tables.Column):
    """In the downloads only."""

    def __init__(self, **kwargs):
        super().__init__(visible=False, orderable=False, default="", **kwargs)


class MeasureTable(tables.Table):
    caption = "The latest month of each measure, its verdict and its target"

    measure = tables.Column(accessor="name", verbose_name="Measure", order_by=("listed",))
    better = ExportColumn(accessor="remark", verbose_name="Which way is better")
    latest = tables.Column(verbose_name="Latest", orderable=False, default="No data")
    month = ExportColumn(verbose_name="Month")
    variation = tables.Column(verbose_name="Variation", order_by=("rank", "listed"))
    expected = tables.Column(
        verbose_name="Expected range",
        orderable=False,
        default="Not yet",
        attrs={"td": {"class": "app-expected app-num"}},
    )
    target = tables.Column(
        verbose_name="Target", orderable=False, default="None set", attrs={"td": {"class": "app-target"}}
    )
    assurance = ExportColumn(verbose_name="Against the target")
    spark = tables.Column(
        accessor="measure__pk",
        verbose_name="36 months",
        orderable=False,
        exclude_from_export=True,
        attrs={"td": {"class": "app-sparkcell"}},
    )

    class Meta:
        attrs = {"class": "app-mid app-meas"}
        empty_text = "No measure fits. Show all of them, or change what you look for."

    def __init__(self, *args, board, panel, start="", **kwargs):
        """`start` is the query that keeps a past day in the addresses."""
        self.board, self.panel, self.start = board, panel, start
        super().__init__(*args, **kwargs)
        if panel.spark_span:
            first, last = panel.spark_span
            self.columns["spark"].column.verbose_name = f"{first:%b %Y} to {last:%b %Y}"

    def render_measure(self, record: MeasureRow):
        url = reverse("measure", args=[self.board.slug, record.measure.pk]) + self.start
        return format_html(
            '<a class="govuk-link" href="{}{}">{}</a><br><span class="app-meta">{}</span>',
            url,
            record.anchor,
            record.name,
            record.remark,
        )

    def value_measure(self, record):
        return record.name

    def render_latest(self, record):
        late = format_html("<br>{}", flag(words=record.no_data, kind="ask")) if record.no_data else ""
        return format_html(
            '<b class="app-num">{}</b> <span class="app-meta">{}</span>{}',
            record.latest,
            month(record.month),
            late,
        )

    def value_latest(self, record):
        return record.latest

    def render_variation(self, record):
        return spc_words(icon=record.variation, low_is_good=record.low_is_good)

    def value_variation(self, record):
        return record.variation.word

    def render_target(self, record):
        if record.assurance.is_empty:
            return format_html('<span class="app-num">{}</span>', record.target)
        words = spc_words(icon=record.assurance, low_is_good=record.low_is_good)
        return format_html('<b class="app-num">{}</b> {}', record.target, words)

    def value_target(self, record):
        return record.target

    def value_assurance(self, record):
        return record.assurance.said

    def render_spark(self, record):
        return svg(drawing=self.panel.spark(record), name="app-spark")


class StockTable(MeasureTable):
    """Counts at one time: a line without a verdict, and how far it moved in the last month."""

    caption = "The latest month of each count, and its change"

    change = tables.Column(empty_values=(), orderable=False, verbose_name="Monthly change")

    class Meta:
        attrs = {"class": "app-mid app-meas"}
        sequence = ("measure", "better", "latest", "month", "change", "spark")
        exclude = ("variation", "expected", "target", "assurance")
        orderable = False

    def render_change(self, record):
        change = self.panel.change_of(record)
        if change is None:
            return format_html('<span class="app-zero">{}</span>', "Not yet")
        words = spc_words(icon=change.variation, low_is_good=record.low_is_good)
        return format_html('<b class="app-num">{}</b> {}', change.latest, words)

    def value_change(self, record):
        change = self.panel.change_of(record)
        return change.latest if change else ""
