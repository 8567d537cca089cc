import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from plans.coverage import Cover, Covered
from plans.tables import ExportColumn
from plans.templatetags.components import flag, rating
from plans.wording.phrases import shortened

KINDS = {Cover.NONE: "late", Cover.OFF: "late", Cover.RUNNING: "plain", Cover.DONE: "ok"}


class RecommendationTable(tables.Table):
    caption = "Recommendations and the actions that answer them"

    reference = ExportColumn(accessor="recommendation__reference", verbose_name="Reference")
    recommendation = tables.Column(
        accessor="recommendation__text",
        verbose_name="Recommendation",
        order_by=("listed",),
        # Some are known by their reference alone.
        empty_values=(),
    )
    inspection = tables.Column(
        accessor="recommendation__inspection",
        verbose_name="Inspection",
        default="Not said",
        order_by=("listed_inspection",),
    )
    paragraph = ExportColumn(accessor="recommendation__paragraph", verbose_name="Paragraph")
    priority = tables.Column(accessor="recommendation__priority", verbose_name="Priority", default="None")
    actions = tables.Column(accessor="answers", verbose_name="Actions", orderable=False, empty_values=())
    cover = tables.Column(accessor="words", verbose_name="State", order_by=("rank",))

    class Meta:
        orderable = True
        empty_text = "No recommendation fits. Show every one, or change what you look for."

    def __init__(self, *args, board, shown, **kwargs):
        self.board, self.shown = board, shown
        super().__init__(*args, **kwargs)

    def render_recommendation(self, record: Covered):
        told = record.recommendation
        url = reverse("plans:recommendation", args=[self.board.slug, told.pk]) + self.shown.start
        paragraph = format_html('<br><span class="app-meta">Paragraph {}</span>', told.paragraph)
        return format_html(
            '<a class="govuk-link" href="{}">{}</a>{}', url, told, paragraph if told.paragraph else ""
        )

    def value_recommendation(self, record):
        return record.recommendation.text

    def render_actions(self, record):
        return format_html(
            "<div>{}</div>",
            format_html_join(
                "",
                '<p class="app-was">{} <a class="govuk-link" href="{}">{}</a></p>',
                (
                    (rating(entry=answer.entry), self._url(answer.action), _name(answer.action))
                    for answer in record.answers
                ),
            )
            or "None",
        )

    def value_actions(self, record):
        return "\n".join(
            f"{answer.action} ({answer.entry.word if answer.entry else 'not rated'})"
            for answer in record.answers
        )

    def _url(self, action):
        return reverse("action", args=[self.board.slug, action.pk]) + self.shown.start

    def render_cover(self, record):
        return flag(words=record.words, kind=KINDS[record.cover])

    def value_cover(self, record):
        return record.words


def _name(action):
    """Its reference, where that is one to know it by: a number alone could be anything's."""
    if action.reference and not any(map(str.isalpha, action.reference)):
        return f"Action {action.reference}"
    return action.reference or shortened(action.title, 40)
