from django.utils import timezone
from django_filters import ChoiceFilter, FilterSet, ModelChoiceFilter

from audits.models import AssuranceProduct, Audit, AuditKind
from plans.filters import WordsFilter
from plans.models import Area, Lead
from plans.models.ordering import Alphabetical
from plans.standing import inside

STATES = [
    ("done", "Done"),
    ("open", "Still to be done"),
    ("overdue", "Overdue"),
    ("under_way", "Under way"),
    ("cancelled", "Cancelled"),
]


class AuditFilter(FilterSet):
    """A board's audits; cancelled ones are shown only when they are asked for."""

    q = WordsFilter(field_name="title", label="Words")
    state = ChoiceFilter(label="State", method="by_state", choices=STATES, empty_label="Done or planned")
    kind = ChoiceFilter(label="Kind", choices=AuditKind.choices, empty_label="Every kind")
    theme = ChoiceFilter(label="Theme", choices=(), empty_label="Every theme")
    area = ModelChoiceFilter(queryset=None, method="by_area", label="Area", empty_label="Every area")
    lead = ModelChoiceFilter(queryset=None, label="Lead", empty_label="Every lead")

    class Meta:
        model = Audit
        fields = []

    def __init__(self, data, *, board):
        super().__init__(data, queryset=Audit.objects.filter(board=board))
        themes = board.audits.exclude(theme="").order_by(Alphabetical("theme"), "theme")
        themes = themes.values_list("theme", flat=True).distinct()
        self.filters["theme"].extra["choices"] = [(theme, theme) for theme in themes]
        areas = Area.objects.current().filter(audits__board=board)
        self.filters["area"].queryset = areas.distinct()
        self.filters["lead"].queryset = Lead.objects.filter(audits__board=board).distinct()

    def filter_queryset(self, queryset):
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("state") else found.standing()

    def by_state(self, audits, name, state):
        if state == "overdue":
            return audits.overdue(timezone.localdate())
        return audits.open() if state == "open" else audits.filter(status=state)

    def by_area(self, audits, name, area):
        """The area and everything inside it."""
        parents = dict(area.plan.areas.current().values_list("pk", "parent_id"))
        return audits.filter(area__in=inside(parents, area.pk))


class ProductFilter(FilterSet):
    q = WordsFilter(field_name="name", label="Words")
    state = ChoiceFilter(
        label="State",
        method="by_state",
        choices=[("overdue", "Overdue"), ("undated", "No next review")],
        empty_label="Whether or not overdue",
    )

    class Meta:
        model = AssuranceProduct
        fields = []

    def __init__(self, data, *, board):
        super().__init__(data, queryset=AssuranceProduct.objects.filter(board=board).current())

    def by_state(self, products, name, state):
        if state == "undated":
            return products.filter(next_due__isnull=True)
        return products.filter(next_due__lt=timezone.localdate())
