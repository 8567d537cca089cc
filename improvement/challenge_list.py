"""The list of a board's challenges: filter, table and download."""

from datetime import date

import django_tables2 as tables
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.html import format_html
from django_filters import ChoiceFilter, FilterSet

from improvement.challenges import Asked, with_all
from plans.history.leads import LeadNames
from plans.models import Board, Challenge, ChallengeAnswer, User
from plans.standing import AsAt
from plans.tables import ExportColumn, NameColumn
from plans.templatetags.components import flag, short_date
from plans.wording.phrases import shortened

LONGEST = 110
STATES = [
    ("overdue", "Open and overdue"),
    ("answered", "Answered, to be closed"),
    ("closed", "Closed"),
    ("all", "All"),
]
WHOSE = [("asked", "Asked of me"), ("raised", "Raised by me")]


class ChallengeFilter(FilterSet):
    state = ChoiceFilter(label="State", method="by_state", choices=STATES, empty_label="Open")
    whose = ChoiceFilter(label="Whose", method="by_whose", choices=WHOSE, empty_label="Anybody’s")

    class Meta:
        model = Challenge
        fields = []

    def __init__(self, data, *, board: Board, user: User, day: date):
        """Those raised by the end of `day`, as they stood then."""
        self.user, self.day = user, day
        answers = ChallengeAnswer.objects.filter(challenge=OuterRef("pk"), on__lte=day)
        raised = board.challenges.filter(raised_on__lte=day).annotate(
            is_answered=Exists(answers), answered_on=Subquery(answers.order_by("-on", "-id").values("on")[:1])
        )
        super().__init__(data, queryset=with_all(raised))

    def filter_queryset(self, queryset):
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("state") else found.open(self.day)

    def by_state(self, challenges, name, value):
        if value == "overdue":
            return challenges.open(self.day).filter(is_answered=False, due__lt=self.day)
        if value == "answered":
            return challenges.open(self.day).filter(is_answered=True)
        return challenges.filter(closed_on__lte=self.day) if value == "closed" else challenges

    def by_whose(self, challenges, name, value):
        mine = Q(owner__holdings__user=self.user) if value == "asked" else Q(raised_by=self.user)
        return challenges.filter(pk__in=Challenge.objects.filter(mine).values("pk"))


class ChallengeTable(tables.Table):
    caption = "Challenges"

    question = NameColumn(accessor="question", verbose_name="Challenge")
    about = tables.Column(verbose_name="About", accessor="pk", orderable=False)
    owner = NameColumn(verbose_name="To answer", accessor="owner__name")
    due = tables.Column(verbose_name="Answer due")
    raised_on = tables.Column(verbose_name="Raised")
    raised_by = ExportColumn(verbose_name="Raised by", accessor="raised_by__name")
    answered_on = ExportColumn(verbose_name="Last answered")
    answer = ExportColumn(verbose_name="Last answer", accessor="pk")
    state = tables.Column(verbose_name="State", accessor="pk", orderable=False)
    outcome = ExportColumn(verbose_name="Outcome", accessor="pk")
    outcome_words = ExportColumn(verbose_name="What came of it")
    closed_on = ExportColumn(verbose_name="Closed")

    class Meta:
        orderable = True
        order_by = "due"
        empty_text = "No challenge fits. Show all, or change what you look for."

    def __init__(self, *args, board: Board, shown: AsAt, **kwargs):
        self.board, self.shown = board, shown
        self.names = LeadNames(board, shown.past_day)
        super().__init__(*args, **kwargs)

    def asked(self, record) -> Asked:
        return Asked(record, self.shown.day, self.board.slug)

    def render_question(self, record):
        words = shortened(record.question, LONGEST)
        url = f"{self.asked(record).url}{self.shown.start}"
        return format_html('<a class="govuk-link" href="{}">{}</a>', url, words)

    def render_owner(self, value, record):
        return self.names.of(record.owner_id, value)

    def value_question(self, record):
        return record.question

    def render_about(self, record):
        kind, words, url = self.asked(record).about
        return format_html(
            '{}: <a class="govuk-link" href="{}{}">{}</a>',
            *(kind, url, self.shown.start, shortened(words, LONGEST)),
        )

    def value_about(self, record):
        return ": ".join(self.asked(record).about[:2])

    def render_due(self, record):
        return short_date(record.due)

    def value_due(self, record):
        return record.due

    def render_raised_on(self, record):
        by = format_html('<br><span class="app-meta">{}</span>', record.raised_by) if record.raised_by else ""
        return format_html("{}{}", short_date(record.raised_on), by)

    def value_raised_on(self, record):
        return record.raised_on

    def value_answer(self, record):
        answer = self.asked(record).answer
        return answer.text if answer else ""

    def value_answered_on(self, record):
        return record.answered_on

    def value_outcome(self, record):
        return "" if self.asked(record).is_open else record.get_outcome_display()

    def value_outcome_words(self, record):
        return "" if self.asked(record).is_open else record.outcome_words

    def value_closed_on(self, record):
        return None if self.asked(record).is_open else record.closed_on

    def render_state(self, record):
        words, kind = self.asked(record).state
        return format_html('<span class="app-nowrap">{}</span>', flag(words=words, kind=kind))

    def value_state(self, record):
        return self.asked(record).state[0]
