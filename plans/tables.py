import django_tables2 as tables
from django.db.models import Case, F, IntegerField, OuterRef, Subquery, When
from django.db.models.functions import Coalesce, Length
from django.urls import reverse
from django.utils.html import format_html

from plans.history.leads import accountable_of
from plans.models import ActionLead
from plans.models.ordering import Alphabetical
from plans.models.querysets import rank_of
from plans.rating import ORDER, UNRATED, Meaning
from plans.standing import AsAt, sign_off_flag
from plans.templatetags.components import flag, rating, short_date
from plans.wording.phrases import day_or_words, days_overdue, moved_words, shortened

# A sheet of paper holds six columns.
SCREEN = {"class": "app-noprint"}
LONGEST_AREA = 50


class ExportColumn(tables.Column):
    """In the downloads only."""

    def __init__(self, **kwargs):
        super().__init__(visible=False, orderable=False, default="", **kwargs)


class NameColumn(tables.Column):
    """Sorted as an alphabet is, which needs the accessor; blanks last whichever way."""

    def order(self, rows, descending):
        return _ordered(rows, (Alphabetical(self.accessor), F("pk")), descending), True


class ActionTable(tables.Table):
    caption = "Actions"

    reference = ExportColumn(verbose_name="Reference")
    action = tables.Column(verbose_name="Action", accessor="title", order_by=("reference", "title"))
    area = tables.Column(verbose_name="Area")
    rating = tables.Column(verbose_name="Rating", empty_values=())
    signed_off = ExportColumn(verbose_name="Signed off", accessor="signed_off_on")
    lead = tables.Column(verbose_name="Accountable", accessor="pk", empty_values=())
    leads_text = ExportColumn(verbose_name="Leads as written")
    due = tables.Column(verbose_name="Due", accessor="due", empty_values=())
    target_text = ExportColumn(verbose_name="Target as written", accessor="due_text")
    moves = tables.Column(verbose_name="Date moved", accessor="moves_count")
    first_due = ExportColumn(verbose_name="First due")
    updated = tables.Column(
        verbose_name="Updated", accessor="updated_on", empty_values=(), attrs={"th": SCREEN, "td": SCREEN}
    )
    happened = ExportColumn(verbose_name="What has happened")
    way_back = ExportColumn(verbose_name="What would make it green")

    class Meta:
        attrs = {"class": "app-actions"}
        orderable = True
        empty_text = "No action fits. Show every action, or change what you look for."

    def __init__(self, *args, key, shown: AsAt, board, needs_sign_off=False, **kwargs):
        """`key` holds the plan's key entries; the actions are annotated by `with_sign_off`."""
        self.needs_sign_off = needs_sign_off
        self.key = {entry.code: entry for entry in key}
        self.shown, self.board = shown, board
        super().__init__(*args, **kwargs)

    def render_action(self, record):
        url = reverse("action", args=[self.board.slug, record.pk]) + self.shown.start
        return format_html('<a class="govuk-link" href="{}">{}</a>', url, record)

    def value_action(self, record):
        return record.title

    def render_area(self, value):
        return shortened(str(value), LONGEST_AREA)

    def value_area(self, value):
        return value

    def render_rating(self, record):
        told = sign_off_flag(
            rating=record.rating,
            needed=self.needs_sign_off,
            signed_off_on=record.signed_off_on,
            waiting=record.sign_off_waiting,
        )
        tag = rating(entry=self.key.get(record.rating))
        if told is None:
            return tag
        return format_html('{} <span class="app-nowrap">{}</span>', tag, flag(words=told[0], kind=told[1]))

    def value_rating(self, record):
        entry = self.key.get(record.rating)
        return entry.word if entry else ""

    def render_lead(self, record):
        return accountable_of(record) or "Nobody yet"

    def value_lead(self, record):
        return accountable_of(record)

    def render_due(self, record):
        if record.due is None:
            words = record.due_text or "No date"
            return format_html('<span class="app-meta">{}</span>', words)
        if record.due < self.shown.day and record.rating != Meaning.COMPLETE:
            late = flag(words=days_overdue(record.due, self.shown.day), kind="late")
            return format_html('{} <span class="app-nowrap">{}</span>', short_date(record.due), late)
        return short_date(record.due)

    def value_due(self, record):
        return record.due

    def render_moves(self, record):
        told = self._moved(record) if record.moves_count else "No"
        if record.asked_text is None:
            return told
        due = record.asked_due
        to = short_date(due) if due else day_or_words(due, record.asked_text)
        return format_html("{}<br>{}", told, flag(words=format_html("Asked for: {}", to), kind="ask"))

    def _moved(self, record):
        days = (record.due - record.first_due).days if record.due and record.first_due else None
        words = moved_words(record.moves_count, days).removeprefix("moved ").capitalize()
        return format_html(
            '{}, <span class="app-nowrap">first due {}</span>', words, short_date(record.first_due)
        )

    def value_moves(self, record):
        return record.moves_count

    def value_first_due(self, record):
        return record.first_due

    def render_updated(self, record):
        return short_date(record.updated_on) if record.updated_on else "Never"

    def value_updated(self, record):
        return record.updated_on

    def order_action(self, actions, descending):
        """By number as people count: 2 before 10."""
        columns = (Length("reference"), Alphabetical("reference"), Alphabetical("title"), F("pk"))
        return actions.order_by(*(each.desc() if descending else each.asc() for each in columns)), True

    def order_area(self, actions, descending):
        columns = (F("area__position"), F("position"), F("pk"))
        return _ordered(actions, columns, descending), True

    def order_rating(self, actions, descending):
        columns = (_rank(), F("rating"), F("area__position"), F("position"), F("pk"))
        return _ordered(actions, columns, descending), True

    def order_lead(self, actions, descending):
        accountable = ActionLead.objects.filter(action=OuterRef("pk"), accountable=True)
        named = actions.alias(lead_name=Subquery(accountable.values("lead__name")[:1]))
        return _ordered(
            named, (Alphabetical("lead_name"), F("area__position"), F("position"), F("pk")), descending
        ), True

    def order_due(self, actions, descending):
        return _ordered(actions, (F("due"), F("area__position"), F("position"), F("pk")), descending), True

    def order_moves(self, actions, descending):
        return _ordered(
            actions, (F("moves_count"), F("area__position"), F("position"), F("pk")), descending
        ), True

    def order_updated(self, actions, descending):
        return _ordered(
            actions, (F("updated_on"), F("area__position"), F("position"), F("pk")), descending
        ), True


def _rank():
    """From worst to best, then the key's further ratings; NULL for not rated."""
    further = Case(When(rating=UNRATED, then=None), default=len(ORDER), output_field=IntegerField())
    return Coalesce(rank_of("rating"), further)


def _ordered(actions, columns, descending):
    """The first column leads, blanks last whichever way; the rest keep the plan's order within equals."""
    first, *rest = columns
    lead = first.desc(nulls_last=True) if descending else first.asc(nulls_last=True)
    return actions.order_by(lead, *rest)
