from django_filters import ChoiceFilter, FilterSet, ModelChoiceFilter

from impact.models import Measure
from impact.rows import GROUP_WORDS
from plans.filters import WordsFilter
from plans.models import Area, Lead
from plans.standing import inside


class MeasureFilter(FilterSet):
    """A board's measures; `shows` is about their verdicts, which the database does not know."""

    q = WordsFilter(field_name="name", label="Words")
    area = ModelChoiceFilter(queryset=None, method="by_area", label="Area", empty_label="Every area")
    owner = ModelChoiceFilter(queryset=None, label="Owner", empty_label="Every owner")
    shows = ChoiceFilter(
        label="Shows", method="by_verdict", empty_label="Anything", choices=list(GROUP_WORDS.items())
    )

    class Meta:
        model = Measure
        fields = []

    def __init__(self, data, *, board, known=None):
        super().__init__(data, queryset=Measure.objects.filter(board=board).current(known))
        self.filters["area"].queryset = (
            Area.objects.current().filter(plan__board=board, measure_links__isnull=False).distinct()
        )
        self.filters["owner"].queryset = Lead.objects.filter(board=board, measures__isnull=False).distinct()

    def by_area(self, queryset, name, area):
        """The area and everything inside it."""
        parents = dict(area.plan.areas.current().values_list("pk", "parent_id"))
        return queryset.filter(areas__in=inside(parents, area.pk)).distinct()

    def by_verdict(self, queryset, name, group):
        return queryset

    @property
    def group(self):
        return self.form.cleaned_data.get("shows", "") if self.is_valid() else ""
