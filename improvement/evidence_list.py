"""A board's evidence with where each piece is shown."""

from functools import reduce
from operator import or_

import django_tables2 as tables
from django.db.models import Prefetch
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django_filters import CharFilter, ChoiceFilter, FilterSet

from impact.models import NarrativeEvidence
from plans.filters import holding
from plans.models import Board, Evidence, EvidenceKind, UpdateEvidence
from plans.tables import NameColumn
from plans.templatetags.components import short_date
from plans.templatetags.evidence import evidence_link
from plans.wording.phrases import shortened

LONGEST = 80
WORDS_SEARCHED = ("title", "note", "filename", "link")
USES = [
    ("action", "In an action’s update"),
    ("narrative", "In a narrative"),
    ("none", "Nowhere yet"),
]
# Drafts are their writers' own, so evidence of a draft alone counts as shown nowhere yet.
PUBLISHED = {"narratives__status": "published", "narratives__withdrawn_at__isnull": True}


def with_uses(board: Board):
    """The board's evidence, each with `shown_in_updates` and `shown_in_narratives`: three queries."""
    updates = UpdateEvidence.objects.select_related("update__action").filter(
        update__withdrawn_at__isnull=True
    )
    narratives = NarrativeEvidence.objects.select_related("narrative__area").filter(
        narrative__status="published", narrative__withdrawn_at__isnull=True
    )
    return (
        Evidence.objects.filter(board=board)
        .select_related("by")
        .prefetch_related(
            Prefetch("update_links", updates, to_attr="shown_in_updates"),
            Prefetch("narrative_links", narratives, to_attr="shown_in_narratives"),
        )
    )


class EvidenceFilter(FilterSet):
    kind = ChoiceFilter(label="Kind", choices=EvidenceKind.choices, empty_label="Every kind")
    used = ChoiceFilter(label="Shown", method="by_use", choices=USES, empty_label="Anywhere or nowhere")
    q = CharFilter(label="Words", method="by_words")

    class Meta:
        model = Evidence
        fields = ("kind",)

    def by_use(self, queryset, name, value):
        in_updates = Evidence.objects.filter(updates__withdrawn_at__isnull=True, updates__isnull=False)
        in_narratives = Evidence.objects.filter(**PUBLISHED)
        if value == "action":
            return queryset.filter(pk__in=in_updates.values("pk"))
        if value == "narrative":
            return queryset.filter(pk__in=in_narratives.values("pk"))
        return queryset.exclude(pk__in=in_updates.values("pk")).exclude(pk__in=in_narratives.values("pk"))

    def by_words(self, queryset, name, value):
        found = reduce(or_, (holding(column, value) for column in WORDS_SEARCHED))
        return queryset.filter(pk__in=Evidence.objects.filter(found).values("pk"))


class EvidenceTable(tables.Table):
    caption = "Evidence of the board"

    title = NameColumn(accessor="title", verbose_name="Evidence")
    kind = tables.Column(verbose_name="Kind")
    dated = tables.Column(verbose_name="Date")
    shown = tables.Column(verbose_name="Shown in", accessor="pk", orderable=False)
    added_by = NameColumn(verbose_name="Added by", accessor="by__name", default="Not recorded who")
    change = tables.Column(verbose_name="Change", accessor="pk", orderable=False)

    class Meta:
        attrs = {"class": "app-named"}
        orderable = True
        empty_text = "No evidence fits. Show every kind, or change what you look for."

    def __init__(self, *args, board: Board, **kwargs):
        self.board = board
        super().__init__(*args, **kwargs)

    def render_title(self, record):
        note = format_html('<br><span class="app-meta">{}</span>', record.note) if record.note else ""
        return format_html("{}{}", evidence_link(evidence=record, board=self.board), note)

    def render_kind(self, record):
        return record.get_kind_display()

    def render_dated(self, record):
        return short_date(record.dated)

    def render_shown(self, record):
        slug = self.board.slug
        actions = {link.update.action for link in record.shown_in_updates}
        told = {action.pk: shortened(str(action), LONGEST) for action in actions}
        uses = [(reverse("action", args=[slug, pk]), words) for pk, words in told.items()]
        uses += [
            (
                reverse("impact:narrative", args=[slug, link.narrative_id]),
                shortened(f"So what? {link.narrative}", LONGEST),
            )
            for link in record.shown_in_narratives
        ]
        linked = format_html_join("; ", '<a class="govuk-link" href="{}">{}</a>', sorted(uses))
        return linked or "Nowhere yet"

    def render_change(self, record):
        links = [
            (reverse(f"plans:evidence_{what}", args=[self.board.slug, record.pk]), word, record.title)
            for what, word in (("edit", "Edit"), ("remove", "Remove"))
        ]
        words = '<a class="govuk-link" href="{}">{}<span class="govuk-visually-hidden"> {}</span></a>'
        return format_html_join(" ", words, links)
